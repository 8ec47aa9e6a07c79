"""The spool of answers that are paid for and not in the library yet: private files.

An answer is written here, beside the recordings, before anything else is done with it: neither a
library that refuses it nor the end of the process loses it. Knows files and how answers are read.
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

RUN_ID = re.compile(r"[0-9a-zA-Z-]{1,64}")
log = logging.getLogger(__name__)


class AnswerSpool:
    """Answers in a folder, each in a file named by the id of its run.

    The folder is made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, run_id: str, analysis: Analysis) -> None:
        """Write an answer to its file; a disk that fails is only logged."""
        answer = (analysis.api, analysis.correlation_id, analysis.raw)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            part = self._folder / (_file_name(run_id) + PART)
            part.write_text(json.dumps(answer), encoding="ascii")
            part.replace(self._folder / _file_name(run_id))
        except (OSError, ValueError) as error:
            log.warning("An answer lies in memory alone", exc_info=error)

    def read(self, run_id: str) -> Analysis | None:
        """The answer of a run, or None where there is none that can be read."""
        with suppress(OSError, ValueError, TypeError, ApiError):
            api, correlation_id, raw = _read_file(self._folder / _file_name(run_id))
            return parser.parse_answer(raw, api=api, correlation_id=correlation_id)
        return None

    def run_ids(self) -> tuple[str, ...]:
        """The ids of the runs whose answers are here, sorted."""
        try:
            names = sorted(file.name for file in self._folder.iterdir())
        except OSError:
            return ()
        return tuple(name for name in names if RUN_ID.fullmatch(name))

    def delete(self, run_id: str) -> None:
        """Delete the answer of a run; none to delete is no error."""
        with suppress(OSError, ValueError):
            (self._folder / _file_name(run_id)).unlink(missing_ok=True)


def _file_name(run_id: str) -> str:
    if not RUN_ID.fullmatch(run_id):
        raise ValueError
    return run_id


def _read_file(file: Path) -> tuple[Any, Any, str]:
    api, correlation_id, raw = json.loads(file.read_text(encoding="ascii"))
    if not isinstance(raw, str):
        raise TypeError
    return api, correlation_id, raw
