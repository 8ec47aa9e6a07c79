"""Long rationales: the page has their beginning, and loads the rest part by part when asked to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from lib.model import Session
from lib.ui.web.protocol import TextPart

MAX_CHARACTERS = 4_000  # of a text, in the page; a rationale as the API writes it is far shorter
MAX_ALL_CHARACTERS = 4_000_000  # of all texts together
MIN_CHARACTERS = 100
PART_CHARACTERS = 50_000  # that are loaded at a time
REQUEST = "review_text"  # state: which part of which text the browser asked for last


def beginnings(texts: Sequence[str | None]) -> list[str | None]:
    """The texts as the page has them; one that is cut ends with how much of it there is."""
    room = MAX_ALL_CHARACTERS // max(1, len(texts))
    most = max(MIN_CHARACTERS, min(MAX_CHARACTERS, room))
    if sum(len(text or "") for text in texts) <= MAX_ALL_CHARACTERS:
        most = MAX_CHARACTERS
    return [
        text
        if text is None or len(text) <= most
        else f"{text[:most]}… [{most:,} of {len(text):,} characters]"
        for text in texts
    ]


def lengths(texts: Sequence[str | None]) -> list[int]:
    """The characters of each text that is cut in the page; 0 where all of it is there."""
    return [
        0 if begun == text else len(text or "")
        for text, begun in zip(texts, beginnings(texts), strict=True)
    ]


def take_request(session: Session, request: dict[str, Any]) -> bool:
    """Remember which part of a text the browser asks for; False when it asks for none."""
    if request.get("kind") != "text":
        return False
    st.session_state[REQUEST] = (session.id, request.get("signal"), request.get("from"))
    return True


def requested_part(session: Session) -> TextPart | None:
    """The part of a rationale that the browser asked for last; None where there is none."""
    of, signal, start = st.session_state.get(REQUEST, (None, None, None))
    signals = session.analysis.signals or ()
    numbers = all(isinstance(one, int) and one >= 0 for one in (signal, start))
    if of != session.id or not numbers or signal >= len(signals):
        return None
    text = signals[signal].rationale or ""
    part = text[start : start + PART_CHARACTERS]
    return {"signal": signal, "from": start, "next": start + len(part), "text": part}
