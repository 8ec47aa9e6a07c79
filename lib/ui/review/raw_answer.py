"""The raw answer: as received, as plain text, to read and to download."""

from __future__ import annotations

import streamlit as st

from lib.plain_text import file_name
from lib.ui.review import blindness, part_texts
from lib.ui.review.loaded_session import LoadedSession

MAX_SHOWN = 20_000  # characters on the page; the download has all of them


def draw_raw_answer(loaded: LoadedSession) -> None:
    """Show the answer as received, as plain text, and offer all of it."""
    session = loaded.session
    if session.parts:
        answers = {
            name: part.analysis.raw
            for name, part in zip(part_texts.stretches(session.parts), session.parts, strict=True)
            if part.analysis
        }
        chosen = st.selectbox("Answer to", list(answers), key=f"raw_part_{session.id}")
        answer, part = answers[chosen], chosen.partition(",")[0].lower()
    else:
        answer, part = session.analysis.raw, ""
    draw_download(session.id, answer, title=session.title, part=part)
    if blindness.hides_probability():
        st.caption(
            "The answer names all probabilities, which are hidden while you judge: it is not "
            "shown here. The file has them."
        )
        return
    if len(answer) > MAX_SHOWN:
        st.caption(f"The first {MAX_SHOWN:,} of {len(answer):,} characters.")
    st.code(answer[:MAX_SHOWN], language=None, wrap_lines=True, height=400)


def draw_download(session_id: str, answer: str, *, title: str = "", part: str = "") -> None:
    """Offer the answer as received."""
    st.download_button(
        "The answer as received (JSON)",
        lambda: answer.encode("utf-8", "surrogatepass"),
        file_name=f"{file_name(title, session_id, 'answer', part)}.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="review_raw",
    )
