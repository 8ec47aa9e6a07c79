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
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import IO, Any, cast

from lib.errors import ApiError, ArchiveError, LibraryDamagedError, SessionFileError
from lib.interchange import review_json, sample_session, session_json
from lib.interhuman import parser
from lib.library.library import Library
from lib.model import ORIGIN_LABELS, Api, Origin, Review, Session

REVIEW_FORMAT = "signal-review/review"
REVIEW_VERSION = 1  # of a file that holds a review alone
MAX_FILE_BYTES = 128 * 1024 * 1024  # of a file in an archive, unpacked
MAX_ID_CHARACTERS = 200
ENTRY_TIME = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # of every file, so that the same library makes the same archive
READABLE_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
READ_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,  # a text in another encoding, JSON that is none, a number beyond all bounds
    OverflowError,
    RuntimeError,  # encrypted, of an unknown kind, or nested without end
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many files of an archive were written or read, by what became of them.

    `sessions` were written, `present` were there already and left as they are, `reviews` belong
    to a session that is not stored in the library, `unread` could not be read.
    """

    sessions: int = 0
    present: int = 0
    reviews: int = 0
    unread: int = 0


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


def read_archive(library: Library, stream: IO[bytes]) -> Counts:
    """Add the sessions and reviews of an archive, each file whole or not at all, in their order.

    A session that is there already stays as it is, with its notes. A file that cannot be read
    stops no other; so after an interruption the same archive can simply be read again.

    Raises:
        ArchiveError: it is no zip, or one that was tampered with.
        LibraryError: the library cannot be written; what was added before stays.
    """
    counts = Counts()
    with _open_archive(stream) as archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            try:
                content = _read_content(archive, entry)
            except (*READ_ERRORS, KeyError, TypeError, ApiError, SessionFileError):
                counts = replace(counts, unread=counts.unread + 1)
                continue
            counts = _add_content(library, content, counts)
    return counts


def _add_content(library: Library, content: tuple[Session | str, Review], counts: Counts) -> Counts:
    session, review = content
    if isinstance(session, Session):
        if library.add_session(session, review):
            return replace(counts, sessions=counts.sessions + 1)
    elif library.add_review(session, review):
        return replace(counts, reviews=counts.reviews + 1)
    return replace(counts, present=counts.present + 1)


@contextmanager
def _open_archive(stream: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(stream)
        size = stream.seek(0, 2)
        packed = sum(entry.compress_size for entry in archive.infolist())
    except READ_ERRORS as error:
        raise ArchiveError from error
    with archive:
        if packed > size:  # files that lie over each other, to unpack to more than there is
            raise ArchiveError
        yield archive


def _read_content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[Session | str, Review]:
    if entry.file_size > MAX_FILE_BYTES or entry.compress_type not in READABLE_METHODS:
        raise ValueError
    with archive.open(entry) as member:
        content = json.loads(member.read(MAX_FILE_BYTES))
    about = content["session"]
    review, _ = review_json.load_review(content.get("review", {}))
    if (content["format"], content["version"]) == (REVIEW_FORMAT, REVIEW_VERSION):
        return _read_id(about), review
    if (
        content["format"] != session_json.FORMAT
        or content["version"] not in session_json.READABLE_VERSIONS
    ):
        raise ValueError
    return _read_session(about, content["answer"]), review


def _read_session(about: dict[str, Any], answer: object) -> Session:
    session_id = _read_id(about)
    api, origin = about["api"], about["origin"]
    created_at = review_json.parse_moment(about["created_at"])
    readable = api in ("v1", "v2") and origin in ORIGIN_LABELS
    if session_id == sample_session.ID or created_at is None or not readable:
        raise ValueError
    correlation_id = about["correlation_id"]
    analysis = parser.parse_answer(
        _read_text(answer),
        api=cast("Api", api),
        correlation_id=None if correlation_id is None else _read_text(correlation_id),
    )
    if analysis.generated and origin == "api":
        origin = "sandbox"  # whatever a file says, what was not measured is labelled
    return Session(
        id=session_id,
        title=_read_text(about["title"]),
        created_at=created_at,
        origin=cast("Origin", origin),
        recording_name=_read_text(about["recording_name"]),
        duration=_read_seconds(about["duration"]),
        analysis=replace(analysis, model=_read_text(about["model"])),
        fingerprint=session_json.read_fingerprint(about),
    )


def _read_id(about: dict[str, Any]) -> str:
    session_id = _read_text(about["id"])
    if not 1 <= len(session_id) <= MAX_ID_CHARACTERS or not session_id.isprintable():
        raise ValueError
    return session_id


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


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
