"""Preparing a recording: in a process of its own, within bounds, whole or not at all."""

import os
import subprocess
import time
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import av
import pytest

from lib.errors import (
    DamagedRecordingError,
    EmptyStretchError,
    PreparationCancelledError,
    PreparationError,
    PreparationLimitError,
    PreparedTooLargeError,
    RecordingError,
)
from lib.model import MIB
from lib.recordings import bounded_process, preparation
from lib.recordings.bounded_process import Bounds
from lib.recordings.cuts import Stretch
from lib.recordings.damage import Damage, damage_sentence, describe_gaps
from lib.recordings.encoding_ladder import Encoding, choose_encoding
from lib.recordings.preparation import prepare, start_process
from lib.recordings.step import Step
from tests.clips import damage
from tests.clock_clips import beep_times, clock_clip

SMALL = choose_encoding(1800.0, height=120, picture=True)
COPY = Step("copy", "mp4")
ENCODE = Step("encode", "mp4", encoding=SMALL)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return clock_clip(tmp_path_factory.mktemp("source") / "x.mkv")


@pytest.fixture
def started(monkeypatch):
    """The processes that were started."""
    processes, start = [], subprocess.Popen

    def starting(*arguments, **options):
        processes.append(start(*arguments, **options))
        return processes[-1]

    monkeypatch.setattr(bounded_process.subprocess, "Popen", starting)
    return processes


@pytest.mark.parametrize("step", [COPY, ENCODE])
def test_a_step_becomes_a_file_and_says_where_it_lies(tmp_path, source, step):
    shares, target = [], tmp_path / "x.mp4"
    prepared = prepare(source, target, step, progress=shares.append)
    assert prepared.path == target
    assert (prepared.offset, prepared.size) == (0.0, target.stat().st_size)
    assert prepared.seconds == pytest.approx(4.0, abs=0.05)
    assert prepared.damaged == ()
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
    assert list(tmp_path.iterdir()) == [target]


def test_two_parts_meet(tmp_path, source):
    for work, encoding in [("copy", None), ("encode", SMALL)]:
        first = Step(work, "mp4", 0.0, 2.0, encoding=encoding)
        second = Step(work, "mp4", 2.0, None, encoding=encoding)
        one, two = (
            prepare(source, tmp_path / f"{step.start}.mp4", step) for step in (first, second)
        )
        assert one.offset == 0.0
        assert two.offset == pytest.approx(2.0, abs=0.03)
        assert one.seconds >= two.offset - 0.05
        beeps = [beep + two.offset for beep in beep_times(two.path)]
        assert beeps == pytest.approx([2.0, 3.0], abs=0.05)


def test_it_is_of_low_priority_and_gets_no_credential(tmp_path, source, started, monkeypatch):
    monkeypatch.setenv("INTERHUMAN_API_KEY", "ih_live_secret")
    seen = []

    def look(_):
        (process,) = started
        seen.append(os.getpriority(os.PRIO_PROCESS, process.pid) - os.getpriority(0, 0))
        environment = Path(f"/proc/{process.pid}/environ").read_bytes()
        seen.append(b"ih_live_secret" in environment)

    prepare(source, tmp_path / "x.mp4", ENCODE, progress=look)
    nice = bounded_process.PRIORITY
    assert seen[:2] == [min(nice, 19 - os.getpriority(0, 0)), False]


def test_cancelling_ends_it_within_a_second(tmp_path, source, started):
    def stop():
        return bool(started)

    begin = time.monotonic()
    with pytest.raises(PreparationCancelledError):
        prepare(source, tmp_path / "x.mp4", ENCODE, cancelled=stop)
    assert started[0].returncode is not None
    assert time.monotonic() - begin < 5  # that it is looked for in time, the next test says
    assert list(tmp_path.iterdir()) == []


