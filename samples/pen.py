"""Flat shapes in units of a 640 x 360 picture, drawn larger. Knows Pillow."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

ZOOM = 3  # pixels to a unit; the encoder halves them again, which smooths the edges

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws round the origin (x, y); every length is multiplied by `scale`."""

    draw: ImageDraw.ImageDraw
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0

    def at(self, x: float, y: float) -> Pen:
        """Give the same pen with its origin moved by (x, y)."""
        return Pen(self.draw, self.x + x * self.scale, self.y + y * self.scale, self.scale)

    def oval(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """Fill an ellipse round (x, y)."""
        start, end = (x - width / 2, y - height / 2), (x + width / 2, y + height / 2)
        self.draw.ellipse([self._pixel(start), self._pixel(end)], fill=fill)

    def slab(self, start: Point, end: Point, radius: float, fill: str) -> None:
        """Fill a box with round corners."""
        box = [self._pixel(start), self._pixel(end)]
        self.draw.rounded_rectangle(box, radius * self.scale * ZOOM, fill=fill)

    def curve(self, points: Sequence[Point], width: float, fill: str) -> None:
        """Draw a line with round ends along the quadratic curve of three points."""
        first, middle, last = points
        steps = [step / 12 for step in range(13)]
        path = [
            self._pixel(
                (
                    (1 - s) ** 2 * first[0] + 2 * s * (1 - s) * middle[0] + s * s * last[0],
                    (1 - s) ** 2 * first[1] + 2 * s * (1 - s) * middle[1] + s * s * last[1],
                )
            )
            for s in steps
        ]
        self.draw.line(path, fill=fill, width=round(width * self.scale * ZOOM), joint="curve")
        for x, y in (first, last):
            self.oval(x, y, width, width, fill)

    def text(self, where: Point, words: str, size: float, fill: str, anchor: str = "la") -> None:
        """Write `words`; `anchor` as Pillow names it (left top, middle top, right top)."""
        self.draw.text(self._pixel(where), words, font=font(size), fill=fill, anchor=anchor)

    def _pixel(self, point: Point) -> Point:
        x, y = point
        return (self.x + x * self.scale) * ZOOM, (self.y + y * self.scale) * ZOOM


@functools.cache
def font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Give Pillow's own font, `size` units high."""
    return ImageFont.load_default(size * ZOOM)


def sheet(width: float, height: float, colour: str) -> tuple[Image.Image, Pen]:
    """Give an empty picture and a pen whose origin is its upper left corner."""
    image = Image.new("RGB", (round(width * ZOOM), round(height * ZOOM)), colour)
    return image, Pen(ImageDraw.Draw(image))


def place(image: Image.Image, part: Image.Image, where: Point, width: float) -> None:
    """Paste the middle of `part`, `width` units wide, with round corners."""
    across, high = round(width * ZOOM), part.height
    left = (part.width - across) // 2
    mask = Image.new("L", (across, high))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, across - 1, high - 1), 14 * ZOOM, fill=255)
    corner = (round(where[0] * ZOOM), round(where[1] * ZOOM))
    image.paste(part.crop((left, 0, left + across, high)), corner, mask)
