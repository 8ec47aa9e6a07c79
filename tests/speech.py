"""Recordings in which somebody seems to speak, but for some pauses."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from tests.clip_cache import encoded_once

RATE = 48_000
CODECS = {".wav": "pcm_s16le", ".mp3": "libmp3lame", ".ogg": "libopus"}
FPS = 10


@encoded_once
def speech(
    path: Path,
    *pauses: tuple[float, float],
    seconds: float,
    picture: bool = False,
    noise: float | None = None,
) -> Path:
    """A sound of this length, silent in the pauses; a picture has a keyframe a second.

    With `noise` [dB of full scale], there is that much of it throughout.
    """
    place = np.arange(round(seconds * RATE)) / RATE
    wave = 0.3 * np.sin(2 * np.pi * 300 * place)
    for start, end in pauses:
        wave[round(start * RATE) : round(end * RATE)] = 0
    if noise is not None:
        wave += 10 ** (noise / 20) * np.random.default_rng(1).standard_normal(len(wave))
    samples = (wave.clip(-1, 1) * 32767).astype(np.int16)
    with av.open(str(path), "w") as out:
        shown = out.add_stream("libx264", rate=FPS) if picture else None
        sound = out.add_stream(CODECS.get(path.suffix, "aac"), rate=RATE, layout="mono")
        packets = []
        if shown:
            shown.width = shown.height = 64
            shown.pix_fmt, shown.gop_size = "yuv420p", FPS
            for number in range(round(seconds * FPS)):
                pixels = np.full((64, 64, 3), number % 256, dtype=np.uint8)
                packets += shown.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24"))
            packets += shown.encode(None)
        for first in range(0, len(samples), 4800):
            block = samples[None, first : first + 4800]
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts = RATE, first
            packets += sound.encode(frame)
        packets += sound.encode(None)
        out.mux(sorted(packets, key=lambda one: one.dts * one.time_base))
    return path
