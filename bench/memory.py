"""What a process has in memory, as Linux counts it."""

from __future__ import annotations

import re
from pathlib import Path


def mark_peak(process: int) -> float:
    """Count the peak of a process anew from now on; what it has now [MB]."""
    Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")
    return read_mb(process, "VmRSS")


def read_mb(process: int, name: str) -> float:
    """A line of a process's status in MB: VmRSS is now, VmHWM the peak."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 / 1e6 if found else 0.0
