"""The view of the selected recordings, one or many: their checks and the buttons to send them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib import timecode
from lib.errors import Problem
from lib.model import ORIGIN_LABELS, Phase, Recording
from lib.ui.analyze import measurement_notice, plan_form, plan_text, selected_recordings
from lib.ui.analyze.selected_recordings import CheckedRecording
from lib.ui.shell import html, paging, problem_view, services
from lib.ui.shell.links import REVIEW


def draw_one(recording: CheckedRecording) -> None:
    """Draw one recording: its facts, how it is sent or why it cannot be, and the buttons."""
    facts = [html.format_bytes(recording.selected.size), *_facts(recording)]
    probed = recording.selected.recording
    if isinstance(probed, Recording):
        facts += [
            probed.container,
            f"picture: {probed.video_codec or 'none'}",
            f"sound: {probed.audio_codec or 'none'}",
        ]
    heading = html.element(recording.selected.name, css="sr-name")
    st.html(heading + html.element(" · ".join(facts), css="sr-facts"))
    plan_form.draw_plan(recording.sending)
    plan_form.draw_choice(recording.selected.id, probed, recording.sending)
    for problem in recording.sending.problems:
        problem_view.show_refusal(problem)
    for problem in recording.sending.warnings:
        problem_view.show_warning(problem)
    measurement_notice.draw_notice(recording, recording.sending.options)
    has_result = recording.fit and _draw_existing(recording)
    with st.container(horizontal=True, vertical_alignment="center"):
        if has_result and (result := recording.existing.result):
            if st.button(
                "Open the result",
                type="primary",
                icon=":material/graphic_eq:",
                key="analyze_open",
            ):
                st.switch_page(REVIEW, query_params={"session": result.session_id})
        elif has_result and st.button(
            "Show it", type="primary", icon=":material/hourglass:", key="analyze_show"
        ):
            _open_run(recording.existing.run_id)
        label, icon = ("Analyze again", "refresh") if has_result else ("Analyze", "play_arrow")
        if st.button(
            label,
            type="secondary" if has_result else "primary",
            icon=f":material/{icon}:",
            disabled=not recording.fit or bool(services.settings().problems),
            key="analyze_go",
        ):
            with problem_view.shown_errors(), st.spinner("Adding to the queue"):
                (run_id,) = selected_recordings.begin_analyses([recording], again=has_result)
            _open_run(run_id)
        _draw_remove_button("Remove", [recording], key="analyze_put_away")
    if has_result:
        st.caption(f"Analyzing it again {_cost_text(1)}.")


def _open_run(run_id: str) -> None:
    st.query_params["job"] = run_id
    st.rerun()


def _draw_existing(recording: CheckedRecording) -> bool:
    """Draw the existing analysis of a recording, if any; whether it has or will have a result."""
    if result := recording.existing.result:
        label = ORIGIN_LABELS[result.origin]
        when = f"{html.format_moment(result.created_at)}{f' ({label})' if label else ''}"
        st.info(
            "**This recording already has a result.** It was sent the same way, with the same "
            f"options, on {when}.",
            icon=":material/task_alt:",
        )
    elif recording.existing.phase == Phase.INTERRUPTED:
        st.info(
            "**An analysis is waiting for this recording.** It continues with this one.",
            icon=":material/replay:",
        )
    elif recording.existing.run_id:
        st.info(
            f"**{_PHASE_TEXTS.get(recording.existing.phase, _IN_QUEUE_TEXT)}**",
            icon=":material/hourglass:",
        )
    return recording.has_result


def _cost_text(count: int) -> str:
    if services.settings().sandbox:
        return "costs nothing in sandbox mode"
    return "costs one more analysis" if count == 1 else f"costs {count} more analyses"


_IN_QUEUE_TEXT = (
    "This recording is already in the queue, sent the same way and with the same options."
)
_PHASE_TEXTS: dict[Phase | None, str] = {
    Phase.UNCONFIRMED: "This recording was sent before, and it is not known whether the API "
    "accepted it.",
    Phase.FAILED: "This recording was analyzed, and its result only has to be saved.",
    Phase.CANCELLED: "The API is already analyzing this recording, but nobody is waiting for "
    "the result.",
}


def draw_many(recordings: Sequence[CheckedRecording], *, ready: bool) -> None:
    """Draw a line for each recording and one button for all; `ready` once all are uploaded."""
    sendable = [each for each in recordings if each.fit]
    repeated = [each for each in sendable if each.has_result]
    _draw_list(recordings)
    again = bool(repeated) and st.checkbox(
        f"Also analyze again what has a result or is in the queue ({len(repeated)}); "
        f"this {_cost_text(len(repeated))}",
        key="analyze_again",
    )
    to_send = sendable if again else [each for each in sendable if not each.has_result]
    if any(len(each.sending.ways) > 1 for each in sendable):
        plan_form.draw_preference()
    if ways := [each.sending.way for each in to_send if each.sending.way]:
        sandbox = services.settings().sandbox
        st.caption(f"Together {plan_text.consequences(ways, sandbox=sandbox)}.")
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            _analyze_label(len(to_send)),
            type="primary",
            icon=":material/play_arrow:",
            disabled=not (to_send and ready) or bool(services.settings().problems),
            key="analyze_all",
        ):
            with problem_view.shown_errors(), st.spinner("Adding to the queue"):
                selected_recordings.begin_analyses(to_send, again=again)
                selected_recordings.remove([each.selected.id for each in recordings if each.twin])
            st.rerun()
        _draw_remove_button("Remove all", recordings, key="analyze_put_all_away")
        if refused := len(recordings) - len(sendable):
            st.caption(f"Cannot be sent: {refused}.")


def _analyze_label(count: int) -> str:
    return f"Analyze {count} recording{'s' * (count != 1)}" if count else "Analyze"


def _draw_list(recordings: Sequence[CheckedRecording]) -> None:
    """Draw a line for each file; those that cannot be sent come first."""
    ordered = sorted(recordings, key=lambda each: each.fit)
    page = paging.page_of(ordered, key="analyze_page")
    with st.container(gap=None, key="chosen_list"):
        for recording in page:
            _draw_row(recording)


def _draw_row(recording: CheckedRecording) -> None:
    key = f"chosen_{recording.selected.id}"
    with st.container(horizontal=True, vertical_alignment="center", key=key, gap="small"):
        st.html(_line_html(recording))
        if recording.fit and recording.existing.result:
            st.page_link(
                REVIEW,
                label="Open the result",
                icon=":material/graphic_eq:",
                query_params={"session": recording.existing.result.session_id},
            )
        _draw_remove_button("Remove", [recording], key=f"put_away_{recording.selected.id}")


def _draw_remove_button(label: str, recordings: Sequence[CheckedRecording], *, key: str) -> None:
    st.button(
        label,
        type="tertiary",
        icon=":material/close:",
        key=key,
        on_click=selected_recordings.remove,
        args=([each.selected.id for each in recordings],),
    )


def _line_html(recording: CheckedRecording) -> str:
    state, detail = _state(recording)
    plan = plan_text.line(recording.sending.way) if recording.fit and recording.sending.way else ""
    facts = " · ".join([html.format_bytes(recording.selected.size), *_facts(recording)])
    css = "sr-run-state" if recording.fit else "sr-run-state failed"
    return (
        '<div class="sr-run">'
        + html.element(recording.selected.name, tag="span", css="sr-run-name")
        + html.element(state, tag="span", css=css)
        + html.element(facts, tag="span", css="sr-run-time")
        + "".join(
            html.element(each, tag="span", css="sr-run-said") for each in (plan, detail) if each
        )
        + "</div>"
    )


def _state(recording: CheckedRecording) -> tuple[str, str]:
    """Whether a recording can be sent, in a word or two, and a sentence on why."""
    if recording.sending.problems:
        return "cannot be sent", _sentences(recording.sending.problems)
    if recording.twin:
        return "left out", f"It is the same file as {recording.twin}."
    if result := recording.existing.result:
        return (
            "has a result",
            f"Sent like this, with the same options, on {html.format_moment(result.created_at)}.",
        )
    if recording.existing.phase == Phase.INTERRUPTED:
        return "continues", "An analysis is waiting for this recording."
    if recording.existing.run_id:
        return "in the queue", _PHASE_TEXTS.get(recording.existing.phase, "")
    return "ready", _sentences(recording.sending.warnings)


def _sentences(problems: Sequence[Problem]) -> str:
    return " ".join(f"{problem.what} {problem.next_step}" for problem in problems)


def _facts(recording: CheckedRecording) -> list[str]:
    probed = recording.selected.recording
    if isinstance(probed, Problem):
        return []
    return [
        "length not stated"
        if probed.duration is None
        else timecode.format_time(probed.duration, digits=0)
    ]
