"""The colours of the charts, in one file.

Each stands out by 3:1 or more from a white and from a dark page, and from its companions also to
colour-blind eyes. None stands alone: a label, a dash or a pattern always says the same.
"""

from __future__ import annotations

SUPPORTIVE_COLOR = "#2F7FD1"
FRICTION_COLOR = "#CF6A0A"
NEUTRAL_COLOR = "#7A828C"

PALETTES = {  # of the groups, to choose from
    "Blue and orange": (SUPPORTIVE_COLOR, FRICTION_COLOR),
    "Purple and gold": ("#9B0CED", "#B38909"),
    "Violet and green": ("#D442F5", "#08A00D"),
    "Teal and red": ("#0A9BC7", "#F5424B"),
}
GROUP_COLORS = {"supportive": SUPPORTIVE_COLOR, "friction": FRICTION_COLOR, "other": NEUTRAL_COLOR}
GROUP_MARKS = {"supportive": "▲ ", "friction": "▽ ", "other": ""}  # say the group in a label
STATE_COLORS = {"engaged": SUPPORTIVE_COLOR, "neutral": NEUTRAL_COLOR, "disengaged": FRICTION_COLOR}
SCORE_COLORS = {
    "quality_index": "#3B5DF3",
    "clarity": "#1D92E5",
    "authority": "#BC0A9E",
    "energy": "#9E8F1D",
    "rapport": "#BB5F8E",
    "learning": "#2A763F",
}
SCORE_DASHES = {  # short gaps: a level of a few pixels must not fall into one
    "quality_index": "solid",
    "clarity": "solid",
    "authority": "5px,2px",
    "energy": "2px,2px",
    "rapport": "8px,2px,2px,2px",
    "learning": "11px,3px",
}

FAINT_COLOR = "rgba(128, 134, 144, 0.22)"  # grid and separators: may vanish without loss
CLEAR_COLOR = "rgba(0, 0, 0, 0)"


def group_colors(name: str) -> dict[str, str]:
    """Return the colour of each group in the palette of this name."""
    supportive, friction = PALETTES[name]
    return {"supportive": supportive, "friction": friction, "other": NEUTRAL_COLOR}


def tint(color: str, opacity: float) -> str:
    """Return "#RRGGBB" as a colour that lets the page shine through; opacity from 0 to 1."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity:g})"
