"""An upload of 32 MB to a loopback server: time against curl, memory against the vendor's SDK."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.table import Row, medians, seconds
from lib.interhuman import Client

SIZE = 32 * 1024 * 1024
ROUNDS = 9
MOST_KIB = 2048


@contextmanager
def sink() -> Iterator[str]:
    """The address of a server that swallows uploads."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.sink"], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip() if process.stdout else 0}"
        finally:
            process.terminate()


def rows() -> list[Row]:
    """Both rows."""
    with tempfile.TemporaryDirectory() as folder, sink() as url:
        path = Path(folder) / "recording.mp4"
        path.write_bytes(bytes(SIZE))
        return [_time(path, url), _memory(path, url)]


def _time(path: Path, url: str) -> Row:
    what, reach = "upload of 32 MiB, time", "at most 1.2x"
    curl = shutil.which("curl")
    if curl is None:
        return Row(what, "curl", "curl is not installed", reach, holds=False)
    client = Client.from_key("ih_live_bench", base_url=url)
    form = f"file=@{path};type=application/octet-stream"
    command = [curl, "-sS", "-o", "/dev/null", "-w", "%{time_total}", "-F", form]
    command.append(f"{url}/v1/upload/analyze")
    mine, theirs = medians(
        lambda: seconds(lambda: client.analyze(path)),
        lambda: _own_time(command),
        rounds=ROUNDS,
    )
    measured = f"{mine / theirs:.2f}x ({mine * 1000:.0f} ms, {theirs * 1000:.0f} ms)"
    return Row(what, "curl", measured, reach, holds=mine / theirs <= 1.2)


def _own_time(command: list[str]) -> float:
    """What curl says that it took, without the start of its process."""
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _memory(path: Path, url: str) -> Row:
    grown = {who: _growth(who, url, path) for who in ("ours", "sdk")}
    measured = f"{grown['ours'] / 1024:.1f} MiB (SDK {grown['sdk'] / 1024:.0f} MiB)"
    holds = grown["ours"] <= MOST_KIB
    return Row("upload of 32 MiB, memory", "the vendor's SDK", measured, "at most 2 MB", holds)


def _growth(who: str, url: str, path: Path) -> int:
    command = [sys.executable, "-m", "bench.uploader", who, url, str(path)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
