"""What `stills` runs in a process of its own: pictures at some times of a recording, as JPEG."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from lib.errors import EmptyStretchError
from lib.recordings.bounded_process import Reporter, serve_job
from lib.recordings.source import Progress, open_source
from lib.recordings.step import Step
from lib.recordings.thumbnail_process import frame_at, shrink

_QUALITY = 75
_STEP = Step("encode", "", skip_damage=True)


def draw_stills(
    path: Path, times: Sequence[float], bounds: dict[str, int], progress: Progress
) -> dict[str, Any]:
    """The stills that could be drawn, each with its time and when it is shown [s], in base64.

    `stopped` says why the rest was not begun: "time", where `seconds` of work are spent, or "size",
    where they have `bytes` together; "" where nothing stopped it. `bounds` has these, and `pixels`.
    """
    stills: list[tuple[float, float, str]] = []
    size, stopped, has_picture = 0, "", True
    for number, at in enumerate(times):
        if time.process_time() > bounds["seconds"] or size > bounds["bytes"]:
            stopped = "size" if size > bounds["bytes"] else "time"
            break
        try:
            drawn = _draw_still(path, at, bounds["pixels"])
        except EmptyStretchError:
            drawn = None
        except _NoPictureError:
            has_picture = False
            break
        if drawn:
            shown, jpeg = drawn
            size += len(jpeg)
            stills.append((at, shown, base64.b64encode(jpeg).decode()))
        progress((number + 1) / len(times))
    return {"stills": stills, "has_picture": has_picture, "stopped": stopped}


class _NoPictureError(Exception):
    """The recording is sound alone."""


def _draw_still(path: Path, at: float, pixels: int) -> tuple[float, bytes] | None:
    with open_source(path, _STEP) as source:
        if source.picture is None:
            raise _NoPictureError
        found = frame_at(source, Fraction(at))
        if found is None:
            return None
        frame, shown = found
        file = io.BytesIO()
        shrink(frame, source.picture, pixels, pixels).save(file, "JPEG", quality=_QUALITY)
        return float(shown), file.getvalue()


def _carry_out(job: dict[str, Any]) -> dict[str, Any]:
    return draw_stills(Path(job["source"]), job["times"], job["bounds"], Reporter().report)


if __name__ == "__main__":
    serve_job(_carry_out)
