"""Write and read the problems in text columns, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from lib.errors import Problem


def dump_problem(problem: Problem) -> str:
    """The JSON text of a problem, without what is None or False."""
    fields = asdict(problem).items()
    return json.dumps({name: value for name, value in fields if value not in (None, False)})


def load_problem(text: str | None) -> Problem | None:
    """The problem in a JSON text; None where there is no text."""
    return None if text is None else Problem(**json.loads(text))
