import errno
import io
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lib.errors import RecordingError
from lib.recordings.companions import companion, companions_of
from lib.recordings.store import RecordingStore, recordings_folder
from tests.clock import Clock


@pytest.fixture
def clock():
    return Clock(0.0)


@pytest.fixture
def recordings(clock):
    store = RecordingStore(keep_for=100, clock=clock)
    yield store
    store.close()


def add(recordings, name="a.mp4", content=b"bytes"):
    return recordings.add(io.BytesIO(content), name)


def test_a_recording_comes_back_byte_for_byte(recordings):
    content = bytes(range(256)) * 9000
    source = io.BytesIO(content)
    source.seek(17)  # somebody has looked into it
    assert recordings.path(recordings.add(source, "a.mp4")).read_bytes() == content


def test_the_folder_is_private(recordings):
    folder = recordings.path(add(recordings)).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a.mp4/../../b", "a.m p", "a." + "x" * 9, "\0.mp4", "a.MP4"]
)
def test_a_hostile_name_stays_out_of_the_path(recordings, name):
    path = recordings.path(add(recordings, name=name))
    assert path.parent == recordings._folder
    assert path.suffix in ("", ".mp4")
    assert len(path.stem) == 32


def test_a_recording_goes_when_its_time_is_up(recordings, clock):
    ticket = add(recordings)
    path = recordings.path(ticket)
    clock.now = 101
    recordings.sweep()
    assert recordings.path(ticket) is None
    assert not path.exists()


def test_it_goes_though_nobody_calls_again(monkeypatch, clock):
    monkeypatch.setattr("lib.recordings.store.SWEEP_SECONDS", 0.01)
    store = RecordingStore(keep_for=100, clock=clock)
    path = store.path(add(store))
    clock.now = 101
    deadline = time.monotonic() + 30
    while path.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not path.exists()
    store.close()


def test_asking_for_it_keeps_it(recordings, clock):
    ticket = add(recordings)
    clock.now = 90
    assert recordings.path(ticket)
    clock.now = 180
    recordings.sweep()
    assert recordings.path(ticket)


def test_a_session_finds_its_recording_until_it_is_removed(recordings):
    ticket = add(recordings)
    recordings.assign(ticket, "s")
    assert recordings.path_of_session("s") == recordings.path(ticket)
    assert recordings.path_of_session("other") is None
    recordings.remove_sessions("s")
    assert recordings.path_of_session("s") is None
    assert recordings.path(ticket) is None


def test_two_sessions_of_one_recording_keep_it_until_both_are_gone(recordings):
    ticket = add(recordings)
    recordings.assign(ticket, "s")
    recordings.assign(ticket, "again")
    recordings.remove_sessions("s")
    assert recordings.path_of_session("s") is None
    assert recordings.path_of_session("again")
    recordings.remove_sessions("again")
    assert recordings.path(ticket) is None


def test_to_ask_whether_it_is_here_keeps_nothing_for_longer(recordings, clock):
    assert not recordings.has_session("s")
    recordings.assign(add(recordings), "s")
    clock.now = 90
    assert recordings.has_session("s")
    clock.now = 101
    recordings.sweep()
    assert not recordings.has_session("s")


def test_recordings_of_sessions_that_are_gone_go_too(recordings):
    left, gone, waiting = add(recordings), add(recordings), add(recordings)
    recordings.assign(left, "left")
    recordings.assign(gone, "gone")

    def existing():
        recordings.assign(late, "late")  # a session created meanwhile
        return ["left"]

    late = add(recordings)
    recordings.remove_orphans(existing)
    assert recordings.path(gone) is None
    assert all(recordings.path(ticket) for ticket in (left, waiting, late))
    assert recordings.path_of_session("late")


def test_an_unknown_ticket_is_no_path(recordings):
    stray = recordings._folder / "stray"
    stray.touch()
    for ticket in ("../secrets", "stray"):
        assert recordings.path(ticket) is None
        recordings.remove(ticket)
        assert recordings.path(ticket) is None
    assert stray.exists()


