"""Write and read codebooks and coded spans as JSON values."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, cast

from lib.interchange import limits
from lib.interchange.codebook.limits import checked_codebook
from lib.interchange.json_values import read_index, read_list, read_moment, read_text, read_time
from lib.model import Code, Codebook, CodedSpan, CodeKind


def dump_codes(codes: tuple[Code, ...]) -> list[dict[str, Any]]:
    """The codes as JSON values."""
    return [{**asdict(code), "matches": list(code.matches)} for code in codes]


def load_codes(value: object) -> tuple[Code, ...]:
    """The codes in a JSON value, unchecked.

    Raises:
        TypeError, KeyError: it holds something else.
    """
    return tuple(
        Code(
            name=read_text(item["name"]),
            definition=read_text(item["definition"]),
            color=read_text(item["color"]),
            key=read_text(item["key"]),
            kind=cast("CodeKind", read_text(item["kind"])),
            matches=tuple(map(read_text, read_list(item["matches"]))),
        )
        for item in read_list(value)
    )


def dump_codebook(codebook: Codebook) -> dict[str, Any]:
    """A codebook as JSON values."""
    return {
        "id": codebook.id,
        "version": codebook.version,
        "name": codebook.name,
        "codes": dump_codes(codebook.codes),
        "written_at": codebook.written_at.isoformat(),
    }


def read_codebook(item: dict[str, Any]) -> Codebook:
    """A codebook of a file.

    Raises:
        CodebookError, KeyError, TypeError, ValueError: it is none, or beyond the limits.
    """
    return checked_codebook(
        Codebook(
            id=read_text(item["id"]),
            version=read_index(item["version"]),
            name=read_text(item["name"]),
            codes=load_codes(item["codes"]),
            written_at=read_moment(item["written_at"]),
        )
    )


def read_coded_span(item: dict[str, Any]) -> CodedSpan:
    """A coded span of a file, marked as imported.

    Raises:
        ReviewError, KeyError, TypeError, ValueError: it is none, or beyond the limits.
    """
    return limits.checked_coded_span(
        CodedSpan(
            id=read_text(item["id"]),
            coder=read_text(item["coder"]),
            code=read_text(item["code"]),
            start=read_time(item["start"]),
            end=read_time(item["end"]),
            codebook=read_text(item["codebook"]),
            version=read_index(item["version"]),
            written_at=read_moment(item["written_at"]),
            imported=True,
        )
    )
