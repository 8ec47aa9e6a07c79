"""The feedback of API V1 on the conversation, as plain text."""

from __future__ import annotations

import streamlit as st

from lib.model import Feedback, Session
from lib.ui.review import rationale_loader
from lib.ui.shell import html


def draw_feedback(session: Session) -> None:
    """Show V1's feedback, or its reason for giving none; nothing when there is no feedback."""
    for name, feedback in feedbacks_of(session).items():
        _draw_one(feedback, f"Feedback on {name}" if name else "Feedback", session.author)


def feedbacks_of(session: Session) -> dict[str, Feedback]:
    """The feedback on each part by its name, or of the whole, by ""; empty where there is none."""
    if not session.parts:
        return {"": session.analysis.feedback} if session.analysis.feedback else {}
    return {
        f"part {number}": part.analysis.feedback
        for number, part in enumerate(session.parts, start=1)
        if part.analysis and part.analysis.feedback
    }


def _draw_one(feedback: Feedback, heading: str, author: str) -> None:
    with st.container(border=True):
        st.caption(f"{heading}, {author}")
        st.text(rationale_loader.beginnings([feedback_text(feedback)])[0])
        if primary := feedback.primary_signal:
            st.html(html.element(f"Primary signal: {primary}", css="sr-source"))
        if goals := ", ".join(feedback.active_dimensions):
            st.html(html.element(f"Goals: {goals}", css="sr-source"))


def feedback_text(feedback: Feedback) -> str:
    """The message, or the reason why there is none."""
    return feedback.message or f"No feedback: {feedback.reason or 'no reason was given'}"
