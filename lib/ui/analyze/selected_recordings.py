"""The recordings that somebody chose to analyse, until they are begun or put away.

What is kept for a viewer is small: the bytes lie in a private file each, taken over as they came.
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

_CHOSEN = "analyze_chosen"
ANEW = (None, Phase.INTERRUPTED)  # of a known run: none, or one that waits for this very recording


@dataclass(frozen=True, slots=True)
class SelectedRecording:
    """A file that was brought in; `ticket` and `content` (SHA-256) only where it can be read."""

    id: str
    name: str
    size: int
    ticket: str = ""
    content: str = ""
    recording: Recording | None = None


@dataclass(frozen=True, slots=True)
class CheckedRecording:
    """A chosen file with these options: what the API would say, and what there is of it already.

    `twin` is the name of a file before it that holds the same bytes.
    """

    chosen: SelectedRecording
    preflight: Preflight
    known: ExistingAnalysis = ExistingAnalysis()  # noqa: RUF009  frozen
    twin: str = ""

    @property
    def fit(self) -> bool:
        """Whether it can be sent."""
        return not self.preflight.refusals and not self.twin

    @property
    def has_result(self) -> bool:
        """Whether sending it would pay for what is there, or on its way, already."""
        return self.known.result is not None or self.known.phase not in ANEW


def selected() -> tuple[SelectedRecording, ...]:
    """All that was chosen, in the order it came."""
    found: tuple[SelectedRecording, ...] = st.session_state.get(_CHOSEN, ())
    return found


def add_upload(file: UploadedFile) -> None:
    """Look into an upload and take it over; one that is no recording leaves only its name.

    Raises:
        RecordingError: it does not fit on the disk.
    """
    recording = probe_within_limit(file, name=file.name, size=file.size)
    ticket = content = ""
    if recording is not None:
        ticket, content = uploads.store_upload(file)
    else:
        streamlit_internals.release_upload(file)
    if content and any((one.name, one.content) == (file.name, content) for one in selected()):
        services.recordings().remove(ticket)  # chosen twice
        return
    _add(SelectedRecording(secrets.token_hex(8), file.name, file.size, ticket, content, recording))


def add_too_large(name: str, size: int) -> None:
    """Note a file that is too large to be brought in at all."""
    _add(SelectedRecording(secrets.token_hex(8), name, size))


def _add(one: SelectedRecording) -> None:
    st.session_state[_CHOSEN] = (*selected(), one)


def remove(ids: Iterable[str]) -> None:
    """Take some off the list, and their recordings off the disk."""
    for one in selected():
        if one.id in ids and one.ticket:
            services.recordings().remove(one.ticket)
    _forget(ids)


def _forget(ids: Iterable[str]) -> None:
    st.session_state[_CHOSEN] = tuple(one for one in selected() if one.id not in ids)


def check_selected(options: Options) -> tuple[CheckedRecording, ...]:
    """All that was chosen, with what holds of it for these options."""
    known, seen, found = _known(options), dict[str, str](), []
    for one in selected():
        preflight = check_recording(one.recording, size=one.size, options=options)
        twin = seen.get(one.content, "") if one.content else ""
        seen.setdefault(one.content, one.name)
        found.append(
            CheckedRecording(one, preflight, known.get(one.content, ExistingAnalysis()), twin)
        )
    return tuple(found)


def _known(options: Options) -> dict[str, ExistingAnalysis]:
    contents = {one.content for one in selected() if one.content}
    if not contents or not services.library_exists():
        return {}
    try:
        sandbox = services.settings().sandbox
        return services.analysis_queue().find_existing(contents, options, generated=sandbox)
    except LibraryError:
        return {}  # said where the queue is drawn, and once something is to be begun


def begin_analyses(
    wanted: Sequence[CheckedRecording], options: Options, *, again: bool = False
) -> list[str]:
    """Hand recordings to the runner; the ids of their runs. What was begun is off the list.

    Those that have a result, or one on its way, are analysed anew only where `again` says so.

    Raises:
        AppError: one could not be begun; it and those after it stay on the list.
    """
    runs = []
    for one in wanted:
        runs.append(_begin(one.chosen, options, again=again and one.has_result))
        _forget([one.chosen.id])
    return runs


def _begin(one: SelectedRecording, options: Options, *, again: bool) -> str:
    def start() -> str:
        return services.analysis_queue().begin(
            ticket=one.ticket, name=one.name, options=options, content=one.content, again=again
        )

    return services.analysis_queue().begin_once((one.id, options), start)
