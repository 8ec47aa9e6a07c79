import pytest

from lib.sandbox import KEY, Sandbox
from tests.clips import clip, remux
from tests.clock import Clock

CODECS = {
    "mp4": {},
    "mov": {},
    "mkv": {},
    "avi": {"video": "mpeg4", "audio": "mp2"},
    "ts": {"video": "mpeg2video", "audio": "mp2"},
    "webm": {"video": "libvpx", "audio": "libopus"},
    "m4a": {"video": None},
    "mp3": {"video": None, "audio": "libmp3lame"},
    "wav": {"video": None, "audio": "pcm_s16le"},
    "flac": {"video": None, "audio": "flac"},
    "ogg": {"video": None, "audio": "libopus"},
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("clips")


@pytest.fixture(scope="session")
def clips(folder):
    """Four seconds in each container the API takes, by suffix."""
    return {suffix: clip(folder / f"four.{suffix}", **kind) for suffix, kind in CODECS.items()}


@pytest.fixture(scope="session")
def movie(folder):
    return clip(folder / "movie.mp4", seconds=12.0)


@pytest.fixture(scope="session")
def silent(folder):
    return clip(folder / "silent.mp4", audio=None)


@pytest.fixture(scope="session")
def sound(folder):
    return clip(folder / "sound.mp4", video=None)


@pytest.fixture(scope="session")
def short(folder):
    return clip(folder / "short.mp4", seconds=2.0)


@pytest.fixture(scope="session")
def recorded(folder, clips):
    """A WebM as a browser records it: without a length in its header."""
    return remux(clips["webm"], folder / "recorded.webm", live="1")


@pytest.fixture(scope="session")
def sandbox():
    """One that answers at once; it is shared, so set no faults on it."""
    with Sandbox(job_seconds=0.0, v1_seconds=0.0) as running:
        yield running


@pytest.fixture
def headers():
    return {"Authorization": f"Bearer {KEY}"}


@pytest.fixture
def clock():
    return Clock()
