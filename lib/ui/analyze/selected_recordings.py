"""The recordings that a viewer chose to analyse, until they are begun or removed.

The session state of a viewer stays small: the bytes of each recording are in a private file.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from lib.background.queue import ExistingAnalysis
from lib.errors import LibraryError
from lib.model import Options, Phase, Recording
from lib.recordings.preflight import Preflight, check_recording, probe_within_limit
from lib.ui.shell import services, streamlit_internals, uploads
from lib.ui.shell.streamlit_internals import UploadedFile

_SELECTED = "analyze_chosen"
SENDABLE_PHASES = (None, Phase.INTERRUPTED)  # no run, or one that waits for this recording


@dataclass(frozen=True, slots=True)
class SelectedRecording:
    """A file that was uploaded; `ticket` and `content` (SHA-256) only where it can be read."""

    id: str
    name: str
    size: int
    ticket: str = ""
    content: str = ""
    recording: Recording | None = None


@dataclass(frozen=True, slots=True)
class CheckedRecording:
    """A selected file, checked with these options: its preflight and its existing analysis.

    `twin` is the name of an earlier file with the same bytes.
    """

    selected: SelectedRecording
    preflight: Preflight
    existing: ExistingAnalysis = ExistingAnalysis()  # noqa: RUF009  frozen
    twin: str = ""

    @property
    def fit(self) -> bool:
        """Whether it can be sent."""
        return not self.preflight.refusals and not self.twin

    @property
    def has_result(self) -> bool:
        """Whether there is a result already, or a run that will have one."""
        return self.existing.result is not None or self.existing.phase not in SENDABLE_PHASES


def selected() -> tuple[SelectedRecording, ...]:
    """All selected recordings, in the order in which they were uploaded."""
    recordings: tuple[SelectedRecording, ...] = st.session_state.get(_SELECTED, ())
    return recordings


def add_upload(file: UploadedFile) -> None:
    """Probe an upload and store it; of one that is no recording only the name is kept.

    Raises:
        RecordingError: it does not fit on the disk.
    """
    recording = probe_within_limit(file, name=file.name, size=file.size)
    ticket = content = ""
    if recording is not None:
        ticket, content = uploads.store_upload(file)
    else:
        streamlit_internals.release_upload(file)
    if content and any((each.name, each.content) == (file.name, content) for each in selected()):
        services.recordings().remove(ticket)  # selected twice
        return
    _add(SelectedRecording(secrets.token_hex(8), file.name, file.size, ticket, content, recording))


def add_too_large(name: str, size: int) -> None:
    """Add a file that is too large to be uploaded at all."""
    _add(SelectedRecording(secrets.token_hex(8), name, size))


def _add(recording: SelectedRecording) -> None:
    st.session_state[_SELECTED] = (*selected(), recording)


def remove(ids: Iterable[str]) -> None:
    """Remove recordings from the list and from the disk."""
    for recording in selected():
        if recording.id in ids and recording.ticket:
            services.recordings().remove(recording.ticket)
    _remove_from_list(ids)


def _remove_from_list(ids: Iterable[str]) -> None:
    st.session_state[_SELECTED] = tuple(
        recording for recording in selected() if recording.id not in ids
    )


def check_selected(options: Options) -> tuple[CheckedRecording, ...]:
    """All selected recordings, checked with these options."""
    analyses, name_by_content, checked = _existing_analyses(options), dict[str, str](), []
    for recording in selected():
        content = recording.content
        preflight = check_recording(recording.recording, size=recording.size, options=options)
        twin = name_by_content.get(content, "") if content else ""
        name_by_content.setdefault(content, recording.name)
        existing = analyses.get(content, ExistingAnalysis())
        checked.append(CheckedRecording(recording, preflight, existing, twin))
    return tuple(checked)


def _existing_analyses(options: Options) -> dict[str, ExistingAnalysis]:
    contents = {recording.content for recording in selected() if recording.content}
    if not contents or not services.library_exists():
        return {}
    try:
        sandbox = services.settings().sandbox
        return services.analysis_queue().find_existing(contents, options, generated=sandbox)
    except LibraryError:
        return {}  # shown where the queue is drawn, and once an analysis is begun


def begin_analyses(
    recordings: Sequence[CheckedRecording], options: Options, *, again: bool = False
) -> list[str]:
    """Queue recordings and remove them from the list; the ids of their runs.

    Those that have a result, or a run that will have one, are analysed anew only with `again`.

    Raises:
        AppError: a recording could not be queued; it and those after it stay on the list.
    """
    run_ids = []
    for recording in recordings:
        again_here = again and recording.has_result
        run_ids.append(_begin(recording.selected, options, again=again_here))
        _remove_from_list([recording.selected.id])
    return run_ids


def _begin(recording: SelectedRecording, options: Options, *, again: bool) -> str:
    def start() -> str:
        return services.analysis_queue().begin(
            ticket=recording.ticket,
            name=recording.name,
            options=options,
            content=recording.content,
            again=again,
        )

    return services.analysis_queue().begin_once((recording.id, options), start)
