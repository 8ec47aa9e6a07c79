"""Say why no trusted connection was made, and what would help. Pure; nothing had been sent."""

import ssl
from collections.abc import Iterator

NOT_TRUSTED = "The connection to the API is not trusted: its certificate was not accepted."
NOT_SECURE = "No secure connection to the API could be made."
NO_BUNDLE = "The file of trusted certificates cannot be read."

_CLOCK = (
    "Nothing was sent. Check the clock of the machine that runs this app: by it, the certificate "
    "is not valid today. If the clock is right, tell whoever runs the API."
)
_HOST = "Nothing was sent. Check the address (base_url): the certificate is for another host."
_ISSUER = (
    "Nothing was sent. If a proxy or a virus scanner stands in between, let REQUESTS_CA_BUNDLE "
    "name a file with its certificate; else check the address (base_url)."
)
_NO_TLS = (
    "Nothing was sent. Check the address (base_url), and whether a proxy stands in between: the "
    "other end broke off, or does not speak TLS."
)
_BUNDLE = "Nothing was sent. Check the path in REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE, or remove it."
_STEPS = {9: _CLOCK, 10: _CLOCK, 62: _HOST, 64: _HOST}  # X509_V_ERR_...: not yet, no more; names


def describe_failure(error: BaseException) -> tuple[str, str]:
    """What happened and the next step, by the causes of an error; empty where it is not TLS."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return NOT_TRUSTED, _STEPS.get(cause.verify_code, _ISSUER)
        if isinstance(cause, ssl.SSLError):
            return NOT_SECURE, _NO_TLS
    if type(error) is OSError:  # requests raises it for a bundle that is not there
        return NO_BUNDLE, _BUNDLE
    return "", ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and what led to it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
