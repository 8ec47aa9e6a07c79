"""Uploads, moved to private files at once, so that no more than one stays in memory."""

from __future__ import annotations

from lib.background.run_problems import RECORDING_GONE_PROBLEM
from lib.errors import Problem, UnreadableRecordingError
from lib.model import Recording
from lib.recordings.probe import probe
from lib.recordings.store import sha256_of
from lib.ui.shell import services, streamlit_internals
from lib.ui.shell.streamlit_internals import UploadedFile


def store_upload(file: UploadedFile) -> tuple[str, str]:
    """The ticket of an upload, now a recording on loan, and the SHA-256 of its bytes.

    Raises:
        RecordingError: it does not fit on the disk.
    """
    content = sha256_of(file)
    ticket = services.recordings().add(file, file.name)
    streamlit_internals.release_upload(file)
    return ticket, content


def probe_upload(ticket: str, *, name: str, size: int) -> Recording | Problem:
    """What is in a stored recording, or why it is refused; then it is removed."""
    path = services.recordings().path(ticket)
    if path is None:
        return RECORDING_GONE_PROBLEM
    try:
        return probe(path, name=name, size=size)
    except UnreadableRecordingError as error:
        services.recordings().remove(ticket)
        return error.problem
