"""An analysis under way, told truthfully; found again by the run's id in the address."""

from __future__ import annotations

import streamlit as st

from lib.runner import Run
from lib.ui import messages, next_steps, shared, standing, text
from lib.ui.opened import REVIEW

EVERY = 0.5  # seconds between two looks at a run


def show(run_id: str) -> None:
    """Draw the run of this id until it has ended, then its outcome."""
    with messages.told():
        run = _find(run_id)
    next_steps.failed()
    if run is None:
        _unknown()
    elif not run.ended:
        _under_way(run_id)
    elif run.phase == "done" and run.session_id:
        st.switch_page(REVIEW, query_params={"session": run.session_id})
    else:
        _outcome(run)


def _find(run_id: str) -> Run | None:
    run = shared.runner().find(run_id)
    if run is None:
        # An older app, which kept no runs, may have noted that the API accepted it.
        shared.runner().follow(run_id)
        run = shared.runner().find(run_id)
    shared.runner().wake()
    return run


def _unknown() -> None:
    st.warning(
        "**This analysis is not known here.** It ended long ago, its session was deleted, or the "
        "link is not complete. Sessions that are kept are in the list of sessions.",
        icon=":material/search_off:",
    )
    _start_anew("Analyze a recording")


@st.fragment(run_every=EVERY)
def _under_way(run_id: str) -> None:
    with messages.told():
        run = shared.runner().find(run_id)
    if run is None or run.ended:
        st.rerun(scope="app")
    with st.container(border=True):
        st.html(text.block(run.name, css="sr-name"))
        st.html(standing.steps(run))
        st.html(standing.bar(run))
        if run.notice:
            st.text(run.notice)
        if run.paused and standing.group(run) == "waits":  # what was sent goes on
            next_steps.paused(run.paused)
        st.caption(standing.hint(run))
        with st.container(horizontal=True):
            next_steps.show(run)
            _start_anew("More recordings")


def _outcome(run: Run) -> None:
    st.html(text.block(run.name, css="sr-name"))
    sandbox = shared.settings().sandbox
    if run.phase == "cancelled":
        what, meaning = standing.cancelled(run, sandbox=sandbox)
        st.info(f"**{what}** {meaning}", icon=":material/cancel:")
    elif run.failure:
        messages.failure(run.failure)
    if run.phase == "asks" and sandbox:
        st.info("Nothing is billed in sandbox mode.", icon=":material/science:")
    with st.container(horizontal=True):
        next_steps.show(run)
        _start_anew("Choose another recording")


def _start_anew(label: str) -> None:
    if st.button(label, icon=":material/upload:", key="run_start_anew"):
        st.query_params.clear()
        st.rerun()
