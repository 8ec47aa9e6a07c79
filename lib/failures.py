"""What went wrong, told in two sentences: what happened, and what to do next.

Knows only the standard library, so that a page can say it without loading what failed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something ended without its result: our two sentences, and what support would ask for.

    `said` is the API's own text: data, never markup.
    """

    what: str
    next_step: str
    error_id: str | None = None
    correlation_id: str | None = None
    said: str | None = None


class LibraryError(Exception):
    """The library could not be read or written."""

    failure = Failure(
        "The library of sessions cannot be reached.",
        "Check that its disk is not full and may be written to, then try again.",
    )


class NotASessionFileError(Exception):
    """A file brought in is no session file that can be read."""

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what, next_step)
        self.failure = Failure(what, next_step)
