"""What somebody can do about an analysis: the same buttons on its own page and in the queue."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lib.background.result_saver import session_of_run
from lib.background.run import Run
from lib.errors import AppError, Problem
from lib.interchange import session_json
from lib.model import Phase
from lib.ui.shell import messages, services, uploads
from lib.ui.shell.links import REVIEW
from lib.ui.shell.streamlit_internals import UploadedFile

_FAILED = "run_act_failed"


def do_and_rerun(act: Callable[[], object]) -> None:
    """Do what was asked for and draw the page anew, which says why where it cannot be done."""
    _try(act)
    st.rerun()


def _try(act: Callable[[], object]) -> None:
    st.session_state.pop(_FAILED, None)
    try:
        act()
    except AppError as error:
        st.session_state[_FAILED] = error.problem


def draw_last_failure() -> None:
    """Say why what was last asked for could not be done."""
    if _FAILED in st.session_state:
        messages.show_problem(st.session_state[_FAILED])


def draw_quota_pause(failure: Problem) -> None:
    """Say why nothing of an account is sent, and let it go on."""
    messages.show_problem(failure)
    if st.button("Go on", icon=":material/play_arrow:", key="run_go_on"):
        do_and_rerun(services.analysis_queue().resume)


def draw_actions(run: Run, *, removable: bool = False) -> None:
    """Draw the acts that fit a run where it stands; each names what comes of it."""
    runner = services.analysis_queue()
    if run.phase == Phase.DONE:
        query = {"session": run.session_id or ""}
        icon = ":material/graphic_eq:"
        st.page_link(REVIEW, label="Open the review", icon=icon, query_params=query)
    elif not run.ended:
        _button(run, "Cancel", "close", lambda: runner.cancel(run.id))
    elif run.unsaved:
        _rescue(run)
    elif run.job:
        _button(run, "Wait for the result", "hourglass", lambda: runner.follow_job(run.id))
    else:
        _anew(run)
        if removable:
            _button(run, "Remove", "delete", lambda: runner.remove(run.id))


def _anew(run: Run) -> None:
    runner = services.analysis_queue()
    if run.phase == Phase.INTERRUPTED:
        _provide(run)
    elif run.phase == Phase.UNCONFIRMED:
        costs = "It may be billed twice: the API may have accepted the first sending."
        if services.settings().sandbox:
            costs = "Nothing is billed in sandbox mode."
        _button(run, "Send it again", "refresh", lambda: runner.send_again(run.id), hint=costs)
    else:
        _button(run, "Try again", "refresh", lambda: _retry(run))


def _retry(run: Run) -> None:
    if run.paused:
        services.analysis_queue().resume()  # who tries again says that the quota was renewed
    services.analysis_queue().retry(run.id)


def _button(
    run: Run, label: str, icon: str, act: Callable[[], object], *, hint: str | None = None
) -> None:
    key = f"run_{label.lower().replace(' ', '_')}_{run.id}"
    if st.button(label, icon=f":material/{icon}:", help=hint, key=key):
        do_and_rerun(act)


def _provide(run: Run) -> None:
    """Ask for the recording; folded, as a list may hold many such runs."""
    key = f"run_recording_{run.id}_{run.attempt}"
    with st.popover("Give the recording again", icon=":material/upload:"):
        st.file_uploader("The same recording", key=key, on_change=_given, args=(run.id, key))


def _given(run_id: str, key: str) -> None:
    file = st.session_state[key]
    if not isinstance(file, UploadedFile):  # taken out again, or taken over by a run cut short
        return

    def give() -> None:
        ticket, content = uploads.store_upload(file)
        if not services.analysis_queue().provide_recording(run_id, ticket, content):
            services.recordings().remove(ticket)

    _try(give)


def _rescue(run: Run) -> None:
    """The answer is here, paid for, and only the library would not take it."""
    _button(run, "Save again", "save", lambda: services.analysis_queue().save_again(run))
    if run.unsaved:
        session = session_of_run(run, run.unsaved)
        st.download_button(
            "Download the answer",
            session_json.write_session(session),
            file_name="session.json",
            mime="application/json",
            icon=":material/download:",
            key=f"run_download_{run.id}",
        )
