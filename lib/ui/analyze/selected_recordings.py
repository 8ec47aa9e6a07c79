"""The recordings that a viewer chose to analyse, until they are begun or removed.

The session state of a viewer stays small: the bytes of each recording are in a private file.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from lib.background.parts_plan import plan_of_way
from lib.background.queue import ExistingAnalysis
from lib.background.run import analysis_fingerprint
from lib.errors import LibraryError, Problem
from lib.model import Options, Phase, Recording
from lib.recordings.uploads import FinishedUpload
from lib.ui.analyze import plan_form
from lib.ui.analyze.plan_choice import Sending, plan_sending
from lib.ui.shell import services, upload_probe

_SELECTED = "analyze_chosen"
SENDABLE_PHASES = (None, Phase.INTERRUPTED)  # no run, or one that waits for this recording


@dataclass(frozen=True, slots=True)
class SelectedRecording:
    """A file that was uploaded, with what is in it or why it is refused.

    `ticket` and `content` (SHA-256) only where it can be read.
    """

    id: str
    name: str
    size: int
    recording: Recording | Problem
    ticket: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class CheckedRecording:
    """A selected file, checked with these options: how it is sent, and its existing analysis.

    `twin` is the name of an earlier file with the same bytes.
    """

    selected: SelectedRecording
    sending: Sending
    existing: ExistingAnalysis = ExistingAnalysis()  # noqa: RUF009  frozen
    twin: str = ""

    @property
    def fit(self) -> bool:
        """Whether it can be sent."""
        return self.sending.way is not None and not self.twin

    @property
    def has_result(self) -> bool:
        """Whether there is a result already, or a run that will have one."""
        return self.existing.result is not None or self.existing.phase not in SENDABLE_PHASES


def selected() -> tuple[SelectedRecording, ...]:
    """All selected recordings, in the order in which they were uploaded."""
    recordings: tuple[SelectedRecording, ...] = st.session_state.get(_SELECTED, ())
    return recordings


def add_upload(upload: FinishedUpload) -> None:
    """Probe a recording on loan; of one that is refused only the name and the reason is kept."""
    if any(each.ticket == upload.ticket for each in selected()):
        return
    if any((each.name, each.content) == (upload.name, upload.content) for each in selected()):
        services.recordings().remove(upload.ticket)  # selected twice
        return
    ticket, content = upload.ticket, upload.content
    recording = upload_probe.probe_upload(upload)
    if isinstance(recording, Problem):
        ticket = content = ""
    _add(
        SelectedRecording(
            secrets.token_hex(8), upload.name, upload.size, recording, ticket, content
        )
    )


def add_refused(name: str, size: int, problem: Problem) -> None:
    """Add a file that is not uploaded at all."""
    _add(SelectedRecording(secrets.token_hex(8), name, size, problem))


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


def check_selected(options: Options, *, alone: bool) -> tuple[CheckedRecording, ...]:
    """All selected recordings, checked with these options.

    A recording that is `alone` is sent as was chosen for it, several as was chosen for all.
    """
    name_by_content, sendings = dict[str, str](), []
    for recording in selected():
        choice = (
            plan_form.read_choice(recording.id, recording.recording)
            if alone
            else plan_form.read_preference()
        )
        sendings.append((recording, plan_sending(recording.recording, options, choice)))
    analyses, checked = _existing_analyses(sendings), []
    for recording, sending in sendings:
        content = recording.content
        twin = name_by_content.get(content, "") if content else ""
        name_by_content.setdefault(content, recording.name)
        existing = analyses.get(_fingerprint(recording, sending), ExistingAnalysis())
        checked.append(CheckedRecording(recording, sending, existing, twin))
    return tuple(checked)


def _existing_analyses(
    sendings: Sequence[tuple[SelectedRecording, Sending]],
) -> dict[str, ExistingAnalysis]:
    """The existing analyses by their fingerprint."""
    fingerprints = {_fingerprint(*each) for each in sendings if each[0].content}
    if not fingerprints or not services.library_exists():
        return {}
    sandbox = services.settings().sandbox
    try:
        return services.analysis_queue().find_existing(fingerprints, generated=sandbox)
    except LibraryError:
        return {}  # shown where the queue is drawn, and once an analysis is begun


def _fingerprint(recording: SelectedRecording, sending: Sending) -> str:
    plan = plan_of_way(sending.way, sending.wishes)
    return analysis_fingerprint(recording.content, sending.options, plan)


def begin_analyses(recordings: Sequence[CheckedRecording], *, again: bool = False) -> list[str]:
    """Queue recordings and remove them from the list; the ids of their runs.

    Those that have a result, or a run that will have one, are analysed anew only with `again`.

    Raises:
        AppError: a recording could not be queued; it and those after it stay on the list.
    """
    run_ids = []
    for recording in recordings:
        again_here = again and recording.has_result
        run_ids.append(_begin(recording.selected, recording.sending, again=again_here))
        _remove_from_list([recording.selected.id])
    return run_ids


def _begin(recording: SelectedRecording, sending: Sending, *, again: bool) -> str:
    def start() -> str:
        return services.analysis_queue().begin(
            ticket=recording.ticket,
            name=recording.name,
            options=sending.options,
            content=recording.content,
            again=again,
            way=sending.way,
            wishes=sending.wishes,
        )

    return services.analysis_queue().begin_once((recording.id, sending.options), start)
