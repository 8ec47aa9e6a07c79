"""The gate: lets in whoever knows the passphrase, and knows them again by a signed token."""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
import threading
import time
import unicodedata
from collections.abc import Callable

from itsdangerous import BadSignature, TimestampSigner

from lib.errors import PassphraseError

TOKEN_SECONDS = 12 * 60 * 60  # after which the passphrase is asked for again
FREE_TRIES = 5  # wrong ones, after which each further try has to wait
LONGEST_WAIT_SECONDS = 60.0
CALM_SECONDS = 15 * 60  # without a wrong try, after which they are counted anew
MAX_CHARACTERS = 1000  # of what somebody enters


class Gate:
    """Compares passphrases and signs tokens, for all viewers of one process.

    The key of the signatures is made anew by each process and holds the passphrase as well: a
    restart and a changed passphrase end all tokens, and none can be tried against passphrases.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._key = secrets.token_bytes(32)
        self._wrong = 0
        self._wrong_at = -math.inf

    def admit(self, entered: str, passphrase: str) -> str:
        """A token for whoever entered the passphrase.

        Raises:
            PassphraseError: it is another one, or after too many of these it is too early for the
                next try: then nothing was compared.
        """
        with self._lock:  # one try at a time, so that no two are free at once
            now = self._clock()
            if now - self._wrong_at > CALM_SECONDS:
                self._wrong = 0
            if (wait := self._wrong_at + _wait_seconds(self._wrong) - now) > 0:
                wait = math.ceil(wait)
                raise PassphraseError(
                    "Too many wrong passphrases were entered, by you or by others.",
                    f"Wait {wait} {'second' if wait == 1 else 'seconds'}, then try again.",
                )
            if not _is_same(entered, passphrase):
                self._wrong += 1
                self._wrong_at = now
                raise PassphraseError
        return self._signer(passphrase).sign(b"admitted").decode()

    def is_valid(self, token: str, passphrase: str) -> bool:
        """Whether this process gave out the token, for this passphrase and not too long ago."""
        try:
            self._signer(passphrase).unsign(token.encode("ascii"), max_age=TOKEN_SECONDS)
        except (BadSignature, UnicodeEncodeError):
            return False
        return True

    def _signer(self, passphrase: str) -> TimestampSigner:
        return TimestampSigner(
            self._key + passphrase_digest(passphrase), digest_method=hashlib.sha256
        )


def _wait_seconds(wrong: int) -> float:
    if wrong < FREE_TRIES:
        return 0.0
    return min(2.0 ** (wrong - FREE_TRIES + 1), LONGEST_WAIT_SECONDS)


def _is_same(entered: str, passphrase: str) -> bool:
    """Whether two passphrases are the same, in a time that tells nothing of either."""
    if len(entered) > MAX_CHARACTERS:
        return False
    return hmac.compare_digest(passphrase_digest(entered), passphrase_digest(passphrase))


def passphrase_digest(passphrase: str) -> bytes:
    """What stands for a passphrase where it is compared or part of a key; "" is one too."""
    # One letter with an accent is one or two characters, by the system that it is entered on.
    text = unicodedata.normalize("NFKC", passphrase).strip()
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
