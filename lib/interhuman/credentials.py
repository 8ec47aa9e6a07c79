"""Credentials: a direct key, or a key pair that is exchanged for short-lived tokens.

No HTTP here: `Tokens` is given a function that requests a token.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from lib.errors import BadAnswer, Cancelled, CredentialRefused, ScopeMissing
from lib.interhuman.cancellation import Cancel
from lib.interhuman.parser import decode_object
from lib.interhuman.section_parsers import finite_number

UPLOAD_SCOPE = "interhumanai.upload"
RENEWAL_SECONDS = 30.0  # before its end at which a token is renewed
CANCEL_POLL_SECONDS = 0.1  # between two looks at a Cancel while another thread gets a token


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A direct key (`ih_live_...`), sent as it is. Its repr does not show it."""

    key: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.key.strip())
        if not _is_sendable(self.key):
            raise CredentialRefused(
                "The API key is empty, or has characters that no key has.",
                "Copy the key again into the settings.",
            )


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A key id and its secret, exchanged for a short-lived token. Its repr shows neither."""

    key_id: str = field(repr=False)
    key_secret: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key_id", self.key_id.strip())
        object.__setattr__(self, "key_secret", self.key_secret.strip())
        if not self.key_id or not self.key_secret:
            raise CredentialRefused(
                "The key id or the key secret is empty.", "Set both of them in the settings."
            )


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token and the seconds for which it is valid."""

    bearer: str = field(repr=False)
    seconds: float


class Tokens:
    """The current token of a key pair: shared by all threads, renewed before its end.

    A request for one that fails leaves nothing behind: each thread that waited tries for itself.
    """

    def __init__(
        self,
        request_token: Callable[[Cancel], Token],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._request_token = request_token
        self._clock = clock
        self._lock = threading.Lock()
        self._bearer: str | None = None
        self._renew_at = 0.0

    def get(self, cancel: Cancel) -> str:
        """A bearer token that stays valid for a while.

        Raises:
            ApiError: None could be obtained; Cancelled when cancelled.
        """
        while not self._lock.acquire(timeout=CANCEL_POLL_SECONDS):
            if cancel.cancelled:
                raise Cancelled
        try:
            if self._bearer is None or self._clock() >= self._renew_at:
                token = self._request_token(cancel)
                self._renew_at = self._clock() + token.seconds - RENEWAL_SECONDS
                self._bearer = token.bearer
            return self._bearer
        finally:
            self._lock.release()

    def drop(self, bearer: str | None = None) -> None:
        """Forget the token; with `bearer` only if it is still the current one."""
        with self._lock:
            if bearer is None or bearer == self._bearer:
                self._bearer = None


def parse_token(body: bytes) -> Token:
    """The token in the body of an answer of `/v1/auth`.

    Raises:
        BadAnswer: It holds no token that can be sent.
        ScopeMissing: The scopes that were granted do not include uploads.
    """
    data = decode_object(body.decode("utf-8-sig", "replace"))
    bearer, seconds, scope = (data.get(key) for key in ("access_token", "expires_in", "scope"))
    lifetime = finite_number(seconds)
    if not isinstance(bearer, str) or not _is_sendable(bearer) or lifetime is None:
        raise BadAnswer("The API's answer contains no token.")
    if isinstance(scope, str) and UPLOAD_SCOPE not in scope.split():
        raise ScopeMissing
    return Token(bearer, lifetime)


def _is_sendable(text: str) -> bool:
    """Whether a header can hold the text: visible ASCII, no blanks."""
    return bool(text) and all("!" <= character <= "~" for character in text)
