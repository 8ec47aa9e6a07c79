"""What was chosen, judged by its options, and the way to send it: one recording or many."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib import timecode
from lib.errors import Problem
from lib.model import ORIGIN_LABELS, Options, Phase
from lib.ui.analyze import selected_recordings
from lib.ui.analyze.selected_recordings import CheckedRecording
from lib.ui.shell import html, messages, paging, services
from lib.ui.shell.links import REVIEW


def draw_one(one: CheckedRecording, options: Options) -> None:
    """Draw one recording: its facts, what the API would say, and the way on."""
    facts = [html.format_bytes(one.chosen.size), *_facts(one)]
    if found := one.chosen.recording:
        facts += [
            found.container,
            f"picture: {found.video_codec or 'none'}",
            f"sound: {found.audio_codec or 'none'}",
        ]
    named = html.element(one.chosen.name, css="sr-name")
    st.html(named + html.element(" · ".join(facts), css="sr-facts"))
    for problem in one.preflight.refusals:
        messages.show_refusal(problem)
    for problem in one.preflight.warnings:
        messages.show_warning(problem)
    offered = one.fit and _offered(one)
    with st.container(horizontal=True, vertical_alignment="center"):
        if offered and (result := one.known.result):
            if st.button(
                "Open the result",
                type="primary",
                icon=":material/graphic_eq:",
                key="analyze_open",
            ):
                st.switch_page(REVIEW, query_params={"session": result.session_id})
        elif offered and st.button(
            "Show it", type="primary", icon=":material/hourglass:", key="analyze_show"
        ):
            _go(one.known.run_id)
        label, icon = ("Analyze again", "refresh") if offered else ("Analyze", "play_arrow")
        if st.button(
            label,
            type="secondary" if offered else "primary",
            icon=f":material/{icon}:",
            disabled=not one.fit or bool(services.settings().problems),
            key="analyze_go",
        ):
            with messages.shown_errors(), st.spinner("Making the recording ready"):
                (run_id,) = selected_recordings.begin_analyses([one], options, again=offered)
            _go(run_id)
        _away("Put away", [one], key="analyze_put_away")
    if offered:
        st.caption(f"To analyze it again {_costs(1)}.")


def _go(run_id: str) -> None:
    st.query_params["job"] = run_id
    st.rerun()


def _offered(one: CheckedRecording) -> bool:
    """Say what there is already of a recording with these options; whether that can be opened."""
    if result := one.known.result:
        label = ORIGIN_LABELS[result.origin]
        st.info(
            "**This recording has a result already.** It was analyzed with the same options, "
            f"on {html.format_moment(result.created_at)}{f' ({label})' if label else ''}.",
            icon=":material/task_alt:",
        )
    elif one.known.phase == Phase.INTERRUPTED:
        st.info(
            "**An analysis is waiting for this recording.** It goes on with it.",
            icon=":material/replay:",
        )
    elif one.known.run_id:
        st.info(f"**{_UNDER_WAY.get(one.known.phase, _GOING)}**", icon=":material/hourglass:")
    return one.has_result


def _costs(count: int) -> str:
    if services.settings().sandbox:
        return "costs nothing in sandbox mode"
    return "costs one more analysis" if count == 1 else f"costs {count} more analyses"


_GOING = "This recording is in the queue already, with the same options."
_UNDER_WAY: dict[Phase | None, str] = {
    Phase.UNCONFIRMED: "This recording was sent before, and it is not known whether the API "
    "accepted it.",
    Phase.FAILED: "This recording was analyzed, and its result only has to be saved.",
    Phase.CANCELLED: "The API analyzes this recording already, though nobody waits for the result.",
}


def draw_many(found: Sequence[CheckedRecording], options: Options, *, ready: bool) -> None:
    """Draw a line a recording and one button for all; `ready` once all have come."""
    fit = [one for one in found if one.fit]
    known = [one for one in fit if one.has_result]
    _list(found)
    again = bool(known) and st.checkbox(
        f"Also analyze again what has a result or is in the queue ({len(known)}); "
        f"this {_costs(len(known))}",
        key="analyze_again",
    )
    wanted = fit if again else [one for one in fit if not one.has_result]
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            _analyze(len(wanted)),
            type="primary",
            icon=":material/play_arrow:",
            disabled=not (wanted and ready) or bool(services.settings().problems),
            key="analyze_all",
        ):
            with messages.shown_errors(), st.spinner("Queueing"):
                selected_recordings.begin_analyses(wanted, options, again=again)
                selected_recordings.remove([one.chosen.id for one in found if one.twin])
            st.rerun()
        _away("Put all away", found, key="analyze_put_all_away")
        if left := len(found) - len(fit):
            st.caption(f"Cannot be sent: {left}.")


def _analyze(count: int) -> str:
    return f"Analyze {count} recording{'s' * (count != 1)}" if count else "Analyze"


def _list(found: Sequence[CheckedRecording]) -> None:
    """A line a file; those that cannot be sent come first."""
    lines = sorted(found, key=lambda one: one.fit)
    shown = paging.page_of(lines, key="analyze_page")
    with st.container(gap=None, key="chosen_list"):
        for one in shown:
            _row(one)


def _row(one: CheckedRecording) -> None:
    key = f"chosen_{one.chosen.id}"
    with st.container(horizontal=True, vertical_alignment="center", key=key, gap="small"):
        st.html(_line(one))
        if one.fit and one.known.result:
            st.page_link(
                REVIEW,
                label="Open the result",
                icon=":material/graphic_eq:",
                query_params={"session": one.known.result.session_id},
            )
        _away("Put away", [one], key=f"put_away_{one.chosen.id}")


def _away(label: str, found: Sequence[CheckedRecording], *, key: str) -> None:
    st.button(
        label,
        type="tertiary",
        icon=":material/close:",
        key=key,
        on_click=selected_recordings.remove,
        args=([one.chosen.id for one in found],),
    )


def _line(one: CheckedRecording) -> str:
    state, said = _said(one)
    facts = " · ".join([html.format_bytes(one.chosen.size), *_facts(one)])
    css = "sr-run-state" if one.fit else "sr-run-state failed"
    return (
        '<div class="sr-run">'
        + html.element(one.chosen.name, tag="span", css="sr-run-name")
        + html.element(state, tag="span", css=css)
        + html.element(facts, tag="span", css="sr-run-time")
        + (html.element(said, tag="span", css="sr-run-said") if said else "")
        + "</div>"
    )


def _said(one: CheckedRecording) -> tuple[str, str]:
    """Whether it can be sent, in a word or two, and what there is to know of it."""
    if one.preflight.refusals:
        return "cannot be sent", _sentence(one.preflight.refusals)
    if one.twin:
        return "left out", f"It holds the same as {one.twin}."
    if result := one.known.result:
        return (
            "has a result",
            f"Analyzed with the same options on {html.format_moment(result.created_at)}.",
        )
    if one.known.phase == Phase.INTERRUPTED:
        return "goes on", "An analysis is waiting for this recording."
    if one.known.run_id:
        return "in the queue", _UNDER_WAY.get(one.known.phase, "")
    return "ready", _sentence(one.preflight.warnings)


def _sentence(problems: Sequence[Problem]) -> str:
    return " ".join(f"{one.what} {one.next_step}" for one in problems)


def _facts(one: CheckedRecording) -> list[str]:
    found = one.chosen.recording
    if found is None:
        return []
    return [
        "length not stated"
        if found.duration is None
        else timecode.format_time(found.duration, digits=0)
    ]
