"""How large a transcript may be: beyond, it is refused with a sentence, before it is read whole."""

from __future__ import annotations

from lib.errors import TranscriptError
from lib.interchange.limits import MAX_LINES
from lib.model import MIB

MAX_BYTES = 5 * MIB
MAX_ROWS = 2 * MAX_LINES  # of a file that may hold a line each
MAX_ALL_ROWS = 10 * MAX_LINES  # of a text, gaps and all
_PART = "Choose the part that belongs to this recording."


def too_large() -> TranscriptError:
    """The error for a file of more than MAX_BYTES."""
    return TranscriptError(
        f"The file is larger than {MAX_BYTES // MIB} MiB.",
        "Choose the transcript of this one recording.",
    )


def too_many_lines() -> TranscriptError:
    """The error for a transcript of more than MAX_LINES."""
    return TranscriptError(f"The transcript has more than {MAX_LINES:,} lines.", _PART)


def hold_rows(count: int) -> None:
    """See that no more than MAX_ROWS are read.

    Raises:
        TranscriptError: there are more.
    """
    if count > MAX_ROWS:
        raise TranscriptError(f"The file has more than {MAX_ROWS:,} rows that may be lines.", _PART)


def hold_all_rows(text: str) -> None:
    """See that a text has no more than MAX_ALL_ROWS.

    Raises:
        TranscriptError: it has more.
    """
    if text.count("\n") > MAX_ALL_ROWS:
        raise TranscriptError(f"The file has more than {MAX_ALL_ROWS:,} rows.", _PART)
