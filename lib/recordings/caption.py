"""Captions in the picture, title cards, and a picture that nobody can be recognized in.

FFmpeg as PyAV brings it draws no text: Pillow does, with a font of the system where there is one
with many scripts, else with its own, which has Latin letters alone.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from lib.plain_text import one_line, short_labels

_FONT = "DejaVuSans.ttf"  # where the system has it
_MISSING = "\uffff"  # drawn as every character that a font does not have
_BLACK, _WHITE, _GREY = 16, 235, 128  # of 8-bit video
_SHADE = 0.72  # of the band behind a caption
_LINES_HIGH = 24  # lines of text in the height of a picture
_LEAST_SIZE = 10  # pixels
_BLURRED_HEIGHT = 16  # pixels that are left of a picture's height

_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
_Plane = NDArray[np.floating[Any]]


def draw_caption(picture: VideoFrame, lines: tuple[str, ...]) -> VideoFrame:
    """The picture with lines of text on a dark band at its bottom."""
    luma, shade = _band(picture.width, picture.height, lines)
    pixels = picture.to_ndarray()  # a copy: the picture itself may be shown again
    height, band = picture.height, luma.shape[0]
    bright = pixels[height - band : height]
    bright[:] = bright * (1 - shade) + luma * shade
    colours = pixels[height:].reshape(2, height // 2, picture.width // 2)
    under = colours[:, height // 2 - band // 2 :]
    under[:] = under * (1 - shade[::2, ::2]) + _GREY * shade[::2, ::2]
    return VideoFrame.from_ndarray(pixels, format="yuv420p")


def blur_picture(picture: VideoFrame) -> VideoFrame:
    """The picture of which so few pixels are left that it shows postures, but no faces."""
    width = max(2, round(picture.width * _BLURRED_HEIGHT / picture.height / 2) * 2)
    small = picture.reformat(width=width, height=_BLURRED_HEIGHT, interpolation="AREA")
    return small.reformat(width=picture.width, height=picture.height, interpolation="BICUBIC")


def draw_card(width: int, height: int, lines: tuple[str, ...]) -> VideoFrame:
    """A dark picture with lines of text in its middle."""
    size = max(_LEAST_SIZE, min(height // (_LINES_HIGH // 2), width // 16))
    image = Image.new("RGB", (width, height), (24, 24, 24))
    draw, font, step = ImageDraw.Draw(image), _font(size), round(size * 1.5)
    top = (height - step * len(lines)) // 2
    for number, line in enumerate(lines):
        text = _fitting(line, font, width - size)
        left = (width - font.getlength(text)) / 2
        draw.text((left, top + number * step), text, fill=(240, 240, 240), font=font)
    return VideoFrame.from_ndarray(np.asarray(image), format="rgb24")


@lru_cache(maxsize=4)
def _band(width: int, height: int, lines: tuple[str, ...]) -> tuple[_Plane, _Plane]:
    """How bright a caption is, and how much of it covers the picture (from 0 to 1)."""
    size = max(_LEAST_SIZE, min(height, width) // _LINES_HIGH)
    font, step = _font(size), round(size * 1.4)
    band = min(height, (step * len(lines) + size) // 2 * 2)
    image = Image.new("L", (width, band), 0)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        text = _fitting(line, font, width - size)
        draw.text((size // 2, size // 2 + number * step), text, fill=255, font=font)
    ink = np.asarray(image, dtype=np.float32) / 255
    luma: _Plane = ink * np.float32(_WHITE - _BLACK) + np.float32(_BLACK)
    shade: _Plane = np.maximum(ink, np.float32(_SHADE))
    return luma, shade


def _fitting(line: str, font: _Font, room: int) -> str:
    """As much of a line as there is room for [pixels], of characters that the font has."""
    text = _drawable(one_line(line), font)
    return short_labels({"": text}, room=room, width=lambda part: round(font.getlength(part)))[""]


def _drawable(text: str, font: _Font) -> str:
    """The text without what the font does not have: accents are left out, other letters are ?."""
    drawn = []
    for char in text:
        if _has(font, char):
            drawn.append(char)
            continue
        plain = [one for one in unicodedata.normalize("NFKD", char) if _has(font, one)]
        drawn.append("".join(plain) or "?")
    return "".join(drawn)


def _has(font: _Font, char: str) -> bool:
    return char.isspace() or _ink(font, char) != _ink(font, _MISSING)


@lru_cache(maxsize=1000)
def _ink(font: _Font, char: str) -> bytes:
    mask: Any = font.getmask(char)
    return bytes(mask)


@cache
def _font(size: int) -> _Font:
    try:
        return ImageFont.truetype(_FONT, size)
    except OSError:
        return ImageFont.load_default(size)
