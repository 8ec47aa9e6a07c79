"""Read a codebook from a file that somebody brings: its kind is told by its suffix.

Of a file with anything that cannot be kept nothing is read: half a codebook would be taken for all
of it. What a file leaves open, colors and keys, is filled in and said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lib.errors import CodebookError
from lib.interchange.codebook import elan_template, limits, table, yaml_text
from lib.interchange.codebook.draft import Draft
from lib.interchange.limits import MAX_NAME_CHARACTERS
from lib.model import Code
from lib.plain_text import file_stem, one_line

COLORS = (  # told apart by people who see fewer colors: those of Okabe and Ito, and darker ones
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#d55e00",
    "#8c6bb1",
    "#a6761d",
)
KEYS = "123456789abdefghijklmnopqrstuvwxyz0"  # given to codes without one, in this order
_READERS: dict[str, Callable[[bytes], Draft]] = {
    "csv": table.read_table,
    "tsv": table.read_table,
    "yaml": yaml_text.read_yaml,
    "yml": yaml_text.read_yaml,
    "etf": elan_template.read_template,
}
SUFFIXES = tuple(_READERS)


@dataclass(frozen=True, slots=True)
class CodebookFile:
    """What a file holds: a name for the codebook, its codes, and what was filled in, in words."""

    name: str
    codes: tuple[Code, ...]
    remarks: tuple[str, ...] = ()


def read_codebook(content: bytes, *, name: str) -> CodebookFile:
    """The codebook in a file of this name.

    Raises:
        CodebookError: it is none, or something in it cannot be kept; it says what and where.
    """
    if len(content) > limits.MAX_BYTES:
        raise limits.too_large()
    read = _READERS.get(name.rpartition(".")[2].lower())
    if read is None:
        raise CodebookError
    draft = read(content)
    codes, remarks = _complete(limits.checked_codes(draft.codes))
    title = one_line(draft.name)[:MAX_NAME_CHARACTERS] or file_stem(name)
    return CodebookFile(
        title[:MAX_NAME_CHARACTERS] or "Codebook", codes, (*draft.remarks, *remarks)
    )


def _complete(codes: tuple[Code, ...]) -> tuple[tuple[Code, ...], tuple[str, ...]]:
    """The codes with a color, and a key as far as there are any, and what was given in words."""
    used = {code.key for code in codes}
    free = iter([key for key in KEYS if key not in used])
    completed = tuple(
        replace(
            code,
            color=code.color or COLORS[place % len(COLORS)],
            key=code.key or next(free, ""),
        )
        for place, code in enumerate(codes)
    )
    colored = sum(not code.color for code in codes)
    keyed = [new for old, new in zip(codes, completed, strict=True) if not old.key and new.key]
    left = sum(not code.key for code in completed)
    remarks = (
        f"Colors were given to {_counted(colored)} without one." if colored else "",
        f"Keys were given to {_counted(len(keyed))} without one." if keyed else "",
        f"No key was left for {_counted(left)}: code with the mouse." if left else "",
    )
    return completed, tuple(filter(None, remarks))


def _counted(count: int) -> str:
    return f"{count} code" if count == 1 else f"{count} codes"
