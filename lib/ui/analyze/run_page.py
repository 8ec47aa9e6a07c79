"""The page of one run: its progress, then its outcome. The run's id is in the address."""

from __future__ import annotations

import streamlit as st

from lib.background.run import Run
from lib.model import Phase
from lib.ui.runs import run_actions, run_outcome, run_status
from lib.ui.shell import html, problem_view, services
from lib.ui.shell.links import REVIEW

REDRAW_SECONDS = 0.5  # between two drawings of a run


def draw_run(run_id: str) -> None:
    """Draw the run of this id until it has ended, then its outcome."""
    with problem_view.shown_errors():
        run = _find_run(run_id)
    title = "Analysis of a recording" if run is None else run.name
    st.html(html.element(title, tag="h2", css="sr-title"))
    run_actions.draw_last_failure()
    if run is None:
        _draw_unknown()
    elif not run.ended:
        _draw_progress(run_id)
    elif run.phase == Phase.DONE and run.session_id:
        st.switch_page(REVIEW, query_params={"session": run.session_id})
    else:
        _draw_outcome(run)


def _find_run(run_id: str) -> Run | None:
    run = services.analysis_queue().find_run(run_id)
    if run is None:
        # An older app, which kept no runs, may have noted that the API accepted it.
        services.analysis_queue().follow_job(run_id)
        run = services.analysis_queue().find_run(run_id)
    services.analysis_queue().wake()
    return run


def _draw_unknown() -> None:
    st.warning(
        "**This analysis is not known here.** It ended long ago, its session was deleted, or the "
        "link is incomplete. Sessions that are kept are in the list of sessions.",
        icon=":material/search_off:",
    )
    _draw_start_button("Analyze a recording")


@st.fragment(run_every=REDRAW_SECONDS)
def _draw_progress(run_id: str) -> None:
    with problem_view.shown_errors():
        run = services.analysis_queue().find_run(run_id)
    if run is None or run.ended:
        st.rerun(scope="app")
    with st.container(border=True):
        st.html(run_status.steps_html(run))
        st.html(run_status.progress_html(run))
        if run.plan:
            st.html(run_status.parts_html(run))
        if run.notice:
            st.text(run.notice)
        if run.paused and run_status.run_group(run) == "waits":  # what was sent goes on
            run_actions.draw_quota_pause(run.paused)
        st.caption(run_status.waiting_hint(run))
        with st.container(horizontal=True):
            run_actions.draw_actions(run)
            _draw_start_button("More recordings")


def _draw_outcome(run: Run) -> None:
    sandbox = services.settings().sandbox
    if run.phase == Phase.CANCELLED:
        what, meaning = run_outcome.cancelled_text(run, sandbox=sandbox)
        st.info(f"**{what}** {meaning}", icon=":material/cancel:")
    elif run.failure:
        problem_view.show_problem(run.failure)
    if run.phase == Phase.UNCONFIRMED and sandbox:
        st.info("Nothing is billed in sandbox mode.", icon=":material/science:")
    with st.container(horizontal=True):
        run_actions.draw_actions(run)
        _draw_start_button("Choose another recording")


def _draw_start_button(label: str) -> None:
    if st.button(label, icon=":material/upload:", key="run_start_anew"):
        st.query_params.clear()
        st.rerun()
