"""How a recording is made smaller: sizes of picture and bit rates, best first, and what they take.

Measured: 30 min of 720p at 360p, 12 pictures a second, 110 + 24 kbit/s are 31.4 MB.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from lib.api_limits import MAX_BYTES

TARGET_BYTES = int(MAX_BYTES * 0.95)  # an encoder meets its bit rate within a few per cent
_PACKET_BYTES = 12  # of a container's index, for each picture and each block of sound
_SOUND_BLOCKS = 47  # a second
_WIDE = 16 / 9
_MOST = 1080  # pixels


@dataclass(frozen=True, slots=True)
class Encoding:
    """What is encoded: `height` [pixels], `frame_rate` [1/s] and bit rates [bit/s].

    The height is that of a wide picture; 0 is sound alone.
    """

    height: int
    frame_rate: float
    picture_bit_rate: int
    sound_bit_rate: int


_PICTURES = (  # best first
    Encoding(1080, 30, 3_000_000, 128_000),
    Encoding(720, 30, 1_500_000, 96_000),
    Encoding(720, 25, 900_000, 96_000),
    Encoding(540, 25, 600_000, 64_000),
    Encoding(480, 20, 400_000, 48_000),
    Encoding(360, 15, 220_000, 32_000),
    Encoding(360, 12, 110_000, 24_000),
)
_SOUNDS = (
    Encoding(0, 0, 0, 96_000),
    Encoding(0, 0, 0, 64_000),
    Encoding(0, 0, 0, 48_000),
)


def choose_encoding(seconds: float, *, height: int | None, picture: bool) -> Encoding:
    """The best encoding in which so many seconds are under the API's limit.

    None is for a much larger picture than the recording's; a `height` of None is not known. The
    last one is given where even that is over the limit: 30 minutes of it are not.
    """
    ladder = _PICTURES if picture else _SOUNDS
    roof = min((one.height for one in ladder if one.height >= (height or _MOST)), default=_MOST)
    fitting = [
        one for one in ladder if one.height <= roof and expected_bytes(one, seconds) <= TARGET_BYTES
    ]
    return fitting[0] if fitting else ladder[-1]


def expected_bytes(encoding: Encoding, seconds: float) -> int:
    """The size of a file of so many seconds."""
    rate = (encoding.picture_bit_rate + encoding.sound_bit_rate) / 8
    return round(seconds * (rate + _PACKET_BYTES * (encoding.frame_rate + _SOUND_BLOCKS)))


def fit_picture(encoding: Encoding, width: float, height: float) -> tuple[int, int]:
    """Width and height of the picture that is sent: of the same shape, and never larger.

    It has the area of a wide picture of the encoding's height, so that an upright one is as sharp.
    H.264 needs multiples of 2.
    """
    scale = min(1.0, encoding.height * math.sqrt(_WIDE / (width * height)))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def expected_cpu_seconds(
    encoding: Encoding, seconds: float, *, pixels: int, frame_rate: float
) -> float:
    """How long encoding takes one core: measured once for 720p, and scaled by what is read.

    `pixels` and `frame_rate` are those of the recording; 0 for sound alone.
    """
    read = pixels * frame_rate / (1280 * 720 * 30)
    written = encoding.height**2 * _WIDE * encoding.frame_rate / (640 * 360 * 12)
    return seconds * (0.005 + 0.062 * read + 0.025 * written)
