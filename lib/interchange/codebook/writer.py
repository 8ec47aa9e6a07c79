"""Write a codebook as a table or as YAML, which `reader` reads again as it was."""

from __future__ import annotations

import codecs
import csv
import io

import yaml

from lib.interchange.codebook.draft import COLUMNS
from lib.interchange.codebook.limits import SEPARATOR
from lib.interchange.codebook.table import ESCAPED_STARTS
from lib.model import Code, Codebook


def write_csv(codebook: Codebook) -> bytes:
    """The codes as CSV in UTF-8 with its mark, for Excel; a text like a formula is made none."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for code in codebook.codes:
        writer.writerow([_escaped(text) for text in _texts(code)])
    return codecs.BOM_UTF8 + stream.getvalue().encode("utf-8", "replace")


def write_yaml(codebook: Codebook) -> bytes:
    """The codebook as YAML in UTF-8, without what is empty."""
    codes = [
        {name: value for name, value in _fields(code).items() if value} for code in codebook.codes
    ]
    content = {"name": codebook.name, "codes": codes}
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    return text.encode("utf-8", "replace")


def _fields(code: Code) -> dict[str, str | list[str]]:
    return {
        "name": code.name,
        "definition": code.definition,
        "color": code.color,
        "key": code.key,
        "kind": code.kind,
        "matches": list(code.matches),
    }


def _texts(code: Code) -> list[str]:
    return [
        value if isinstance(value, str) else f"{SEPARATOR} ".join(value)
        for value in _fields(code).values()
    ]


def _escaped(text: str) -> str:
    return f"'{text}" if text.startswith(ESCAPED_STARTS) else text
