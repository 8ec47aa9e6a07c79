"""The form of the Analyze page: a recording, how to analyse it, and what the API would say."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib import clock, runner
from lib.model import DIMENSIONS, V2_MODELS, Recording
from lib.runner import Options, V1Options, V2Options
from lib.ui import messages, shared, text

VIDEO = ("mp4", "mov", "avi", "mkv", "webm", "ts", "m2ts", "mts")
AUDIO = ("wav", "flac", "mp3", "m4a", "ogg")
_AUDIO_FORMATS = "wav, flac, mp3, m4a, ogg, webm, mp4"
_VIDEO_FORMATS = "mp4, mov, avi, mkv, webm, mpeg-ts"
WIDGET_LIMIT = 64  # MB; well above the API's 32 MiB, which we refuse in words of our own
MAX_CONTEXT = 4000  # characters; the API states no limit


def options() -> Options:
    """Ask how to analyse; the settings' version comes first."""
    version = st.segmented_control(
        "API version",
        ["v1", "v2"],
        format_func=str.upper,
        default=shared.settings().api,
        required=True,
        help="V1 (Inter-1) answers within one request and can give feedback. "
        "V2 (Inter-2) works as a job and needs sound.",
        key="analyze_api",
    )
    overall = st.checkbox("Overall conversation quality", value=True, key="analyze_overall")
    timeline = st.checkbox("Quality over time", value=True, key="analyze_timeline")
    quality = tuple(
        flag
        for flag, wanted in (
            ("conversation_quality_overall", overall),
            ("conversation_quality_timeline", timeline),
        )
        if wanted
    )
    return _v2_options(quality) if version == "v2" else _v1_options(quality)


def _v1_options(include: tuple[str, ...]) -> V1Options:
    goals = st.pills(
        "Goals for feedback (optional)",
        DIMENSIONS,
        selection_mode="multi",
        format_func=str.capitalize,
        key="analyze_goals",
    )
    context = st.text_area(
        "What the conversation is about (optional)",
        max_chars=MAX_CONTEXT,
        placeholder="A price negotiation between a vendor and a new customer",
        help="Guides the feedback; the API then ignores the goals.",
        key="analyze_context",
    )
    return V1Options(include=include, goals=tuple(goals), context=context.strip() or None)


def _v2_options(include: tuple[str, ...]) -> V2Options:
    model = st.selectbox("Model", V2_MODELS, key="analyze_model")
    signals = st.checkbox(
        "Merged list of signals",
        value=True,
        help="Without it, signals come once for each window.",
        key="analyze_signals",
    )
    return V2Options(model=model, include=(*(("signals",) if signals else ()), *include))


def recording(chosen: Options) -> UploadedFile | None:
    """Ask for the file. It stays when the options change, and is judged anew."""
    with st.container(key="drop"):
        file = st.file_uploader(
            "Drop a recording here, or choose one",
            type=[*VIDEO, *AUDIO],
            max_upload_size=WIDGET_LIMIT,
            key="analyze_file",
        )
    sound_only = isinstance(chosen, V2Options) and chosen.model == "inter-2-audio"
    formats = _AUDIO_FORMATS if sound_only else _VIDEO_FORMATS
    longest = " to 30 minutes" if isinstance(chosen, V2Options) else " or longer"
    st.caption(f"{formats} · up to 32 MiB · 3 seconds{longest}")
    return file


def verdict(file: UploadedFile, chosen: Options) -> bool:
    """Show what is in the file and what the API would say; whether it can be sent."""
    known = f"looked_into_{file.file_id}_{chosen.__class__.__name__}"
    known += getattr(chosen, "model", "")
    if known not in st.session_state:
        with st.spinner("Looking into the recording"):
            st.session_state[known] = runner.look_into(
                file, name=file.name, size=file.size, options=chosen
            )
    found, judged = st.session_state[known]
    _facts(file, found)
    for finding in judged.refusals:
        st.error(f"**{finding.what}** {finding.remedy}", icon=":material/block:")
    for finding in judged.warnings:
        st.warning(f"**{finding.what}** {finding.remedy}", icon=":material/warning:")
    return not judged.refusals


def _facts(file: UploadedFile, found: Recording | None) -> None:
    facts = [text.size(file.size)]
    if found:
        length = "length not stated"
        if found.duration is not None:
            length = clock.text(found.duration, digits=0)
        facts += [
            length,
            found.container,
            f"picture: {found.video_codec or 'none'}",
            f"sound: {found.audio_codec or 'none'}",
        ]
    lines = text.block(file.name, css="sr-name") + text.block(" · ".join(facts), css="sr-facts")
    st.html(lines)


def start(file: UploadedFile, chosen: Options) -> str:
    """Hand the recording to the runner; the id of the run."""

    def begin() -> str:
        ticket = shared.recordings().add(file, file.name)
        return shared.runner().start(ticket=ticket, name=file.name, options=chosen)

    return shared.runner().once((file.file_id, chosen), begin)


def show(chosen: Options) -> None:
    """Draw the form, and begin the analysis when asked to."""
    file = recording(chosen)
    if file is None:
        return
    fit = verdict(file, chosen)
    ready = fit and not shared.settings().problems
    if st.button(
        "Analyze",
        type="primary",
        icon=":material/play_arrow:",
        disabled=not ready,
        key="analyze_go",
    ):
        with messages.told(), st.spinner("Making the recording ready"):
            st.query_params["job"] = start(file, chosen)
        st.rerun()
