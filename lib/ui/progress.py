"""An analysis under way, told truthfully; found again by the run's id in the address."""

from __future__ import annotations

import time

import streamlit as st

from lib import session_file
from lib.failures import Failure
from lib.runner import Run
from lib.ui import messages, shared, text

EVERY = 0.5  # seconds between two looks at a run
REVIEW = "pages/review.py"
_STEPS = (("checking", "Checking"), ("uploading", "Uploading"), ("analysing", "Analyzing"))


def show(run_id: str) -> None:
    """Draw the run of this id until it has ended, then its outcome."""
    with messages.told():
        run = _find(run_id)
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
        st.html(_steps(run))
        st.html(_bar(run))
        if run.notice:
            st.text(run.notice)
        if run.paused:
            _paused(run.paused)
        left, right = st.columns([3, 1], vertical_alignment="center")
        left.caption(_hint(run))
        if right.button("Cancel", icon=":material/close:", width="stretch", key="run_cancel"):
            shared.runner().cancel(run_id)


def _paused(failure: Failure) -> None:
    messages.failure(failure)
    if st.button("Go on", icon=":material/play_arrow:", key="run_go_on"):
        with messages.told():
            shared.runner().go_on()


def _steps(run: Run) -> str:
    order = [name for name, _ in _STEPS]
    now = order.index(run.phase) if run.phase in order else (-1 if run.phase == "queued" else 3)
    lines = []
    for index, (name, label) in enumerate(_STEPS):
        state, mark = ("now", "▸") if index == now else ("past", "✓") if index < now else ("", "·")
        lines.append(text.block(f"{mark} {label}{_detail(run, name)}", tag="li", css=state))
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


def _bar(run: Run) -> str:
    """How much is sent; while the API is at work, nobody knows how much is left."""
    if run.phase == "uploading" and run.total:
        share = min(1.0, run.sent / run.total)
        return f'<div class="sr-progress"><i style="width:{share:.1%}"></i></div>'
    return '<div class="sr-progress sr-waiting"><i></i></div>'


def _hint(run: Run) -> str:
    if run.phase == "queued":
        return "Waiting for its turn. You can close this page; the work goes on."
    if run.phase == "analysing" and run.submission and run.submission.expires_at:
        return f"The API keeps the result until {text.moment(run.submission.expires_at)}."
    if run.phase == "analysing":
        return "A large recording takes one to three minutes. You can close or refresh this page."
    return "You can close or refresh this page; the work goes on."


def _outcome(run: Run) -> None:
    st.html(text.block(run.name, css="sr-name"))
    if run.phase == "cancelled":
        st.info(_cancelled(run), icon=":material/cancel:")
    elif run.failure:
        messages.failure(run.failure)
    if run.phase == "asks" and shared.settings().sandbox:
        st.info("Nothing is billed in sandbox mode.", icon=":material/science:")
    with st.container(horizontal=True), messages.told():
        _next_steps(run)


def _cancelled(run: Run) -> str:
    if run.submission and run.submission.expires_at:
        return (
            "**You stopped waiting.** The API goes on with the job and keeps its result until "
            f"{text.moment(run.submission.expires_at)}."
        )
    if shared.settings().sandbox:
        return "**Cancelled.** Nothing is billed in sandbox mode."
    if run.maybe_billed:
        return (
            "**Cancelled while the API was at work.** It had the whole recording, "
            "so this analysis may be billed."
        )
    return "**Cancelled.** The recording was not sent whole, so nothing was analysed."


def _next_steps(run: Run) -> None:
    runner = shared.runner()
    if run.unsaved:
        _rescue(run)
    elif run.submission:
        if st.button("Wait for the result", icon=":material/hourglass:"):
            runner.follow(run.id)
            st.rerun()
    elif run.phase == "interrupted":
        _provide(run)
    elif run.phase == "asks":
        if st.button("Send it again", icon=":material/refresh:", key="run_send_again"):
            runner.send_again(run.id)
            st.rerun()
    elif st.button("Try again", icon=":material/refresh:", key="run_again"):
        if run.paused:
            runner.go_on()  # who tries again says that the quota was renewed
        runner.retry(run.id)
        st.rerun()
    _start_anew("Choose another recording")


def _provide(run: Run) -> None:
    file = st.file_uploader("The same recording", key=f"run_recording_{run.attempt}")
    if file is not None:
        shared.runner().provide(run.id, shared.recordings().add(file, file.name))
        st.rerun()


def _rescue(run: Run) -> None:
    """The answer is here, paid for, and only the library would not take it."""
    if st.button("Save again", type="primary", icon=":material/save:"):
        shared.runner().save_again(run)
        st.rerun()  # an error was said instead
    if run.unsaved:
        session = session_file.session(
            run.unsaved, name=run.name, duration=run.duration, run_id=run.id
        )
        st.download_button(
            "Download the answer",
            session_file.write(session),
            file_name="session.json",
            mime="application/json",
            icon=":material/download:",
        )


def _start_anew(label: str) -> None:
    if st.button(label, icon=":material/upload:"):
        st.query_params.clear()
        st.rerun()
