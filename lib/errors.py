"""The errors of the app, as one tree: each says what happened and what to do next.

AppError
├── ApiError                     the Interhuman API, or the way to it
│   ├── LocalFileError           the recording on disk is missing, empty or unreadable
│   ├── Cancelled                somebody asked to stop
│   ├── NoAnswer                 the connection broke before a whole answer came
│   │   ├── NotConnected         ... and was never made: nothing was sent
│   │   └── OutcomeUnknown       ... after an upload began: it may have been accepted
│   ├── Refused                  the API said no (4xx)
│   │   ├── CredentialRefused    the key is not valid, or missing
│   │   ├── ScopeMissing         the key is valid and may not upload
│   │   └── RecordingRefused     this file cannot be analysed
│   ├── QuotaUsedUp              the account may not analyse more
│   ├── Busy                     the API asks to come back later
│   ├── ServerFault              the API failed (5xx)
│   ├── BadAnswer                an answer that is none: HTML, cut JSON, another shape
│   ├── JobFailed                a V2 job ended without a result
│   ├── JobGone                  a V2 job is unknown or expired
│   └── StillRunning             a V2 job has not ended yet
├── LibraryError                 the library could not be read or written
│   ├── LibraryAddressError      its address names no database
│   ├── LibraryFullError         there is no room left
│   ├── LibraryReadOnlyError     the app may not write there
│   ├── LibraryBusyError         somebody else locked it for too long
│   ├── LibraryDamagedError      what it holds cannot be read
│   │   └── StoredAnswerError    ... as an analysis; the stored answer can be downloaded
│   └── LibraryNewerError        a newer app wrote it
├── RecordingError               a recording could not be stored
│   ├── PreparationError         ... or not be made fit to be sent
│   │   ├── PreparationCancelledError  somebody asked to stop
│   │   ├── PreparationLimitError      it takes too much memory or time
│   │   ├── DamagedRecordingError      stretches of it cannot be read
│   │   ├── EmptyStretchError          there is nothing in the stretch
│   │   └── PreparedTooLargeError      what came out is over the API's limits
│   ├── ClipError                ... or clips not be cut from it
│   │   └── ClipLimitError           they are too many or too long
│   ├── UploadError              ... as its upload cannot go on:
│   │   ├── UploadOffsetError        it goes on at another place
│   │   ├── UploadEndedError         it is over: finished, removed or too old
│   │   ├── UploadTooLargeError      there are more bytes than were said
│   │   └── OtherBytesError          they are those of another file
│   └── UnreadableRecordingError ... or not read:
│       ├── EmptyRecordingError      there is not a byte in it
│       ├── CutRecordingError        its end is missing
│       ├── NotARecordingError       it is something else
│       └── ProbeLimitError          reading it takes too much memory or time
├── ReviewError                  a note, verdict, coded span or transcript cannot be kept as it is
│   └── NoteChangedError         ... or a note is not as it was when its change began
├── SessionFileError             a file brought in is no session
├── ArchiveError                 a file brought in is no archive of a library
│   └── ArchiveTooLargeError     ... or holds more than may be unpacked
├── TranscriptError              a file brought in is no transcript
├── CodebookError                a file brought in is no codebook
├── PassphraseError              the passphrase is another one, or it is too early to try
└── SettingsError                the settings cannot be used

Knows only limits of the API, so that a page can tell an error without loading what failed.
"""

# ruff: noqa: N818  each name of an ApiError says what happened

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict, Unpack

from lib.api_limits import RESULT_LENGTH

