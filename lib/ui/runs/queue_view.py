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

from lib.background.run import Run
from lib.model import Phase
from lib.ui.runs import run_actions, run_status
from lib.ui.shell import html, messages, paging, services

EVERY = 1.0  # seconds between two looks while something is under way
RECENT = 24 * 60 * 60  # seconds for which a queue that has nothing left to do is still shown
_NO_GOING = "No recording is being analyzed, and none waits."
_NO_ENDED = "Every recording that was sent has its result."
_NAMES = {"needs": "Need you", "now": "Under way", "waits": "Waiting"}


def draw_queue() -> None:
    """Draw the queue where there is one.

    A library that was never written is not opened for it.
    """
    runs: tuple[Run, ...] = ()
    if services.library_exists():
        with messages.shown_errors(stop=False):
            runs = services.analysis_queue().all_runs()
            services.analysis_queue().wake()
    if not any(_current(run) for run in runs):
        return
    busy = _busy(runs)
    with st.container(key="queue"):
        st.subheader("Queue", anchor=False)
        st.fragment(_draw, run_every=EVERY if busy else None)(busy=busy)


def draw_runs(*, ended: bool) -> None:
    """Draw the runs that have no result: those that go on, or those that ended without one."""
    busy = not ended
    st.fragment(_list, run_every=EVERY if busy else None)(ended=ended)


def _list(*, ended: bool) -> None:
    with messages.shown_errors(stop=False):
        runs = [
            run
            for run in services.analysis_queue().all_runs()
            if run.phase != Phase.DONE and run.ended == ended
        ]
        run_actions.draw_last_failure()
        if runs:
            _page(runs, "ended" if ended else "going")
        else:
            st.html(html.element(_NO_ENDED if ended else _NO_GOING, css="sr-quiet"))


def _current(run: Run) -> bool:
    return run_status.run_group(run) != "past" or time.time() - run.since < RECENT


def _busy(runs: Sequence[Run]) -> bool:
    return not all(run.ended for run in runs)


def _draw(*, busy: bool) -> None:
    with messages.shown_errors(stop=False):
        runs = services.analysis_queue().all_runs()
        if _busy(runs) != busy:
            st.rerun(scope="app")  # from now on, or no longer, it is drawn each second
        groups = _grouped(runs)
        st.html(html.element(_counts(runs), css="sr-counts"))
        run_actions.draw_last_failure()
        _slower(groups["waits"], groups["now"])
        _for_all(runs)
        for name, title in _NAMES.items():
            if groups[name]:
                st.html(html.element(f"{title} ({len(groups[name])})", tag="h4", css="sr-group"))
                _page(groups[name], name)
        _past(groups["past"])


def _grouped(runs: Sequence[Run]) -> dict[str, list[Run]]:
    """What needs somebody and what is over newest first, what goes on in the order it came."""
    groups: dict[str, list[Run]] = {"needs": [], "now": [], "waits": [], "past": []}
    for run in runs:
        groups[run_status.run_group(run)].append(run)
    return {**groups, "now": groups["now"][::-1], "waits": groups["waits"][::-1]}


def _counts(runs: Sequence[Run]) -> str:
    """How many stand where: "3 under way, 9 waiting, 2 need you, 16 done"."""
    names: list[str] = [
        run.phase if (one := run_status.run_group(run)) == "past" else one for run in runs
    ]
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
        run_actions.draw_quota_pause(stopped)
        waiting = sum(run.paused is not None for run in waits)
        st.caption(f"What waits ({waiting}) is kept and sent once you go on.")
    elif notice := next((run.notice for run in runs if run.notice), ""):
        st.html(html.element(f"The queue goes slower. {notice}", css="sr-slower"))


def _for_all(runs: Sequence[Run]) -> None:
    going = [run for run in runs if not run.ended]
    failed = [run for run in runs if run.phase == Phase.FAILED and not run.unsaved]
    with st.container(horizontal=True, key="queue_all"):
        if len(going) > 1:
            with st.popover("Cancel all", icon=":material/close:"):
                st.write(
                    f"All {len(going)} that wait or are under way will stop, those of other "
                    "viewers too." + _may_be_billed(going)
                )
                if st.button(f"Cancel all {len(going)}", type="primary", key="queue_cancel_all"):
                    run_actions.do_and_rerun(services.analysis_queue().cancel_all)
        if len(failed) > 1 and st.button(
            "Retry all failed", icon=":material/refresh:", key="queue_retry_all"
        ):
            run_actions.do_and_rerun(services.analysis_queue().retry_all)


def _may_be_billed(going: Sequence[Run]) -> str:
    sent = sum(run.phase in (Phase.ANALYSING, Phase.SAVING) for run in going)
    if not sent or services.settings().sandbox:
        return ""
    return f" The API has {sent} of them already and may bill them."


def _past(runs: Sequence[Run]) -> None:
    if not runs:
        return
    with st.expander("Ended", key="queue_past", on_change="rerun") as folded:
        if folded.open:
            _page(runs, "past")


def _page(runs: Sequence[Run], name: str) -> None:
    shown = paging.page_of(runs, key=f"queue_page_{name}")
    with st.container(gap=None):
        for run in shown:
            _row(run)


def _row(run: Run) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"run_{run.id}", gap="small"
    ):
        with st.container(gap=None):
            st.html(_line(run))
            if run_status.run_group(run) == "now":
                st.html(run_status.progress_html(run))
        run_actions.draw_actions(run, removable=True)


def _line(run: Run) -> str:
    said = run_status.outcome_text(run, sandbox=services.settings().sandbox) or run.notice
    failure = run.failure
    ids = [failure.error_id, failure.correlation_id] if failure and run.phase != Phase.DONE else []
    parts = chain(
        (html.element(run.name, tag="span", css="sr-run-name"),),
        (
            html.element(
                run_status.state_text(run), tag="span", css=f"sr-run-state {escape(run.phase)}"
            ),
        ),
        (html.element(run_status.elapsed_text(run), tag="span", css="sr-run-time"),),
        [html.element(said, tag="span", css="sr-run-said")] if said else [],
        [html.element(" · ".join(filter(None, ids)), tag="span", css="sr-run-ids")]
        if any(ids)
        else [],
    )
    return f'<div class="sr-run">{"".join(parts)}</div>'
