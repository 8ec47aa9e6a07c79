"""The actions on a run: the same buttons on its own page and in the queue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from lib.background.run import Run
from lib.background.run_session import session_of_run
from lib.errors import AppError, Problem, RecordingError
from lib.interchange import session_json
from lib.model import Phase
from lib.plain_text import file_name
from lib.recordings.uploads import FinishedUpload
from lib.ui.shell import problem_view, recording_uploader, services, upload_limits
from lib.ui.shell.links import REVIEW
from lib.ui.shell.upload_field import UploadField

WAIT_SECONDS = 2.0  # between two looks at whether a part can begin anew
WAIT_TEXT = "It can be sent once the other parts have ended."
_FAILURE = "run_act_failed"


def do_and_rerun(action: Callable[[], object]) -> None:
    """Do an action and draw the page anew, which shows why where it failed."""
    _try(action)
    st.rerun()


def _try(action: Callable[[], object]) -> None:
    st.session_state.pop(_FAILURE, None)
    try:
        action()
    except AppError as error:
        st.session_state[_FAILURE] = error.problem


def draw_last_failure() -> None:
    """Draw why the last action failed."""
    if problem := st.session_state.get(_FAILURE):
        problem_view.show_problem(problem)


def draw_quota_pause(failure: Problem) -> None:
    """Draw why nothing of an account is sent, and a button to continue."""
    problem_view.show_problem(failure)
    if st.button("Continue", icon=":material/play_arrow:", key="run_continue"):
        do_and_rerun(services.analysis_queue().resume)


def draw_actions(run: Run, *, removable: bool = False) -> None:
    """Draw the actions that fit the phase of a run; each label names its result."""
    queue = services.analysis_queue()
    if run.phase == Phase.DONE:
        query = {"session": run.session_id or ""}
        icon = ":material/graphic_eq:"
        st.page_link(REVIEW, label="Open the review", icon=icon, query_params=query)
    elif not run.ended:
        _button(run, "Cancel", "close", lambda: queue.cancel(run.id))
    elif run.unsaved:
        _draw_save_again(run)
    elif run.job:
        _button(run, "Wait for the result", "hourglass", lambda: queue.follow_job(run.id))
    elif queue.waits_for_recording(run):
        st.fragment(_draw_wait, run_every=WAIT_SECONDS)(run)
    else:
        _draw_repeat(run)
        if removable:
            _button(run, "Remove", "delete", lambda: queue.remove(run.id))


def _draw_wait(run: Run) -> None:
    """Say that a part cannot begin anew yet; the page is drawn anew once it can."""
    if not services.analysis_queue().waits_for_recording(run):
        st.rerun(scope="app")
    st.caption(WAIT_TEXT)


def _draw_repeat(run: Run) -> None:
    queue = services.analysis_queue()
    if run.phase == Phase.INTERRUPTED:
        _draw_recording_uploader(run)
    elif run.phase == Phase.UNCONFIRMED:
        hint = "It may be billed twice: the API may have accepted it the first time."
        if services.settings().sandbox:
            hint = "Nothing is billed in sandbox mode."
        _button(run, "Send it again", "refresh", lambda: queue.send_again(run.id), hint=hint)
    elif run.part and run.part.damaged and not run.part.skip_damage:
        hint = "Without the seconds that cannot be read; the session says which."
        skip = partial(queue.retry, run.id, skip_damage=True)
        _button(run, "Send what can be read", "healing", skip, hint=hint)
    elif not run.refuses_file:  # the same file would be refused again
        _button(run, "Try again", "refresh", lambda: _retry(run))


def _retry(run: Run) -> None:
    if run.paused:
        services.analysis_queue().resume()  # who tries again says that the quota was renewed
    services.analysis_queue().retry(run.id)


def _button(
    run: Run, label: str, icon: str, action: Callable[[], object], *, hint: str | None = None
) -> None:
    key = f"run_{label.lower().replace(' ', '_')}_{run.id}"
    if st.button(label, icon=f":material/{icon}:", help=hint, key=key):
        do_and_rerun(action)


def _draw_recording_uploader(run: Run) -> None:
    recording_uploader.draw_uploader(
        UploadField(
            f"run_recording_{run.id}_{run.attempt}",
            "Provide the recording again",
            take=partial(_take_recording, run.id),
            small=True,
            hint=upload_limits.limit_text(),
            problem_key=_FAILURE,
        )
    )


def _take_recording(run_id: str, upload: FinishedUpload) -> Problem | None:
    try:
        _provide_recording(run_id, upload)
    except AppError as error:
        return error.problem
    return None


def _provide_recording(run_id: str, upload: FinishedUpload) -> None:
    """Give a run the recording that it needs again; what it does not take is removed.

    Raises:
        AppError: it is another recording, or the library cannot be used.
    """
    queue = services.analysis_queue()
    try:
        queue.provide_recording(run_id, upload.ticket, upload.content)
    except RecordingError:
        services.recordings().remove(upload.ticket)
        raise
    if not queue.uses(run_id, upload.ticket):
        services.recordings().remove(upload.ticket)


def _draw_save_again(run: Run) -> None:
    """Draw the actions on an answer that is here, paid for, and that the library refused."""
    _button(run, "Save again", "save", lambda: services.analysis_queue().save_again(run))
    if run.unsaved:
        session = session_of_run(run, run.unsaved)
        st.download_button(
            "Download the answer",
            session_json.write_session(session),
            file_name=f"{file_name(session.title, session.id)}.json",
            mime="application/json",
            icon=":material/download:",
            key=f"run_download_{run.id}",
        )