MESSAGE_LIMIT = 500  # characters kept of a text the API sent


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong or doubtful, in two sentences: what it is, and what to do next.

    The ids are what support would ask for. `server_message` is the API's own text: data, never
    markup. `setting` names the setting that it is about, never its value. `refuses_file` says
    that the same file will be refused again.
    """

    what: str
    next_step: str
    error_id: str | None = None
    correlation_id: str | None = None
    server_message: str | None = None
    setting: str | None = None
    refuses_file: bool = False


class AppError(Exception):
    """An error with two sentences for the analyst: `what` happened, and the `next_step`."""

    default_what = "Something went wrong inside this app."
    default_next_step = (
        "Try again. If it keeps happening, tell whoever runs the app; its log has the details."
    )

    def __init__(self, what: str = "", next_step: str = "") -> None:
        super().__init__(what, next_step)
        self.what = what or self.default_what
        self.next_step = next_step or self.default_next_step

    def __str__(self) -> str:
        return self.what

    @property
    def problem(self) -> Problem:
        """The problem that a page shows for it."""
        return Problem(self.what, self.next_step)


class ApiFacts(TypedDict, total=False):
    """Facts about a failed call, besides its two sentences."""

    error_id: str | None
    status: int | None
    correlation_id: str | None
    job_id: str | None
    server_message: str | None
    retry_after: float | None
    maybe_billed: bool
    refuses_file: bool


class ApiError(AppError):
    """A call to the API that went wrong.

    `error_id`, `status` (HTTP), `correlation_id` and `job_id` are None where not known.
    `server_message` is text of the API, shortened: data, never markup. `retry_after` is in
    seconds. `maybe_billed` says that the API may have accepted an analysis all the same.
    `refuses_file` says that the same file will be refused again.
    `str()` is for the log: it holds nothing that the API or a user wrote, ids apart.
    """

    default_what = "The analysis failed."
    default_next_step = "Try again. If it keeps happening, report the ids shown here."
    refuses_file = False

    def __init__(self, what: str = "", next_step: str = "", **facts: Unpack[ApiFacts]) -> None:
        super().__init__(what, next_step)
        self.error_id = _short(facts.get("error_id"))
        self.status = facts.get("status")
        self.correlation_id = _short(facts.get("correlation_id"))
        self.job_id = _short(facts.get("job_id"))
        self.server_message = _short(facts.get("server_message"))
        self.retry_after = facts.get("retry_after")
        self.maybe_billed = facts.get("maybe_billed", False)
        self.refuses_file = facts.get("refuses_file", self.refuses_file)

    def __str__(self) -> str:
        facts = (
            self.error_id,
            f"HTTP {self.status}" if self.status else None,
            f"correlation id {self.correlation_id}" if self.correlation_id else None,
            f"job {self.job_id}" if self.job_id else None,
        )
        known = ", ".join(fact for fact in facts if fact)
        return f"{self.what} ({known})" if known else self.what

    @property
    def problem(self) -> Problem:
        """The problem that a page shows for it, with the ids and the API's own words."""
        return Problem(
            self.what,
            self.next_step,
            self.error_id,
            self.correlation_id,
            self.server_message,
            refuses_file=self.refuses_file,
        )


class LocalFileError(ApiError):
    """The recording on disk is missing, empty or cannot be read. Nothing was sent."""

    default_what = "The recording could not be read from disk."
    default_next_step = "Choose the file again."


class Cancelled(ApiError):
    """Somebody cancelled the analysis; `maybe_billed` if every byte had been sent."""

    default_what = "The analysis was cancelled before the recording was fully sent."
    default_next_step = "Nothing was analyzed. You can start it again at any time."


class NoAnswer(ApiError):
    """The connection broke, or time ran out, before a whole answer had come."""

    default_what = "The API did not answer."
    default_next_step = "Check the network connection, then try again."


class NotConnected(NoAnswer):
    """The connection was never made, so nothing was sent."""

    default_what = "The API could not be reached."
    default_next_step = (
        "Nothing was sent. Check the network connection and, if base_url is set, the address; "
        "then try again."
    )


class OutcomeUnknown(NoAnswer):
    """The connection broke after an upload began: it may have been accepted, and billed."""

    default_what = "The connection broke before the API answered."
    default_next_step = (
        "The API may have accepted the recording and may bill it. Check your usage before "
        "you start it again."
    )


class Refused(ApiError):
    """The API refused the request; sending the same again will not help."""

    default_what = "The API refused the request."
    default_next_step = "Read the API's message, correct what it points out, then try again."


class CredentialRefused(Refused):
    """The credential is not valid, has ended, or is missing."""

    default_what = "The API did not accept the credential."
    default_next_step = "Check the API key in the settings."


class ScopeMissing(Refused):
    """The credential is valid, but may not do this."""

    default_what = "The API key does not allow uploading recordings."
    default_next_step = "Use a key with the scope interhumanai.upload."


class RecordingRefused(Refused):
    """The API cannot analyse this file; another file may do."""

    default_what = "The API cannot analyze this recording."
    default_next_step = "Export the recording again, for example as MP4, then choose that file."
    refuses_file = True


class QuotaUsedUp(ApiError):
    """The account's quota, or a token's budget, is used up. Never repeated."""

    default_what = "The account's quota is used up."
    default_next_step = "Wait until it is renewed, or ask for a larger one."


class Busy(ApiError):
    """The API cannot take the request now; the same request may work later."""

    default_what = "The API is busy."
    default_next_step = "Wait a minute, then try again."


class ServerFault(ApiError):
    """The API failed on its side."""

    default_what = "The API failed on its side."
    default_next_step = "Try again shortly. If it keeps happening, report the ids shown here."


class BadAnswer(ApiError):
    """The answer is not what the API documents: not JSON, cut short, or of another shape."""

    default_what = "The API's answer could not be read."
    default_next_step = "Try again. If it keeps happening, check the API's address in the settings."


