"""Rows of what was measured of recordings, inside a transaction of the caller."""

from __future__ import annotations

import json

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lib.interchange import quality_json
from lib.library.tables import RECORDING_QUALITY, SESSIONS
from lib.model import RecordingQuality


def write_quality(connection: Connection, session_id: str, quality: RecordingQuality) -> None:
    """Write what was measured of the recording of a session, replacing what was there."""
    table = RECORDING_QUALITY
    connection.execute(sa.delete(table).where(table.c.session_id == session_id))
    text = json.dumps(quality_json.dump_quality(quality))
    connection.execute(sa.insert(table).values(session_id=session_id, quality=text))


def read_quality(connection: Connection, session_id: str) -> RecordingQuality | None:
    """What was measured of the recording of a session; None for nothing, or nothing readable.

    A row that is damaged costs a strip below the lanes, not the session.
    """
    table = RECORDING_QUALITY
    text = connection.scalar(sa.select(table.c.quality).where(table.c.session_id == session_id))
    try:
        return None if text is None else quality_json.load_quality(json.loads(text))
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


def read_unmeasured_ids(connection: Connection) -> tuple[str, ...]:
    """The ids of the sessions whose recording was not measured, newest first."""
    measured = sa.select(RECORDING_QUALITY.c.session_id)
    query = (
        sa.select(SESSIONS.c.id)
        .where(SESSIONS.c.id.not_in(measured))
        .order_by(SESSIONS.c.created_at.desc(), SESSIONS.c.id)
    )
    return tuple(connection.scalars(query))
