"""What a file holds of a codebook, before it is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from lib.errors import CodebookError
from lib.model import CODE_KINDS, Code, CodeKind

COLUMNS = ("name", "definition", "color", "key", "kind", "matches")
_OTHER_NAMES = {  # of columns, in the tables of others
    "code": "name",
    "label": "name",
    "description": "definition",
    "colour": "color",
    "shortcut": "key",
    "match": "matches",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """Codes as a file says them, its name of them, or "", and what is to be said of the file."""

    codes: tuple[Code, ...]
    name: str = ""
    remarks: tuple[str, ...] = ()


def column_name(name: str) -> str:
    """The column that a heading names; "" for none of ours."""
    lower = name.strip().lower()
    lower = _OTHER_NAMES.get(lower, lower)
    return lower if lower in COLUMNS else ""


def make_code(fields: Mapping[str, str], matches: Iterable[str], where: str) -> Code:
    """A code of its texts by the names in COLUMNS.

    Raises:
        CodebookError: its kind is none of CODE_KINDS, or it has no name; it says where.
    """
    name, kind = fields.get("name", "").strip(), fields.get("kind", "").strip().lower()
    if not name:
        raise CodebookError(
            f"{where} has no name.", "Give each code a name, then choose the file again."
        )
    if kind not in ("", *CODE_KINDS):
        raise CodebookError(
            f"{where} has a kind that is neither {' nor '.join(CODE_KINDS)}.",
            "Correct its kind, or leave it empty for a stretch.",
        )
    return Code(
        name=name,
        definition=fields.get("definition", ""),
        color=fields.get("color", ""),
        key=fields.get("key", ""),
        kind=cast("CodeKind", kind or CODE_KINDS[0]),
        matches=tuple(matches),
    )
