"""What all viewers share, and the only cache: library, recordings, runner, sessions.

The rooms behind the library and the runner load when they are first needed: a visitor who opens
the sample waits for neither a database nor an HTTP stack.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from lib import settings as settings_room
from lib.errors import AppError
from lib.interchange import sample_session as sample
from lib.model import Review, Session
from lib.recordings.store import RecordingStore, recordings_folder
from lib.settings import LIBRARY_FILE, Settings

if TYPE_CHECKING:
    from lib.background.queue import AnalysisQueue
    from lib.background.retention import RetentionSchedule
    from lib.library import Library
    from lib.ui.shell.api_client import ApiClients

DRAWN = 1.0  # seconds in which a browser draws the page; what is woken would slow that down


def settings() -> Settings:
    """The settings as they stand now; read at each call, so that a change counts at once."""
    if st.secrets.load_if_toml_exists():
        return settings_room.load(st.secrets.to_dict(), os.environ)
    if any(Path(path).exists() for path in st.get_option("secrets.files")):
        return Settings(problems=(settings_room.UNREADABLE,))  # there, and not to be read
    return settings_room.load({}, os.environ)


@st.cache_resource(show_spinner=False)
def library() -> Library:
    """The one library of this process."""
    from lib.library import Library, sqlite_url  # noqa: PLC0415  see above

    return Library(settings().library_url or sqlite_url(LIBRARY_FILE))


@st.cache_resource(show_spinner=False)
def recordings() -> RecordingStore:
    """The recordings on loan; the next process finds those whose time is not up."""
    known = settings()
    file = _library_file(known.library_url)
    if file is None and known.keep_recordings:
        file = LIBRARY_FILE  # beside where a library would be: a temporary folder may be emptied
    return RecordingStore(recordings_folder(file, known.library_url), kept=known.keep_recordings)


@st.cache_resource(show_spinner=False)
def analysis_queue() -> AnalysisQueue:
    """The one runner of this process."""
    from lib.background.queue import AnalysisQueue  # noqa: PLC0415  see above

    return AnalysisQueue(lambda: _connection().client(settings()), library(), recordings())


@st.cache_resource(show_spinner=False)
def _keeping() -> RetentionSchedule:
    """What deletes sessions whose time is up."""
    from lib.background.retention import RetentionSchedule  # noqa: PLC0415  see above

    return RetentionSchedule(library(), recordings(), lambda: settings().retention_days)


def start_background() -> None:
    """Go on with the runs that an earlier process left, and delete what is too old.

    Once a process, and only where a library was ever written. Returns at once; what goes wrong is
    said where somebody asks for it.
    """
    if library_exists():
        _waking()


@st.cache_resource(show_spinner=False)
def _waking() -> threading.Timer:
    return run_later(DRAWN, _wake)


def run_later(seconds: float, act: Callable[[], None]) -> threading.Timer:
    """Do something in a while, unless the process has ended by then."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    return timer


def _wake() -> None:
    try:
        analysis_queue().wake()
        _keeping()
    except AppError:
        _waking.clear()  # the next page tries again


@st.cache_resource(show_spinner=False)
def _connection() -> ApiClients:
    from lib.ui.shell.api_client import ApiClients  # noqa: PLC0415  see above

    return ApiClients()


def session(session_id: str) -> Session | None:
    """The session of this id, parsed once for all viewers; None when there is none."""
    return sample_session() if session_id == sample.ID else _stored(session_id)


@st.cache_resource(show_spinner=False)
def sample_session() -> Session:
    """The sample, which needs no library."""
    return sample.sample_session()


@st.cache_resource(show_spinner=False, ttl=60, max_entries=32)
def _stored(session_id: str) -> Session | None:
    return library().load(session_id)


def review(session_id: str) -> Review:
    """What people added to a session, as it stands now: other viewers may be adding to it.

    Where no library was ever written nothing was added, and none is opened for it.
    """
    return library().review(session_id) if library_exists() else Review()


def library_exists() -> bool:
    """Whether a library was ever written, as far as can be told without opening it."""
    file = _library_file(settings().library_url)
    return file is None or file.exists()


def _library_file(url: str) -> Path | None:
    """The file that the library is; None where it is none, or its address says more."""
    if not url:
        return LIBRARY_FILE
    scheme, _, path = url.partition(":///")
    return Path(path) if scheme == "sqlite" and path and not set("?:") & set(path) else None


def recording_path(session_id: str) -> Path | None:
    """Where the recording of a session lies now, or None."""
    return sample.CLIP if session_id == sample.ID else recordings().path_of_session(session_id)


def close() -> None:
    """End what runs in the background and give everything back; the process goes on."""
    _waking().cancel()
    _waking().join()
    analysis_queue().close()
    _keeping().close()
    _connection().close()
    library().close()
    recordings().close()


def forget_sessions() -> None:
    """Say that sessions were written, renamed or deleted."""
    _stored.clear()


# When a source file changes, Streamlit loads all modules anew, and what the old classes made is
# not what the new ones know: options and errors would be taken for something else.
for _made in (library, recordings, analysis_queue, _keeping, _connection, _stored, sample_session):
    _made.clear()
