"""Prepare a recording as the app does, and print what that took.

`python -m bench.prepare copy|encode FILE FOLDER` prints seconds of processor, those of this process
too, and MB of the largest of the processes that it started.
"""

from __future__ import annotations

import resource
import sys
from contextlib import closing
from pathlib import Path

from bench.recordings import HOUR, PARTS, SMALL
from lib.recordings.preparation import prepare, start_process
from lib.recordings.step import Step


def main(work: str, source: Path, folder: Path) -> None:
    """Prepare all parts, one after another."""
    before = _seconds(resource.RUSAGE_SELF)
    with closing(start_process()) as process:
        for number, step in enumerate(_steps(work)):
            target = folder / f"ours{number}.mp4"
            prepare(source, target, step, process=process)
    used = _seconds(resource.RUSAGE_SELF) - before + _seconds(resource.RUSAGE_CHILDREN)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    print(used, memory)


def _steps(work: str) -> list[Step]:
    if work == "encode":
        return [Step("encode", "mp4", encoding=SMALL)]
    starts = [HOUR * number / PARTS for number in range(PARTS)]
    return [
        Step("copy", "mp4", start, end)
        for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]


def _seconds(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
