"""JSON from files that people bring, whose values are counted before memory is taken for them."""

from __future__ import annotations

import json
from typing import Any

MAX_VALUES = 1_000_000  # of one file; each takes up to 150 bytes, and three to write


def load_json(content: bytes) -> Any:  # noqa: ANN401  any JSON value
    """The value of a JSON text.

    Raises:
        ValueError: it is no JSON, or holds more values than a session has.
        RecursionError: it is nested without end.
    """
    check_value_count(content)
    return json.loads(content)


def check_value_count(text: bytes | str) -> None:
    """Count what separates values, in texts too, which is never less than their number.

    Raises:
        ValueError: there are more than MAX_VALUES.
    """
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if sum(map(content.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise ValueError
