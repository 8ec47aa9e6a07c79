"""Write and read an archive: a whole library as a zip of JSON files, one for each session.

Each file is a session file (`lib.interchange.session_json`), so that the Sessions page can read a
single one as well. Unlike there, a session from an archive keeps its id, its date and its origin.
The review of a session that is not stored in the library, the sample, has a file of its own.
Accepted jobs that have not ended are not in an archive.

Nothing is ever unpacked to a disk, and no name in an archive is used for anything.
"""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import IO, Any, cast

from lib.errors import ApiError, LibraryDamagedError, SessionFileError
from lib.interchange import (
    bounded_json,
    json_values,
    part_json,
    review_json,
    sample_session,
    session_json,
)
from lib.interhuman import parser, stitch
from lib.library import archive_bounds
from lib.library.archive_bounds import READ_ERRORS, Bounds
from lib.library.library import Library
from lib.model import ORIGIN_LABELS, Analysis, Api, Origin, Review, Session, Stitch

REVIEW_FORMAT = "signal-review/review"
REVIEW_VERSION = 1  # of a file that holds a review alone
MAX_ID_CHARACTERS = 200
ENTRY_TIME = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # of every file, so that the same library makes the same archive


@dataclass(frozen=True, slots=True)
class Counts:
    """How many files of an archive were written or read, by what became of them.

    `sessions` were written, `present` were there already and left as they are, `reviews` were
    written for a session that is there already (the sample always is), `reviews_left` were not,
    as nobody asked for it, `unread` could not be read.
    """

    sessions: int = 0
    present: int = 0
    reviews: int = 0
    unread: int = 0
    reviews_left: int = 0


def write_archive(
    library: Library, stream: IO[bytes], ids: Collection[str] | None = None
) -> Counts:
    """Write all sessions with their reviews, oldest first; one session in memory at a time.

    With `ids`, only these sessions, as far as they exist. A session whose answer is damaged is
    left out and counted in `unread`.

    Raises:
        LibraryError: the library cannot be read.
    """
    counts = Counts()
    session_ids = library.ids()
    if ids is not None:
        chosen = frozenset(ids)
        session_ids = tuple(session_id for session_id in session_ids if session_id in chosen)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, session_id in enumerate(session_ids, 1):
            try:
                session = library.load(session_id)
                review = library.review(session_id)
            except LibraryDamagedError:
                counts = replace(counts, unread=counts.unread + 1)
                continue
            if session:  # nobody deleted it meanwhile
                content = session_json.write_session(session, review)
                archive.writestr(_create_entry(f"sessions/{number:06}.json"), content)
                counts = replace(counts, sessions=counts.sessions + 1)
        without_session = library.ids_without_session() if ids is None else ()
        for number, session_id in enumerate(without_session, 1):
            content = _dump_review_file(session_id, library.review(session_id))
            archive.writestr(_create_entry(f"reviews/{number:06}.json"), content)
            counts = replace(counts, reviews=counts.reviews + 1)
    return counts


def read_archive(
    library: Library,
    stream: IO[bytes],
    *,
    with_reviews: bool = False,
    bounds: Bounds = archive_bounds.PAGE,
) -> Counts:
    """Add the sessions of an archive, each file whole or not at all, in their order.

    A session that is there already stays as it is. So does its review, which may be that of
    somebody else; `with_reviews` adds the archive's where there is none, to the sample as well.
    A file that cannot be read stops no other; so after an interruption the same archive can
    simply be read again.

    Raises:
        ArchiveError: it is no zip, one that was tampered with, or beyond the bounds.
        LibraryError: the library cannot be written; what was added before stays.
    """
    counts = Counts()
    with archive_bounds.open_archive(stream, bounds) as archive:
        for entry in archive.infolist():
            if not entry.is_dir():
                became = _add_entry(library, archive, entry, bounds, with_reviews=with_reviews)
                counts = replace(counts, **{name: getattr(counts, name) + 1 for name in became})
    return counts


def _add_entry(
    library: Library,
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    bounds: Bounds,
    *,
    with_reviews: bool,
) -> tuple[str, ...]:
    """Add one file of an archive, which leaves nothing in memory; the counts it adds to."""
    try:
        session, review = _read_content(archive_bounds.read_entry(archive, entry, bounds))
    except (*READ_ERRORS, KeyError, TypeError, ApiError, SessionFileError):
        return ("unread",)
    if isinstance(session, Session):
        if library.add_session(session, review):
            return ("sessions",)
        session = session.id
    if review == Review():
        return ("present",)
    if not with_reviews:
        return ("present", "reviews_left")
    return ("reviews",) if library.add_review(session, review) else ("present",)


def _read_content(text: bytes) -> tuple[Session | str, Review]:
    content = bounded_json.load_json(text)
    about = content["session"]
    review, _ = review_json.load_review(content.get("review", {}))
    if (content["format"], content["version"]) == (REVIEW_FORMAT, REVIEW_VERSION):
        return _read_id(about), review
    if (
        content["format"] != session_json.FORMAT
        or content["version"] not in session_json.READABLE_VERSIONS
    ):
        raise ValueError
    return _read_session(about, content), review


def _read_session(about: dict[str, Any], content: dict[str, Any]) -> Session:
    session_id = _read_id(about)
    api, origin = about["api"], about["origin"]
    created_at = json_values.parse_moment(about["created_at"])
    readable = api in ("v1", "v2") and origin in ORIGIN_LABELS
    if session_id == sample_session.ID or created_at is None or not readable:
        raise ValueError
    analysis, stitched = _read_analysis(about, content, cast("Api", api))
    if analysis.generated and origin == "api":
        origin = "sandbox"  # whatever a file says, what was not measured is labelled
    return Session(
        id=session_id,
        title=_read_text(about["title"]),
        created_at=created_at,
        origin=cast("Origin", origin),
        recording_name=_read_text(about["recording_name"]),
        duration=_read_seconds(about["duration"]),
        analysis=replace(analysis, model=_read_name(about["model"])),
        fingerprint=session_json.read_fingerprint(about),
        stitch=stitched,
        recording_measurement=session_json.read_measurement(content),
    )


def _read_analysis(
    about: dict[str, Any], content: dict[str, Any], api: Api
) -> tuple[Analysis, Stitch | None]:
    if session_json.has_parts(content):
        return stitch.stitch_parts(part_json.load_parts(content["parts"], api=api))
    answer, correlation_id = _read_text(content["answer"]), about["correlation_id"]
    bounded_json.check_value_count(answer)
    analysis = parser.parse_answer(
        answer,
        api=api,
        correlation_id=None if correlation_id is None else _read_name(correlation_id),
    )
    return analysis, None


def _read_id(about: dict[str, Any]) -> str:
    session_id = _read_text(about["id"])
    if not 1 <= len(session_id) <= MAX_ID_CHARACTERS or not session_id.isprintable():
        raise ValueError
    return session_id


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _read_name(value: object) -> str:
    name = _read_text(value)
    if len(name) > session_json.MAX_NAME_CHARACTERS:
        raise ValueError
    return name


def _read_seconds(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not math.isfinite(value):
        raise ValueError
    return float(value)


def _dump_review_file(session_id: str, review: Review) -> bytes:
    content = {
        "format": REVIEW_FORMAT,
        "version": REVIEW_VERSION,
        "session": {"id": session_id},
        "review": review_json.dump_review(review),
    }
    return json.dumps(content, indent=1).encode()


def _create_entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, ENTRY_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
