"""The ranked list of moments worth a look, each with its reason, and the rules behind it."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from lib import frames, timecode
from lib.model import Session
from lib.ui.review import session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html

MAX_FIRST_SHOWN = 12  # moments, until all are wanted


def draw_moments(loaded: LoadedSession) -> None:
    """Draw the moments, best first; a click on one goes there in the browser."""
    session = loaded.session
    moments = moments_table(session)
    if moments.empty:
        st.html(html.element("Nothing in this session meets the rules below.", css="sr-quiet"))
    else:
        show_all = len(moments) > MAX_FIRST_SHOWN and st.toggle(
            f"All {len(moments)} moments", key="moments_all"
        )
        st.html(_list_html(session, moments if show_all else moments.head(MAX_FIRST_SHOWN)))
    with st.expander("How moments are found"):
        st.write(
            "Moments come only from what was measured. The number at the end says by what "
            "factor a moment exceeds its rule, 3 at most; the highest comes first."
        )
        rules = "".join(
            f"<li><b>{escape(rule.name)}</b>: {escape(rule.explanation)}</li>"
            for rule in frames.RULES
        )
        st.html(f"<ul>{rules}</ul>")


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=session_frames.BY_ID)
def moments_table(session: Session) -> pd.DataFrame:
    """The moments of a session, with the columns of MOMENTS."""
    tables = session_frames.session_tables(session)
    gaps = frames.gaps(session_frames.parts_table(session))
    return frames.moments(
        tables["signals"],
        tables["engagement"],
        tables["quality"],
        duration=session_frames.axis(session),
        digits=session_frames.table_digits(session),
        gaps=zip(gaps["start"].tolist(), gaps["end"].tolist(), strict=True),
    )


def _list_html(session: Session, moments: pd.DataFrame) -> str:
    digits = session_frames.table_digits(session)
    signals = session_frames.session_tables(session)["signals"]
    first = signals[["start", "end"]].min(axis=1)  # as moments have it
    begins = dict(zip(first, signals["id"], strict=True))  # a span there is chosen
    return html.time_list(
        html.time_button(
            row.start,
            timecode.format_range(
                row.start,
                row.end,
                digits=frames.moment_digits(row.rule, digits),
                between=" – ",
            ),
            row.rule,
            f"{row.reason} (×{row.score:.1f})",
            span=begins.get(row.start),
        )
        for row in session_frames.rows(moments)
    )
