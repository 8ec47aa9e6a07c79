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

    what = "The library of sessions cannot be reached."
    next_step = (
        "Check that its database runs and that its address is right, then try again. "
        "The app's log has the cause."
    )

    def __init__(self) -> None:
        super().__init__(self.what, self.next_step)

    def __reduce__(self) -> tuple[type[LibraryError], tuple[()]]:
        """Pickle without the texts, which the class knows."""
        return type(self), ()


class LibraryAddressError(LibraryError):
    """The address of the library names no database that can be used."""

    what = "The address of the library cannot be used."
    next_step = (
        "Set [library] url or LIBRARY_URL to sqlite:////folder/library.db or to "
        "postgresql://user:password@host/name, or remove it."
    )


class LibraryFullError(LibraryError):
    """There is no room left for what was to be written; nothing of it was."""

    what = "The library has no room left, so nothing was written."
    next_step = "Free some space where its database lives, or delete sessions, then try again."


class LibraryBusyError(LibraryError):
    """Somebody else held the library for too long; nothing was written."""

    what = "The library is busy with something else."
    next_step = "Nothing was changed. Wait a moment, then try again."


class LibraryDamagedError(LibraryError):
    """What the library holds cannot be read any more."""

    what = "What the library holds here is damaged and cannot be read."
    next_step = "Bring it back from a copy of the library. The app's log has the cause."


class LibraryNewerError(LibraryError):
    """A newer app than this one wrote the library; nothing of it was touched."""

    what = "The library was written by a newer Signal Review."
    next_step = "Update this app, then open it again. Nothing in the library was changed."


class NotASessionFileError(ToldError):
    """A file brought in is no session file that can be read."""


class NotAnArchiveError(ToldError):
    """A file brought in is no archive of a library."""

    def __init__(self) -> None:
        super().__init__(
            "This file is no archive of a library, or it is damaged.",
            "Choose a zip that Signal Review exported.",
        )

    def __reduce__(self) -> tuple[type[NotAnArchiveError], tuple[()]]:
        """Pickle without the texts, which the class knows."""
        return type(self), ()


class NotATranscriptError(ToldError):
    """A file brought in is no transcript that can be read."""


class NotKeptError(ToldError):
    """What somebody added to a session cannot be kept as it is; nothing was written."""


class SettingsError(ToldError):
    """The settings cannot be used as they are."""


class RecordingsError(ToldError):
    """A recording could not be put into its private file."""
