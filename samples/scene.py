"""One frame of the sample clip: two people, the plan between them, a caption.

Knows Pillow, the figures and the script.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image

from samples.figure import HEIGHT, LOOKS, WIDTH, tile
from samples.pen import ZOOM, Pen, font, place, sheet
from samples.script import PLAN_SHOWN, RESENT, SILENCE

TOP = 24
ROOM, TEXT, FAINT = "#161b25", "#eef1f6", "#8b96aa"
CARD, BAND, INK, PALE = "#f6f3ec", "#e9e2d2", "#2c3240", "#8d8a83"
GREEN, GREY = "#3f9c7d", "#b3b5ba"
SHOWING = 0.8  # seconds the people take to make way for the plan
ASKED, TAPPED = 54.1, 61.2  # when the legend and the button of the plan come
DAYS = (
    ("Mo", (("#86abc9", 0, 58), ("#e3b873", 62, 132))),
    ("Tu", (("#cf929b", 0, 40), (GREY, 44, 84), ("#86abc9", 88, 132))),
    ("We", (("#e3b873", 0, 74), ("#cf929b", 78, 132))),
    ("Th", ((GREY, 0, 50), ("#86abc9", 54, 132))),
    ("Fr", (("#86abc9", 0, 46), ("#e3b873", 50, 92), ("#cf929b", 96, 132))),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What is heard at a time: each speaker's loudness (0 to 1), who speaks, the caption."""

    time: float
    loudness: Mapping[str, float]
    speakers: frozenset[str]
    speaker: str
    caption: str


def frame(moment: Moment) -> Image.Image:
    """Draw the picture of one moment."""
    image, pen = sheet(640, 360, ROOM)
    aside = _aside(moment.time)
    width = WIDTH - 98 * aside
    gap = 592 - 2 * width - 24
    for name, left in (("Ana", 24.0), ("Ben", 616 - width)):
        if name in moment.speakers:
            corner, end = (left - 3, TOP - 3), (left + width + 3, TOP + HEIGHT + 3)
            pen.slab(corner, end, 17, LOOKS[name].accent)
        part = tile(name, moment.time, moment.loudness[name])
        place(image, part, (left, TOP), width)
        _name(pen.at(left + 10, TOP + HEIGHT - 30), name, speaks=name in moment.speakers)
    if gap > 0:
        place(image, _plan(moment.time), (320 - gap / 2, TOP), gap)
    _caption(pen, moment)
    pen.text((24, 339), "Sample clip: synthetic voices, drawn faces", 10, FAINT)
    minutes, seconds = divmod(int(moment.time), 60)
    pen.text((616, 339), f"{minutes}:{seconds:02}", 10, FAINT, anchor="ra")
    return image


def _aside(time: float) -> float:
    """How far the people have made way for the plan, from 0 to 1."""
    start, end = PLAN_SHOWN
    part = max(min((time - start) / SHOWING, (end - time) / SHOWING, 1.0), 0.0)
    return part * part * (3 - 2 * part)


def _name(pen: Pen, name: str, *, speaks: bool) -> None:
    pen.slab((0, 0), (52, 21), 7, "#10141c")
    pen.oval(11, 10.5, 7, 7, LOOKS[name].accent if speaks else "#4a5365")
    pen.text((20, 10.5), name, 12, TEXT, anchor="lm")


def _plan(time: float) -> Image.Image:
    image, pen = sheet(188, HEIGHT, CARD)
    pen.text((16, 14), "Next week", 14, INK)
    pen.text((16, 33), "12 people", 10, PALE)
    start, end = SILENCE
    reading = int(len(DAYS) * (time - start - 1) / (end - start - 1)) if time > start + 1 else -1
    for index, (day, bars) in enumerate(DAYS):
        row = pen.at(0, 53 + 24 * index)
        if index == reading:
            row.slab((8, 0), (180, 22), 6, BAND)
        row.text((16, 11), day, 10, INK, anchor="lm")
        for colour, first, last in bars:
            fill = GREEN if colour == GREY and time > RESENT else colour
            row.slab((40 + first, 4), (40 + last, 18), 4, fill)
    if time >= TAPPED:
        sent = time > RESENT
        pen.slab((16, 181), (172, 203), 7, GREEN if sent else INK)
        pen.text((94, 192), "Sent" if sent else "Send again", 11, CARD, anchor="mm")
    elif time >= ASKED:
        pen.slab((16, 187), (26, 197), 3, GREY)
        pen.text((33, 192), "no answer yet", 11, INK, anchor="lm")
    return image


def _caption(pen: Pen, moment: Moment) -> None:
    if not moment.caption:
        return
    rows = _wrap(moment.caption, 520)
    top = 291 - 12 * (len(rows) - 1)
    if moment.speaker:
        pen.text((320, top - 18), moment.speaker, 11, LOOKS[moment.speaker].accent, anchor="mm")
    for index, row in enumerate(rows):
        fill = TEXT if moment.speaker else FAINT
        pen.text((320, top + 4 + 22 * index), row, 17, fill, anchor="mm")


def _wrap(words: str, width: float) -> list[str]:
    """Break words into rows at most `width` units wide."""
    rows = [""]
    for word in words.split():
        longer = f"{rows[-1]} {word}".strip()
        if font(17).getlength(longer) <= width * ZOOM:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows
