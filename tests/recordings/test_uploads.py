"""An upload goes on at whatever byte it broke off, and ends as the file that was begun."""

import errno
import hashlib
import os
import secrets
import shutil
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import (
    OtherBytesError,
    RecordingError,
    UploadEndedError,
    UploadOffsetError,
    UploadTooLargeError,
)
from lib.recordings import uploads as uploads_module
from lib.recordings.store import RecordingStore
from lib.recordings.uploads import OVERLAP_BYTES, UploadPlan, Uploads
from tests.clock import Clock

BYTES = secrets.token_bytes(200_000)
SHA256 = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def clock():
    return Clock(0.0)


@pytest.fixture
def store(clock):
    made = RecordingStore(keep_for=100, clock=clock)
    yield made
    made.close()


@pytest.fixture
def uploads(store, clock):
    return Uploads(store, keep_for=1000, reserve=0, clock=clock)


def plan(size=200_000, name="talk.mp4"):
    return UploadPlan(secrets.token_hex(16), name, size)


def send(uploads, wanted, data, offset=0, blocks=1):
    """Send bytes as one slice, in so many blocks."""
    length = -(-len(data) // blocks)
    with uploads.slice(wanted, offset, len(data)) as part:
        for start in range(0, len(data), length or 1):
            part.write(data[start : start + length])
        if not data:
            part.write(b"")


def files(store):
    return sorted(path.name for path in store.folder.iterdir() if path.name != "place")


def test_a_whole_upload_is_a_recording_on_loan(uploads, store):
    wanted = plan()
    send(uploads, wanted, BYTES, blocks=7)
    finished = uploads.finished(wanted.id)
    assert (finished.name, finished.size, finished.content) == ("talk.mp4", len(BYTES), SHA256)
    path = store.path(finished.ticket)
    assert path.suffix == ".mp4"
    assert path.read_bytes() == BYTES
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert files(store) == [finished.ticket]


@given(cuts=st.lists(st.integers(0, 3_000), max_size=6), overlap=st.integers(0, 3_000))
def test_it_goes_on_at_any_byte_that_it_broke_off_at(cuts, overlap):
    store = RecordingStore(keep_for=100)
    try:
        uploads, data = Uploads(store, keep_for=1000, reserve=0), BYTES[:3_000]
        wanted = plan(len(data))
        for cut in sorted({*cuts, 3_000}):
            at = uploads.offset(wanted)
            begin = max(0, at - overlap)
            if cut >= at and not uploads.finished(wanted.id):
                send(uploads, wanted, data[begin:cut], begin, blocks=2)
                assert uploads.offset(wanted) == cut
        finished = uploads.finished(wanted.id)
        assert finished.content == hashlib.sha256(data).hexdigest()
        assert store.path(finished.ticket).read_bytes() == data
    finally:
        store.close()


def test_an_empty_file_is_one_as_well(uploads, store):
    wanted = plan(0)
    send(uploads, wanted, b"")
    assert store.path(uploads.finished(wanted.id).ticket).read_bytes() == b""


def test_a_slice_that_begins_elsewhere_is_refused_and_changes_nothing(uploads):
    wanted = plan()
    send(uploads, wanted, BYTES[:150_000])
    for offset in (150_001, -1, 150_000 - OVERLAP_BYTES - 1, len(BYTES)):
        with pytest.raises(UploadOffsetError):
            uploads.slice(wanted, offset, 1)
    send(uploads, wanted, BYTES[150_000:], 150_000)
    assert uploads.finished(wanted.id).content == SHA256


def test_a_file_of_other_bytes_does_not_go_on_with_the_first(uploads, store):
    wanted = plan()
    send(uploads, wanted, BYTES[:100_000])
    other = secrets.token_bytes(len(BYTES))
    with pytest.raises(OtherBytesError) as caught:
        send(uploads, wanted, other[90_000:], 90_000)
    assert caught.value.next_step
    assert uploads.offset(wanted) == 0
    send(uploads, wanted, other)
    finished = uploads.finished(wanted.id)
    assert store.path(finished.ticket).read_bytes() == other
    assert finished.content == hashlib.sha256(other).hexdigest()


def test_more_bytes_than_were_said_are_refused(uploads):
    wanted = plan(10)
    with pytest.raises(UploadTooLargeError):
        uploads.slice(wanted, 0, 11)
    with uploads.slice(wanted, 0, 5) as part, pytest.raises(UploadTooLargeError):
        part.write(b"x" * 11)  # it said that it was shorter
    assert uploads.offset(wanted) == 0


def test_what_is_finished_or_removed_begins_nothing_anew(uploads, store):
    whole, removed = plan(3), plan(3)
    send(uploads, whole, b"abc")
    with pytest.raises(UploadEndedError):
        uploads.slice(whole, 0, 3)
    assert uploads.finished(whole.id) is uploads.finished(whole.id)  # for a page that asks twice
    assert uploads.offset(whole) == 3
    send(uploads, removed, b"ab")
    uploads.remove(removed.id)
    with pytest.raises(UploadEndedError):
        uploads.slice(removed, 2, 1)
    assert len(files(store)) == 1


def test_removing_does_not_take_a_finished_recording_away(uploads, store):
    wanted = plan(3)
    send(uploads, wanted, b"abc")
    uploads.remove(wanted.id)
    assert store.path(uploads.finished(wanted.id).ticket)
    assert uploads.finished("another") is None
    uploads.remove("another")


def test_of_two_at_once_the_later_writes(uploads, store):
    wanted = plan()
    first = uploads.slice(wanted, 0, len(BYTES))
    first.write(BYTES[:1000])
    second = uploads.slice(wanted, 1000, len(BYTES) - 1000)
    with pytest.raises(UploadEndedError):
        first.write(BYTES[1000:2000])
    second.write(BYTES[1000:])
    first.close()
    second.close()
    assert store.path(uploads.finished(wanted.id).ticket).read_bytes() == BYTES


def test_two_tabs_with_one_file_are_two_uploads(uploads, store):
    one, other = plan(), plan()
    send(uploads, one, BYTES[:9])
    send(uploads, other, BYTES)
    send(uploads, one, BYTES[9:], 9)
    first, second = uploads.finished(one.id), uploads.finished(other.id)
    assert first.content == second.content
    assert first.ticket != second.ticket


def test_a_disk_that_is_full_in_the_middle_says_so_and_the_upload_goes_on_later(
    uploads, store, monkeypatch
):
    wanted, write = plan(), os.write

    def full(file, data):
        if len(data) < 50_000:
            raise OSError(errno.ENOSPC, "full")
        return write(file, data[:50_000])  # as much as there was room for

    monkeypatch.setattr(uploads_module.os, "write", full)
    with pytest.raises(RecordingError, match="no room") as caught:
        send(uploads, wanted, BYTES[:120_000])
    assert caught.value.next_step
    monkeypatch.undo()
    assert uploads.offset(wanted) == 100_000
    send(uploads, wanted, BYTES[100_000:], 100_000)
    assert uploads.finished(wanted.id).content == SHA256


def test_what_would_leave_too_little_for_the_library_is_refused_before_a_byte(
    store, clock, monkeypatch
):
    uploads, wanted = Uploads(store, keep_for=1000, reserve=500, clock=clock), plan(1000)
    usage = shutil.disk_usage(store.folder)
    monkeypatch.setattr(uploads_module.shutil, "disk_usage", lambda _: usage._replace(free=1499))
    with pytest.raises(RecordingError, match="no room"):
        uploads.check_room(1000)
    with pytest.raises(RecordingError, match="no room"):
        uploads.slice(wanted, 0, 10)
    uploads.check_room(999)
    assert files(store) == []


def test_a_full_disk_at_the_very_end_finishes_with_another_try(uploads, store, monkeypatch):
    wanted = plan(3)

    def full(*_):
        raise RecordingError("There is no room.", "Try again.")

    monkeypatch.setattr(store, "adopt", full)
    with pytest.raises(RecordingError):
        send(uploads, wanted, b"abc")
    monkeypatch.undo()
    send(uploads, wanted, b"", 3)
    assert store.path(uploads.finished(wanted.id).ticket).read_bytes() == b"abc"


def test_what_is_left_for_too_long_is_swept_and_over(uploads, store, clock):
    wanted = plan()
    send(uploads, wanted, BYTES[:10])
    os.utime(store.folder / f"upload-{wanted.id}", (0, 0))
    clock.now = 101
    store.sweep()
    assert files(store) == []
    with pytest.raises(UploadEndedError):
        send(uploads, wanted, BYTES[10:], 10)


def test_of_long_gone_uploads_nothing_is_held(uploads, store, clock):
    old = plan()
    send(uploads, old, BYTES[:10])
    clock.now = 1001
    uploads.offset(plan())
    assert old.id not in uploads._transfers
    assert files(store) == []


@pytest.mark.parametrize(
    "name", ["a", "a.MP4", "../../etc/x.mp4", "x.\x00", "a.html/..", "é.ogg" * 99]
)
def test_a_name_is_no_path(uploads, store, name):
    wanted = plan(1, name)
    send(uploads, wanted, b"x")
    finished = uploads.finished(wanted.id)
    assert finished.name == name
    assert store.path(finished.ticket).parent == store.folder