class JobFailed(ApiError):
    """A V2 job ended without a result; `error_id` says why."""

    default_what = "The API accepted the recording, but the analysis failed."
    default_next_step = "Start the analysis again."


class JobGone(ApiError):
    """A V2 job is not known to this account, or its hour is over."""

    default_what = "The API no longer has this result."
    default_next_step = f"Start the analysis again: results are kept for {RESULT_LENGTH}."


class StillRunning(ApiError):
    """A V2 job (`job_id`) has not ended yet; it goes on at the API."""

    default_what = "The API is still running the analysis."
    default_next_step = f"Come back to it later: the result is kept for {RESULT_LENGTH}."


class LibraryError(AppError):
    """The library could not be read or written."""

    default_what = "The library of sessions cannot be reached."
    default_next_step = (
        "Check that its database runs and that its address is right, then try again. "
        "The app's log has the cause."
    )


class LibraryAddressError(LibraryError):
    """The address of the library names no database that can be used."""

    default_what = "The address of the library cannot be used."
    default_next_step = (
        "Set [library] url or LIBRARY_URL to sqlite:////folder/library.db or to "
        "postgresql://user:password@host/name, or remove it."
    )


class LibraryFullError(LibraryError):
    """There is no room left for what was to be written; nothing of it was."""

    default_what = "The library has no room left, so nothing was written."
    default_next_step = (
        "Free some space where its database lives, or delete sessions, then try again."
    )


class LibraryReadOnlyError(LibraryError):
    """The app may not write to the library, or not to its folder; nothing was changed."""

    default_what = "The app may not write to its library."
    default_next_step = (
        "Nothing was changed. Tell whoever runs the app: the app must be allowed to write to the "
        "library's file and its folder, or to its database."
    )


class LibraryBusyError(LibraryError):
    """Somebody else locked the library for too long; nothing was written."""

    default_what = "The library is busy with something else."
    default_next_step = "Nothing was changed. Wait a moment, then try again."


class LibraryDamagedError(LibraryError):
    """What is stored in the library cannot be read any more."""

    default_what = "This part of the library is damaged and cannot be read."
    default_next_step = "Restore it from a backup of the library. The app's log has the cause."


class StoredAnswerError(LibraryDamagedError):
    """The stored answer of a session cannot be read as an analysis; `answer` is all of it."""

    default_what = "The stored answer of this session cannot be read as an analysis."
    default_next_step = (
        "Download the answer as it is stored, then restore the session from a backup of the "
        "library, or analyze its recording again."
    )

    def __init__(self, what: str = "", next_step: str = "", *, answer: str = "") -> None:
        super().__init__(what, next_step)
        self.answer = answer


class LibraryNewerError(LibraryError):
    """A newer app than this one wrote the library; nothing of it was touched."""

    default_what = "The library was written by a newer version of Signal Review."
    default_next_step = "Update this app, then open it again. Nothing in the library was changed."


class RecordingError(AppError):
    """A recording could not be stored in its private file."""


class ClipError(RecordingError):
    """Clips could not be cut from a recording; it itself is as it was."""

    default_what = "The clips could not be cut from this recording."
    default_next_step = (
        "Play that stretch to see whether the recording can be read there, then try again or "
        "choose another one."
    )


class ClipLimitError(ClipError):
    """There are too many clips, they are too long, or too many wait."""

    default_what = "Cutting these clips takes more memory or time than is allowed here."
    default_next_step = "Choose fewer or shorter clips."


class UploadError(RecordingError):
    """A part of an upload was not taken; what was taken before is still there."""

    default_what = "This recording could not be uploaded to its end."
    default_next_step = "Choose the file again."


class UploadOffsetError(UploadError):
    """A part that does not begin where the upload stands."""

    default_what = "This part of the recording is not the next one."
    default_next_step = "Continue with the byte after those that are here."


class UploadEndedError(UploadError):
    """The upload is finished, was removed, or was left for too long."""

    default_what = "This upload is over: it was finished, removed, or left for too long."
    default_next_step = "If its recording is not on the page, choose the file again."


class UploadTooLargeError(UploadError):
    """There are more bytes than were said before."""

    default_what = "The file has become larger since it was chosen."
    default_next_step = "Wait until nothing writes to it any more, then choose it again."


class OtherBytesError(UploadError):
    """The upload goes on with bytes of another file; it begins anew."""

    default_what = "The file is not the one that was begun: it has changed, or it is another one."
    default_next_step = "Choose it again; it is uploaded from its beginning."


class UnreadableRecordingError(RecordingError):
    """A file cannot be read as a recording; the same file will not be read later either."""

    default_what = "This file cannot be read as a recording."
    default_next_step = (
        "Play it on your machine, export it again as mp4 (H.264 and AAC), and try that."
    )

    @property
    def problem(self) -> Problem:
        """The problem that a page shows for it."""
        return Problem(self.what, self.next_step, refuses_file=True)


