"""What is known of each analysis: frozen values, read from the library at each call."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from lib.failures import Failure
from lib.interhuman import V1Options, V2Options
from lib.library import Library, Submission
from lib.library.runs import ENDED, Row
from lib.model import Analysis

Phase = Literal[
    "queued",
    "checking",
    "uploading",
    "analysing",
    "saving",
    "done",
    "failed",
    "cancelled",
    "interrupted",  # the recording is needed again
    "asks",  # it was sent, and nobody knows whether it was accepted
]
Options = V1Options | V2Options


@dataclass(frozen=True, slots=True)
class Step:
    """A phase that a run went through, and the `time.time()` at which it began."""

    phase: Phase
    at: float


@dataclass(frozen=True, slots=True)
class Run:
    """One analysis. `since` is when its phase began, in seconds of `time.time()`.

    `submission` is the V2 job it can (again) wait for. `unsaved` is an answer that the library
    would not take, held by this process. `paused` is why nothing of its account is sent.
    `attempt` counts how often it was asked for; `place` is where its recording lies.
    `fingerprint` is what the function of that name says, None where nobody worked it out.
    """

    id: str
    name: str
    ticket: str
    options: Options
    phase: Phase
    created_at: float
    since: float
    account: str
    place: str
    attempt: int
    stop: bool = False
    sent: int = 0
    total: int = 0
    duration: float | None = None
    notice: str = ""
    maybe_billed: bool = False
    submission: Submission | None = None
    unsaved: Analysis | None = None
    session_id: str | None = None
    failure: Failure | None = None
    paused: Failure | None = None
    fingerprint: str | None = None
    steps: tuple[Step, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.phase in ENDED


def new_id() -> str:
    """An id that nobody can guess, and that sorts after those of earlier runs.

    The queue takes what was begun within the same second in the order of the ids, on SQLite.
    """
    return f"{time.time_ns():016x}{secrets.token_hex(8)}"


def find(library: Library, run_id: str) -> Run | None:
    """The run of this id as it stands now, or None."""
    row = library.runs.get(run_id)
    return None if row is None else of_row(row)


def of_row(row: Row) -> Run:
    """The run in a row."""
    known = {name: row.columns[name] for name in _PLAIN}
    return Run(
        **known,
        options=_options(row.columns["options"]),
        failure=_failure(row.columns["failure"]),
        submission=row.submission,
        paused=_failure(row.paused),
        steps=tuple(Step(_phase(phase), at) for phase, at in row.steps),
    )


def columns(run_id: str, *, name: str, ticket: str, options: Options) -> dict[str, Any]:
    """What a new run is stored with, but for its account, place and fingerprint."""
    packed = json.dumps({"api": _kind(options), **asdict(options)})
    return {"id": run_id, "name": name, "ticket": ticket, "options": packed}


def fingerprint(content: str, options: Options) -> str:
    """What tells a recording again that is analysed with the same options.

    `content` is the SHA-256 of its bytes, in hex; the order of what is asked for means nothing.
    """
    asked = [_kind(options), *sorted(options.fields())]
    return hashlib.sha256(json.dumps([content, asked]).encode()).hexdigest()


def told(failure: Failure) -> str:
    """A failure as a column holds it."""
    return json.dumps(asdict(failure))


def _failure(text: str | None) -> Failure | None:
    return None if text is None else Failure(**json.loads(text))


def _kind(options: Options) -> str:
    return "v1" if isinstance(options, V1Options) else "v2"


def _options(text: str) -> Options:
    given = json.loads(text)
    kind = V1Options if given.pop("api") == "v1" else V2Options
    lists = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    return kind(**{**given, **lists})


def _phase(text: str) -> Phase:
    found: Phase = next(phase for phase in get_args(Phase) if phase == text)
    return found


_PLAIN = (
    "id",
    "name",
    "ticket",
    "phase",
    "created_at",
    "since",
    "account",
    "place",
    "attempt",
    "stop",
    "sent",
    "total",
    "duration",
    "notice",
    "maybe_billed",
    "session_id",
    "fingerprint",
)
