"""Services that all viewers share, and the only cache: library, recordings, queue, sessions.

The modules of the library and the queue load when they are first needed: a visitor who opens
the sample waits for neither a database nor an HTTP stack.
"""

from __future__ import annotations

import logging
import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import streamlit as st

from lib import settings as settings_reader
from lib.access.address_signer import AddressSigner
from lib.access.gate import Gate
from lib.errors import AppError
from lib.interchange import sample_session as sample
from lib.model import Review, Session
from lib.recordings.proxy import proxy_of
from lib.recordings.store import RecordingStore, recordings_folder
from lib.recordings.uploads import Uploads
from lib.settings import LIBRARY_FILE, Settings
from lib.ui.shell.startup import Startup
from lib.ui.shell.viewers import Viewers

if TYPE_CHECKING:
    from lib.background.clip_queue import ClipQueue
    from lib.background.companion_maker import CompanionMaker
    from lib.background.measurer import Measurer
    from lib.background.preview_measurer import PreviewMeasurer
    from lib.background.queue import AnalysisQueue
    from lib.background.retention import RetentionSchedule
    from lib.library import Library
    from lib.ui.shell.api_client import ApiClients

UPLOAD_SECONDS = 12 * 60 * 60  # that a file may take to come
START_DELAY_SECONDS = 1.0  # after the first page of a plain script
# What uses another one goes before it: a run that is being sent must not lose its sandbox.
_CLOSING_ORDER = (
    *("startup", "clips", "queue", "measurements", "previews", "retention"),
    *("clients", "library", "companions", "recordings"),
)
log = logging.getLogger(__name__)


class Closable(Protocol):
    """What holds something until it is closed."""

    def close(self) -> None:
        """Give it back."""


Service = TypeVar("Service", bound=Closable)


def settings() -> Settings:
    """The settings as they are now; read at each call, so that a change counts at once."""
    if st.secrets.load_if_toml_exists():
        return settings_reader.load(st.secrets.to_dict(), os.environ)
    if any(Path(path).exists() for path in st.get_option("secrets.files")):
        return Settings(problems=(settings_reader.UNREADABLE,))  # there, but not readable
    return settings_reader.load({}, os.environ)


@st.cache_resource(show_spinner=False)
def gate() -> Gate:
    """The gate of this process, which counts the wrong passphrases of all viewers."""
    return Gate()


@st.cache_resource(show_spinner=False)
def address_signer() -> AddressSigner:
    """The signer of the addresses that this process serves."""
    return AddressSigner()


@st.cache_resource(show_spinner=False)
def serving() -> threading.Event:
    """Set while this process serves addresses of ours; not where the app is a plain script."""
    return threading.Event()


@st.cache_resource(show_spinner=False)
def library() -> Library:
    """The library of this process."""
    from lib.library import Library, sqlite_url  # noqa: PLC0415  see above

    url = settings().library_url or sqlite_url(LIBRARY_FILE)
    return _opened("library", Library(url, clean=_without_secrets))


def _without_secrets(answer: bytes) -> bytes:
    """A stored answer without the keys of today; one that holds none stays byte for byte."""
    from lib.interhuman.redactor import Redactor  # noqa: PLC0415  see above

    return Redactor(settings().secrets).clean(answer)


def without_secrets(text: str) -> str:
    """A stored text of the API without the keys of today."""
    return _without_secrets(text.encode("utf-8", "replace")).decode("utf-8", "replace")


@st.cache_resource(show_spinner=False)
def recordings() -> RecordingStore:
    """The store of recordings; the next process has those whose time is not up."""
    from lib.background.retention import RECORDING_SECONDS  # noqa: PLC0415  see above

    current = settings()
    store = RecordingStore(
        _recordings_folder(current), keep_for=RECORDING_SECONDS, kept=current.keep_recordings
    )
    return _opened("recordings", store)


def _recordings_folder(current: Settings) -> Path:
    file = _library_file(current.library_url)
    if file is None and current.keep_recordings:
        file = LIBRARY_FILE  # beside where a library would be: a temporary folder may be emptied
    return recordings_folder(file, current.library_url)


def upload_room() -> int:
    """How many bytes uploads may still bring, as far as is known without opening the store.

    Raises:
        OSError: the disk does not say.
    """
    current = settings()
    folder = _recordings_folder(current).absolute()
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    return max(0, shutil.disk_usage(existing).free - current.reserve_bytes)


@st.cache_resource(show_spinner=False)
def companion_maker() -> CompanionMaker:
    """What makes files of recordings in the background of this process."""
    from lib.background.companion_maker import CompanionMaker  # noqa: PLC0415  see above

    return _opened("companions", CompanionMaker())


@st.cache_resource(show_spinner=False)
def uploads() -> Uploads:
    """The uploads of this process, into the store of recordings."""
    return Uploads(recordings(), keep_for=UPLOAD_SECONDS, reserve=settings().reserve_bytes)


@st.cache_resource(show_spinner=False)
def clip_queue() -> ClipQueue:
    """The queue of clips of this process."""
    from lib.background.clip_queue import ClipQueue  # noqa: PLC0415  see above

    return _opened("clips", ClipQueue(recordings().folder, has_recording))


@st.cache_resource(show_spinner=False)
def analysis_queue() -> AnalysisQueue:
    """The queue of analyses of this process."""
    from lib.background.queue import AnalysisQueue  # noqa: PLC0415  see above

    queue = AnalysisQueue(lambda: _api_clients().client(settings()), library(), recordings())
    return _opened("queue", queue)


