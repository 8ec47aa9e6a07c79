"""The queue on the page: all runs of the library, the same for every viewer.

Redrawn each second while something is under way, and never otherwise. Several hundred runs are
several pages, and only the runs of the current page are drawn.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from html import escape
from itertools import chain

import streamlit as st

from lib.background.run import Run
from lib.model import Phase
from lib.ui.runs import run_actions, run_outcome, run_status
from lib.ui.shell import html, links, paging, problem_view, services

REDRAW_SECONDS = 1.0  # between two drawings while something is under way
RECENT_SECONDS = 24 * 60 * 60  # a queue that has nothing left to do is shown for so long
_PAST = "queue_past"  # session state: whether what is finished is open
_NONE_UNDER_WAY = "No recording is being analyzed, and none is waiting."
_NONE_ENDED = "Every recording that was sent has its result."
_GROUP_TITLES = {"needs": "Needs attention", "now": "Under way", "waits": "Waiting"}


def draw_queue() -> None:
    """Draw the queue where there is one.

    A library that was never written is not opened for it.
    """
    runs: tuple[Run, ...] = ()
    if services.library_exists():
        with problem_view.shown_errors(stop=False):
            runs = services.analysis_queue().all_runs()
            services.analysis_queue().wake()
    if not any(_is_current(run) for run in runs):
        return
    busy = _busy(runs)
    with st.container(key="queue"):
        st.subheader("Queue", anchor=False)
        st.fragment(_draw_groups, run_every=REDRAW_SECONDS if busy else None)(busy=busy)


def draw_runs(*, ended: bool) -> None:
    """Draw the runs that have no result: those that go on, or those that ended without one."""
    busy = not ended
    st.fragment(_draw_runs, run_every=REDRAW_SECONDS if busy else None)(ended=ended)


def _draw_runs(*, ended: bool) -> None:
    with problem_view.shown_errors(stop=False):
        runs = [
            run
            for run in services.analysis_queue().all_runs()
            if run.phase != Phase.DONE and run.ended == ended
        ]
        run_actions.draw_last_failure()
        if runs:
            _draw_page(runs, "ended" if ended else "going")
        else:
            st.html(html.element(_NONE_ENDED if ended else _NONE_UNDER_WAY, css="sr-quiet"))


def _is_current(run: Run) -> bool:
    return run_status.run_group(run) != "past" or time.time() - run.since < RECENT_SECONDS


def _busy(runs: Sequence[Run]) -> bool:
    return not all(run.ended for run in runs)


def _draw_groups(*, busy: bool) -> None:
    with problem_view.shown_errors(stop=False):
        runs = services.analysis_queue().all_runs()
        if _busy(runs) != busy:
            if busy:
                st.session_state[_PAST] = True  # the last result has come
            st.rerun(scope="app")  # from now on, or no longer, it is drawn each second
        groups = _groups(runs)
        st.html(html.element(_counts_text(runs), css="sr-counts"))
        run_actions.draw_last_failure()
        _draw_reason_for_delay(groups["waits"], groups["now"])
        _draw_buttons_for_all(runs)
        for name, title in _GROUP_TITLES.items():
            if groups[name]:
                st.html(html.element(f"{title} ({len(groups[name])})", tag="h4", css="sr-group"))
                _draw_page(groups[name], name)
        _draw_past(groups["past"], expanded=not busy)


def _groups(runs: Sequence[Run]) -> dict[str, list[Run]]:
    """The runs by group: those that need somebody or are over newest first, others oldest first."""
    groups: dict[str, list[Run]] = {"needs": [], "now": [], "waits": [], "past": []}
    for run in runs:
        groups[run_status.run_group(run)].append(run)
    return {**groups, "now": groups["now"][::-1], "waits": groups["waits"][::-1]}


def _counts_text(runs: Sequence[Run]) -> str:
    """The number of runs in each group: "3 under way, 9 waiting, 2 need attention, 16 done"."""
    names: list[str] = [
        run.phase if (group := run_status.run_group(run)) == "past" else group for run in runs
    ]
    words = {
        "now": "under way",
        "waits": "waiting",
        "needs": "needs attention" if names.count("needs") == 1 else "need attention",
        "done": "done",
        "cancelled": "cancelled",
    }
    return ", ".join(f"{names.count(name)} {word}" for name, word in words.items() if name in names)


def _draw_reason_for_delay(waits: Sequence[Run], now: Sequence[Run]) -> None:
    """Draw why the queue stands still, or goes slower than it could."""
    runs = [*waits, *now]
    if pause := next((run.paused for run in runs if run.paused), None):
        run_actions.draw_quota_pause(pause)
        waiting = sum(run.paused is not None for run in waits)
        st.caption(f"Waiting recordings ({waiting}) are kept, and sent once you continue.")
    elif notice := next((run.notice for run in runs if run.notice), ""):
        st.html(html.element(f"The queue is slower than usual. {notice}", css="sr-slower"))


def _draw_buttons_for_all(runs: Sequence[Run]) -> None:
    open_runs = [run for run in runs if not run.ended]
    failed = [
        run
        for run in runs
        if run.phase == Phase.FAILED and not run.unsaved and not run.refuses_file
    ]
    with st.container(horizontal=True, key="queue_all"):
        if len(open_runs) > 1:
            with st.popover("Cancel all", icon=":material/close:"):
                st.write(
                    f"All {len(open_runs)} that are waiting or under way will stop, including "
                    "those of other viewers." + _billing_text(open_runs)
                )
                if st.button(
                    f"Cancel all {len(open_runs)}", type="primary", key="queue_cancel_all"
                ):
                    run_actions.do_and_rerun(services.analysis_queue().cancel_all)
        if len(failed) > 1 and st.button(
            "Retry all failed", icon=":material/refresh:", key="queue_retry_all"
        ):
            run_actions.do_and_rerun(services.analysis_queue().retry_all)


def _billing_text(open_runs: Sequence[Run]) -> str:
    each = chain.from_iterable(run.parts if run.plan else (run,) for run in open_runs)
    sent = sum(run.phase in (Phase.ANALYSING, Phase.SAVING) for run in each)
    if not sent or services.settings().sandbox:
        return ""
    return f" The API already has {sent} of them and may bill them."


def _draw_past(runs: Sequence[Run], *, expanded: bool) -> None:
    """Draw what is over; `expanded` counts until a viewer opens or folds it."""
    if not runs:
        return
    with st.expander("Finished", expanded=expanded, key=_PAST, on_change="rerun") as expander:
        if expander.open:
            _draw_page(runs, "past")
            if any(run.phase == Phase.DONE for run in runs):
                st.page_link(
                    links.SESSIONS, label="See all in Sessions", icon=":material/folder_open:"
                )


def _draw_page(runs: Sequence[Run], name: str) -> None:
    page = paging.page_of(runs, key=f"queue_page_{name}")
    with st.container(gap=None):
        for run in page:
            _draw_row(run)


def _draw_row(run: Run) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"run_{run.id}", gap="small"
    ):
        with st.container(gap=None):
            st.html(_run_html(run))
            if run_status.run_group(run) == "now":
                st.html(run_status.progress_html(run))
        run_actions.draw_actions(run, removable=True)


def _run_html(run: Run) -> str:
    text = run_outcome.outcome_text(run, sandbox=services.settings().sandbox) or run.notice
    failure = run.failure
    ids = [failure.error_id, failure.correlation_id] if failure and run.phase != Phase.DONE else []
    id_text = " · ".join(filter(None, ids))
    parts = chain(
        (html.element(run.name, tag="span", css="sr-run-name"),),
        (
            html.element(
                run_status.state_text(run), tag="span", css=f"sr-run-state {escape(run.phase)}"
            ),
        ),
        (html.element(run_status.elapsed_text(run), tag="span", css="sr-run-time"),),
        [html.element(text, tag="span", css="sr-run-said")] if text else [],
        [html.element(services.without_secrets(id_text), tag="span", css="sr-run-ids")]
        if id_text
        else [],
    )
    return f'<div class="sr-run">{"".join(parts)}</div>'
