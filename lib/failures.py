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


class ToldError(Exception):
    """An error that knows what to tell the analyst."""

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what, next_step)
        self.failure = Failure(what, next_step)


class LibraryError(ToldError):
    """The library could not be read or written."""

    def __init__(self) -> None:
        super().__init__(
            "The library of sessions cannot be reached.",
            "Check that its address is right and its disk is not full, then try again. "
            "The app's log has the cause.",
        )

    def __reduce__(self) -> tuple[type[LibraryError], tuple[()]]:
        """Pickle without the texts, which the class knows."""
        return LibraryError, ()


class NotASessionFileError(ToldError):
    """A file brought in is no session file that can be read."""


class NotATranscriptError(ToldError):
    """A file brought in is no transcript that can be read."""


class NotKeptError(ToldError):
    """What somebody added to a session cannot be kept as it is; nothing was written."""


class SettingsError(ToldError):
    """The settings cannot be used as they are."""


class RecordingsError(ToldError):
    """A recording could not be put into its private file."""
