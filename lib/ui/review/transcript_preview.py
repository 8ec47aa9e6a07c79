"""A transcript before it is attached: what was read, what is unsure, and how to read it instead.

The file is read twice: as it stands, which gives the questions, and with what was answered. What
stands in a file is data: it is shown as text, and is never the label of a widget.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lib import timecode
from lib.interchange import transcript
from lib.interchange.transcript import (
    Choices,
    Columns,
    ColumnsQuestion,
    Part,
    Reading,
    SpeakersQuestion,
    UnitQuestion,
)
from lib.ui.review import transcript_text
from lib.ui.shell import html

PARTS: dict[Part, str] = {
    "start": "Start of each line",
    "end": "End",
    "duration": "Duration",
    "speaker": "Speaker",
    "text": "Words",
}
AS_READ = "As they are, in seconds"


def draw_preview(content: bytes, *, name: str, duration: float | None, key: str) -> Reading | None:
    """Draw what the file holds; the lines to attach, or None while a question is open.

    Raises:
        TranscriptError: the file cannot be read.
    """
    choices = _draw_encoding(_read(content, name, Choices(), duration), key)
    choices = _draw_columns(_read(content, name, choices, duration), choices, key)
    choices, unit_open = _draw_unit(_read(content, name, choices, duration), choices, key)
    choices, names_open = _draw_speakers(_read(content, name, choices, duration), choices, key)
    reading = _read(content, name, choices, duration)
    if reading.lines or reading.columns is None:
        _draw_reading(reading, duration)
    return None if unit_open or names_open or not reading.lines else reading


@st.cache_data(show_spinner="Reading the transcript …", max_entries=8, ttl=600, scope="session")
def _read(content: bytes, name: str, choices: Choices, duration: float | None) -> Reading:
    return transcript.read(content, name=name, choices=choices, duration=duration)


def _draw_encoding(reading: Reading, key: str) -> Choices:
    """Ask for another encoding where it was a guess, or where characters are spoiled."""
    encoding = reading.encoding
    if encoding is None or not (encoding.guessed or encoding.spoiled):
        return Choices()
    options = list(transcript.ENCODINGS)
    chosen = st.selectbox(
        "Encoding",
        options,
        index=options.index(encoding.codec),
        format_func=transcript.ENCODINGS.__getitem__,
        key=f"transcript_encoding_{key}",
        width=320,
    )
    return Choices(encoding=None if chosen == encoding.codec else chosen)


def _draw_columns(reading: Reading, choices: Choices, key: str) -> Choices:
    """Ask which column of a table holds what."""
    question = reading.columns
    if question is None:
        return choices
    st.html(html.element(transcript_text.columns(question)))
    width = max(len(row) for row in question.rows)
    titles = [f"Column {number}" for number in range(1, width + 1)]
    st.html(html.table(titles, (_padded(row, width) for row in question.rows)))
    chosen = _draw_parts(question, titles, key)
    start, text = chosen.get("start"), chosen.get("text")
    if start is None or text is None:
        return choices
    others = {part: chosen[part] for part in ("end", "speaker", "duration")}
    return replace(choices, columns=Columns(start=start, text=text, **others))


def _padded(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return row + ("",) * (width - len(row))


def _draw_parts(question: ColumnsQuestion, titles: list[str], key: str) -> dict[Part, int | None]:
    seems: dict[Part, int] = dict(question.seems)
    chosen: dict[Part, int | None] = {}
    for part, place in zip(PARTS, st.columns(len(PARTS)), strict=True):
        chosen[part] = place.selectbox(
            PARTS[part],
            range(len(titles)),
            index=seems.get(part),
            format_func=titles.__getitem__,
            placeholder="None",
            key=f"transcript_{part}_{key}",
        )
    return chosen


def _draw_unit(reading: Reading, choices: Choices, key: str) -> tuple[Choices, bool]:
    """Ask for the unit of times that fit no recording; whether that is still open."""
    question = reading.unit
    if question is None:
        return choices, False
    st.warning(transcript_text.unit(question), icon=":material/schedule:")
    rate = st.number_input(
        "Frames per second of the recording",
        min_value=1.0,
        max_value=1000.0,
        value=None,
        placeholder="Only where times count frames",
        key=f"transcript_rate_{key}",
        width=320,
    )
    if rate is not None:
        choices = replace(choices, frame_rate=rate)
    offers = _offers(question, rate=rate)
    if not offers:
        return choices, False
    units = {AS_READ: None, **offers}
    chosen = st.radio(
        "The times are", list(units), index=None, horizontal=True, key=f"transcript_unit_{key}"
    )
    return replace(choices, unit=units.get(chosen or AS_READ)), chosen is None


def _offers(question: UnitQuestion, *, rate: float | None) -> dict[str, transcript.Unit]:
    offers = [*question.offers]
    if offers and rate is not None and "frames" not in offers:
        offers.append("frames")
    return {f"In {transcript_text.UNITS[unit]}": unit for unit in offers}


def _draw_speakers(reading: Reading, choices: Choices, key: str) -> tuple[Choices, bool]:
    """Ask whether names before a colon are speakers; whether that is still open."""
    question: SpeakersQuestion | None = reading.speakers
    if question is None:
        return choices, False
    st.html(html.element(transcript_text.speakers(question)))
    answers = {"Yes, as speakers": True, "No, they are words": False}
    chosen = st.radio(
        "Use the names as speakers?",
        list(answers),
        index=None,
        horizontal=True,
        label_visibility="collapsed",
        key=f"transcript_speakers_{key}",
    )
    return replace(choices, speakers_from_text=answers.get(chosen or "")), chosen is None


def _draw_reading(reading: Reading, duration: float | None) -> None:
    """Draw what was read: how much, how, what is left out, and the first lines."""
    st.html(html.element(transcript_text.summary(reading, duration=duration), css="sr-preview"))
    for sentence in (transcript_text.encoding_note(reading), *reading.notes):
        if sentence:
            st.html(html.element(sentence, css="sr-quiet"))
    unread = transcript_text.unread(reading)
    if unread:
        st.warning(unread, icon=":material/warning:")
        for place in reading.places:
            st.html(html.element(transcript_text.place(place), css="sr-quiet"))
    if reading.lines:
        rows = (
            (
                timecode.format_time(line.start, digits=1),
                timecode.format_time(line.end, digits=1),
                line.speaker,
                line.text,
            )
            for line in reading.lines[: transcript_text.FIRST]
        )
        st.html(html.table(("Start", "End", "Speaker", "Words"), rows))
