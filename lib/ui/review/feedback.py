"""The feedback of API V1 on the conversation, as plain text."""

from __future__ import annotations

import streamlit as st

from lib.model import Feedback, Session
from lib.ui.review import long_texts
from lib.ui.shell import html


def draw_feedback(session: Session) -> None:
    """Show V1's feedback, or its reason for giving none; nothing when there is no feedback."""
    feedback = session.analysis.feedback
    if feedback is None:
        return
    with st.container(border=True):
        st.caption(f"Feedback, {session.author}")
        st.text(long_texts.beginnings([feedback_text(feedback)])[0])
        if primary := feedback.primary_signal:
            st.html(html.element(f"Primary signal: {primary}", css="sr-source"))
        if goals := ", ".join(feedback.active_dimensions):
            st.html(html.element(f"Goals: {goals}", css="sr-source"))


def feedback_text(feedback: Feedback) -> str:
    """The message, or the reason why there is none."""
    return feedback.message or f"No feedback: {feedback.reason or 'no reason was given'}"
