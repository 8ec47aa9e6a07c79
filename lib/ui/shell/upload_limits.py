"""How large a recording may be that goes to the app: what the settings and the disk allow."""

from __future__ import annotations

from contextlib import suppress

from lib.errors import Problem
from lib.ui.shell import html, services

PLAIN_MEGABYTES = 64  # where the app is a plain script: such an upload is in memory


def max_bytes() -> int:
    """The most bytes that one recording may have."""
    most = services.settings().max_upload_bytes
    return most if services.serving().is_set() else min(most, PLAIN_MEGABYTES * 1_000_000)


def size_problem(size: int) -> Problem | None:
    """Why a file of `size` bytes is not taken, None where it is."""
    if size <= (most := max_bytes()):
        return None
    return Problem(
        f"The recording is {size:,} bytes; this app takes at most {html.format_limit(most)} "
        f"({most:,} bytes).",
        "Compress it or cut it into parts, or ask whoever runs the app to take more.",
        refuses_file=True,
    )


def limit_text() -> str:
    """The most that a recording may have, and what the disk has room for where that is less."""
    most = room = max_bytes()
    with suppress(OSError):  # why the folder cannot be used is said once a recording comes
        room = services.upload_room()
    less = f" (the app's disk has room for {html.format_bytes(room)} now)" if room < most else ""
    return f"up to {html.format_limit(most)}{less}"
