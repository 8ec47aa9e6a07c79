"""Read a codebook from YAML: `codes`, a list of codes, and perhaps a `name`. Knows PyYAML.

Every value is a text ("no" is no truth value). Nothing may refer to another place of the file:
with references a small file can stand for one without end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from lib.errors import CodebookError
from lib.interchange.codebook import limits
from lib.interchange.codebook.draft import COLUMNS, Draft, column_name, make_code
from lib.interchange.limits import MAX_NAME_CHARACTERS

MAX_EVENTS = 20_000  # values, and beginnings and ends of lists
MAX_DEPTH = 8
_CORRECT = "Correct the file, then choose it again."


def read_yaml(content: bytes) -> Draft:
    """The codes of a YAML text in UTF-8.

    Raises:
        CodebookError: it is no YAML, refers to itself, holds too much, or what no codebook is.
    """
    try:
        text = content.decode("utf-8-sig")
        for _ in _counted_events(text):
            pass
        loader = yaml.BaseLoader(text)  # makes nothing but texts, lists and mappings
        value = loader.get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CodebookError("The file is no YAML in UTF-8 that can be read.", _CORRECT) from error
    return _read_value(value)


def _counted_events(text: str) -> Iterator[None]:
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.BaseLoader)):
        if isinstance(event, yaml.AliasEvent):
            raise CodebookError(
                "The file refers to another place of itself (* and &), which no codebook needs.",
                "Write each code out, then choose the file again.",
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if count > MAX_EVENTS or depth > MAX_DEPTH:
            raise CodebookError(
                "The file holds far more than a codebook needs.",
                f"Split it: a codebook has at most {limits.MAX_CODES} codes.",
            )
        yield


def _read_value(value: Any) -> Draft:  # noqa: ANN401  whatever the file holds
    head = value if isinstance(value, dict) else {"codes": value}
    items, name = head.get("codes"), head.get("name", "")
    if not isinstance(items, list) or not isinstance(name, str):
        raise CodebookError(
            "The file has no list of codes.",
            f"Write “codes:”, and below it a list of codes with {', '.join(COLUMNS)}.",
        )
    left: set[str] = set()
    codes = tuple(_read_code(item, number, left) for number, item in enumerate(items, 1))
    shown = ", ".join(sorted(left)[:5])
    remarks = (f"Of no use to a codebook, and left out: {shown}.",) if left else ()
    return Draft(codes, name, remarks)


def _read_code(item: Any, number: int, left: set[str]) -> Any:  # noqa: ANN401  the same
    where = f"Code {number}"
    if isinstance(item, str):
        item = {"name": item}
    if not isinstance(item, dict):
        raise CodebookError(f"{where} is neither a name nor a list of its fields.", _CORRECT)
    fields: dict[str, str] = {}
    matches: list[str] = []
    for key, value in item.items():
        name = column_name(key) if isinstance(key, str) else ""
        if not name:
            left.add(str(key)[:MAX_NAME_CHARACTERS])
        elif name == "matches" and isinstance(value, list):
            matches = [one for one in value if isinstance(one, str)]
            if len(matches) != len(value):
                raise CodebookError(f"{where} matches something that is no name.", _CORRECT)
        elif not isinstance(value, str):
            raise CodebookError(f"{where} has a {name} that is no text.", _CORRECT)
        else:
            fields[name] = value
            matches = value.split(limits.SEPARATOR) if name == "matches" else matches
    return make_code(fields, matches, where)
