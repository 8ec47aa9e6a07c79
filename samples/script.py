"""What is said and done in the sample clip, and when. Times are seconds from its start.

Every line has a fixed start, so another version of the voices moves nothing but its end:
`sample.json` was written to these times.
"""

from __future__ import annotations

from dataclasses import dataclass

LENGTH = 88.0
SILENCE = (39.9, 50.8)  # Ben studies the plan; nobody speaks
PLAN_SHOWN = (39.0, 86.0)  # when the plan stands between the two
RESENT = 63.6  # when the grey bars of the plan turn green


@dataclass(frozen=True, slots=True)
class Line:
    """One spoken line: `rate` in words a minute, `pitch` from 0 to 99 (50 is the voice's own)."""

    start: float
    speaker: str
    text: str
    rate: int = 160
    pitch: int = 50


@dataclass(frozen=True, slots=True)
class Pose:
    """How a face is held from `start` until the next pose.

    Each value goes from -1 to 1: `smile` and `brow` from down to up, `gaze` from left to right,
    `lean` from back to towards the camera.
    """

    start: float
    smile: float = 0.2
    brow: float = 0.0
    gaze: float = 0.0
    lean: float = 0.0


LINES = (
    Line(0.8, "Ana", "Thanks for coming in, Ben. How is the bakery?", rate=165),
    Line(4.4, "Ben", "Busy. Good busy. Four ovens now, and twelve people.", rate=165, pitch=55),
    Line(9.2, "Ana", "Twelve! And you plan all their shifts in our app?", rate=170, pitch=58),
    Line(12.6, "Ben", "Every Sunday night. It saves me an hour, easily.", rate=165),
    Line(16.0, "Ana", "So why did you turn the reminders off?", rate=165),
    Line(20.1, "Ben", "Um.", rate=110, pitch=38),
    Line(21.3, "Ben", "Well. I am not sure I did.", rate=135, pitch=42),
    Line(23.8, "Ben", "They just, sort of, faded.", rate=125, pitch=40),
    Line(26.6, "Ana", "Faded? They go out every morning, at six sharp.", rate=165, pitch=56),
    Line(
        29.4, "Ben", "No. No, they do not. Last week two people never got one.", rate=185, pitch=64
    ),
    Line(33.4, "Ana", "You are right. That was our mistake, and it is fixed.", rate=155, pitch=44),
    Line(37.0, "Ben", "Fixed. For how long?", rate=160, pitch=60),
    Line(38.8, "Ana", "See for yourself.", rate=165),
    Line(50.9, "Ben", "Hm. Wait. What are the grey bars?", rate=150, pitch=58),
    Line(54.1, "Ana", "Grey means: this person has not answered yet.", rate=155),
    Line(57.4, "Ben", "Oh! Oh, nice. So I can see who never got it?", rate=180, pitch=66),
    Line(61.2, "Ana", "Exactly. And one tap sends it again.", rate=165, pitch=55),
    Line(64.4, "Ben", "Yes. Yes, that is what I needed last week.", rate=165, pitch=56),
    Line(
        67.6,
        "Ana",
        "Then there is an export, and colour themes, and stickers, and a monthly letter, and",
        rate=185,
    ),
    Line(71.2, "Ben", "Mm.", rate=120, pitch=35),
    Line(73.4, "Ben", "Sure.", rate=120, pitch=32),
    Line(74.7, "Ana", "Too much? I will stop there.", rate=155, pitch=52),
    Line(
        77.0,
        "Ben",
        "Ha, a little. But the grey bars? I would use those tomorrow.",
        rate=165,
        pitch=58,
    ),
    Line(81.6, "Ana", "Tomorrow it is. Thank you, Ben.", rate=155, pitch=54),
    Line(84.4, "Ben", "Thank you. That was useful.", rate=155, pitch=52),
)

POSES = {
    "Ana": (
        Pose(0.0, smile=0.6, gaze=0.3),
        Pose(9.0, smile=0.8, brow=0.7, gaze=0.3, lean=0.4),
        Pose(15.8, smile=0.2, gaze=0.3),
        Pose(18.2, brow=0.5, gaze=0.3, lean=0.3),
        Pose(26.4, smile=-0.1, brow=0.8, gaze=0.3),
        Pose(30.2, smile=-0.4, brow=0.3, gaze=0.2, lean=-0.5),
        Pose(33.3, smile=-0.1, gaze=0.3, lean=0.1),
        Pose(39.0, smile=0.3, gaze=0.7),
        Pose(43.0, smile=0.3, gaze=0.3),
        Pose(48.0, smile=0.3, gaze=0.7),
        Pose(51.0, smile=0.3, brow=0.3, gaze=0.4, lean=0.2),
        Pose(57.8, smile=0.8, brow=0.4, gaze=0.3, lean=0.3),
        Pose(67.5, smile=0.5, brow=0.4, gaze=0.8, lean=-0.2),
        Pose(72.6, smile=-0.1, brow=0.5, gaze=0.3),
        Pose(77.2, smile=0.8, brow=0.2, gaze=0.3, lean=0.2),
    ),
    "Ben": (
        Pose(0.0, smile=0.4, gaze=-0.3),
        Pose(4.2, smile=0.8, brow=0.3, gaze=-0.3, lean=0.2),
        Pose(16.4, smile=0.0, gaze=-0.3),
        Pose(18.2, smile=-0.3, brow=0.4, gaze=0.8, lean=-0.4),
        Pose(23.8, smile=-0.2, brow=0.5, gaze=0.4, lean=-0.3),
        Pose(28.4, smile=-0.5, brow=-0.7, gaze=-0.3),
        Pose(29.4, smile=-0.8, brow=-1.0, gaze=-0.3, lean=0.7),
        Pose(33.2, smile=-0.7, brow=-0.7, gaze=-0.3, lean=-0.3),
        Pose(37.0, smile=-0.5, brow=0.8, gaze=-0.3, lean=-0.5),
        Pose(39.8, smile=-0.1, brow=-0.2, gaze=-0.8),
        Pose(50.6, smile=0.0, brow=-0.6, gaze=-0.9, lean=0.6),
        Pose(57.2, smile=0.8, brow=1.0, gaze=-0.8, lean=0.9),
        Pose(64.2, smile=0.9, brow=0.3, gaze=-0.4, lean=0.4),
        Pose(68.8, smile=0.0, gaze=0.6, lean=-0.5),
        Pose(70.6, smile=-0.2, brow=-0.1, gaze=1.0, lean=-0.9),
        Pose(76.6, smile=0.9, brow=0.3, gaze=-0.3, lean=0.2),
        Pose(79.0, smile=0.7, brow=0.2, gaze=-0.3, lean=0.5),
    ),
}
NODS = {
    "Ana": ((12.9, 14.2), (33.5, 34.6), (58.6, 60.4), (79.6, 81.4)),
    "Ben": ((12.6, 14.0), (64.4, 66.6), (81.9, 83.4)),
}
SHAKES = {"Ana": (), "Ben": ((29.4, 31.2),)}
