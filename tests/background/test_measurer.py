"""The recordings of sessions are measured in the background, one at a time, once each."""

import io
import threading

import pytest

from lib.background import measurer
from lib.background.measurer import Measurer
from lib.errors import PreparationCancelledError, PreparationError
from lib.library import Library, sqlite_url
from lib.recordings.store import RecordingStore
from tests import answers
from tests.clips import clip
from tests.measurement import measured

BOUND = 30  # seconds until a test gives up


@pytest.fixture
def library(tmp_path):
    library = Library(sqlite_url(tmp_path / "library.db"))
    yield library
    library.close()


@pytest.fixture
def recordings(tmp_path):
    store = RecordingStore(tmp_path / "recordings", keep_for=7200)
    yield store
    store.close()


@pytest.fixture
def checked(monkeypatch):
    """The recordings that were measured, by their content; what is in `problems` fails."""
    monkeypatch.setattr(measurer, "LOOK_SECONDS", 0.01)
    contents, problems = [], {}

    def check(path, *, cancelled):
        content = path.read_bytes()
        contents.append(content)
        if content in problems:
            raise problems[content]
        return measured()

    monkeypatch.setattr(measurer, "measure_recording", check)
    return contents, problems


@pytest.fixture
def begin(library, recordings):
    """Begin to measure; wait for as many sessions as are asked for."""
    begun = []

    def begin_measuring(count):
        done, ids = threading.Semaphore(0), []

        def note(session_id):
            ids.append(session_id)
            done.release()

        begun.append(Measurer(library, recordings, note))
        for _ in range(count):
            assert done.acquire(timeout=BOUND)
        return ids

    yield begin_measuring
    for one in begun:
        one.close()


def wait_until(condition):
    for _ in range(BOUND * 100):
        if condition():
            return
        threading.Event().wait(0.01)
    raise AssertionError


def add(library, recordings, session_id, content):
    library.save(answers.session(session_id=session_id))
    recordings.assign(recordings.add(io.BytesIO(content), "a.mp4"), session_id)


def test_each_session_with_a_recording_is_measured_once(library, recordings, checked, begin):
    for name in ("one", "two"):
        add(library, recordings, name, name.encode())
    library.save(answers.session(session_id="bare"))
    assert set(begin(2)) == {"one", "two"}
    assert library.load("one").recording_measurement == measured()
    assert library.load("bare").recording_measurement is None
    add(library, recordings, "three", b"three")
    wait_until(lambda: library.load("three").recording_measurement)
    assert checked[0].count(b"one") == checked[0].count(b"two") == 1


def test_a_recording_that_comes_later_is_measured(library, recordings, checked, begin):
    library.save(answers.session())
    ids = begin(0)
    recordings.assign(recordings.add(io.BytesIO(b"late"), "a.mp4"), "abc")
    wait_until(lambda: ids)
    assert library.load("abc").recording_measurement == measured()


def test_one_that_cannot_be_measured_hinders_no_other_and_is_tried_once(
    library, recordings, checked, begin
):
    contents, problems = checked
    problems[b"bad"] = PreparationError("It cannot be read.", "Play it first.")
    add(library, recordings, "good", b"good")
    add(library, recordings, "bad", b"bad")
    assert begin(1) == ["good"]
    add(library, recordings, "last", b"last")
    wait_until(lambda: library.load("last").recording_measurement)
    assert contents.count(b"bad") == 1


def test_closing_cancels_what_is_measured(library, recordings, monkeypatch):
    begun = threading.Event()

    def check(_, *, cancelled):
        begun.set()
        while not cancelled():
            threading.Event().wait(0.01)
        raise PreparationCancelledError

    monkeypatch.setattr(measurer, "measure_recording", check)
    add(library, recordings, "abc", b"bytes")
    background = Measurer(library, recordings)
    assert begun.wait(BOUND)
    background.close()
    assert not background._thread.is_alive()
    assert library.unmeasured_ids() == ("abc",)


def test_a_recording_is_really_measured(library, recordings, begin, tmp_path):
    path = clip(tmp_path / "clip.mp4")
    library.save(answers.session())
    with path.open("rb") as file:
        recordings.assign(recordings.add(file, path.name), "abc")
    assert begin(1) == ["abc"]
    assert library.load("abc").recording_measurement.seconds > 0