def test_whether_to_stop_is_looked_for_while_nothing_is_heard(tmp_path, started, monkeypatch):
    monkeypatch.setattr(bounded_process, "_LOOK_SECONDS", 0.01)
    os.mkfifo(tmp_path / "stuck")  # opening it waits for ever
    looks = []

    def stop():
        looks.append(time.monotonic())
        return len(looks) > 5

    with pytest.raises(PreparationCancelledError):
        prepare(tmp_path / "stuck", tmp_path / "x.mp4", COPY, cancelled=stop)
    assert started[0].returncode is not None


def test_what_gives_no_sign_of_life_is_ended(tmp_path, started):
    os.mkfifo(tmp_path / "stuck")
    with (
        closing(start_process(Bounds(silent_seconds=0.1))) as process,
        pytest.raises(PreparationLimitError),
    ):
        prepare(tmp_path / "stuck", tmp_path / "x.mp4", COPY, process=process)
    assert started[0].returncode is not None


def test_memory_is_bounded(tmp_path, source):
    with (
        closing(start_process(Bounds(memory_bytes=4 * MIB))) as process,
        pytest.raises(PreparationError),
    ):
        prepare(source, tmp_path / "x.mp4", ENCODE, process=process)
    assert list(tmp_path.iterdir()) == []


def test_time_is_bounded(tmp_path):
    # Its work takes more than the second that it has, also on a machine that is quick.
    long = clock_clip(tmp_path / "x.avi", video="mpeg4", size=(1280, 720), seconds=12)
    step = Step("encode", "mp4", encoding=Encoding(720, 30, 3_000_000, 96_000))
    with (  # until the second is over in which the work begins
        closing(start_process(Bounds(cpu_seconds=0))) as process,
        pytest.raises(PreparationLimitError),
    ):
        prepare(long, tmp_path / "x.mp4", step, process=process)
    assert list(tmp_path.iterdir()) == [long]


