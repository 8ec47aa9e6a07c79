"""The status of a run, in words and as a thin bar, on its own page and in the queue."""

from __future__ import annotations

import itertools
import time
from typing import Literal

from lib import timecode
from lib.background.run import Run, part_number
from lib.model import Phase
from lib.ui.shell import html

Group = Literal["needs", "now", "waits", "past"]
_STEP_LABELS = (
    (Phase.CHECKING, "Checking"),
    (Phase.UPLOADING, "Uploading"),
    (Phase.ANALYSING, "Analyzing"),
)
_PARTS_STEP_LABELS = (
    (Phase.PREPARING, "Preparing"),
    (Phase.ANALYSING, "Sending and analyzing"),
)
_EARLY_SHARE = 0.02  # of the preparation, before which nothing is known of its time
_PHASE_WORDS = {
    Phase.ANALYSING: "analyzing",
    Phase.INTERRUPTED: "recording needed again",
    Phase.UNCONFIRMED: "sent, but not known to be accepted",
}


def run_group(run: Run) -> Group:
    """The group of a run: it needs somebody, is under way, waits for its turn, or is over."""
    if run.phase == Phase.QUEUED:
        return "waits"
    if not run.ended:
        return "now"
    return "past" if run.phase in (Phase.DONE, Phase.CANCELLED) else "needs"


def state_text(run: Run) -> str:
    """The phase of a run in words, with its progress."""
    word = _PHASE_WORDS.get(run.phase, run.phase)
    if run.phase == Phase.PREPARING and run.prepared is not None:
        return f"{word} {run.prepared:.0%}"
    if run.phase == Phase.ANALYSING and run.plan:
        return f"{word}, {parts_text(run)}"
    if run.phase == Phase.UPLOADING and run.total:
        return f"{word} {min(1.0, run.sent / run.total):.0%}"
    if run.phase == Phase.ANALYSING:
        return f"{word} {html.format_elapsed(time.time() - run.since)}"
    if run.unsaved:
        return "not saved"
    return word


def parts_text(run: Run) -> str:
    """How many parts of a recording have their answer: "2 of 5 parts"; "" for one in one piece."""
    if run.plan is None:
        return ""
    count, done = len(run.plan.parts), sum(part.phase == Phase.DONE for part in run.parts)
    return f"{done} of {count} {'part' if count == 1 else 'parts'}"


def time_left_text(run: Run) -> str:
    """How long preparing will still take, by what it took until now: "about 2:10 left"; or ""."""
    if run.phase != Phase.PREPARING or not run.prepared or run.prepared < _EARLY_SHARE:
        return ""
    left = (time.time() - run.since) * (1 - run.prepared) / run.prepared
    return f"about {html.format_elapsed(left)} left"


def elapsed_text(run: Run) -> str:
    """How long the last attempt of a run has taken, so far or in all, as m:ss."""
    queued_at = [step.at for step in run.steps if step.phase == Phase.QUEUED]
    start = queued_at[-1] if queued_at else run.created_at
    return html.format_elapsed((run.since if run.ended else time.time()) - start)


def steps_html(run: Run) -> str:
    """The steps of a run as an HTML list: which are past, and how long they took."""
    labels = _step_labels(run)
    order = [name for name, _ in labels]
    later = -1 if run.phase in (Phase.QUEUED, Phase.CHECKING) else len(labels)
    now = order.index(run.phase) if run.phase in order else later
    lines = []
    for index, (name, label) in enumerate(labels):
        css, mark = ("now", "▸") if index == now else ("past", "✓") if index < now else ("", "·")
        lines.append(html.element(f"{mark} {label}{_step_detail(run, name)}", tag="li", css=css))
    return f'<ol class="sr-steps">{"".join(lines)}</ol>'


def _step_labels(run: Run) -> tuple[tuple[Phase, str], ...]:
    if run.plan:
        return _PARTS_STEP_LABELS
    if run.phase == Phase.PREPARING:  # of a part that its session lacks
        return (*_PARTS_STEP_LABELS[:1], *_STEP_LABELS)
    return _STEP_LABELS


def parts_html(run: Run) -> str:
    """The parts of a recording as an HTML list: where each lies, and how it stands."""
    lines = []
    for number, planned in enumerate(run.plan.parts if run.plan else ()):
        part = next((part for part in run.parts if part_number(part) == number), None)
        start, end = (
            timecode.format_time(time, digits=0) for time in (planned.core.start, planned.core.end)
        )
        state = state_text(part) if part else "not prepared yet"
        lines.append(html.element(f"{start} to {end}: {state}", tag="li", css=""))
    return f'<ol class="sr-steps sr-parts">{"".join(lines)}</ol>'


def _step_detail(run: Run, step: str) -> str:
    if step == Phase.PREPARING and run.phase == step and run.prepared is not None:
        return f": {', '.join(filter(None, (f'{run.prepared:.0%}', time_left_text(run))))}"
    if step == Phase.ANALYSING and run.plan and (run.parts or run.phase == step):
        return f": {parts_text(run)}"
    if step == Phase.UPLOADING and run.total:
        share = run.sent / run.total
        return f": {html.format_bytes(run.sent)} of {html.format_bytes(run.total)} ({share:.0%})"
    if step == Phase.ANALYSING and run.phase == Phase.ANALYSING:
        return f": {html.format_elapsed(time.time() - run.since)} so far"
    return _step_duration(run, step)


def _step_duration(run: Run, step: str) -> str:
    """How long a step took, the last time; empty while it goes on, or before it began."""
    durations = [
        following.at - each.at
        for each, following in itertools.pairwise(run.steps)
        if each.phase == step
    ]
    return f": {html.format_elapsed(durations[-1])}" if durations else ""


def progress_html(run: Run) -> str:
    """A progress bar in HTML: how much is prepared or sent; else it has no length."""
    if run.phase == Phase.PREPARING and run.prepared is not None:
        return f'<div class="sr-progress"><i style="width:{run.prepared:.1%}"></i></div>'
    if run.phase == Phase.UPLOADING and run.total:
        share = min(1.0, run.sent / run.total)
        return f'<div class="sr-progress"><i style="width:{share:.1%}"></i></div>'
    return '<div class="sr-progress sr-waiting"><i></i></div>'


def waiting_hint(run: Run) -> str:
    """A hint for whoever waits for a run."""
    if run.phase == Phase.QUEUED:
        return "Waiting for its turn. You can close this page; the work goes on."
    if run.phase == Phase.ANALYSING and run.job and run.job.expires_at:
        return f"The API keeps the result until {html.format_moment(run.job.expires_at)}."
    if run.plan:
        return "Each part is sent once it is prepared. You can close this page; the work goes on."
    if run.phase == Phase.ANALYSING:
        return "A large recording takes one to three minutes. You can close or refresh this page."
    return "You can close or refresh this page; the work goes on."
