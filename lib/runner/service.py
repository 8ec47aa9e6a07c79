"""The runner: what pages ask of it. Each answer is read from the library."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import replace

from lib import runs
from lib.failures import Failure
from lib.interhuman import Client, V2Options
from lib.interhuman.errors import ApiError
from lib.library import Library
from lib.library.runs import ENDED
from lib.recordings import Recordings
from lib.runner.analysis import Analyses, failure_of
from lib.runner.keeper import Keeper
from lib.runs import Options, Run

ANEW = ("failed", "cancelled", "interrupted")  # ended without a result, and nothing is in doubt


class Runner:
    """Runs analyses, at most four at a time for an account, over all processes of a library.

    A run goes on whatever becomes of this process: another one, or the next one, follows it.
    All methods raise LibraryError when the library cannot be read or written.
    """

    def __init__(
        self, connect: Callable[[], Client], library: Library, recordings: Recordings
    ) -> None:
        self._library = library
        self._recordings = recordings
        self._analyses = Analyses(connect, library, recordings)
        self._keeper = Keeper(library, recordings, self._analyses)
        self._begun: dict[object, str] = {}
        self._beginning = threading.Lock()

    def wake(self) -> None:
        """Go on in the background with what an earlier process left; returns at once."""
        self._keeper.wake()

    def check(self) -> Failure | None:
        """Whether the credentials work and may upload; no analysis is spent. None when they do."""
        try:
            self._analyses.connect().check()
        except ApiError as error:
            return failure_of(error)
        return None

    def find(self, run_id: str) -> Run | None:
        """The run of this id as it stands now, or None."""
        run = runs.find(self._library, run_id)
        return run and self._with_answer(run)

    def list(self) -> tuple[Run, ...]:
        """All runs that are known, newest first: those that go on, and 200 that ended."""
        return tuple(self._with_answer(runs.of_row(row)) for row in self._library.runs.all())

    def once(self, key: object, begin: Callable[[], str]) -> str:
        """The id of the run that `begin` starts for `key`; anew only once that run has failed.

        A second click arrives in a thread of its own while the first is still at work, and must
        not be billed.
        """
        with self._beginning:
            run = self.find(self._begun.get(key, ""))
            if run is None or run.phase in ANEW:
                self._begun[key] = begin()
            return self._begun[key]

    def start(self, *, ticket: str, name: str, options: Options) -> str:
        """Queue an analysis of a recording on loan and return the run's id."""
        run_id = secrets.token_hex(16)
        new = runs.columns(run_id, name=name, ticket=ticket, options=options)
        here = {"account": self._analyses.connect().account, "place": self._recordings.place}
        self._library.runs.add({**new, **here})
        self._keeper.wake()
        return run_id

    def again(self, run: Run) -> str:
        """Queue the same recording once more, as a run of its own."""
        return self.start(ticket=run.ticket, name=run.name, options=run.options)

    def retry(self, run_id: str) -> bool:
        """Let a run that ended without a result begin anew; False when it stands otherwise.

        One whose job the API accepted is waited for, not sent again.
        """
        return self._reopen(run_id, ANEW)

    def send_again(self, run_id: str) -> bool:
        """Send a recording again though an earlier sending may have been accepted, and billed.

        Only the analyst decides that. False when the run does not ask.
        """
        return self._reopen(run_id, ("asks",))

    def provide(self, run_id: str, ticket: str) -> bool:
        """Give a run the recording that it needs again; False when it does not."""
        return self._reopen(run_id, ("interrupted",), ticket=ticket, place=self._recordings.place)

    def follow(self, run_id: str) -> bool:
        """Wait (again) for the accepted job of a run; False when no such job is known."""
        submission = self._library.submission(run_id)
        if submission is None:
            return False
        if self.find(run_id) is None:  # an older app noted it, and kept no runs
            options = V2Options(model=submission.model)
            new = runs.columns(run_id, name=submission.recording_name, ticket="", options=options)
            here = {"account": self._analyses.connect().account, "place": self._recordings.place}
            known = {"duration": submission.duration}
            self._library.runs.add({**new, **here, **known})
            self._keeper.wake()
            return True
        self._reopen(run_id, (*ANEW, "asks"))
        return True

    def cancel(self, run_id: str) -> None:
        """Ask one run to stop."""
        self._library.runs.stop(run_id)
        self._keeper.wake()

    def cancel_all(self) -> None:
        """Ask every run to stop, those of other viewers too."""
        self._library.runs.stop()
        self._keeper.wake()

    def go_on(self) -> None:
        """Send again what waits because a quota was used up."""
        self._analyses.connect()
        self._library.runs.go_on()
        self._keeper.wake()

    def save_again(self, run: Run) -> None:
        """Try once more to save an answer that the library would not take.

        Raises:
            LibraryError: it still does not.
        """
        if run.unsaved:
            self._analyses.save(run, run.unsaved)

    def close(self) -> None:
        """End what runs here, which the next process goes on with."""
        self._keeper.close()

    def _reopen(self, run_id: str, phases: tuple[str, ...], **values: object) -> bool:
        if run_id in self._analyses.unsaved:
            return False  # its answer is here, paid for
        self._analyses.connect()  # what failed may have failed by the settings
        opened = self._library.runs.reopen(run_id, phases, values)
        self._keeper.wake()
        return opened

    def _with_answer(self, run: Run) -> Run:
        held = self._analyses.unsaved.get(run.id)
        if held is None or run.phase == "done":
            return run
        return replace(run, phase="failed", unsaved=held[0], failure=held[1])


assert set(ANEW) < set(ENDED)  # noqa: S101  a run that goes on is never begun anew
