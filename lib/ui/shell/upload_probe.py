"""What is in a recording that was uploaded."""

from __future__ import annotations

from lib.background.run_problems import RECORDING_GONE_PROBLEM
from lib.errors import Problem, UnreadableRecordingError
from lib.model import Recording
from lib.recordings.probe import probe
from lib.recordings.uploads import FinishedUpload
from lib.ui.shell import services


def probe_upload(upload: FinishedUpload) -> Recording | Problem:
    """What is in a stored recording, or why it is refused; then it is removed."""
    path = services.recordings().path(upload.ticket)
    if path is None:
        return RECORDING_GONE_PROBLEM
    try:
        return probe(path, name=upload.name, size=upload.size)
    except UnreadableRecordingError as error:
        services.recordings().remove(upload.ticket)
        return error.problem
