"""The stills of a session for its report: which spans, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence

from lib.errors import AppError
from lib.exports import SpanStill
from lib.model import Session
from lib.recordings.stills import MAX_STILLS, Stills, make_stills
from lib.ui.review import session_frames
from lib.ui.shell import services

GONE = "The recording is not here any more, so there are no stills of it."
SOUND = "The recording is sound alone: there is no picture of it."
UNREADABLE = "No stills could be made: the recording cannot be read."
_STOPPED = {"time": "the rest would take too long", "size": "the rest would be too large"}


def span_stills(session: Session, spans: Sequence[int]) -> tuple[tuple[SpanStill, ...], str]:
    """A still at the middle of each of these spans, and what is to be said of those that lack."""
    path = services.recording_path(session.id)
    if path is None:
        return (), GONE
    signals = session_frames.session_tables(session)["signals"]
    rows = signals[signals["id"].isin(list(spans[:MAX_STILLS]))]
    middles = ((rows["draw_start"] + rows["draw_end"]) / 2).tolist()
    try:
        made = make_stills(path, middles)
    except AppError:
        return (), UNREADABLE
    spans_at: dict[float, list[int]] = {}  # several may have one middle
    for middle, signal in zip(middles, rows["id"].tolist(), strict=True):
        spans_at.setdefault(middle, []).append(signal)
    stills = tuple(SpanStill(spans_at[one.time].pop(0), one.shown, one.jpeg) for one in made.stills)
    return stills, _note(made, len(stills), len(spans))


def _note(made: Stills, count: int, wanted: int) -> str:
    if not made.has_picture:
        return SOUND
    if made.stopped:
        return f"{count:,} of {wanted:,} spans have a still: {_STOPPED[made.stopped]}."
    if wanted > MAX_STILLS:
        return f"The first {count:,} of {wanted:,} spans have a still."
    return "" if count == wanted else f"{count:,} of {wanted:,} spans have a picture."
