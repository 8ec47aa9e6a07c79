"""How a recording will be sent: the ways that there are, and the one that was chosen. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from lib.api_limits import MIN_LENGTH, MIN_SECONDS, V2_WINDOW_SECONDS
from lib.errors import Problem
from lib.model import Options, Recording, V2Options
from lib.recordings.cuts import Stretch
from lib.recordings.plan import find_ways
from lib.recordings.preflight import (
    SOUND_MODEL,
    check_recording,
    find_obstacles,
    lasting_warnings,
)
from lib.recordings.ways import NO_WISHES, Preference, Way, Wishes, choose_way
from lib.timecode import format_time, parse_time

Wanted = Preference | Literal["sound"]
_MOST_REMEMBERED = 4096  # recordings; their ways are asked for with every click
_ROUNDING = 1.0  # seconds by which a length that is shown may be too long


@dataclass(frozen=True, slots=True)
class Choice:
    """What the analyst chose: a way by its name, else the best one of a preference.

    `problem` says what is wrong with what was entered.
    """

    way: str = ""
    wanted: Wanted = "parts"
    wishes: Wishes = NO_WISHES
    problem: Problem | None = None


NO_CHOICE = Choice()


@dataclass(frozen=True, slots=True)
class Sending:
    """The ways to send a recording, best quality first, and the one that is taken.

    `options` are those that it is sent with: the model of sound has its own. Without a `way`
    nothing is sent, and `problems` say why.
    """

    options: Options
    ways: tuple[Way, ...] = ()
    way: Way | None = None
    wishes: Wishes = NO_WISHES
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def plan_sending(
    recording: Recording | Problem, options: Options, choice: Choice = NO_CHOICE
) -> Sending:
    """How a recording is sent with these options, as far as they fit what is in it."""
    if isinstance(recording, Problem):
        return Sending(options, problems=(recording,))
    ways = _find_ways(recording, options, choice.wishes)
    if choice.problem:
        return Sending(options, ways, problems=(choice.problem,))
    way = _choose(ways, choice)
    if way is None:
        return Sending(options, problems=find_obstacles(recording, options=options))
    sent_with = _fit_options(options, way)
    if way.work is None:
        warnings = check_recording(recording, options=sent_with).warnings
    else:
        warnings = lasting_warnings(recording, options=sent_with)
    return Sending(sent_with, ways, way, choice.wishes, warnings=warnings)


def way_name(way: Way) -> str:
    """What tells a way from the other ones of a recording."""
    return f"{way.kind}, {way.work or 'not prepared'}"


def read_stretch(start: str, end: str, duration: float) -> Stretch | Problem | None:
    """The stretch between two clock texts, None for all of it, or what is wrong with them.

    An empty text is the beginning or the end of a recording of `duration` seconds.
    """
    first = parse_time(start) if start.strip() else 0.0
    last = parse_time(end) if end.strip() else duration
    if first is None or last is None:
        return Problem(
            f"The time in the field “{'From' if first is None else 'To'}” cannot be read.",
            "Write it like 12:30 or 1:02:03, or leave the field empty.",
        )
    if max(first, last) > duration + _ROUNDING:
        return Problem(
            f"The recording ends at {format_time(duration, digits=0)}.",
            "Choose times before that, or leave the fields empty.",
        )
    stretch = Stretch(first, min(last, duration))
    if stretch.seconds < MIN_SECONDS:
        return Problem(
            f"From there to there is less than the API needs: at least {MIN_LENGTH}.",
            "Choose a longer stretch, or leave the fields empty.",
        )
    return None if (first, stretch.end) == (0.0, duration) else stretch


@lru_cache(maxsize=_MOST_REMEMBERED)
def _find_ways(recording: Recording, options: Options, wishes: Wishes) -> tuple[Way, ...]:
    window = V2_WINDOW_SECONDS if isinstance(options, V2Options) else None
    return find_ways(recording, options=options, wishes=wishes, window=window)


def _choose(ways: tuple[Way, ...], choice: Choice) -> Way | None:
    for way in ways:
        if way_name(way) == choice.way:
            return way
    if choice.wanted == "sound":
        alone = [way for way in ways if way.model == SOUND_MODEL]
        return alone[0] if alone else choose_way(ways, "parts")
    return choose_way(ways, choice.wanted)


def _fit_options(options: Options, way: Way) -> Options:
    """The options for the model of a way, which may be that of sound though they name another."""
    if way.model != SOUND_MODEL:
        return options
    if isinstance(options, V2Options):
        return replace(options, model=SOUND_MODEL)
    return V2Options(model=SOUND_MODEL, include=("signals", *options.include))
