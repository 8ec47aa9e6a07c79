"""What a codebook may hold, checked before it is kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from lib.errors import CodebookError
from lib.interchange.limits import MAX_ID_CHARACTERS, MAX_NAME_CHARACTERS, MAX_VERSION
from lib.model import CODE_KINDS, MIB, Code, Codebook
from lib.plain_text import one_line, replace_surrogates

MAX_BYTES = MIB
MAX_CODES = 200
MAX_DEFINITION_CHARACTERS = 2_000
MAX_MATCHES = 50  # types of one code
SEPARATOR = ";"  # between the types that a code matches
TOGGLE_KEY = "c"  # starts and ends coding on the page
_COLOR = re.compile("#[0-9a-f]{6}")
_SHORT_COLOR = re.compile("#[0-9a-f]{3}")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SHOWN = 40  # characters of a text in a message


def too_large() -> CodebookError:
    """What is said of a file beyond MAX_BYTES."""
    return CodebookError(
        f"The file is larger than {MAX_BYTES // MIB} MiB.", "Choose a file with a codebook alone."
    )


def checked_codebook(codebook: Codebook) -> Codebook:
    """The codebook with texts that any database and file can hold.

    Raises:
        CodebookError: it has no name, or it or its codes are beyond the limits.
    """
    name = one_line(codebook.name)
    if not 1 <= len(name) <= MAX_NAME_CHARACTERS:
        raise CodebookError(
            f"The codebook's name has {len(name)} characters; 1 to {MAX_NAME_CHARACTERS} can be "
            "kept.",
            "Give it another name, then save it again.",
        )
    is_named = 1 <= len(codebook.id) <= MAX_ID_CHARACTERS and codebook.id.isprintable()
    if not is_named or not 1 <= codebook.version <= MAX_VERSION:
        raise CodebookError("The codebook has no valid id and version.")
    return replace(codebook, name=name, codes=checked_codes(codebook.codes))


def checked_codes(codes: Iterable[Code]) -> tuple[Code, ...]:
    """The codes, each with its texts in order, no two of one name or key.

    Raises:
        CodebookError: there are none or too many, two are alike, or one is beyond the limits.
    """
    checked = tuple(checked_code(code) for code in codes)
    if not checked:
        raise CodebookError("There is no code in it.", "Add at least one code, with a name.")
    if len(checked) > MAX_CODES:
        raise CodebookError(
            f"It has {len(checked):,} codes; at most {MAX_CODES} can be kept.",
            "Split it into several codebooks.",
        )
    _refuse_alike((code.name for code in checked), "name")
    _refuse_alike((code.key for code in checked if code.key), "key")
    return checked


def checked_code(code: Code) -> Code:
    """A code with its texts as they are kept.

    Raises:
        CodebookError: a part of it is beyond the limits; it says which code.
    """
    name = one_line(code.name)
    where = f"The code “{_shown(name)}”"
    if not 1 <= len(name) <= MAX_NAME_CHARACTERS:
        raise CodebookError(
            f"{where} has a name of {len(name)} characters; 1 to {MAX_NAME_CHARACTERS} can be "
            "kept.",
            "Correct its name, then choose the file again.",
        )
    definition = replace_surrogates(code.definition).strip()
    if any(map(_CONTROL.search, (name, definition, *code.matches))):
        raise CodebookError(
            f"{where} holds a sign that is no text.", "Remove it, then choose the file again."
        )
    if len(definition) > MAX_DEFINITION_CHARACTERS:
        raise CodebookError(
            f"{where} has a definition of {len(definition):,} characters; at most "
            f"{MAX_DEFINITION_CHARACTERS:,} can be kept.",
            "Shorten it, then choose the file again.",
        )
    if code.kind not in CODE_KINDS:
        raise CodebookError(
            f"{where} has the kind “{_shown(code.kind)}”, which is neither "
            f"{' nor '.join(CODE_KINDS)}.",
            "Correct its kind, then choose the file again.",
        )
    return Code(
        name=name,
        definition=definition,
        color=_checked_color(code.color, where),
        key=_checked_key(code.key, where),
        kind=code.kind,
        matches=_checked_matches(code.matches, where),
    )


def _checked_color(color: str, where: str) -> str:
    """The color as "#rrggbb"; "" for none."""
    lower = color.strip().lower()
    if _SHORT_COLOR.fullmatch(lower):
        return "#" + "".join(2 * sign for sign in lower[1:])
    if lower and not _COLOR.fullmatch(lower):
        raise CodebookError(
            f"{where} has the color “{_shown(color)}”, which is not written as #3366cc.",
            "Write six digits of 0-9 and a-f after #, or leave it empty.",
        )
    return lower


def _checked_key(key: str, where: str) -> str:
    lower = key.strip().lower()
    if not lower:
        return ""
    if len(lower) != 1 or not lower.isalnum() or not lower.isprintable():
        raise CodebookError(
            f"{where} has the key “{_shown(key)}”, which is not one letter or digit.",
            "Choose one letter or digit, or leave it empty.",
        )
    if lower == TOGGLE_KEY:
        raise CodebookError(
            f"{where} has the key “{TOGGLE_KEY}”, which starts and ends coding.",
            "Choose another letter or digit.",
        )
    return lower


def _checked_matches(types: Iterable[str], where: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, map(one_line, types))))
    if len(names) > MAX_MATCHES or any(len(name) > MAX_NAME_CHARACTERS for name in names):
        raise CodebookError(
            f"{where} matches more than {MAX_MATCHES} types, or one of a name longer than "
            f"{MAX_NAME_CHARACTERS} characters.",
            "Shorten what it matches, then choose the file again.",
        )
    if any(SEPARATOR in name for name in names):
        raise CodebookError(
            f"{where} matches a type with “{SEPARATOR}” in its name, which stands between types.",
            f"Leave out what has “{SEPARATOR}”, then choose the file again.",
        )
    return names


def _refuse_alike(texts: Iterable[str], noun: str) -> None:
    for text, count in Counter(texts).items():
        if count > 1:
            raise CodebookError(
                f"{count} codes have the {noun} “{_shown(text)}”.",
                f"Give each code a {noun} of its own, then choose the file again.",
            )


def _shown(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
