"""The texts of a plan: how a recording is sent, what that may cost, how long it takes. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from lib.recordings.preflight import SOUND_MODEL
from lib.recordings.ways import NO_WISHES, Way, Wishes
from lib.timecode import format_length, format_time, shown_digits
from lib.ui.shell.html import format_bytes

_EXACT_SECONDS = 600.0  # below it a length is given with its seconds
_FEW_SECONDS = 10.0
_UNKNOWN_ACCURACY = "what it does to accuracy: not known"
_MODEL = f"V2, {SOUND_MODEL}"


def way_label(way: Way, ways: Sequence[Way]) -> str:
    """What a way is called where the analyst chooses among `ways`."""
    sound_alone = all(each.width is None for each in ways)  # there is no picture to speak of
    if way.kind == "as it is":
        return "As it is"
    if way.kind == "another container":
        return "In another kind of file, nothing encoded anew"
    if way.kind == "parts":
        what = "sound as recorded" if sound_alone else "sharp picture"
        return f"{_pieces_label(way, 'More')}, {what}"
    if way.kind == "smaller":
        return f"{_pieces_label(way, 'Few')}, smaller {'sound' if sound_alone else 'picture'}"
    if sum(each.kind == "sound" for each in ways) == 1:
        return f"Sound alone ({_MODEL})"
    how = "as recorded" if way.work == "copy" else "smaller"
    return f"Sound alone, {how} ({_MODEL})"


def summary(way: Way) -> str:
    """How a recording is sent, in a few words."""
    to_sound = way.model == SOUND_MODEL
    sent = f"Sent to {SOUND_MODEL} (V2)" if to_sound else "Sent"
    if way.work is None:
        return f"{sent} as it is"
    pieces = f"in {len(way.parts)} parts" if len(way.parts) > 1 else "in one piece"
    what = "sound alone" if way.kind == "sound" else "sound" if to_sound else "picture and sound"
    if way.work == "copy":
        done = "as recorded"
    else:
        done = "made smaller" if way.kind == "smaller" and not to_sound else "encoded anew"
    return f"{sent} {pieces}, {what} {done}"


def lines(way: Way, wishes: Wishes = NO_WISHES, *, sandbox: bool) -> tuple[str, ...]:
    """How a recording is sent and what that means: one line, or three where it is prepared."""
    means = consequences([way], sandbox=sandbox)
    if way.work is None:
        return (f"{summary(way)} · {means}",)
    what = " · ".join([*_wishes_texts(wishes), *_context_texts(way, wishes), facts(way)])
    return summary(way), _capitalize(what), _capitalize(means)


def line(way: Way) -> str:
    """How a recording is sent, in one line of a list."""
    return f"{summary(way)} · {facts(way)}" if way.work else summary(way)


def facts(way: Way) -> str:
    """Size, picture and bit rate of what is sent."""
    largest = format_bytes(max(part.expected_bytes for part in way.parts))
    many = len(way.parts) > 1
    about = "" if way.work is None else "about "
    rate = way.bit_rate if way.billed_minutes else 0.0
    encoding = way.encoding
    return " · ".join(
        text
        for text in (
            f"about {largest} each" if many else f"{about}{largest}",
            f"{way.width} × {way.height}" if way.width and way.height else "",
            f"{encoding.frame_rate:g} pictures a second"
            if encoding and encoding.height and way.width
            else "",
            _rate_text(rate) if rate else "",
            way.container if way.work else "",
        )
        if text
    )


def cost(ways: Iterable[Way], *, sandbox: bool) -> str:
    """The minutes that may be billed for all of these ways."""
    sent = list(ways)
    unknown = any(not way.billed_minutes for way in sent)
    minutes = sum(way.billed_minutes for way in sent)
    length = _length_text(minutes * 60)
    if unknown:
        length = f"{length} and what does not state its length" if minutes else "its whole length"
    if sandbox:
        return f"{length}, nothing is billed in sandbox mode"
    twice = " (what overlaps counts twice)" if any(map(_overlaps, sent)) else ""
    return f"{length} may be billed{twice}"


def work(ways: Iterable[Way]) -> str:
    """How long preparing takes, "" where nothing is prepared."""
    seconds = sum(way.work_seconds for way in ways if way.work)
    if not seconds:
        return ""
    if seconds < _FEW_SECONDS:
        return "preparing takes a few seconds"
    minutes = math.ceil(seconds / 60)
    if minutes == 1:
        return "preparing takes less than a minute"
    hours, rest = divmod(minutes, 60)
    return f"preparing takes about {f'{hours} h ' * bool(hours)}{rest} min"


def accuracy(ways: Iterable[Way]) -> str:
    """What is known of the accuracy, "" where everything is sent as it was recorded."""
    changed = any(way.kind not in ("as it is", "another container") for way in ways)
    return _UNKNOWN_ACCURACY if changed else ""


def consequences(ways: Iterable[Way], *, sandbox: bool) -> str:
    """What sending in these ways means: minutes, time, accuracy; a line of text."""
    sent = list(ways)
    texts = (cost(sent, sandbox=sandbox), work(sent), accuracy(sent))
    return " · ".join(text for text in texts if text)


def choice_line(way: Way) -> str:
    """A way among others, in numbers alone: parts, size, picture and bit rate, time."""
    count = len(way.parts)
    texts = (f"{count} parts" if count > 1 else "", facts(way), work([way]))
    return _capitalize(" · ".join(text for text in texts if text))


def _wishes_texts(wishes: Wishes) -> list[str]:
    """What was chosen of a recording: the stretch, the sound, and whether the rest is enough."""
    texts = []
    if stretch := wishes.stretch:
        start, end = map(_clock_text, (stretch.start, stretch.end))
        texts.append(f"{start} to {end} only")
    if wishes.sound_track is None:
        texts.append("all sound tracks mixed")
    elif wishes.sound_track:
        texts.append(f"sound track {wishes.sound_track + 1}")
    if wishes.skip_damage:
        texts.append("what cannot be read is left out")
    return texts


def _context_texts(way: Way, wishes: Wishes) -> list[str]:
    """The context that is sent with parts, where there are several."""
    if not _overlaps(way):
        return []
    return [f"{wishes.overlap:g} s of context beside each part"]


def _clock_text(seconds: float) -> str:
    """A time in tenths at most: the end of a recording may have any number of digits."""
    return format_time(seconds, digits=min(1, shown_digits(None, (seconds,))))


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _pieces_label(way: Way, many: str) -> str:
    return f"{many} parts" if len(way.parts) > 1 else "In one piece"


def _length_text(seconds: float) -> str:
    if seconds < _EXACT_SECONDS:
        return format_length(seconds, digits=0)
    return f"{math.ceil(round(seconds, 3) / 60):,} min"


def _rate_text(rate: float) -> str:
    megabits, kilobits = rate / 1e6, rate / 1e3
    return f"{megabits:.1f} Mbit/s" if megabits >= 1 else f"{kilobits:.0f} kbit/s"


def _overlaps(way: Way) -> bool:
    return sum(part.sent.seconds - part.core.seconds for part in way.parts) > 0
