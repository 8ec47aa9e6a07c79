"""What pages say of what was measured of a recording, in plain words."""

from __future__ import annotations

from lib import timecode
from lib.model import SILENT_SECONDS, RecordingQuality
from lib.ui.shell import html


def statistics(quality: RecordingQuality) -> str:
    """The shares and the loudness in one line: "silent for 12 %, black for 0 %, loudness -23 LUFS".

    What was not all read says so.
    """
    sound = ["no sound"]
    if quality.has_sound:
        sound = [f"silent for {html.format_percent(quality.share(quality.silent))}"]
        if quality.clipped:
            sound.append(f"clipped for {html.format_percent(quality.share(quality.clipped))}")
    picture = ["no picture"]
    if quality.has_picture:
        picture = [f"black for {html.format_percent(quality.share(quality.black))}"]
        if quality.still:
            picture.append(f"still for {html.format_percent(quality.share(quality.still))}")
    loudness = [] if quality.loudness is None else [f"loudness {quality.loudness:.0f} LUFS"]
    rest = [] if quality.complete else ["not all of it could be read"]
    return ", ".join((*sound, *picture, *loudness, *rest))


def explanations(quality: RecordingQuality) -> dict[str, str]:
    """What each kind of stretch means, by its name on the chart."""
    apart = timecode.format_number(round(quality.picture_seconds, 1))
    seen = f"measured at keyframes, up to {apart} s apart"
    pause = timecode.format_number(SILENT_SECONDS)
    return {
        "silent": f"silent: below −50 dB for {pause} s or longer",
        "clipped": "clipped: the sound touches full scale",
        "black": f"black picture, {seen}",
        "still": f"still picture, {seen}",
    }