def test_what_comes_out_too_large_is_not_there(tmp_path, source, monkeypatch):
    monkeypatch.setattr(preparation, "MAX_BYTES", 1000)
    with pytest.raises(PreparedTooLargeError):
        prepare(source, tmp_path / "x.mp4", COPY)
    monkeypatch.undo()
    monkeypatch.setattr(preparation, "MAX_SECONDS", 2)
    with pytest.raises(PreparedTooLargeError):
        prepare(source, tmp_path / "x.mp4", COPY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("work", ["copy", "encode", "encode sound"])
def test_a_stretch_with_nothing_in_it_says_so(tmp_path, source, work):
    step = Step(work, "mp4", 100.0, 110.0, encoding=None if work == "copy" else SMALL)
    with pytest.raises((EmptyStretchError, DamagedRecordingError)):
        prepare(source, tmp_path / "x.mp4", step)


@pytest.mark.parametrize("work", ["copy", "encode"])
def test_a_stretch_may_go_beyond_the_end(tmp_path, source, work):
    step = Step(work, "mp4", 2.0, 99.0, encoding=SMALL if work == "encode" else None)
    prepared = prepare(source, tmp_path / "x.mp4", step)
    assert prepared.offset + prepared.seconds == pytest.approx(4.0, abs=0.1)


def test_a_disk_that_cannot_be_written_says_so(tmp_path, source):
    with pytest.raises(RecordingError) as caught:
        prepare(source, tmp_path / "nowhere" / "x.mp4", COPY)
    assert "folder" in caught.value.what


def test_what_is_no_recording_ends_in_a_sentence(tmp_path):
    (tmp_path / "x").write_bytes(b"\0" * 5000)
    with pytest.raises(PreparationError):
        prepare(tmp_path / "x", tmp_path / "x.mp4", COPY)


def test_damaged_seconds_are_named_and_the_rest_is_there_when_asked_for(tmp_path):
    broken = damage(clock_clip(tmp_path / "x.mp4", audio="libmp3lame"), 0.4, 0.6)
    with pytest.raises(DamagedRecordingError) as caught:
        prepare(broken, tmp_path / "y.mp4", ENCODE)
    ((start, end), *_) = caught.value.stretches
    assert 1.0 < start < end < 3.5
    assert "cannot be read from 0:0" in caught.value.what
    step = Step("encode", "mp4", encoding=SMALL, skip_damage=True)
    prepared = prepare(broken, tmp_path / "y.mp4", step)
    assert prepared.damaged[0] == Stretch(start, end)
    assert prepared.seconds == pytest.approx(4.0, abs=0.1)
    assert beep_times(prepared.path)[-1] == pytest.approx(3.0, abs=0.05)


@pytest.mark.parametrize("step", [COPY, ENCODE, Step("encode sound", "mp4", encoding=SMALL)])
def test_a_recording_that_ends_before_its_header_says_so(tmp_path, step):
    lying = clock_clip(tmp_path / "x.mkv", seconds=6.0)
    lying.write_bytes(lying.read_bytes()[: lying.stat().st_size // 3])
    with pytest.raises(DamagedRecordingError) as caught:
        prepare(lying, tmp_path / "y.mp4", step)
    assert caught.value.stretches[-1][1] == pytest.approx(6.0, abs=0.1)


def test_faults_that_are_near_are_one_stretch():
    faults = Damage()
    for start in (5.0, 1.0, 1.5, 9.0, 20.0):
        faults.add(start, start + 0.1)
    assert faults.stretches() == (
        Stretch(1.0, 1.6),
        Stretch(5.0, 5.1),
        Stretch(9.0, 9.1),
        Stretch(20.0, 20.1),
    )
    assert damage_sentence(faults.stretches()).endswith(
        "from 0:01.0 to 0:01.6, 0:05.0 to 0:05.1, 0:09.0 to 0:09.1, and 1 more stretches."
    )


def test_what_a_file_lacks_is_named_and_nothing_where_it_lacks_nothing():
    assert describe_gaps(()) == ""
    gaps = (Stretch(12.0, 15.5), Stretch(60.0, 61.0))
    assert describe_gaps(gaps) == (
        "without 0:12.0 to 0:15.5, 1:00.0 to 1:01.0, which cannot be read"
    )


def test_an_ending_app_ends_what_it_started(tmp_path, source):
    job = {"source": str(source), "target": str(tmp_path / "x.mp4"), "step": asdict(ENCODE)}
    with bounded_process.start_module(preparation._MODULE, takes_jobs=True) as process:
        process.stdin.write(bounded_process._pack_job(job, Bounds()).encode() + b"\n")
        process.stdout.close()  # as the system does when the app is killed
        assert process.wait(timeout=60) != 0


def test_an_ending_app_ends_what_waits_for_more_to_do():
    with bounded_process.start_module(preparation._MODULE, takes_jobs=True) as process:
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_one_process_prepares_the_parts_of_a_recording(tmp_path, source, started):
    with closing(start_process()) as process:
        for start in (0.0, 2.0):
            step, target = Step("copy", "mp4", start), tmp_path / f"{start}.mp4"
            assert prepare(source, target, step, process=process).offset == pytest.approx(start)
            assert started[0].poll() is None
    assert len(started) == 1
    assert started[0].returncode is not None


def test_after_a_part_at_which_it_ended_another_process_prepares_the_next(
    tmp_path, source, started
):
    with closing(start_process()) as process:
        with pytest.raises(PreparationCancelledError):
            prepare(source, tmp_path / "x", COPY, cancelled=lambda: True, process=process)
        assert started[0].returncode is not None
        prepare(source, tmp_path / "x", COPY, process=process)
        started[1].kill()
        started[1].wait()
        prepare(source, tmp_path / "x", COPY, process=process)
    assert len(started) == 3


def test_the_time_of_each_part_is_bounded_by_itself(tmp_path, source, started):
    with closing(start_process(Bounds(cpu_seconds=1))) as process:
        for _ in range(12):  # some 0.2 seconds of processor each
            prepare(source, tmp_path / "x.mp4", ENCODE, process=process)
    assert len(started) == 1


def test_what_is_sent_is_written_so_that_its_index_is_in_front(tmp_path, source):
    prepared = prepare(source, tmp_path / "x.mp4", COPY)
    content = prepared.path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(prepared.path)) as container:
        assert container.start_time == 0