def test_a_recording_that_does_not_fit_leaves_nothing_and_says_so(recordings, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(RecordingError) as caught:
        add(recordings)
    assert "no room" in caught.value.problem.what
    assert caught.value.problem.next_step
    assert [file.name for file in recordings._folder.iterdir()] == ["place"]


def failing(number):
    """What writes a file, where the disk answers with this error."""

    def fail(*_, **__):
        raise OSError(number, "said by the system")

    return fail


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no room"),
        (errno.EDQUOT, "no room"),
        (errno.EACCES, "only the app may open"),
        (errno.EROFS, "only the app may open"),
    ],
)
def test_no_room_and_no_permission_are_told_apart(tmp_path, monkeypatch, recordings, number, words):
    monkeypatch.setattr("shutil.copyfileobj", failing(number))
    with pytest.raises(RecordingError) as caught:
        add(recordings)
    assert words in f"{caught.value.what} {caught.value.next_step}"
    monkeypatch.setattr(Path, "write_text", failing(number))
    with pytest.raises(RecordingError) as caught:
        RecordingStore(tmp_path / "new", keep_for=7200)
    assert words in f"{caught.value.what} {caught.value.next_step}"
    monkeypatch.setattr(Path, "mkdir", failing(number))
    with pytest.raises(RecordingError) as caught:
        RecordingStore(tmp_path / "newer" / "still", keep_for=7200)
    assert words in f"{caught.value.what} {caught.value.next_step}"


def test_a_folder_on_a_full_disk_can_still_be_used(tmp_path, monkeypatch):
    first = RecordingStore(tmp_path / "kept", keep_for=7200, kept=True)
    first.assign(add(first), "s")
    first.close()
    monkeypatch.setattr(Path, "write_text", failing(errno.ENOSPC))
    again = RecordingStore(tmp_path / "kept", keep_for=7200, kept=True)
    assert again.folder_id == first.folder_id
    again.remove_sessions("s")
    assert not again.has_session("s")
    with pytest.raises(RecordingError, match="no room"):
        again.assign("0" * 32, "t")
    again.close()


def test_folders_that_are_made_are_for_their_owner_alone(tmp_path):
    store = RecordingStore(tmp_path / "data" / "library.db-recordings", keep_for=7200)
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    store.close()


def test_what_a_killed_process_left_is_removed(tmp_path, monkeypatch, clock):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    dead = tmp_path / f"signal-review-{process.pid}-x"
    alive = tmp_path / f"signal-review-{os.getpid()}-x"
    for folder in (dead, alive):
        folder.mkdir()
        (folder / "a.mp4").write_bytes(b"private")
    RecordingStore(keep_for=7200, clock=clock).close()
    assert not dead.exists()
    assert alive.exists()


def test_closing_removes_everything(clock):
    store = RecordingStore(keep_for=7200, clock=clock)
    path = store.path(add(store))
    store.close()
    assert not path.parent.exists()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "recordings"


@pytest.fixture
def lasting_store(folder, clock):
    store = RecordingStore(folder, keep_for=100, clock=clock)
    yield store
    store.close()


def test_the_next_process_finds_everything_again(lasting_store, folder, clock):
    ticket = add(lasting_store)
    lasting_store.assign(ticket, "s")
    lasting_store.close()
    after = RecordingStore(folder, keep_for=100, clock=clock)
    assert after.path(ticket).read_bytes() == b"bytes"
    assert after.path_of_session("s") == after.path(ticket)
    assert after.folder_id == lasting_store.folder_id
    after.close()


def test_another_folder_is_another_place(lasting_store, tmp_path, clock):
    other = RecordingStore(tmp_path / "other", keep_for=7200, clock=clock)
    assert other.folder_id != lasting_store.folder_id
    other.close()


def test_what_is_too_old_is_gone_before_the_next_process_looks(lasting_store, folder, clock):
    ticket = add(lasting_store)
    lasting_store.assign(ticket, "s")
    lasting_store.close()
    clock.now = 101
    after = RecordingStore(folder, keep_for=100, clock=clock)
    assert [file.name for file in folder.iterdir()] == ["place"]
    assert after.path_of_session("s") is None
    after.close()


