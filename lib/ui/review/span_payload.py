"""The spans of a session as JSON for the browser, column by column, in a hidden element."""

from __future__ import annotations

import json
from html import escape
from typing import Any, cast

import pandas as pd

from lib import frames
from lib.model import FRICTION, SUPPORTIVE, Session
from lib.ui.review import blindness, rationale_loader, session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.web.protocol import SpanColumns, SpansPayload

_SENT = (
    "id",
    "type",
    "group",
    "start",
    "end",
    "length",
    "probability",
    "rationale",
    "modality",
    "flag",
    "draw_start",
    "draw_end",
)


def payload_html(loaded: LoadedSession) -> str:
    """The spans, the transcript's lines and who wrote the rationales, escaped and out of sight."""
    session, transcript = loaded.session, loaded.review_tables["transcript"]
    signals = session_frames.session_tables(session)["signals"]
    signals = blindness.shown_signals(signals, ())  # what is shown of them comes with the verdicts
    columns: dict[str, list[Any]] = {
        name: session_frames.json_values(signals[name]) for name in _SENT
    }
    rationales = columns["rationale"]
    columns["rationale"] = rationale_loader.beginnings(rationales)
    columns["characters"] = rationale_loader.lengths(rationales)
    lines = transcript[["draw_start", "draw_end", "speaker", "text"]].to_numpy().tolist()
    columns["cues"] = _cues(session, len(signals))
    shares = frames.spoken_shares(signals, transcript)
    columns["spoken_by"] = frames.spoken_texts(signals, shares)
    speakers = list(dict.fromkeys(shares["speaker"].tolist()))
    content = SpansPayload(
        session=session.id,
        digits=session_frames.digits(session),
        author=session.author,
        types=sorted({*SUPPORTIVE, *FRICTION, *signals["type"]}),
        spans=cast("SpanColumns", columns),
        counted={cue: len(ids) for cue, ids in session_frames.session_cues(session).items()},
        lines=sorted(lines),
        speakers=speakers,
        shares=_shares_by_id(shares, speakers),
    )
    return f'<div class="sr-data" hidden>{escape(json.dumps(content), quote=False)}</div>'


def _shares_by_id(shares: pd.DataFrame, speakers: list[str]) -> dict[str, list[tuple[int, str]]]:
    """Who spoke during each span, by its id: a name of many spans is sent once."""
    places = {name: place for place, name in enumerate(speakers)}
    spoken: dict[str, list[tuple[int, str]]] = {}
    columns = (shares[name].tolist() for name in ("signal", "speaker", "share"))
    for signal, name, share in zip(*columns, strict=True):
        spoken.setdefault(str(signal), []).append((places[name], frames.share_text(share)))
    return spoken


def _cues(session: Session, count: int) -> list[list[str]]:
    cues_of_span: list[list[str]] = [[] for _ in range(count)]
    for cue, ids in session_frames.session_cues(session).items():
        for index in ids:
            cues_of_span[index].append(cue)
    return cues_of_span