class EmptyRecordingError(UnreadableRecordingError):
    """There is not a byte in the file."""

    default_what = "This file is empty."
    default_next_step = "Copy or download it again, then choose it."


class CutRecordingError(UnreadableRecordingError):
    """A recording whose end, or whose index at its end, is missing."""

    default_what = "This recording is cut off: its end is missing."
    default_next_step = (
        "Copy or download it again. If it is still being recorded, wait until that has ended."
    )


class NotARecordingError(UnreadableRecordingError):
    """A file of another kind."""

    default_what = "This file is not a recording: it has neither picture nor sound."
    default_next_step = "Choose a video or a sound file, for example mp4, mov, mkv, webm or wav."


class ProbeLimitError(UnreadableRecordingError):
    """Reading the file takes more memory or time than is allowed."""

    default_what = "This file takes too much memory or time to read."
    default_next_step = "Export it again as mp4 (H.264 and AAC), then choose that file."


class PreparationError(RecordingError):
    """A recording could not be made fit to be sent; it itself is as it was."""

    default_what = "This recording could not be prepared for sending."
    default_next_step = (
        "Choose another way to send it, or export it again as mp4 (H.264 and AAC) and choose that."
    )


class PreparationCancelledError(PreparationError):
    """Somebody asked to stop."""

    default_what = "Preparing the recording was cancelled."
    default_next_step = "Start it again when you want to; the recording is still here."


class PreparationLimitError(PreparationError):
    """Preparing takes more memory or time than is allowed."""

    default_what = "Preparing this recording takes more memory or time than is allowed here."
    default_next_step = (
        "Choose a shorter stretch, or export it as mp4 (H.264 and AAC) with a smaller picture."
    )


class DamagedRecordingError(PreparationError):
    """Stretches of a recording, each from a second to a second, cannot be read."""

    default_what = "Stretches of this recording are damaged and cannot be read."
    default_next_step = (
        "Copy it again from where it was recorded. Or let what cannot be read be left out: on "
        "Analyze under “Change how it is sent” or, of a recording in parts, in its session."
    )

    def __init__(
        self,
        what: str = "",
        next_step: str = "",
        *,
        stretches: tuple[tuple[float, float], ...] = (),
    ) -> None:
        super().__init__(what, next_step)
        self.stretches = stretches


class EmptyStretchError(PreparationError):
    """There is neither picture nor sound in a stretch."""

    default_what = "There is nothing in this stretch of the recording."
    default_next_step = "Choose another stretch; the recording may be shorter than it says."


class PreparedTooLargeError(PreparationError):
    """What came out is larger or longer than the API takes."""

    default_what = "A part came out larger or longer than the API takes."
    default_next_step = "Choose a smaller picture or shorter parts."


class ReviewError(AppError):
    """A note, verdict, coded span or transcript is beyond its limits; nothing was written."""


class NoteChangedError(ReviewError):
    """A note is not as it was when its change began; nothing was written."""

    default_what = "This note was changed or removed in the meantime. Nothing was overwritten."
    default_next_step = "Compare both texts, then save yours in its place or as another note."


class SessionFileError(AppError):
    """A file brought in is no session file that can be read."""


class ArchiveError(AppError):
    """A file brought in is no archive of a library."""

    default_what = "This file is not a library archive, or it is damaged."
    default_next_step = "Choose a ZIP file exported by Signal Review."


class ArchiveTooLargeError(ArchiveError):
    """An archive would unpack to more than may be read; nothing of it was."""

    default_what = "This archive holds more than may be unpacked here."
    default_next_step = (
        "Nothing was imported. Export fewer sessions at a time, or use the command for whole "
        "libraries: python -m lib.library import FILE.zip."
    )


class TranscriptError(AppError):
    """A file brought in is no transcript that can be read."""

    default_next_step = (
        "Choose a transcript with a start time for each line: .srt, .vtt, .csv, .docx or .json."
    )


class CodebookError(AppError):
    """A file brought in is no codebook that can be read, or is beyond its limits."""

    default_what = "This file is not a codebook that can be read."
    default_next_step = (
        "Choose a .csv with the columns name, definition, color, key, kind and matches, a .yaml "
        "with the same, or a template of ELAN (.etf)."
    )


class PassphraseError(AppError):
    """What was entered is not the passphrase, or after too many tries it is too early for one."""

    default_what = "This is not the passphrase."
    default_next_step = "Enter it again, or ask whoever gave you the link."


class SettingsError(AppError):
    """The settings cannot be used as they are."""


def _short(text: str | None) -> str | None:
    if text is None or len(text) <= MESSAGE_LIMIT:
        return text
    return text[: MESSAGE_LIMIT - 1] + "…"
