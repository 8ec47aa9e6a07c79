"""Which encoding bytes are in that are no UTF: what a detector holds possible, told by letters.

The detector weighs disorder and languages, which a few short lines are too little for; so the
letters decide among what it finds in order: "¿ó³æ" is what no Pole wrote.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

import charset_normalizer

from lib.interchange.transcript import encodings

SAMPLE = 32 * 1024  # bytes by which an encoding is guessed
_LEAST = 0.0  # of a score; below, the text looks like no language in any encoding
_SLOPE = 2.5  # how much less the rarest letter of an alphabet counts than the most frequent
_UNSEEN = 0.3  # disorder of what the detector has ruled out
_BEYOND_ASCII = re.compile(rb"[^\r\n]{0,2000}[\x80-\xff][^\r\n]{0,2000}")
_SCRIPTS = ((0x250, "Latin"), (0x400, "Greek"), (0x530, "Cyrillic"), (0x600, "Hebrew"))
_SPOILED = "\ufffd"
_IDEOGRAPHIC = frozenset({*range(0x3000, 0x3003), *range(0xFF01, 0xFF20)})  # full stop and kin
_KANA, _HANZI = range(0x3040, 0x3100), range(0x4E00, 0xA000)
_HANGUL, _THAI = range(0xAC00, 0xD7A4), range(0x0E01, 0x0E4F)


def guess(content: bytes) -> str | None:
    """The codec under which what is beyond ASCII looks most like what people write, if any."""
    sample = _sample(content)
    matches = charset_normalizer.from_bytes(sample, cp_isolation=list(encodings.GUESSED))
    disorder = {
        codec: match.chaos - match.coherence
        for match in reversed(list(matches))
        for codec in match.could_be_from_charset
    }
    scores = {
        codec: _score(sample.decode(codec, "replace"), codec)
        - 3 * disorder.get(codec, _UNSEEN)
        - encodings.SELDOM.get(codec, 0.0)
        for codec in encodings.GUESSED
    }
    best = max(encodings.GUESSED, key=lambda codec: scores[codec])
    return best if scores[best] > _LEAST else None


def _sample(content: bytes) -> bytes:
    """The rows that have more than ASCII, for the rest says nothing, from the first on."""
    rows: list[bytes] = []
    size = 0
    for match in _BEYOND_ASCII.finditer(content):
        rows.append(match[0])
        size += len(match[0])
        if size > SAMPLE:
            break
    return b"\n".join(rows)


def _score(text: str, codec: str) -> float:
    """How likely the characters beyond ASCII are in this encoding, on average: 3 is sure."""
    letters = Counter(letter for letter in text if letter > "\x7f")
    count = letters.total()
    if not count:
        return 0.0
    clashes = sum(
        _clash(before, letter)
        for before, letter in pairwise(text)
        if before > "\x7f" or letter > "\x7f"
    )
    alphabets = encodings.ALPHABETS.get(codec)
    if alphabets is None:
        likely = sum(_likely_wide(letter, codec) * often for letter, often in letters.items())
    else:
        likely = max(
            sum(_likely(letter, alphabet) * often for letter, often in letters.items())
            for alphabet in alphabets
        )
    return (likely - clashes) / count


def _clash(before: str, letter: str) -> float:
    """What is unlikely of two neighbours: a capital after a small letter, or two alphabets.

    A letter with a mark stands right behind no number, as a currency may.
    """
    if not (before.isalpha() and letter.isalpha()):
        return 1.0 if before.isdecimal() and letter.isalpha() else 0.0
    if _script(before) != _script(letter):
        return 2.0
    if before.islower() and letter.isupper():
        return 1.5
    both = before > "\x7f" and letter > "\x7f" and _script(letter) == "Latin"
    return 0.5 if both else 0.0  # letters with marks stand among letters without


@cache
def _script(letter: str) -> str:
    code_point = ord(letter)
    if 0x1E00 <= code_point < 0x1F00:  # noqa: PLR2004  Latin letters with two marks
        return "Latin"
    return next((name for end, name in _SCRIPTS if code_point < end), "other")


def _likely(letter: str, alphabet: str) -> float:
    if letter == _SPOILED:
        return -4.0
    if letter in encodings.PUNCTUATION:
        return 2.0
    rank = alphabet.find(letter.lower())
    if rank < 0:
        return -1.0
    return 3.0 - _SLOPE * rank / len(alphabet) - (0.5 if letter.isupper() else 0.0)


def _likely_wide(letter: str, codec: str) -> float:
    """The same for encodings with thousands of characters, and Thai."""
    code_point = ord(letter)
    if letter == _SPOILED:
        return -4.0
    if code_point in _IDEOGRAPHIC:
        return 1.5
    if codec in ("gb18030", "big5"):
        return _likely_hanzi(letter, codec) if code_point in _HANZI else -1.0
    if codec == "cp949":  # the two thousand syllables that are in use
        common = code_point in _HANGUL and len(letter.encode("euc_kr")) == 2  # noqa: PLR2004  bytes
        return 2.6 if common else -1.0
    if codec == "cp874":
        return 2.0 if code_point in _THAI else -1.0
    return 3.0 if code_point in _KANA else (1.3 if code_point in _HANZI else -1.0)


def _likely_hanzi(letter: str, codec: str) -> float:
    if letter in encodings.FREQUENT_HANZI:
        return 3.0
    lead = letter.encode(codec, "replace")[0]
    first_level = range(0xB0, 0xD8) if codec == "gb18030" else range(0xA4, 0xC7)
    return 1.6 if lead in first_level else 0.2  # the second level has the rare ones