def test_a_lasting_folder_is_private_though_it_was_open(folder, clock):
    folder.mkdir(parents=True, mode=0o755)
    RecordingStore(folder, keep_for=7200, clock=clock).close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_link_in_place_of_the_folder_is_not_followed(folder, tmp_path, clock):
    folder.parent.mkdir()
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RecordingError):
        RecordingStore(folder, keep_for=7200, clock=clock)


def test_half_a_recording_is_none(lasting_store, folder):
    whole = add(lasting_store)
    (folder / f"{'0' * 32}.mp4.part").write_bytes(b"by")
    assert lasting_store.path("0" * 32 + ".mp4.part") is None
    assert lasting_store.path("0" * 32 + ".mp4") is None
    assert lasting_store.path(whole)


def test_a_library_s_recordings_lie_beside_it_or_where_only_its_name_leads(tmp_path):
    beside = recordings_folder(tmp_path / "library.db", "x")
    assert beside == tmp_path / "library.db-recordings"
    assert recordings_folder(None, "a") != recordings_folder(None, "b")
    assert recordings_folder(None, "postgresql://u:secret@h/d").name.isascii()
    assert "secret" not in str(recordings_folder(None, "postgresql://u:secret@h/d"))


@pytest.fixture
def keeping(folder, clock):
    store = RecordingStore(folder, keep_for=100, kept=True, clock=clock)
    yield store
    store.close()


def test_what_is_kept_stays_as_long_as_its_session(keeping, clock):
    assigned, alone = add(keeping), add(keeping)
    keeping.assign(assigned, "s")
    clock.now = 10**9
    keeping.sweep()
    assert keeping.path(alone) is None
    assert keeping.path_of_session("s") == keeping.path(assigned)
    keeping.remove_sessions("s")
    assert keeping.path(assigned) is None


def test_what_was_kept_goes_once_nothing_is_kept(keeping, folder, clock):
    keeping.assign(add(keeping), "s")
    clock.now = 101
    after = RecordingStore(folder, keep_for=100, clock=clock)
    assert after.path_of_session("s") is None
    after.close()


@pytest.fixture
def made(recordings):
    """A session's recording, what was made of it, and what is being made."""
    recordings.assign(add(recordings), "s")
    path = recordings.path_of_session("s")
    files = [companion(path, "proxy.mp4"), companion(path, "peaks"), companion(path, "x.mp4.part")]
    for file in files:
        file.write_bytes(b"made")
    return files


def test_what_was_made_of_a_recording_goes_with_it(recordings, made):
    other = recordings.path(add(recordings))
    companion(other, "peaks").write_bytes(b"made")
    assert sorted(companions_of(recordings.path_of_session("s"))) == sorted(made)
    recordings.remove_sessions("s")
    assert not any(file.exists() for file in made)
    assert companion(other, "peaks").exists()


def test_what_was_made_of_a_recording_goes_when_the_time_of_that_is_up(recordings, made, clock):
    clock.now = 90
    for file in made:
        os.utime(file, (0, 0))  # nobody asked for them
    assert recordings.path_of_session("s")
    clock.now = 180
    recordings.sweep()
    assert all(file.exists() for file in made)
    for file in made:
        os.utime(file, (10**9, 10**9))  # made just now
    clock.now = 191
    recordings.sweep()
    assert not any(file.exists() for file in made)


def test_what_was_made_stays_while_its_recording_is_kept(keeping, clock):
    keeping.assign(add(keeping), "s")
    made = companion(keeping.path_of_session("s"), "peaks")
    made.write_bytes(b"made")
    clock.now = 10**9
    keeping.sweep()
    assert made.exists()
    keeping.remove_orphans(list)
    assert not made.exists()


def test_what_was_made_of_a_recording_is_none_itself(recordings, made):
    assert all(recordings.path(file.name) is None for file in made)


def test_the_file_of_a_session_is_told_without_using_it(tmp_path):
    store = RecordingStore(tmp_path / "kept", keep_for=60)
    assert store.file_of_session("abc") is None
    ticket = store.add(io.BytesIO(b"film"), "a.mp4")
    store.assign(ticket, "abc")
    path = store.path_of_session("abc")
    os.utime(path, (1, 1))
    assert store.file_of_session("abc") == path
    assert path.stat().st_mtime == 1
    store.remove_sessions("abc")
    assert store.file_of_session("abc") is None
