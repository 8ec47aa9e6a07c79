"""From an answer to a session in the library, whatever happens in between.

An answer is written to a file first. What a library refuses stays in memory as well, so that
pages can offer it.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from contextlib import suppress

from lib import runs, session_file
from lib.failures import Failure, LibraryError, RecordingsError
from lib.library import Library
from lib.model import Analysis, Origin
from lib.recordings import Recordings
from lib.runner.answers import Answers
from lib.runs import Run

MEASURED: tuple[Origin, ...] = ("api", "sandbox")


class Saving:
    """Saves answers. `unsaved` holds those that the library would not take, and why."""

    def __init__(self, library: Library, recordings: Recordings) -> None:
        self._library = library
        self._recordings = recordings
        self._answers = Answers(recordings.folder / "answers")
        self.unsaved: dict[str, tuple[Analysis, Failure]] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def keep(self, run: Run, analysis: Analysis) -> None:
        """Write an answer to its file, from which the next process can save it."""
        self._answers.keep(run.id, analysis)

    def kept(self, run: Run) -> Analysis | None:
        """The answer of a run that was not saved, or None."""
        return self._answers.of(run.id)

    def save(self, run: Run, analysis: Analysis) -> None:
        """Write the session of a run to the library.

        Raises:
            LibraryError: it would not take it; the answer is kept in `unsaved`.
        """
        with self._locks[run.id]:
            self._save(run, analysis)

    def save_late(self, run: Run, analysis: Analysis) -> None:
        """Do the same, unless somebody else has; a session that was deleted since stays so.

        Raises:
            LibraryError: as `save` does.
        """
        with self._locks[run.id]:
            now = runs.find(self._library, run.id)
            if now is not None and now.phase != "done":
                self._save(now, analysis)
                return
            self.unsaved.pop(run.id, None)
            self._answers.drop(run.id)

    def settled(self, run: Run) -> bool:
        """Whether the session of a run is in the library; then the run is done.

        Raises:
            LibraryError: it cannot be read or written.
        """
        for origin in MEASURED:
            session_id = session_file.new_id(origin, run.id)
            if self._library.holds(session_id):
                self._settle(run, session_id)
                return True
        return False

    def rescue(self) -> None:
        """Save the answers whose runs ended without them, as far as the library takes them."""
        for run_id in self._answers.runs():
            with suppress(LibraryError):  # it stays in its file, and is shown as not saved
                run = runs.find(self._library, run_id)
                if run is None or run.phase == "done":  # a session that was deleted stays so
                    self._answers.drop(run_id)
                elif run.ended and (analysis := self._answers.of(run_id)):
                    self.save_late(run, analysis)

    def _save(self, run: Run, analysis: Analysis) -> None:
        session = session_file.session(
            analysis, name=run.name, duration=run.duration, run_id=run.id
        )
        try:
            self._library.save(session)
        except LibraryError as error:
            self.unsaved[run.id] = (analysis, error.failure)
            raise
        self._settle(run, session.id)

    def _settle(self, run: Run, session_id: str) -> None:
        with suppress(LibraryError):  # a note too many does no harm: the session is saved
            self._library.forget(run.id)
        with suppress(RecordingsError):
            self._recordings.lend(run.ticket, session_id)
        self._library.runs.settle(run.id, session_id)
        self.unsaved.pop(run.id, None)  # now that it is done: nobody must think that it failed
        self._answers.drop(run.id)
