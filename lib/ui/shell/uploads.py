"""Uploads, moved to private files at once, so that no more than one stays in memory."""

from __future__ import annotations

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
