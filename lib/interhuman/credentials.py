"""Credentials: a direct key, or a key pair that is exchanged for a token and kept fresh.

Knows no HTTP: who can send gives `Tokens` a function that mints.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from lib.errors import BadAnswer, Cancelled, CredentialRefused, ScopeMissing
from lib.interhuman.cancellation import Cancel
from lib.interhuman.parser import decode_object
from lib.interhuman.section_parsers import number

UPLOAD_SCOPE = "interhumanai.upload"
EARLY = 30.0  # seconds before its end at which a token is renewed
LOOK = 0.1  # seconds between two looks at a Cancel while another thread mints


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A direct key (`ih_live_...`), sent as it is. Its repr does not show it."""

    key: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.key.strip())
        if not _sendable(self.key):
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
    """The bearer for each call, minted once however many threads ask, renewed before its end.

    A mint that fails leaves nothing behind: each thread that waited for it tries for itself.
    """

    def __init__(
        self, mint: Callable[[Cancel], Token], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._mint = mint
        self._clock = clock
        self._lock = threading.Lock()
        self._bearer: str | None = None
        self._stale_at = 0.0

    def get(self, cancel: Cancel) -> str:
        """A bearer that is valid for a while yet.

        Raises:
            ApiError: It cannot be minted; Cancelled when asked to stop.
        """
        while not self._lock.acquire(timeout=LOOK):
            if cancel.cancelled:
                raise Cancelled
        try:
            if self._bearer is None or self._clock() >= self._stale_at:
                token = self._mint(cancel)
                self._stale_at = self._clock() + token.seconds - EARLY
                self._bearer = token.bearer
            return self._bearer
        finally:
            self._lock.release()

    def drop(self, bearer: str | None = None) -> None:
        """Forget the token; with `bearer` only if it is still that one."""
        with self._lock:
            if bearer is None or bearer == self._bearer:
                self._bearer = None


def token_of(body: bytes) -> Token:
    """The token in an answer of `/v1/auth`.

    Raises:
        BadAnswer: It holds no token that can be sent.
        ScopeMissing: The scopes that were granted do not include uploads.
    """
    data = decode_object(body.decode("utf-8-sig", "replace"))
    bearer, seconds, scope = (data.get(key) for key in ("access_token", "expires_in", "scope"))
    lifetime = number(seconds)
    if not isinstance(bearer, str) or not _sendable(bearer) or lifetime is None:
        raise BadAnswer("The API's answer holds no token.")
    if isinstance(scope, str) and UPLOAD_SCOPE not in scope.split():
        raise ScopeMissing
    return Token(bearer, lifetime)


def _sendable(text: str) -> bool:
    """Whether a header can carry it: visible ASCII, no blanks."""
    return bool(text) and all("!" <= character <= "~" for character in text)
