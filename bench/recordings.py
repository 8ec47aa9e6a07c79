"""Recordings prepared for sending, against FFmpeg's own program: an hour cut, ten minutes encoded.

What counts is the processor's time of all processes, since the app's has a low priority.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.table import Row
from lib.recordings.encoding_ladder import Encoding, fit_picture

HOUR, MEGABYTES = 3600, 500
RATE = "1000k"  # of the picture; with the sound, 500 MB an hour
PARTS = 18
TEN_MINUTES = 600
SMALL = Encoding(480, 20, 380_000, 48_000)
ROUNDS = 3
Usage = tuple[float, float]  # seconds of processor, and MB of the largest process


def rows() -> list[Row]:
    """Both rows."""
    program = shutil.which("ffmpeg")
    if program is None:
        missing = "ffmpeg is not installed"
        return [
            Row(_CUT[0], _CUT[1], missing, _CUT[2], holds=False),
            Row(_SMALLER[0], _SMALLER[1], missing, _SMALLER[2], holds=False),
        ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        minute, hour = folder / "minute.mp4", folder / "hour.mp4"
        make_minute(program, minute)
        repeat(program, minute, hour, HOUR)
        row = _cut(program, hour, folder)
        hour.unlink()
        repeat(program, minute, hour, TEN_MINUTES)
        return [row, _smaller(program, hour, folder)]


_CUT = (
    "1 h, 500 MB, cut into parts without re-encoding, processor",
    "ffmpeg -c copy -f segment",
    "at most 1.5x, at most 100 MB",
)
_SMALLER = (
    "10 min of 720p made smaller, processor",
    "ffmpeg with the same settings",
    "at most 1.15x, at most 150 MB",
)


def make_minute(program: str, path: Path) -> None:
    """A minute of a picture of 720p that moves, and sound."""
    picture = "testsrc2=s=1280x720:r=25,noise=alls=12:allf=t"
    command = [program, "-v", "error", "-y", "-f", "lavfi", "-i", picture]
    command += ["-f", "lavfi", "-i", "anoisesrc=a=0.1:r=48000", "-t", "60"]
    command += ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "100"]
    command += ["-b:v", RATE, "-maxrate", RATE, "-bufsize", "2000k", "-c:a", "aac", "-b:a", "96k"]
    subprocess.run([*command, str(path)], check=True)


def repeat(program: str, minute: Path, path: Path, seconds: int) -> None:
    """A recording of so many seconds, without encoding again."""
    command = [program, "-v", "error", "-y", "-stream_loop", "-1", "-i", str(minute)]
    command += ["-t", str(seconds), "-c", "copy", "-movflags", "+faststart", str(path)]
    subprocess.run(command, check=True)


def _cut(program: str, hour: Path, folder: Path) -> Row:
    what, against, reach = _CUT
    parts = [program, "-v", "error", "-y", "-i", str(hour), "-c", "copy", "-f", "segment"]
    parts += ["-segment_time", str(HOUR / PARTS), "-reset_timestamps", "1"]
    mine, theirs, memory = _compare(
        _preparing(hour, folder, "copy"), [*parts, str(folder / "theirs%d.mp4")]
    )
    size = f"{hour.stat().st_size / 1e6:.0f} MB, {PARTS} parts"
    measured = f"{mine / theirs:.2f}x ({mine:.1f} s, {theirs:.1f} s), {memory:.0f} MB; {size}"
    return Row(what, against, measured, reach, holds=mine / theirs <= 1.5 and memory <= 100)


def _smaller(program: str, source: Path, folder: Path) -> Row:
    what, against, reach = _SMALLER
    width, height = fit_picture(SMALL, 1280, 720)
    rate = SMALL.picture_bit_rate
    command = [program, "-v", "error", "-y", "-threads", "2", "-i", str(source), "-threads", "2"]
    command += ["-vf", f"fps={SMALL.frame_rate:g},scale={width}:{height},setsar=1,format=yuv420p"]
    command += ["-c:v", "libx264", "-preset", "veryfast", "-b:v", str(rate)]
    command += ["-maxrate", str(rate * 5 // 4), "-bufsize", str(rate * 4)]
    command += ["-g", str(round(SMALL.frame_rate * 4)), "-movflags", "+faststart"]
    command += ["-c:a", "aac", "-ac", "1", "-ar", "48000", "-b:a", str(SMALL.sound_bit_rate)]
    mine, theirs, memory = _compare(
        _preparing(source, folder, "encode"), [*command, str(folder / "theirs.mp4")]
    )
    measured = f"{mine / theirs:.2f}x ({mine:.1f} s, {theirs:.1f} s), {memory:.0f} MB"
    return Row(what, against, measured, reach, holds=mine / theirs <= 1.15 and memory <= 150)


def _preparing(source: Path, folder: Path, work: str) -> list[str]:
    return [sys.executable, "-m", "bench.prepare", work, str(source), str(folder)]


def _compare(ours: list[str], theirs: list[str]) -> tuple[float, float, float]:
    """Medians of the processor's time, measured in turns; and our memory at most."""
    pairs = [(_preparing_usage(ours), _usage(lambda: _run(theirs))) for _ in range(ROUNDS)]
    mine, others = zip(*pairs, strict=True)
    return (
        statistics.median(used for used, _ in mine),
        statistics.median(others),
        max(memory for _, memory in mine),
    )


def _preparing_usage(command: list[str]) -> Usage:
    """What the process says that the one which it started took."""
    written = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used, memory = written.split()
    return float(used), float(memory)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True)


def _usage(work: Callable[[], None]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
