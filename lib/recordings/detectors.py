"""What FFmpeg's detectors say of frames: stretches, as edges in the frames' metadata."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import av
from av.filter import Graph

QUIET = "noise=-50dB:duration=0.4"  # of silencedetect
Stretches = list[tuple[float, float]]  # from a second to a second


def pull_frames(graph: Graph | None) -> list[Any]:
    """The frames that a graph has for us now; none without a graph."""
    frames: list[Any] = []
    while graph is not None:
        try:
            frames.append(graph.pull())
        except (av.error.BlockingIOError, av.error.EOFError):
            break
    return frames


def read_edges(facts: dict[str, str], start: str, end: str) -> list[float]:
    """The end of one stretch and the beginning of the next, where a frame has them."""
    return [float(facts[name]) for name in (end, start) if name in facts]


def pair_edges(edges: list[float], end: Fraction) -> Stretches:
    """Beginnings and ends in turn as stretches; the last one may last to the end."""
    whole = [*edges, float(end)] if len(edges) % 2 else edges
    pairs = zip(whole[::2], whole[1::2], strict=True)
    return [(start, stop) for start, stop in pairs if math.isfinite(start) and stop > start]
