"""Sessions as files: our JSON, written and read; a raw V1 answer or a V2 envelope, read.

A file of version 2 carries what people added to the session as well; one of version 1 does not.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, NamedTuple

from lib import __version__
from lib.errors import ApiError, JobFailed, SessionFileError, StillRunning
from lib.interchange import review_json
from lib.interhuman import parser
from lib.model import Analysis, Origin, Review, Session, session_id
from lib.plain_text import file_stem, one_line

FORMAT = "signal-review/session"
VERSION = 2
READABLE_VERSIONS = (1, VERSION)
MAX_FILE_BYTES = 32 * 1024 * 1024
MAX_NAME_CHARACTERS = 200  # characters
FINGERPRINT_PATTERN = re.compile("[0-9a-f]{64}")


class SessionFile(NamedTuple):
    """What a file held: a session, its review, and how many items of it could not be read."""

    session: Session
    review: Review
    lost: int


def write_session(session: Session, review: Review = Review()) -> bytes:  # noqa: B008  frozen
    """The session as JSON: what it is, its analysis, what people added, the answer as received.

    `answer` and `review` bring everything back; `analysis` is for whoever reads the file without
    this app.
    """
    analysis = asdict(session.analysis)
    raw = analysis.pop("raw")
    if session.analysis.signals is not None:
        analysis["signals"] = [signal._asdict() for signal in session.analysis.signals]
    content = {
        "format": FORMAT,
        "version": VERSION,
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
        "answer": raw,
    }
    return json.dumps(content, default=_dump_value, indent=1).encode()


def read_session(content: bytes, *, name: str, now: datetime | None = None) -> SessionFile:
    """A session, under a new id, and its review; from a session file, a V1 answer or a V2 envelope.

    What a file says of itself cannot be checked, so a session is "imported" unless the file
    says that it is a sample or generated. A note, verdict or line that the library could not
    keep is left out and counted; what is not a session file of version 2 has an empty review.

    Raises:
        SessionFileError: too large, not JSON, a session file of a newer version, a review
            that is none, or an answer that cannot be read or says that its analysis failed.
    """
    if len(content) > MAX_FILE_BYTES:
        raise SessionFileError("The file is larger than 32 MiB.", "Choose a result file.")
    ours = _read_session_file(content)
    about: dict[str, Any] = ours.get("session", {}) if ours else {}
    about = about if isinstance(about, dict) else {}
    review, lost = review_json.load_review(ours.get("review", {})) if ours else (Review(), 0)
    try:
        analysis = _read_analysis(ours, about) if ours else parser.parse_answer(content)
    except JobFailed as error:
        raise SessionFileError(
            f"The file holds a job that failed: {error.what}", "Bring in a job that completed."
        ) from error
    except StillRunning as error:
        raise SessionFileError(
            "The file holds a job that has not ended.", "Read the job again, and bring that in."
        ) from error
    except ApiError as error:
        raise SessionFileError(
            "This file is neither a session of this app nor an answer of the API.",
            "Choose another file.",
        ) from error
    origin: Origin = "sandbox" if analysis.generated else _read_origin(about)
    session = Session(
        id=session_id(origin),
        title=_read_name(about.get("title"))
        or file_stem(name)[:MAX_NAME_CHARACTERS]
        or "Imported session",
        created_at=review_json.parse_moment(about.get("created_at")) or now or datetime.now(UTC),
        origin=origin,
        recording_name=_read_name(about.get("recording_name")) or "",
        duration=_read_seconds(about.get("duration")) or analysis.duration,
        analysis=analysis,
        fingerprint=read_fingerprint(about),
    )
    return SessionFile(session, review, lost)


def read_fingerprint(about: dict[str, Any]) -> str | None:
    """What a file says of the recording and the options of its session; None where it does not."""
    said = about.get("fingerprint")
    return said if isinstance(said, str) and FINGERPRINT_PATTERN.fullmatch(said) else None


def _read_session_file(content: bytes) -> dict[str, Any] | None:
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError):
        return None  # `responses.parse` says what is wrong with it
    if not isinstance(parsed, dict) or parsed.get("format") != FORMAT:
        return None
    if parsed.get("version") not in READABLE_VERSIONS:
        raise SessionFileError(
            "The session file was written by a newer Signal Review.",
            "Update this app, then bring the file in again.",
        )
    if not isinstance(parsed.get("answer"), str):
        raise SessionFileError(
            "The session file has lost its answer.", "Download the session again."
        )
    return parsed


def _read_analysis(ours: dict[str, Any], about: dict[str, Any]) -> Analysis:
    # Which version it is, the answer itself says best: what stands about it may be wrong.
    return parser.parse_answer(
        ours["answer"], correlation_id=_read_name(about.get("correlation_id")) or None
    )


def _read_origin(about: dict[str, Any]) -> Origin:
    said = about.get("origin")
    return said if said in ("sandbox", "sample") else "imported"


def _read_name(value: object) -> str:
    return one_line(value)[:MAX_NAME_CHARACTERS] if isinstance(value, str) else ""


def _read_seconds(value: object) -> float | None:
    # bool is an int in Python; 1e9 seconds is beyond any recording, and NaN fails the comparison
    usable = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e9  # noqa: PLR2004
    return float(value) if usable and isinstance(value, int | float) else None


def _dump_value(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
