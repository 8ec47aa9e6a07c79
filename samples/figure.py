"""One of the two people: a flat figure whose face follows the script. Knows Pillow by the pen."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image

from samples.pen import Pen, sheet
from samples.script import NODS, POSES, SHAKES, Pose

WIDTH, HEIGHT = 288, 214
POSING = 0.45  # seconds a face takes to its next pose
BLINK = 0.14  # seconds
PARTED = 0.08  # the loudness from which a mouth is open
DARK, WHITE = "#231a1c", "#fbfaf7"


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one person; `blink_every` in seconds."""

    wall: str
    accent: str
    skin: str
    shade: str
    hair: str
    shirt: str
    lid: str
    lips: str
    blink_every: float


LOOKS = {
    "Ana": Look(
        "#24424b", "#5cc8b8", "#e6b08c", "#cc9272", "#33211d", "#dfe7ea", "#7a4a3a", "#a8434e", 3.7
    ),
    "Ben": Look(
        "#43364d", "#f0b45b", "#cf9668", "#ad7550", "#4a3122", "#6f8fbd", "#7d4f33", "#c9777a", 4.3
    ),
}


def tile(name: str, time: float, loudness: float) -> Image.Image:
    """Draw a person before their wall; `loudness` from 0 to 1 opens the mouth."""
    look, pose = LOOKS[name], pose_at(name, time)
    image, pen = sheet(WIDTH, HEIGHT, look.wall)
    body = Pen(pen.draw, WIDTH / 2, HEIGHT, scale=1 + 0.05 * pose.lean)
    breath = 0.8 * math.sin(1.5 * time + look.blink_every)
    nod = 4.5 * _sway(time, NODS[name], beats=1.9)
    shake = 5.0 * _sway(time, SHAKES[name], beats=1.6)
    head = body.at(2 * pose.gaze + shake, nod + breath)
    if name == "Ana":
        _ana(body.at(0, breath), head, look)
    else:
        _ben(body.at(0, breath), head, look)
    closed = (time + look.blink_every / 2) % look.blink_every < BLINK
    _face(head.at(4 * pose.gaze + 0.6 * shake, 0.6 * nod), look, pose, closed=closed)
    _mouth(head.at(4 * pose.gaze + 0.6 * shake, 0.6 * nod), look, pose, loudness)
    return image


def pose_at(name: str, time: float) -> Pose:
    """Give the pose at `time`, eased from the one before."""
    poses = POSES[name]
    index = max(i for i, pose in enumerate(poses) if pose.start <= time)
    now, before = poses[index], poses[max(index - 1, 0)]
    part = min((time - now.start) / POSING, 1.0)
    part = part * part * (3 - 2 * part)
    return Pose(
        time,
        smile=before.smile + part * (now.smile - before.smile),
        brow=before.brow + part * (now.brow - before.brow),
        gaze=before.gaze + part * (now.gaze - before.gaze),
        lean=before.lean + part * (now.lean - before.lean),
    )


def _sway(time: float, spans: tuple[tuple[float, float], ...], *, beats: float) -> float:
    for start, end in spans:
        if start <= time < end:
            fade = math.sin(math.pi * (time - start) / (end - start))
            return fade * math.sin(2 * math.pi * beats * (time - start))
    return 0.0


def _ana(body: Pen, head: Pen, look: Look) -> None:
    head.slab((-51, -172), (51, -58), 46, look.hair)
    _trunk(body, look)
    body.curve([(-24, -57), (0, -28), (24, -57)], 5, "#b9c7cc")
    head.oval(0, -114, 74, 88, look.skin)
    head.oval(-18, -153, 56, 40, look.hair)
    head.oval(23, -151, 46, 42, look.hair)
    head.oval(4, -160, 40, 24, look.hair)
    for side in (-1, 1):
        head.oval(side * 38, -92, 6, 6, "#e9c46a")


def _ben(body: Pen, head: Pen, look: Look) -> None:
    _trunk(body, look)
    for side in (-1, 1):
        body.slab((side * 34 - 5, -58), (side * 34 + 5, 10), 2, "#efe6d3")
    body.slab((-44, -26), (44, 20), 6, "#efe6d3")
    for side in (-1, 1):
        head.oval(side * 38, -112, 14, 22, look.shade)
    head.oval(0, -140, 82, 62, look.hair)
    head.oval(0, -112, 76, 92, look.hair)
    head.slab((-36, -146), (36, -96), 22, look.skin)
    head.oval(0, -104, 66, 40, look.skin)


def _trunk(body: Pen, look: Look) -> None:
    body.slab((-78, -58), (78, 60), 40, look.shirt)
    body.slab((-16, -92), (16, -40), 15, look.shade)


def _face(head: Pen, look: Look, pose: Pose, *, closed: bool) -> None:
    for side in (-1, 1):
        eye = side * 16
        if closed:
            head.curve([(eye - 7, -116), (eye, -113), (eye + 7, -116)], 2.4, look.shade)
        else:
            head.oval(eye, -117, 14, 11, WHITE)
            head.oval(eye + 2.8 * pose.gaze, -117, 8.5, 8.5, DARK)
            head.oval(eye + 2.8 * pose.gaze + 1.6, -118.8, 2.4, 2.4, WHITE)
            head.curve([(eye - 7.5, -119), (eye, -126), (eye + 7.5, -119)], 2.6, look.lid)
        lift, frown = -131 - 5 * max(pose.brow, 0), 5 * max(-pose.brow, 0)
        inner, outer = (eye - side * 9, lift + frown), (eye + side * 10, lift + 2)
        head.curve([inner, (eye, lift - 3 + frown / 2), outer], 3.4, look.hair)
    head.curve([(-1, -110), (5, -100), (-2, -99)], 2.6, look.shade)


def _mouth(head: Pen, look: Look, pose: Pose, loudness: float) -> None:
    bend = 6 * pose.smile
    if loudness > PARTED:
        width = 19 + 3 * pose.smile
        head.oval(0, -82, width, 4 + 13 * loudness, look.lips)
        head.oval(0, -82 + 2 * loudness, width - 5, 1 + 8 * loudness, DARK)
    else:
        head.curve([(-11, -82 - bend / 2), (0, -82 + bend), (11, -82 - bend / 2)], 3.2, look.lips)
