"""From an answer to a session in the library, whatever happens in between.

An answer is written to a file first. What a library refuses stays in memory as well, so that
pages can offer it.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, datetime

from lib.background.answer_spool import AnswerSpool
from lib.background.run import Run, find_run
from lib.errors import LibraryError, Problem, RecordingError
from lib.library import MAX_TITLE, Library
from lib.model import Analysis, Origin, Phase, Session, session_id
from lib.plain_text import file_stem, one_line
from lib.recordings.store import RecordingStore

MEASURED: tuple[Origin, ...] = ("api", "sandbox")


class ResultSaver:
    """Saves answers. `unsaved` holds those that the library would not take, and why."""

    def __init__(self, library: Library, recordings: RecordingStore) -> None:
        self._library = library
        self._recordings = recordings
        self._answers = AnswerSpool(recordings.folder / "answers")
        self.unsaved: dict[str, tuple[Analysis, Problem]] = {}
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
            now = find_run(self._library, run.id)
            if now is not None and now.phase != Phase.DONE:
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
            saved = session_id(origin, run.id)
            if self._library.holds(saved):
                self._settle(run, saved)
                return True
        return False

    def rescue(self) -> None:
        """Save the answers whose runs ended without them, as far as the library takes them."""
        for run_id in self._answers.runs():
            with suppress(LibraryError):  # it stays in its file, and is shown as not saved
                run = find_run(self._library, run_id)
                if run is None or run.phase == Phase.DONE:  # a session that was deleted stays so
                    self._answers.drop(run_id)
                elif run.ended and (analysis := self._answers.of(run_id)):
                    self.save_late(run, analysis)

    def _save(self, run: Run, analysis: Analysis) -> None:
        session = session_of_run(run, analysis)
        try:
            self._library.save(session)
        except LibraryError as error:
            self.unsaved[run.id] = (analysis, error.problem)
            raise
        self._settle(run, session.id)

    def _settle(self, run: Run, saved: str) -> None:
        with suppress(LibraryError):  # a note too many does no harm: the session is saved
            self._library.delete_job(run.id)
        with suppress(RecordingError):
            self._recordings.assign(run.ticket, saved)
        self._library.runs.settle(run.id, saved)
        self.unsaved.pop(run.id, None)  # now that it is done: nobody must think that it failed
        self._answers.drop(run.id)


def session_of_run(run: Run, analysis: Analysis) -> Session:
    """The session that a run made just now of its recording.

    The same run makes the same id, so that saving it twice keeps one session.
    """
    origin: Origin = "sandbox" if analysis.generated else "api"
    return Session(
        id=session_id(origin, run.id),
        title=file_stem(run.name)[:MAX_TITLE] or "Recording",
        created_at=datetime.now(UTC),
        origin=origin,
        recording_name=one_line(run.name)[:MAX_TITLE],
        duration=run.duration or analysis.duration,
        analysis=analysis,
    )
