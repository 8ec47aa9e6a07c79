"""Answers that are paid for and not in the library yet: private files beside the recordings.

An answer is written here before anything else is done with it, so that neither a library that
refuses it nor the end of the process loses it. Knows files and how answers are read.
"""

from __future__ import annotations

import json
import logging
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from lib.errors import ApiError
from lib.interhuman import parser
from lib.model import Analysis
from lib.recordings.store import PART

RUN = re.compile(r"[0-9a-zA-Z-]{1,64}")
log = logging.getLogger(__name__)


class AnswerSpool:
    """The answers in a folder, each under the id of its run; the folder is made when needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, run_id: str, analysis: Analysis) -> None:
        """Write an answer down; a disk that takes nothing more is only logged."""
        known = (analysis.api, analysis.correlation_id, analysis.raw)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            part = self._folder / (_named(run_id) + PART)
            part.write_text(json.dumps(known), encoding="ascii")
            part.replace(self._folder / _named(run_id))
        except (OSError, ValueError) as error:
            log.warning("An answer lies in memory alone", exc_info=error)

    def of(self, run_id: str) -> Analysis | None:
        """The answer of a run, or None when none is kept that can be read."""
        with suppress(OSError, ValueError, TypeError, ApiError):
            api, correlation_id, raw = _three(self._folder / _named(run_id))
            return parser.parse_answer(raw, api=api, correlation_id=correlation_id)
        return None

    def runs(self) -> tuple[str, ...]:
        """The ids of the runs whose answers are kept, sorted."""
        try:
            found = sorted(file.name for file in self._folder.iterdir())
        except OSError:
            return ()
        return tuple(name for name in found if RUN.fullmatch(name))

    def drop(self, run_id: str) -> None:
        """Delete the answer of a run; none to delete is no error."""
        with suppress(OSError, ValueError):
            (self._folder / _named(run_id)).unlink(missing_ok=True)


def _named(run_id: str) -> str:
    if not RUN.fullmatch(run_id):
        raise ValueError
    return run_id


def _three(file: Path) -> tuple[Any, Any, str]:
    api, correlation_id, raw = json.loads(file.read_text(encoding="ascii"))
    if not isinstance(raw, str):
        raise TypeError
    return api, correlation_id, raw