@st.cache_resource(show_spinner=False)
def _retention_schedule() -> RetentionSchedule:
    """The schedule that deletes sessions whose time is up."""
    from lib.background.retention import RetentionSchedule  # noqa: PLC0415  see above

    schedule = RetentionSchedule(library(), recordings(), lambda: settings().retention_days)
    return _opened("retention", schedule)


@st.cache_resource(show_spinner=False)
def _measurements() -> Measurer:
    """What measures the recordings of sessions."""
    from lib.background.measurer import Measurer  # noqa: PLC0415  see above

    # In a thread of its own, which must draw nothing: a function of the cache alone is called.
    measurements = Measurer(library(), recordings(), _cached_session.clear)
    return _opened("measurements", measurements)


@st.cache_resource(show_spinner=False)
def measurement_previews() -> PreviewMeasurer:
    """What recordings are like that were not sent yet."""
    from lib.background.preview_measurer import PreviewMeasurer  # noqa: PLC0415  see above

    return _opened("previews", PreviewMeasurer())


def start(modules: tuple[str, ...] = ()) -> None:
    """Load `modules` and what charts need, and begin the work in the background, once a process.

    That executes the runs that an earlier process left, and deletes what is past its time, as soon
    as there is a library. The server calls this before the first visitor comes; where the app is
    run as a plain script, its pages do. Returns at once.
    """
    _startup(modules)


@st.cache_resource(show_spinner=False)
def _startup(_modules: tuple[str, ...]) -> Startup:  # the same one, whatever it is to load
    # Where a page begins it, a browser draws the page meanwhile, which work would slow down.
    delay = 0.0 if serving().is_set() else START_DELAY_SECONDS
    return _opened("startup", Startup(_begin_background, delay=delay, modules=_modules))


def _begin_background() -> bool:
    """Whether it could be begun; a page that needs the library shows what goes wrong."""
    try:
        if library_exists():
            analysis_queue().wake()
            _retention_schedule()
            _measurements()
            return True
    except AppError:
        log.warning("The library cannot be used; its runs wait until it can")
    return False


@st.cache_resource(show_spinner=False)
def _api_clients() -> ApiClients:
    from lib.ui.shell.api_client import ApiClients  # noqa: PLC0415  see above

    return _opened("clients", ApiClients())


def session(session_id: str) -> Session | None:
    """The session of this id, parsed once for all viewers; None when there is none."""
    if session_id == sample.ID:
        return sample_session()
    loaded = _cached_session(session_id)
    if loaded and not all(part.analysis for part in loaded.parts):
        _cached_session.clear(session_id)  # an answer that is missing may come at any time
    return loaded


@st.cache_resource(show_spinner=False)
def sample_session() -> Session:
    """The sample, which needs no library."""
    return sample.sample_session()


@st.cache_resource(show_spinner=False, ttl=60, max_entries=32)
def _cached_session(session_id: str) -> Session | None:
    return library().load(session_id)


def review(session_id: str, *, with_transcript: bool = True) -> Review:
    """The review of a session (notes, verdicts, transcript) as it is now: others may add to it.

    Where no library was ever written nothing was added, and none is opened for it.
    """
    if not library_exists():
        return Review()
    return library().review(session_id, with_transcript=with_transcript)


@st.cache_resource(show_spinner=False)
def viewers() -> Viewers:
    """Who has which review open, as far as this process was told."""
    return Viewers()


def library_exists() -> bool:
    """Whether a library was ever written, as far as is known without opening it."""
    file = _library_file(settings().library_url)
    return file is None or file.exists()


def _library_file(url: str) -> Path | None:
    """The file of a library; None for a server, and for an address with more than a path."""
    if not url:
        return LIBRARY_FILE
    scheme, _, path = url.partition(":///")
    return Path(path) if scheme == "sqlite" and path and not set("?:") & set(path) else None


def recording_path(session_id: str) -> Path | None:
    """The file of the recording of a session, or None."""
    return sample.CLIP if session_id == sample.ID else recordings().path_of_session(session_id)


def playable_path(session_id: str) -> Path | None:
    """The file that plays the recording of a session: its proxy where there is one; or None."""
    recording = recording_path(session_id)
    return recording and (proxy_of(recording) or recording)


def has_recording(session_id: str) -> bool:
    """Whether the recording of a session is here; this counts as no use of it."""
    return session_id == sample.ID or recordings().has_session(session_id)


def close() -> None:
    """Stop all background work and close all services that were opened; the process goes on."""
    opened = _open_services()
    for name in _CLOSING_ORDER:
        if service := opened.pop(name, None):
            service.close()


@st.cache_resource(show_spinner=False)
def _open_services() -> dict[str, Closable]:
    """What was opened here, by its name in _CLOSING_ORDER."""
    return {}


def _opened(name: str, service: Service) -> Service:
    _open_services()[name] = service
    return service


def forget_sessions() -> None:
    """Clear the cache of sessions, after one was written, renamed or deleted."""
    _cached_session.clear()


# When a source file changes, Streamlit loads all modules anew. An object of an old class is none
# of the new class: options and errors would not be recognised.
for _cached in (
    gate,
    address_signer,
    viewers,
    library,
    recordings,
    companion_maker,
    uploads,
    clip_queue,
    analysis_queue,
    _retention_schedule,
    _measurements,
    measurement_previews,
    _api_clients,
    _cached_session,
    sample_session,
):
    _cached.clear()
