"""Take a credential out of what the API, or a gateway before it, echoes. Pure.

Applied where bytes become text, so that nothing behind it - parser, error, library, log - meets
one. What holds none stays as it was received, byte for byte.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote

REMOVED = b"[removed]"
PIECE_BYTES = 8  # the shortest part of a credential that is taken for one
RUNS_REMEMBERED = 1024  # an answer has the same few words again and again

_ASCII_ESCAPE = re.compile(rb"\\(?:u00[2-7]|/)")
_ESCAPE = re.compile(rb"\\(?:u00([2-7][0-9a-fA-F])|.)", re.DOTALL)
_WORD = rb"(?<![0-9A-Za-z_])(?:%s)(?![0-9A-Za-z_])"


class Redactor:
    """Removes secrets, whole or eight characters and more in a row, in base64 and escaped too.

    A secret of less than eight characters may be a word that answers are made of. It is removed
    from a refusal alone, where it stands as a word.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        encoded = [secret.encode("utf-8", "replace") for secret in secrets if secret]
        forms = [form for secret in encoded for form in _forms_of(secret)]
        self._pieces = frozenset(
            form[at : at + PIECE_BYTES]
            for form in forms
            for at in range(len(form) - PIECE_BYTES + 1)
        )
        letters = re.escape(bytes(sorted({*b"".join(self._pieces)})))
        self._runs = re.compile(b"[%s]{%d,}" % (letters, PIECE_BYTES)) if letters else None
        words = [re.escape(secret) for secret in encoded if len(secret) < PIECE_BYTES]
        self._words = re.compile(_WORD % b"|".join(words)) if words else None

    def clean(self, data: bytes, *, refusal: bool = False) -> bytes:
        """The bytes of an answer without secrets; the same bytes where there are none."""
        if not (self._runs or self._words):  # no credentials are set
            return data
        plain = _ESCAPE.sub(_plain_character, data) if _ASCII_ESCAPE.search(data) else data
        erase = lru_cache(RUNS_REMEMBERED)(self._erase_pieces)
        cleaned = self._runs.sub(lambda run: erase(run[0]), plain) if self._runs else plain
        if refusal and self._words:
            cleaned = self._words.sub(REMOVED, cleaned)
        return data if cleaned == plain else cleaned

    def clean_text(self, text: str | None) -> str | None:
        """A header or message without secrets; None stays None."""
        if text is None:
            return None
        return self.clean(text.encode("utf-8", "replace"), refusal=True).decode("utf-8", "replace")

    def _erase_pieces(self, run: bytes) -> bytes:
        kept: list[bytes] = []
        end = 0  # of the piece that was erased last
        for at in range(len(run) - PIECE_BYTES + 1):
            if run[at : at + PIECE_BYTES] in self._pieces:
                if at > end or not kept:
                    kept += [run[end:at], REMOVED]
                end = at + PIECE_BYTES
        return b"".join([*kept, run[end:]])


def _forms_of(secret: bytes) -> Iterator[bytes]:
    """The secret as it is, in a URL, and in base64 wherever in a longer text it begins.

    In lower case as well: so the parser writes types and states, and lists have stored them.
    """
    if len(secret) < PIECE_BYTES:
        return
    yield secret
    yield secret.lower()
    yield quote(secret, safe="").encode()
    for skipped in range(3):
        form = base64.b64encode(secret[skipped:]).rstrip(b"=")
        yield form
        yield form.translate(bytes.maketrans(b"+/", b"-_"))


def _plain_character(escape: re.Match[bytes]) -> bytes:
    """The character of a JSON escape, where JSON may hold it without one."""
    if escape[0] == rb"\/":
        return b"/"
    character = bytes.fromhex(escape[1].decode()) if escape[1] else b""
    return escape[0] if character in (b"", b'"', b"\\", b"\x7f") else character
