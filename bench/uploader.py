"""Upload one file in a process of its own, and print by how many KiB its memory grew at most.

`python -m bench.uploader ours|sdk URL FILE`. A small upload first loads everything that is loaded
once; Linux then counts the peak anew.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable
from pathlib import Path

STATUS = Path("/proc/self/status")


def main(who: str, url: str, path: str) -> None:
    """Upload and print the growth."""
    send = ours(url) if who == "ours" else sdk(url)
    small = Path(path).with_suffix(".small")
    small.write_bytes(b"x" * 4096)
    send(small)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # peak := now
    before = kib("VmRSS")
    send(Path(path))
    print(kib("VmHWM") - before)


def kib(name: str) -> int:
    """A line of the process's status, in KiB."""
    found = re.search(rf"^{name}:\s+(\d+) kB", STATUS.read_text(encoding="ascii"), re.MULTILINE)
    return int(found[1]) if found else 0


def ours(url: str) -> Callable[[Path], object]:
    """Our client."""
    from lib.interhuman import Client  # noqa: PLC0415  only one of the two is loaded

    client = Client.from_key("ih_live_bench", base_url=url)
    return client.analyze


def sdk(url: str) -> Callable[[Path], object]:
    """The vendor's SDK."""
    from interhumanai import InterhumanClient  # noqa: PLC0415

    client = InterhumanClient(access_token="ih_live_bench", base_url=url)
    return lambda path: asyncio.run(client.upload.analyze(str(path)))


if __name__ == "__main__":
    main(*sys.argv[1:4])
