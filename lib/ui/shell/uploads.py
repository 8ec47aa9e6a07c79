"""Uploads, taken over into private files at once, so that no more than one stays in memory."""

from __future__ import annotations

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib.recordings.store import sha256_of
from lib.ui.shell import services


def store_upload(file: UploadedFile) -> tuple[str, str]:
    """The ticket of an upload, now a recording on loan, and the SHA-256 of its bytes.

    Raises:
        RecordingError: it does not fit on the disk.
    """
    content = sha256_of(file)
    ticket = services.recordings().add(file, file.name)
    release_upload(file)
    return ticket, content


def release_upload(file: UploadedFile) -> None:
    """Give back the memory of an upload, which Streamlit holds until its session ends."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
