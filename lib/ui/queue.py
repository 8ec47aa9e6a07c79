"""The queue of recordings, as the library knows it: whoever looks, from wherever, sees the same.

Drawn anew each second while something is under way, and not at all when nothing is: a few
hundred runs are a few pages, and of each only what is on the page is drawn.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from html import escape
from itertools import chain

import streamlit as st

from lib.runner import Run
from lib.ui import messages, next_steps, paging, shared, standing, text

EVERY = 1.0  # seconds between two looks while something is under way
RECENT = 24 * 60 * 60  # seconds for which a queue that has nothing left to do is still shown
_NO_GOING = "No recording is being analyzed, and none waits."
_NO_ENDED = "Every recording that was sent has its result."
_NAMES = {"needs": "Need you", "now": "Under way", "waits": "Waiting"}


def show() -> None:
    """Draw the queue where there is one.

    A library that was never written is not opened for it.
    """
    runs: tuple[Run, ...] = ()
    if shared.written():
        with messages.told(stop=False):
            runs = shared.runner().list()
            shared.runner().wake()
    if not any(_current(run) for run in runs):
        return
    busy = _busy(runs)
    with st.container(key="queue"):
        st.subheader("Queue", anchor=False)
        st.fragment(_draw, run_every=EVERY if busy else None)(busy=busy)


def listed(*, ended: bool) -> None:
    """Draw the runs that have no result: those that go on, or those that ended without one."""
    busy = not ended
    st.fragment(_list, run_every=EVERY if busy else None)(ended=ended)


def _list(*, ended: bool) -> None:
    with messages.told(stop=False):
        runs = [run for run in shared.runner().list() if run.phase != "done" and run.ended == ended]
        next_steps.failed()
        if runs:
            _page(runs, "ended" if ended else "going")
        else:
            st.html(text.block(_NO_ENDED if ended else _NO_GOING, css="sr-quiet"))


def _current(run: Run) -> bool:
    return standing.group(run) != "past" or time.time() - run.since < RECENT


def _busy(runs: Sequence[Run]) -> bool:
    return not all(run.ended for run in runs)


def _draw(*, busy: bool) -> None:
    with messages.told(stop=False):
        runs = shared.runner().list()
        if _busy(runs) != busy:
            st.rerun(scope="app")  # from now on, or no longer, it is drawn each second
        groups = _grouped(runs)
        st.html(text.block(_counts(runs), css="sr-counts"))
        next_steps.failed()
        _slower(groups["waits"], groups["now"])
        _for_all(runs)
        for name, title in _NAMES.items():
            if groups[name]:
                st.html(text.block(f"{title} ({len(groups[name])})", tag="h4", css="sr-group"))
                _page(groups[name], name)
        _past(groups["past"])


def _grouped(runs: Sequence[Run]) -> dict[str, list[Run]]:
    """What needs somebody and what is over newest first, what goes on in the order it came."""
    groups: dict[str, list[Run]] = {"needs": [], "now": [], "waits": [], "past": []}
    for run in runs:
        groups[standing.group(run)].append(run)
    return {**groups, "now": groups["now"][::-1], "waits": groups["waits"][::-1]}


def _counts(runs: Sequence[Run]) -> str:
    """How many stand where: "3 under way, 9 waiting, 2 need you, 16 done"."""
    names = [run.phase if (one := standing.group(run)) == "past" else one for run in runs]
    said = {
        "now": "under way",
        "waits": "waiting",
        "needs": "needs you" if names.count("needs") == 1 else "need you",
        "done": "done",
        "cancelled": "cancelled",
    }
    return ", ".join(f"{names.count(name)} {word}" for name, word in said.items() if name in names)


def _slower(waits: Sequence[Run], now: Sequence[Run]) -> None:
    """Say why the queue stands still, or goes slower than it could."""
    runs = [*waits, *now]
    if stopped := next((run.paused for run in runs if run.paused), None):
        next_steps.paused(stopped)
        waiting = sum(run.paused is not None for run in waits)
        st.caption(f"What waits ({waiting}) is kept and sent once you go on.")
    elif notice := next((run.notice for run in runs if run.notice), ""):
        st.html(text.block(f"The queue goes slower. {notice}", css="sr-slower"))


def _for_all(runs: Sequence[Run]) -> None:
    going = [run for run in runs if not run.ended]
    failed = [run for run in runs if run.phase == "failed" and not run.unsaved]
    with st.container(horizontal=True, key="queue_all"):
        if len(going) > 1:
            with st.popover("Cancel all", icon=":material/close:"):
                st.write(
                    f"All {len(going)} that wait or are under way will stop, those of other "
                    "viewers too." + _may_be_billed(going)
                )
                if st.button(f"Cancel all {len(going)}", type="primary", key="queue_cancel_all"):
                    next_steps.do(shared.runner().cancel_all)
        if len(failed) > 1 and st.button(
            "Retry all failed", icon=":material/refresh:", key="queue_retry_all"
        ):
            next_steps.do(shared.runner().retry_all)


def _may_be_billed(going: Sequence[Run]) -> str:
    sent = sum(run.phase in ("analysing", "saving") for run in going)
    if not sent or shared.settings().sandbox:
        return ""
    return f" The API has {sent} of them already and may bill them."


def _past(runs: Sequence[Run]) -> None:
    if not runs:
        return
    with st.expander("Ended", key="queue_past", on_change="rerun") as folded:
        if folded.open:
            _page(runs, "past")


def _page(runs: Sequence[Run], name: str) -> None:
    shown = paging.page(runs, key=f"queue_page_{name}")
    with st.container(gap=None):
        for run in shown:
            _row(run)


def _row(run: Run) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"run_{run.id}", gap="small"
    ):
        with st.container(gap=None):
            st.html(_line(run))
            if standing.group(run) == "now":
                st.html(standing.bar(run))
        next_steps.show(run, removable=True)


def _line(run: Run) -> str:
    said = standing.outcome(run, sandbox=shared.settings().sandbox) or run.notice
    failure = run.failure
    ids = [failure.error_id, failure.correlation_id] if failure and run.phase != "done" else []
    parts = chain(
        (text.block(run.name, tag="span", css="sr-run-name"),),
        (text.block(standing.state(run), tag="span", css=f"sr-run-state {escape(run.phase)}"),),
        (text.block(standing.elapsed(run), tag="span", css="sr-run-time"),),
        [text.block(said, tag="span", css="sr-run-said")] if said else [],
        [text.block(" · ".join(filter(None, ids)), tag="span", css="sr-run-ids")]
        if any(ids)
        else [],
    )
    return f'<div class="sr-run">{"".join(parts)}</div>'
