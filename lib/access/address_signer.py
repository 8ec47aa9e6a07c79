"""Addresses that only a page can make: signed, for one purpose, and for a time."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from lib.access.gate import passphrase_digest


class AddressSigner:
    """Signs what the last part of an address names, for all pages and routes of one process.

    The key is made anew by each process and holds the passphrase as well: a restart and a changed
    passphrase end all addresses.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def sign(self, purpose: str, named: object, passphrase: str) -> str:
        """The token for what is named (anything that JSON can hold), fit for an address."""
        token = self._serializer(purpose, passphrase).dumps(named)
        return token if isinstance(token, str) else token.decode("ascii")

    def read(self, purpose: str, token: str, passphrase: str, *, max_age: float) -> Any:  # noqa: ANN401  JSON
        """What a token names; None where it was not signed here, or longer ago than `max_age` s.

        A token for another purpose, or of before the passphrase was changed, names nothing.
        """
        try:
            # Ages are whole seconds: the second in which it was signed is one of them.
            return self._serializer(purpose, passphrase).loads(token, max_age=int(max_age))
        except (BadData, UnicodeEncodeError):
            return None

    def _serializer(self, purpose: str, passphrase: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            self._key + passphrase_digest(passphrase),
            salt=purpose,
            signer_kwargs={"digest_method": hashlib.sha256},
        )
