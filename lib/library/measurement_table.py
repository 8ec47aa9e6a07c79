"""Rows of what was measured of recordings, inside a transaction of the caller."""

from __future__ import annotations

import json

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lib.interchange import measurement_json
from lib.library.tables import RECORDING_MEASUREMENTS, SESSIONS
from lib.model import RecordingMeasurement


def write_measurement(
    connection: Connection, session_id: str, measurement: RecordingMeasurement
) -> None:
    """Write what was measured of the recording of a session, replacing what was there."""
    table = RECORDING_MEASUREMENTS
    connection.execute(sa.delete(table).where(table.c.session_id == session_id))
    text = json.dumps(measurement_json.dump_measurement(measurement))
    connection.execute(sa.insert(table).values(session_id=session_id, measurement=text))


def read_measurement(connection: Connection, session_id: str) -> RecordingMeasurement | None:
    """What was measured of the recording of a session; None for nothing, or nothing readable.

    A row that is damaged costs a strip below the lanes, not the session.
    """
    table = RECORDING_MEASUREMENTS
    text = connection.scalar(sa.select(table.c.measurement).where(table.c.session_id == session_id))
    try:
        return None if text is None else measurement_json.load_measurement(json.loads(text))
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


def read_unmeasured_ids(connection: Connection) -> tuple[str, ...]:
    """The ids of the sessions whose recording was not measured, newest first."""
    measured = sa.select(RECORDING_MEASUREMENTS.c.session_id)
    query = (
        sa.select(SESSIONS.c.id)
        .where(SESSIONS.c.id.not_in(measured))
        .order_by(SESSIONS.c.created_at.desc(), SESSIONS.c.id)
    )
    return tuple(connection.scalars(query))
