"""Problems as text columns hold them: JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from lib.errors import Problem


def dump_problem(problem: Problem) -> str:
    """A problem as a column holds it."""
    return json.dumps({name: value for name, value in asdict(problem).items() if value is not None})


def load_problem(text: str | None) -> Problem | None:
    """The problem in a column, or None where it is empty."""
    return None if text is None else Problem(**json.loads(text))
