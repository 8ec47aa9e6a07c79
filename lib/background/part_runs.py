"""Runs of parts: new ones, and those that are sent once more as their session lacks an answer."""

from __future__ import annotations

from dataclasses import replace

from lib.background.parts_plan import PartsPlan, PreparedPart, pack_part, unprepared_part
from lib.background.run import Run, new_run_id, pack_options, part_number
from lib.library.run_rows import NewRun, RunChange
from lib.model import Phase
from lib.recordings.store import RecordingStore


def new_part(run: Run, plan: PartsPlan, held: PreparedPart, *, folder: str) -> NewRun:
    """A run for a part of a recording, which has no file yet."""
    return NewRun(
        id=new_run_id(),
        name=f"{run.name}, part {held.number + 1} of {len(plan.parts)}",
        ticket="",
        options=pack_options(run.options),
        account=run.account,
        folder=folder,
        parent=run.id,
        part=pack_part(held),
    )


def cancelled_parts(run: Run) -> tuple[NewRun, ...]:
    """Runs for the parts of a recording that had none when it was cancelled."""
    if run.plan is None:
        return ()
    missing = {*range(len(run.plan.parts))} - set(map(part_number, run.parts))
    return tuple(
        {
            **new_part(run, run.plan, unprepared_part(run.plan, number), folder=run.folder),
            "phase": Phase.CANCELLED,
        }
        for number in sorted(missing)
    )


def change_of_gap(
    part: Run, recording: Run, recordings: RecordingStore, *, skip_damage: bool
) -> RunChange:
    """The columns by which a part is prepared anew of its recording; none where its file is here.

    With `skip_damage` what cannot be read is left out.
    """
    if part.part is None or not _lacks_file(part, recordings, skip_damage=skip_damage):
        return {}
    held = replace(part.part, skip_damage=skip_damage or part.part.skip_damage)
    return {"ticket": "", "folder": recording.folder, "part": pack_part(held)}


def waits_for_recording(
    part: Run, recording: Run, recordings: RecordingStore, *, skip_damage: bool = False
) -> bool:
    """Whether a part that ended without an answer cannot begin anew yet.

    Its file is to be made, and the run of its recording, which may make it, goes on.
    """
    ended = part.ended and part.phase != Phase.DONE
    return ended and not recording.ended and _lacks_file(part, recordings, skip_damage=skip_damage)


def _lacks_file(part: Run, recordings: RecordingStore, *, skip_damage: bool) -> bool:
    """Whether a file of a part is to be made: it has none, or is to be without its damage."""
    if part.part is None or part.job:
        return False
    elsewhere = bool(part.ticket) and part.folder != recordings.folder_id
    return not elsewhere and (skip_damage or recordings.path(part.ticket) is None)
