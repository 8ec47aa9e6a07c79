"""What `thumbnail` runs in a process of its own: one picture of a recording as a small JPEG."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageStat

from lib.errors import EmptyStretchError
from lib.recordings.bounded_process import (
    Reporter,
    serve_job,
)
from lib.recordings.damage import Damage
from lib.recordings.decoder import Decoder
from lib.recordings.keyframes import read_from_keyframe
from lib.recordings.picture_track import shown_size, upright_graph
from lib.recordings.source import Progress, Source, open_source
from lib.recordings.step import Step

WIDTH, HEIGHT = 160, 90  # pixels that it fits into
_PLACES = (Fraction(1, 10), Fraction(3, 10), Fraction(6, 10), Fraction(9, 10), Fraction(0))
_LEAST_LIGHT = 20  # of 255, on average: darker pictures are taken for black
_MOST_PICTURES = 500  # decoded on the way from a keyframe to a place
_STEP = Step("encode", "", skip_damage=True)


def draw_thumbnail(path: Path, target: Path, progress: Progress) -> bool:
    """Write the first picture that is not black, a tenth into the recording or later.

    Where all that were looked at are black, the brightest of them. Returns whether there is a
    picture at all.
    """
    best, most_light = None, -1.0
    for number, place in enumerate(_PLACES):
        image = _image_at(path, place)
        progress((number + 1) / len(_PLACES))
        light = ImageStat.Stat(image.convert("L")).mean[0] if image else -1.0
        if light > most_light:
            best, most_light = image, light
        if light >= _LEAST_LIGHT:
            break
    if best is None:
        return False
    best.save(target, "JPEG", quality=80, optimize=True)
    return True


def _image_at(path: Path, place: Fraction) -> Image.Image | None:
    """The picture at a share of a recording's length, or the last before it; None for none."""
    try:
        with open_source(path, _STEP) as source:
            if source.picture is None:
                return None
            found = frame_at(source, (source.length or Fraction(0)) * place)
            return shrink(found[0], source.picture, WIDTH, HEIGHT) if found else None
    except EmptyStretchError:
        return None


def frame_at(source: Source, time: Fraction) -> tuple[VideoFrame, Fraction] | None:
    """The first picture that is shown at a time [s] or later, and when it is shown.

    It is an earlier one where there is none later, or it lies far from its keyframe.
    """
    decoder, last, count = Decoder(source, Fraction(0), Damage()), None, 0
    _, packets = read_from_keyframe(source, time, Damage())
    for packet in packets:
        if packet.stream.type != "video":
            continue
        for frame, shown in decoder.decode(packet):
            if isinstance(frame, VideoFrame):
                last, count = (frame, Fraction(shown)), count + 1
                if shown >= time or count >= _MOST_PICTURES:
                    return last
    return last


def shrink(frame: VideoFrame, stream: VideoStream, width: int, height: int) -> Image.Image:
    """A picture as it is shown, upright, in bounds of so many pixels."""
    full_width, full_height = shown_size(stream, frame.rotation)
    scale = min(1.0, width / full_width, height / full_height)
    small = max(1, round(full_width * scale)), max(1, round(full_height * scale))
    graph = upright_graph(frame, *small, form="rgb24")
    frame.pts, frame.time_base = 0, Fraction(1, 1000)
    graph.vpush(frame)
    return Image.fromarray(graph.vpull().to_ndarray())


def _carry_out(job: dict[str, Any]) -> dict[str, Any]:
    source, target = Path(job["source"]), Path(job["target"])
    return {"has_picture": draw_thumbnail(source, target, Reporter().report)}


if __name__ == "__main__":
    serve_job(_carry_out)
