"""Clips are cut one after the other, and their files go in time and with their recording."""

import os
import time
from pathlib import Path

import pytest

from lib.background import clip_queue
from lib.background.clip_queue import ClipQueue
from lib.errors import ClipLimitError
from lib.recordings.clip import MAX_SECONDS, Clip, ClipRequest
from tests.clips import clip


def request(start=0.5, end=2.0):
    return ClipRequest((Clip(start, end, "friction", "friction"),), "talk", captions=False)


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    return clip(tmp_path_factory.mktemp("recording") / "talk.mp4")


class Place:
    """A queue, with a clock and recordings that a test sets."""

    def __init__(self, folder):
        self.now, self.here, self.folder = time.time(), {"a", "b"}, folder
        self.queue = self.open()

    def open(self):
        return ClipQueue(
            self.folder, lambda one: one in self.here, keep_for=3600, clock=lambda: self.now
        )

    def files(self):
        return list((self.folder / clip_queue.FOLDER).glob("*/*"))


@pytest.fixture
def place(tmp_path):
    place = Place(tmp_path)
    yield place
    place.queue.close()


@pytest.fixture
def slow(monkeypatch):
    """Cutting lasts until it is cancelled."""

    def cut(source, target, request, *, progress, cancelled):
        target.write_bytes(b"begun")
        progress(0.25)
        while not cancelled():
            time.sleep(0.01)
        raise clip_queue.PreparationCancelledError

    monkeypatch.setattr(clip_queue, "cut_clips", cut)


def wait_for(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def cut(place, recording, session_id="a"):
    order_id = place.queue.add(session_id, recording, request())
    wait_for(lambda: place.queue.orders(session_id)[0].ended)
    return order_id


def test_a_clip_is_cut_and_kept_for_its_time(place, recording):
    order_id = cut(place, recording)
    path, order = place.queue.file(order_id)
    assert (order.state, order.request.file_name) == ("done", "talk.mp4")
    assert path.stat().st_size == order.size
    assert path.parent.stat().st_mode & 0o077 == 0
    assert place.queue.orders("b") == ()
    place.now += 3601
    assert place.queue.file(order_id) is None
    assert place.queue.orders("a") == ()
    assert place.files() == []


def test_once_the_recording_is_removed_its_clips_are_gone(place, recording):
    order_id = cut(place, recording)
    other = cut(place, recording, "b")
    place.here.remove("a")
    assert place.queue.file(order_id) is None
    assert [path.parent.name for path in place.files()] == [other]


def test_another_file_for_the_same_session_has_no_clips_of_the_first(place, recording, tmp_path):
    first = tmp_path / "first.mp4"
    first.write_bytes(recording.read_bytes())
    order_id = cut(place, first)
    first.unlink()
    assert place.queue.file(order_id) is None
    assert place.queue.orders("a") == ()


def test_what_cannot_be_cut_says_why(place, tmp_path):
    damaged = tmp_path / "talk.mp4"
    damaged.write_bytes(b"no recording" * 1000)
    cut(place, damaged)
    (order,) = place.queue.orders("a")
    assert order.state == "failed"
    assert "could not be cut" in order.problem.what
    assert order.problem.next_step
    assert place.files() == []


def test_one_is_cut_at_a_time_and_can_be_cancelled(place, recording, slow):
    first, second = (place.queue.add("a", recording, request()) for _ in range(2))
    wait_for(lambda: place.queue.orders("a")[1].share == 0.25)
    assert [order.state for order in place.queue.orders("a")] == ["waiting", "cutting"]
    assert place.queue.file(first) is None
    place.queue.remove(first)
    wait_for(lambda: place.queue.orders("a")[0].state == "cutting")
    assert [order.id for order in place.queue.orders("a")] == [second]
    wait_for(lambda: [path.parent.name for path in place.files()] == [second])


def test_cutting_ends_when_the_recording_is_removed(place, recording, slow):
    place.queue.add("a", recording, request())
    wait_for(place.files)
    place.here.remove("a")
    wait_for(lambda: not place.files())
    assert place.queue.orders("a") == ()


def test_too_many_and_too_long_are_refused(place, recording, slow):
    with pytest.raises(ClipLimitError):
        place.queue.add("a", recording, request(0, MAX_SECONDS + 1))
    for _ in range(clip_queue.MAX_WAITING):
        place.queue.add("a", recording, request())
    with pytest.raises(ClipLimitError, match="no more can wait"):
        place.queue.add("b", recording, request())


def test_the_oldest_files_go_where_there_are_too_many(place, recording, monkeypatch):
    monkeypatch.setattr(clip_queue, "MAX_FILES", 1)
    first, second = (cut(place, recording) for _ in range(2))
    assert place.queue.file(first) is None
    assert place.queue.file(second)


def test_close_deletes_all_and_ends_what_is_being_cut(place, recording, slow):
    place.queue.add("a", recording, request())
    wait_for(place.files)
    place.queue.close()
    assert place.files() == []


def test_what_a_killed_process_left_goes_once_it_is_old(place, recording):
    left = place.folder / clip_queue.FOLDER / "0123"
    left.mkdir(parents=True)
    Path(left / "file").write_bytes(b"left")
    place.queue.orders("a")
    assert left.exists()  # it may be another process's
    os.utime(left, (place.now - 3601, place.now - 3601))
    place.queue.orders("a")
    assert not left.exists()
