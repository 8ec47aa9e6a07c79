"""The options form: the API version that analyses, and its options."""

from __future__ import annotations

import streamlit as st

from lib.model import DIMENSIONS, V2_MODELS, Options, V1Options, V2Options
from lib.ui.shell import services

MAX_CONTEXT_CHARACTERS = 4000  # the API states no limit


def draw_options() -> Options:
    """Draw the form and return the options; the version of the settings is chosen first."""
    version = st.segmented_control(
        "API version",
        ["v1", "v2"],
        format_func=str.upper,
        default=services.settings().api,
        required=True,
        help="V1 (Inter-1) answers within one request and can give feedback. "
        "V2 (Inter-2) works as a job and needs sound.",
        key="analyze_api",
    )
    has_overall = st.checkbox("Overall conversation quality", value=True, key="analyze_overall")
    has_timeline = st.checkbox("Quality over time", value=True, key="analyze_timeline")
    quality = tuple(
        section
        for section, chosen in (
            ("conversation_quality_overall", has_overall),
            ("conversation_quality_timeline", has_timeline),
        )
        if chosen
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
        max_chars=MAX_CONTEXT_CHARACTERS,
        placeholder="A price negotiation between a vendor and a new customer",
        help="Guides the feedback; the API then ignores the goals.",
        key="analyze_context",
    )
    return V1Options(include=include, goals=tuple(goals), context=context.strip() or None)


def _v2_options(include: tuple[str, ...]) -> V2Options:
    model = st.selectbox("Model", V2_MODELS, key="analyze_model")
    has_signals = st.checkbox(
        "Merged list of signals",
        value=True,
        help="Without it, signals come once for each window.",
        key="analyze_signals",
    )
    return V2Options(model=model, include=(*(("signals",) if has_signals else ()), *include))
