"""Runs: the state of each analysis as frozen values, read from the library at each call."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from lib.background.parts_plan import (
    PartsPlan,
    PreparedPart,
    sending_fields,
    unpack_part,
    unpack_plan,
)
from lib.errors import Problem
from lib.library import AcceptedJob, Library
from lib.library.problems import load_problem
from lib.library.run_rows import ENDED, Row
from lib.model import Analysis, Options, Phase, V1Options, V2Options


@dataclass(frozen=True, slots=True)
class Step:
    """A phase that a run went through, and the `time.time()` at which it began."""

    phase: Phase
    at: float


@dataclass(frozen=True, slots=True)
class Run:
    """One analysis. `since` is when its phase began, in seconds of `time.time()`.

    `job` is the V2 job it can (again) wait for. `unsaved` is an answer that the library
    refused, in the memory of this process. `paused` is why nothing of its account is sent.
    `attempt` counts how often it was queued; `folder` is the id of the folder of its recording.
    `fingerprint` is that of `analysis_fingerprint`, None in runs that an older app began.

    Of a recording that is sent in parts, `plan` says which, `prepared` how much of it is prepared
    [0 to 1], and `parts` are the runs of those that are queued. Of a part, `parent` is the id of
    its recording's run.
    """

    id: str
    name: str
    ticket: str
    options: Options
    phase: Phase
    created_at: float
    since: float
    account: str
    folder: str
    attempt: int
    stop: bool = False
    sent: int = 0
    total: int = 0
    duration: float | None = None
    notice: str = ""
    maybe_billed: bool = False
    job: AcceptedJob | None = None
    unsaved: Analysis | None = None
    session_id: str | None = None
    failure: Problem | None = None
    paused: Problem | None = None
    fingerprint: str | None = None
    steps: tuple[Step, ...] = ()
    plan: PartsPlan | None = None
    prepared: float | None = None
    parts: tuple[Run, ...] = ()
    parent: str | None = None
    part: PreparedPart | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.phase in ENDED

    @property
    def is_prepared_first(self) -> bool:
        """Whether something is to be prepared: its parts, or the file of a part that has none."""
        return self.plan is not None or (self.parent is not None and not self.ticket)

    @property
    def refuses_file(self) -> bool:
        """Whether it failed because of the file, which would be refused again."""
        return self.failure is not None and self.failure.refuses_file


def new_run_id() -> str:
    """An id that nobody can guess, and that sorts after those of earlier runs.

    The queue takes what was begun within the same second in the order of the ids, on SQLite.
    """
    return f"{time.time_ns():016x}{secrets.token_hex(8)}"


def find_run(library: Library, run_id: str) -> Run | None:
    """The run of this id as it stands now, with those of its parts; or None."""
    row = library.runs.get(run_id)
    if row is None:
        return None
    run = run_of_row(row)
    return (
        group_parts([run, *map(run_of_row, library.runs.parts([run_id]))])[0] if run.plan else run
    )


def group_parts(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs of whole recordings, in their order, each with those of its parts by number.

    A part whose recording has no run among them is left out.
    """
    whole, parts = list[Run](), defaultdict[str, list[Run]](list)
    for run in runs:
        if run.parent is None:
            whole.append(run)
        else:
            parts[run.parent].append(run)
    return tuple(
        replace(run, parts=tuple(sorted(parts[run.id], key=part_number))) if run.plan else run
        for run in whole
    )


def part_number(run: Run) -> int:
    """The number of a part, from 0."""
    return run.part.number if run.part else 0


def run_of_row(row: Row) -> Run:
    """The run in a row."""
    plain = {name: row.columns[name] for name in _PLAIN_COLUMNS}
    return Run(
        **plain,
        phase=Phase(row.columns["phase"]),
        options=_unpack_options(row.columns["options"]),
        failure=load_problem(row.columns["failure"]),
        job=row.job,
        paused=row.paused,
        steps=tuple(Step(phase, at) for phase, at in row.steps),
        plan=unpack_plan(row.columns["plan"]) if row.columns["plan"] else None,
        part=unpack_part(row.columns["part"]) if row.columns["part"] else None,
    )


def pack_options(options: Options) -> str:
    """The options as a column holds them: JSON."""
    return json.dumps({"api": _api(options), **asdict(options)})


def analysis_fingerprint(content: str, options: Options, plan: PartsPlan | None = None) -> str:
    """The fingerprint of a recording, options and what is sent: the same for the same analysis.

    `content` is the SHA-256 of the bytes, in hex; the order within an option means nothing. Without
    a `plan` the recording is sent whole and as it is.
    """
    parts: list[object] = [content, [_api(options), *sorted(options.fields())]]
    if plan:
        parts.append(sending_fields(plan))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def is_of_recording(run: Run, content: str) -> bool:
    """Whether a run is of the recording whose bytes have this SHA-256, as far as it is known.

    A plan was no part of the fingerprint once.
    """
    plans = {run.plan, None}
    return not run.fingerprint or run.fingerprint in {
        analysis_fingerprint(content, run.options, plan) for plan in plans
    }


def _api(options: Options) -> str:
    return "v1" if isinstance(options, V1Options) else "v2"


def _unpack_options(text: str) -> Options:
    values = json.loads(text)
    kind = V1Options if values.pop("api") == "v1" else V2Options
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return kind(**{**values, **lists})


_PLAIN_COLUMNS = (
    "id",
    "name",
    "ticket",
    "created_at",
    "since",
    "account",
    "folder",
    "attempt",
    "stop",
    "sent",
    "total",
    "duration",
    "notice",
    "maybe_billed",
    "session_id",
    "fingerprint",
    "prepared",
    "parent",
)
