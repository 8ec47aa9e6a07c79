"""Where an analysis stands, in words and as a thin bar, on its own page and in the queue."""

from __future__ import annotations

import time
from typing import Literal

from lib.runner import Run
from lib.ui import text

Group = Literal["needs", "now", "waits", "past"]
_STEPS = (("checking", "Checking"), ("uploading", "Uploading"), ("analysing", "Analyzing"))
_WORDS = {
    "analysing": "analyzing",
    "interrupted": "recording needed again",
    "asks": "sent, but not known whether it was accepted",
}


def group(run: Run) -> Group:
    """Whether it needs somebody, is under way, waits for its turn, or is over."""
    if run.phase == "queued":
        return "waits"
    if not run.ended:
        return "now"
    return "past" if run.phase in ("done", "cancelled") else "needs"


def state(run: Run) -> str:
    """Its phase in words, with how far it is."""
    word = _WORDS.get(run.phase, run.phase)
    if run.phase == "uploading" and run.total:
        return f"{word} {min(1.0, run.sent / run.total):.0%}"
    if run.phase == "analysing":
        return f"{word} {text.elapsed(time.time() - run.since)}"
    if run.unsaved:
        return "not saved"
    return word


def elapsed(run: Run) -> str:
    """Since when it waits or works, or how long that took: its last attempt, as m:ss."""
    asked = [step.at for step in run.steps if step.phase == "queued"]
    begun = asked[-1] if asked else run.created_at
    return text.elapsed((run.since if run.ended else time.time()) - begun)


def steps(run: Run) -> str:
    """The steps of a run as a list, in HTML: which are past, and how long they took."""
    order = [name for name, _ in _STEPS]
    now = order.index(run.phase) if run.phase in order else (-1 if run.phase == "queued" else 3)
    lines = []
    for index, (name, label) in enumerate(_STEPS):
        css, mark = ("now", "▸") if index == now else ("past", "✓") if index < now else ("", "·")
        lines.append(text.block(f"{mark} {label}{_detail(run, name)}", tag="li", css=css))
    return f'<ol class="sr-steps">{"".join(lines)}</ol>'


def _detail(run: Run, step: str) -> str:
    if step == "uploading" and run.total:
        share = run.sent / run.total
        return f": {text.size(run.sent)} of {text.size(run.total)} ({share:.0%})"
    if step == "analysing" and run.phase == "analysing":
        return f": {text.elapsed(time.time() - run.since)} so far"
    return _took(run, step)


def _took(run: Run, step: str) -> str:
    """How long a step took, the last time; nothing while it goes on, or before it began."""
    later = (*run.steps[1:], None)
    spans = [
        after.at - one.at
        for one, after in zip(run.steps, later, strict=True)
        if one.phase == step and after is not None
    ]
    return f": {text.elapsed(spans[-1])}" if spans else ""


def bar(run: Run) -> str:
    """How much is sent; while the API is at work, nobody knows how much is left."""
    if run.phase == "uploading" and run.total:
        share = min(1.0, run.sent / run.total)
        return f'<div class="sr-progress"><i style="width:{share:.1%}"></i></div>'
    return '<div class="sr-progress sr-waiting"><i></i></div>'


def hint(run: Run) -> str:
    """What whoever waits for it may want to know."""
    if run.phase == "queued":
        return "Waiting for its turn. You can close this page; the work goes on."
    if run.phase == "analysing" and run.submission and run.submission.expires_at:
        return f"The API keeps the result until {text.moment(run.submission.expires_at)}."
    if run.phase == "analysing":
        return "A large recording takes one to three minutes. You can close or refresh this page."
    return "You can close or refresh this page; the work goes on."


def cancelled(run: Run, *, sandbox: bool) -> tuple[str, str]:
    """What a cancelled run came to: what happened, and what it means."""
    if run.submission and run.submission.expires_at:
        until = text.moment(run.submission.expires_at)
        return (
            "You stopped waiting.",
            f"The API goes on with the job and keeps its result until {until}.",
        )
    if sandbox:
        return "Cancelled.", "Nothing is billed in sandbox mode."
    if run.maybe_billed:
        return (
            "Cancelled while the API was at work.",
            "It had the whole recording, so this analysis may be billed.",
        )
    return "Cancelled.", "The recording was not sent whole, so nothing was analysed."


def outcome(run: Run, *, sandbox: bool) -> str:
    """What a run without a result came to, and what to do next; empty for any other."""
    if run.phase == "cancelled":
        return " ".join(cancelled(run, sandbox=sandbox))
    if run.failure is None:
        return ""
    said = [run.failure.what, run.failure.next_step]
    if run.phase == "asks" and sandbox:
        said.append("Nothing is billed in sandbox mode.")
    return " ".join(said)
