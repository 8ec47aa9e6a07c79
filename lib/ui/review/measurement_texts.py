"""What pages say of what was measured of a recording, in plain words."""

from __future__ import annotations

from lib import timecode
from lib.model import SILENT_SECONDS, RecordingMeasurement


def statistics(measurement: RecordingMeasurement) -> str:
    """The shares and the loudness in one line: "silent for 12 %, black for 0 %, loudness -23 LUFS".

    What was not all read says so.
    """
    sound = ["no sound"]
    if measurement.has_sound:
        sound = [f"silent for {timecode.format_percent(measurement.share(measurement.silent))}"]
        if measurement.clipped:
            sound.append(
                f"clipped for {timecode.format_percent(measurement.share(measurement.clipped))}"
            )
    picture = ["no picture"]
    if measurement.has_picture:
        picture = [f"black for {timecode.format_percent(measurement.share(measurement.black))}"]
        if measurement.still:
            picture.append(
                f"still for {timecode.format_percent(measurement.share(measurement.still))}"
            )
    loudness = [] if measurement.loudness is None else [f"loudness {measurement.loudness:.0f} LUFS"]
    rest = [] if measurement.complete else ["not all of it could be read"]
    return ", ".join((*sound, *picture, *loudness, *rest))


def explanations(measurement: RecordingMeasurement) -> dict[str, str]:
    """What each kind of stretch means, by its name on the chart."""
    apart = timecode.format_number(round(measurement.picture_seconds, 1))
    seen = f"measured at keyframes, up to {apart} s apart"
    pause = timecode.format_number(SILENT_SECONDS)
    return {
        "silent": f"silent: below −50 dB for {pause} s or longer",
        "clipped": "clipped: the sound touches full scale",
        "black": f"black picture, {seen}",
        "still": f"still picture, {seen}",
    }
