"""Write and read session files (JSON), and read raw answers of the API as sessions.

A session file of version 2 also holds the review of the session; one of version 1 does not. One of
version 3 holds parts, each with its own answer; a session of one piece is still written as 2.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, NamedTuple

from lib import __version__
from lib.errors import ApiError, JobFailed, SessionFileError, StillRunning
from lib.interchange import bounded_json, json_values, measurement_json, part_json, review_json
from lib.interhuman import parser, stitch
from lib.model import (
    MIB,
    Analysis,
    Origin,
    RecordingMeasurement,
    Review,
    Session,
    Stitch,
    session_id,
)
from lib.plain_text import file_stem, one_line

FORMAT = "signal-review/session"
VERSION = 2
PARTS_VERSION = 3
READABLE_VERSIONS = (1, VERSION, PARTS_VERSION)
MAX_FILE_BYTES = 32 * MIB
MAX_NAME_CHARACTERS = 200  # of a title, a recording's name and a correlation id
FINGERPRINT_PATTERN = re.compile("[0-9a-f]{64}")


class SessionFile(NamedTuple):
    """A session from a file, its review, and how many items of the review could not be read."""

    session: Session
    review: Review
    lost: int


def write_session(session: Session, review: Review = Review()) -> bytes:  # noqa: B008  frozen
    """The session file of a session and its review, as JSON in UTF-8.

    `read_session` needs `answer` (or `parts`) and `review` alone; `analysis` and `stitch` are for
    whoever reads the file without this app.
    """
    analysis = asdict(session.analysis)
    raw = analysis.pop("raw")
    if session.analysis.signals is not None:
        analysis["signals"] = [signal._asdict() for signal in session.analysis.signals]
    content = {
        "format": FORMAT,
        "version": PARTS_VERSION if session.stitch else VERSION,
        "app": f"Signal Review {__version__}",
        "label": session.label,
        "session": {
            "id": session.id,
            "title": session.title,
            "created_at": session.created_at.isoformat(),
            "origin": session.origin,
            "recording_name": session.recording_name,
            "duration": session.duration,
            "api": session.analysis.api,
            "model": session.analysis.model,
            "correlation_id": session.analysis.correlation_id,
            "fingerprint": session.fingerprint,
        },
        "analysis": analysis,
        "review": review_json.dump_review(review),
        **_dump_measurement(session),
        **_dump_answers(session, raw),
    }
    return json.dumps(content, default=_dump_value, indent=1).encode()


def _dump_measurement(session: Session) -> dict[str, Any]:
    measurement = session.recording_measurement
    return (
        {"recording_measurement": measurement_json.dump_measurement(measurement)}
        if measurement
        else {}
    )


def _dump_answers(session: Session, raw: str) -> dict[str, Any]:
    if session.stitch is None:
        return {"answer": raw}
    return {
        "stitch": part_json.dump_marks(session.stitch),
        "parts": part_json.dump_parts(session.stitch),
    }


def read_session(content: bytes, *, name: str, now: datetime | None = None) -> SessionFile:
    """The session in a session file, a V1 answer or a V2 envelope, under a new id.

    What a file says of itself cannot be checked, so a session is "imported" unless the file
    or its answer says that it is a sample or generated. A note, verdict or line that the library
    would refuse is left out and counted; what is not a session file of version 2 has an empty
    review.

    Raises:
        SessionFileError: too large, not JSON, a session file of a newer version, a review
            that is none, or an answer that cannot be read or says that its analysis failed.
    """
    if len(content) > MAX_FILE_BYTES:
        raise SessionFileError(
            f"The file is larger than {MAX_FILE_BYTES // MIB} MiB.", "Choose a result file."
        )
    _check_value_count(content)
    session_file = _read_session_file(content)
    about: dict[str, Any] = session_file.get("session", {}) if session_file else {}
    about = about if isinstance(about, dict) else {}
    review, lost = Review(), 0
    if session_file:
        review, lost = review_json.load_review(session_file.get("review", {}))
    with _errors_of_the_file():
        analysis, stitched = (
            _read_analysis(session_file, about)
            if session_file
            else (parser.parse_answer(content), None)
        )
    origin = _read_origin(about, analysis)
    session = Session(
        id=session_id(origin),
        title=_read_name(about.get("title"))
        or file_stem(name)[:MAX_NAME_CHARACTERS]
        or "Imported session",
        created_at=json_values.parse_moment(about.get("created_at")) or now or datetime.now(UTC),
        origin=origin,
        recording_name=_read_name(about.get("recording_name")) or "",
        duration=_read_seconds(about.get("duration")) or analysis.duration,
        analysis=analysis,
        fingerprint=read_fingerprint(about),
        stitch=stitched,
        recording_measurement=_read_measurement(session_file or {}),
    )
    return SessionFile(session, review, lost)


@contextmanager
def _errors_of_the_file() -> Iterator[None]:
    """Say what is wrong with a file whose answer cannot be parsed."""
    try:
        yield
    except JobFailed as error:
        raise SessionFileError(
            f"The file holds a job that failed: {error.what}", "Import a job that completed."
        ) from error
    except StillRunning as error:
        raise SessionFileError(
            "The file holds a job that has not ended.",
            "Fetch the job again once it has ended, then import that.",
        ) from error
    except ApiError as error:
        raise SessionFileError(
            "This file is neither a session of this app nor an answer from the API.",
            "Choose another file.",
        ) from error


def read_fingerprint(about: dict[str, Any]) -> str | None:
    """The fingerprint that a session file states of its session; None where it states none."""
    stated = about.get("fingerprint")
    return stated if isinstance(stated, str) and FINGERPRINT_PATTERN.fullmatch(stated) else None


def _read_session_file(content: bytes) -> dict[str, Any] | None:
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError):
        return None  # `parser.parse_answer` says what is wrong with it
    if not isinstance(parsed, dict) or parsed.get("format") != FORMAT:
        return None
    if parsed.get("version") not in READABLE_VERSIONS:
        raise SessionFileError(
            "The session file was written by a newer version of Signal Review.",
            "Update this app, then import the file again.",
        )
    if "parts" not in parsed if has_parts(parsed) else not isinstance(parsed.get("answer"), str):
        raise SessionFileError(
            "The session file has no answer in it.", "Download the session again."
        )
    return parsed


def _check_value_count(text: bytes | str) -> None:
    try:
        bounded_json.check_value_count(text)
    except ValueError as error:
        raise SessionFileError(
            f"The file holds more than {bounded_json.MAX_VALUES:,} values, which no session has.",
            "Choose a result file.",
        ) from error


def has_parts(session_file: dict[str, Any]) -> bool:
    """Whether a session file, as JSON values, is that of a session of parts."""
    return bool(session_file["version"] == PARTS_VERSION)


def _read_analysis(
    session_file: dict[str, Any], about: dict[str, Any]
) -> tuple[Analysis, Stitch | None]:
    # An answer itself shows its version; what the file states of it may be wrong.
    if has_parts(session_file):
        return _read_parts(session_file["parts"])
    _check_value_count(session_file["answer"])
    correlation_id = _read_name(about.get("correlation_id")) or None
    return parser.parse_answer(session_file["answer"], correlation_id=correlation_id), None


def _read_parts(parts: object) -> tuple[Analysis, Stitch]:
    try:
        return stitch.stitch_parts(part_json.load_parts(parts))
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise SessionFileError(
            "The parts in the session file cannot be read, or do not fit together.",
            "Download the session again.",
        ) from error


def read_measurement(session_file: dict[str, Any]) -> RecordingMeasurement | None:
    """What a session file says was measured of the recording; None where it says nothing.

    Raises:
        ValueError, TypeError, KeyError, OverflowError: it cannot be read.
    """
    value = session_file.get("recording_measurement")
    return None if value is None else measurement_json.load_measurement(value)


def _read_measurement(session_file: dict[str, Any]) -> RecordingMeasurement | None:
    try:
        return read_measurement(session_file)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise SessionFileError(
            "What the session file says was measured of the recording cannot be read.",
            "Download the session again.",
        ) from error


def _read_origin(about: dict[str, Any], analysis: Analysis) -> Origin:
    if analysis.generated:
        return "sandbox"
    if analysis.handwritten:
        return "sample"
    stated = about.get("origin")
    return stated if stated in ("sandbox", "sample") else "imported"


def _read_name(value: object) -> str:
    return one_line(value)[:MAX_NAME_CHARACTERS] if isinstance(value, str) else ""


def _read_seconds(value: object) -> float | None:
    # bool is an int in Python; 1e9 seconds is beyond any recording, and NaN fails the comparison
    usable = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e9  # noqa: PLR2004
    return float(value) if usable and isinstance(value, int | float) else None


def _dump_value(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
