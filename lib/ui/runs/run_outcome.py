"""The outcome of a run without a result: the text for one that failed, or was cancelled."""

from __future__ import annotations

from lib.background.run import Run
from lib.model import Phase
from lib.ui.shell import html


def cancelled_text(run: Run, *, sandbox: bool) -> tuple[str, str]:
    """The outcome of a cancelled run: what happened, and what it means."""
    if run.job and run.job.expires_at:
        until = html.format_moment(run.job.expires_at)
        return (
            "You stopped waiting.",
            f"The API continues the job and keeps its result until {until}.",
        )
    if sandbox:
        return "Cancelled.", "Nothing is billed in sandbox mode."
    if run.maybe_billed:
        return (
            "Cancelled while the API was working on it.",
            "It had the whole recording, so this analysis may be billed.",
        )
    return "Cancelled.", "The recording was not fully sent, so nothing was analyzed."


def outcome_text(run: Run, *, sandbox: bool) -> str:
    """The outcome of a run without a result, and what to do next; empty for any other run."""
    if run.phase == Phase.CANCELLED:
        return " ".join(cancelled_text(run, sandbox=sandbox))
    if run.failure is None:
        return ""
    sentences = [run.failure.what, run.failure.next_step]
    if run.phase == Phase.UNCONFIRMED and sandbox:
        sentences.append("Nothing is billed in sandbox mode.")
    return " ".join(sentences)
