"""The saver of results: makes a session of an answer and writes it to the library.

An answer is written to a file first. What the library refuses stays in memory as well, so that
pages can offer it.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from lib.background.answer_spool import AnswerSpool
from lib.background.run import Run, find_run
from lib.background.run_session import origin_of, session_of_parts, session_of_run
from lib.errors import LibraryError, Problem, RecordingError
from lib.library import Library
from lib.model import Analysis, Origin, Phase, session_id
from lib.recordings.store import RecordingStore

RUN_ORIGINS: tuple[Origin, ...] = ("api", "sandbox")


class ResultSaver:
    """Saves answers. `unsaved` are those that the library refused, by run id, and why."""

    def __init__(self, library: Library, recordings: RecordingStore) -> None:
        self._library = library
        self._recordings = recordings
        self._spool = AnswerSpool(recordings.folder / "answers")
        self.unsaved: dict[str, tuple[Analysis, Problem]] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def spool(self, run: Run, analysis: Analysis) -> None:
        """Write an answer to its file, from which the next process can save it."""
        self._spool.write(run.id, analysis)

    def spooled(self, run: Run) -> Analysis | None:
        """The answer of a run that was not saved, or None."""
        return self._spool.read(run.id)

    def save(self, run: Run, analysis: Analysis) -> None:
        """Write the session of a run to the library.

        Raises:
            LibraryError: it refused the session; the answer is in `unsaved`.
        """
        with self._locks[run.id]:
            self._save(run, analysis)

    def save_late(self, run: Run, analysis: Analysis) -> None:
        """Save an answer unless it was saved; a session that was deleted since stays deleted.

        Raises:
            LibraryError: as `save` does.
        """
        with self._locks[run.id]:
            current = find_run(self._library, run.id)
            if current is not None and current.phase != Phase.DONE:
                self._save(current, analysis)
                return
            self.unsaved.pop(run.id, None)
            self._spool.delete(run.id)

    def settle_if_saved(self, run: Run) -> bool:
        """Whether the session of a run is in the library; such a run is marked as done.

        Raises:
            LibraryError: it cannot be read or written.
        """
        if run.parent:
            return False  # its recording's session may be there without its answer
        for origin in RUN_ORIGINS:
            saved_id = session_id(origin, run.id)
            if self._library.holds(saved_id):
                self._settle(run, saved_id)
                return True
        return False

    def save_spooled(self) -> None:
        """Save the spooled answers whose runs ended without them, as far as the library allows."""
        for run_id in self._spool.run_ids():
            with suppress(LibraryError):  # it stays in its file, and is shown as not saved
                run = find_run(self._library, run_id)
                if run is None or run.phase == Phase.DONE:  # a session that was deleted stays so
                    self._spool.delete(run_id)
                elif run.ended and (analysis := self._spool.read(run_id)):
                    self.save_late(run, analysis)

    def _save(self, run: Run, analysis: Analysis) -> None:
        try:
            if run.parent and run.part:
                self._save_part(run, run.parent, run.part.number, analysis)
            else:
                session = session_of_run(run, analysis)
                self._library.save(session)
                self._settle(run, session.id)
        except LibraryError as error:
            self.unsaved[run.id] = (analysis, error.problem)
            raise

    def _save_part(self, run: Run, parent: str, number: int, analysis: Analysis) -> None:
        """Write the answer of a part into the session of its recording."""
        recording = find_run(self._library, parent)
        if recording is None:  # its session was deleted, and stays so
            self._finish(run)
            return
        if saved_id := self.save_recording(recording, {number: analysis}):
            self._library.runs.settle_part(run.id, saved_id)
            self._recordings.remove(run.ticket)
        self._finish(run)

    def save_recording(self, run: Run, answers: Mapping[int, Analysis]) -> str:
        """Save the session of a recording in parts, with these answers and those that it has.

        Returns:
            Its id; "" where there is no answer, or where its session was deleted meanwhile.

        Raises:
            LibraryError: the library refused it.
        """
        if run.plan is None:
            return ""
        saved_id = run.session_id or next(
            (session_id(origin_of(answer), run.id) for answer in answers.values()), ""
        )
        compose = partial(session_of_parts, run, run.plan, run.parts)
        if not saved_id or not self._library.save_parts(
            saved_id, run.id, lambda stored: compose({**stored, **answers})
        ):
            return ""
        with suppress(RecordingError):
            self._recordings.assign(run.ticket, saved_id)
        return saved_id

    def _settle(self, run: Run, saved_id: str) -> None:
        with suppress(RecordingError):
            self._recordings.assign(run.ticket, saved_id)
        self._library.runs.settle(run.id, saved_id)
        self._finish(run)

    def _finish(self, run: Run) -> None:
        """Forget what is only needed while the answer of a run is not saved."""
        with suppress(LibraryError):  # a job that is left does no harm: the session is saved
            self._library.delete_job(run.id)
        self.unsaved.pop(run.id, None)  # now that it is done: nobody must think that it failed
        self._spool.delete(run.id)
