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
_FRAME = 0.1  # s: a picture is shown until the next one comes
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
    found = [SpanStill(spans_at[one.time].pop(0), one.shown, one.jpeg) for one in made.stills]
    ends = {row.id: (row.draw_start, row.draw_end) for row in session_frames.rows(rows)}
    stills = tuple(still for still in found if _is_within(still.shown, *ends[still.signal]))
    return stills, _note(made, len(stills), len(spans))


def _is_within(shown: float, start: float, end: float) -> bool:
    """Whether a picture is of a span: not where the pictures end before it, or are far apart."""
    return start - _FRAME <= shown <= end + _FRAME


def _note(made: Stills, count: int, wanted: int) -> str:
    if not made.has_picture:
        return SOUND
    if made.stopped:
        return f"{count:,} of {wanted:,} spans have a still: {_STOPPED[made.stopped]}."
    if wanted > MAX_STILLS:
        return f"{count:,} of the first {MAX_STILLS:,} of {wanted:,} spans have a still."
    return "" if count == wanted else f"{count:,} of {wanted:,} spans have a picture."
