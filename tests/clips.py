"""Small media files, encoded when a test asks for them. Nothing outside PyAV is needed."""

import struct
from pathlib import Path

import av
import numpy as np

from tests.clip_cache import encoded_once

SIZE = 64  # pixels, square
FPS = 10
RATE = 48_000  # samples a second


@encoded_once
def clip(
    path: Path,
    *,
    seconds: float = 4.0,
    video: str | None = "libx264",
    audio: str | None = "aac",
    shade: int = 0,
    keyframe_seconds: float | None = None,
) -> Path:
    """Encode a clip of `seconds` into the container that the suffix of `path` names.

    `video` and `audio` are encoder names, None for no such track. Another `shade` gives another
    file of the same shape. Without `keyframe_seconds` the encoder chooses.
    """
    with av.open(str(path), "w") as out:
        picture = out.add_stream(video, rate=FPS) if video else None
        if picture:
            picture.width = picture.height = SIZE
            picture.pix_fmt = "yuv420p"
            if keyframe_seconds:
                picture.gop_size = round(keyframe_seconds * FPS)
        sound = out.add_stream(audio, rate=RATE) if audio else None
        if sound:
            sound.layout = "mono"
        if picture:
            for index in range(round(seconds * FPS)):
                pixels = np.full((SIZE, SIZE, 3), (shade + index) % 256, dtype=np.uint8)
                out.mux(picture.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
            out.mux(picture.encode(None))
        if sound:
            _mux_tone(out, sound, seconds)
    return path


def remux(source: Path, target: Path, **options: str) -> Path:
    """Copy a clip into another container, whose muxer has `options`; nothing is encoded anew."""
    with (
        av.open(str(source)) as read,
        av.open(str(target), "w", container_options=options) as written,
    ):
        streams = {s.index: written.add_stream_from_template(s) for s in read.streams}
        for packet in read.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                written.mux(packet)
    return target


def grow(path: Path, size: int) -> Path:
    """Make an MP4 this many bytes large, by a box that no reader reads."""
    with path.open("ab") as file:
        file.write((size - path.stat().st_size).to_bytes(4, "big") + b"free")
        file.truncate(size)
    return path


def state_length(path: Path, seconds: float) -> Path:
    """Let the header of a Matroska clip state another length."""
    content = bytearray(path.read_bytes())
    place = content.index(b"\x44\x89\x88") + 3  # Duration, in milliseconds
    content[place : place + 8] = struct.pack(">d", seconds * 1000)
    path.write_bytes(content)
    return path


def damage(path: Path, first: float, last: float) -> Path:
    """Zeroes for a stretch of the file's bytes, as shares of it."""
    content = bytearray(path.read_bytes())
    begin, end = round(len(content) * first), round(len(content) * last)
    content[begin:end] = bytes(end - begin)
    path.write_bytes(content)
    return path


def _mux_tone(out, sound, seconds):
    step = 1024
    for first in range(0, round(seconds * RATE), step):
        count = min(step, round(seconds * RATE) - first)
        wave = 0.1 * np.sin(2 * np.pi * 220 * np.arange(first, first + count) / RATE)
        planar = sound.format.is_planar and sound.format.name.startswith("flt")
        if planar or sound.format.name == "flt":
            frame = av.AudioFrame.from_ndarray(
                wave.astype(np.float32)[None, :], format=sound.format.name, layout="mono"
            )
        else:
            frame = av.AudioFrame.from_ndarray(
                (wave * 32767).astype(np.int16)[None, :], format="s16", layout="mono"
            )
        frame.sample_rate = RATE
        frame.pts = first
        out.mux(sound.encode(frame))
    out.mux(sound.encode(None))
