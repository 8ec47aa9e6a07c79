"""The runner: what pages ask of it. Each answer is read from the library."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from lib import runs
from lib.failures import Failure, RecordingsError
from lib.interhuman import Client, V2Options
from lib.interhuman.errors import ApiError
from lib.library import Library
from lib.library.runs import ENDED, Result
from lib.recordings import Recordings
from lib.runner.analysis import Analyses, failure_of
from lib.runner.keeper import Keeper
from lib.runs import Options, Run

ANEW = ("failed", "cancelled", "interrupted")  # ended without a result, and nothing is in doubt


@dataclass(frozen=True, slots=True)
class Known:
    """What there is already of a recording with some options: a result, or a run in its way.

    `phase` is that of the run `run_id`; "interrupted" means that it waits for this recording.
    """

    result: Result | None = None
    run_id: str = ""
    phase: str = ""


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
        """All runs that are known, newest first: of those that are over, the last 200."""
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

    def known(
        self, contents: Iterable[str], options: Options, *, generated: bool
    ) -> dict[str, Known]:
        """What there is already of recordings (by the SHA-256 of their bytes) with these options.

        Results that the sandbox made up count only where they are asked for. Of a recording
        that is not in it, there is nothing.
        """
        marks = {runs.fingerprint(content, options): content for content in contents}
        if not marks:
            return {}
        results = self._library.runs.results([*marks], generated=generated)
        others = self._library.runs.alike([*marks])
        for run_id in [*self._analyses.saving.unsaved]:  # its answer is here, paid for
            run = self.find(run_id)
            if run and run.unsaved and run.fingerprint in marks:
                others[run.fingerprint] = (run.id, run.phase)
        return {
            content: Known(results.get(mark), *others.get(mark, ("", "")))
            for mark, content in marks.items()
            if mark in results or mark in others
        }

    def begin(
        self, *, ticket: str, name: str, options: Options, content: str, again: bool = False
    ) -> str:
        """Queue an analysis of a recording on loan whose bytes have this SHA-256; its run's id.

        Unless it is to be analysed `again`, a run of the same recording with the same options
        that goes on, over all processes, is the answer; one that waits for the recording gets it.
        """
        mark = runs.fingerprint(content, options)
        found = "" if again else self._library.runs.alike([mark]).get(mark, ("", ""))[0]
        run_id = found or self._add(ticket, name, options, fingerprint=mark, alone=not again)
        self.provide(run_id, ticket, content)
        if (run := self.find(run_id)) and run.ticket != ticket:
            self._recordings.remove(ticket)
        return run_id

    def start(self, *, ticket: str, name: str, options: Options) -> str:
        """Queue an analysis of a recording on loan and return the run's id."""
        return self._add(ticket, name, options)

    def retry(self, run_id: str) -> bool:
        """Let a run that ended without a result begin anew; False when it stands otherwise.

        One whose job the API accepted is waited for, not sent again.
        """
        return self._reopen(run_id, ANEW)

    def retry_all(self) -> int:
        """Let all that failed begin anew, and what a quota stopped go on; how many did.

        Not those whose answer is held here: it is paid for, and only has to be saved.
        """
        failed = [run for run in self.list() if run.phase == "failed"]
        if any(run.paused for run in failed):
            self.go_on()
        return sum(self.retry(run.id) for run in reversed(failed))

    def remove(self, run_id: str) -> bool:
        """Forget a run that ended without a result, and its recording; False if there is one."""
        run = self.find(run_id)
        if run is None or run.unsaved or not self._library.runs.remove(run_id):
            return False
        self._recordings.remove(run.ticket)
        return True

    def send_again(self, run_id: str) -> bool:
        """Send a recording again though an earlier sending may have been accepted, and billed.

        Only the analyst decides that. False when the run does not ask.
        """
        return self._reopen(run_id, ("asks",))

    def provide(self, run_id: str, ticket: str, content: str = "") -> bool:
        """Give a run the recording that it needs again; False when it does not.

        Raises:
            RecordingsError: `content`, the SHA-256 of its bytes, is that of another recording.
        """
        run = self.find(run_id)
        if run is None or run.phase != "interrupted":
            return False
        if (
            run.fingerprint
            and content
            and runs.fingerprint(content, run.options) != run.fingerprint
        ):
            raise RecordingsError(
                "This is another recording than the one that was to be analysed.",
                "Choose the same file, or analyze this one as a recording of its own.",
            )
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
        self._library.pauses.end()
        self._keeper.wake()

    def save_again(self, run: Run) -> None:
        """Try once more to save an answer that the library would not take.

        Raises:
            LibraryError: it still does not.
        """
        if run.unsaved:
            self._analyses.saving.save(run, run.unsaved)

    def close(self) -> None:
        """End what runs here, which the next process goes on with."""
        self._keeper.close()

    def _add(
        self,
        ticket: str,
        name: str,
        options: Options,
        *,
        fingerprint: str | None = None,
        alone: bool = False,
    ) -> str:
        new = runs.columns(runs.new_id(), name=name, ticket=ticket, options=options)
        new["fingerprint"] = fingerprint
        here = {"account": self._analyses.connect().account, "place": self._recordings.place}
        run_id = self._library.runs.add({**new, **here}, alone=alone)
        self._keeper.wake()
        return run_id

    def _reopen(self, run_id: str, phases: tuple[str, ...], **values: object) -> bool:
        if run_id in self._analyses.saving.unsaved:
            return False  # its answer is here, paid for
        self._analyses.connect()  # what failed may have failed by the settings
        opened = self._library.runs.reopen(run_id, phases, values)
        self._keeper.wake()
        return opened

    def _with_answer(self, run: Run) -> Run:
        held = self._analyses.saving.unsaved.get(run.id)
        if held is None or run.phase == "done":
            return run
        return replace(run, phase="failed", unsaved=held[0], failure=held[1])


assert set(ANEW) < set(ENDED)  # noqa: S101  a run that goes on is never begun anew
