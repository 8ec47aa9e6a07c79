"""Which seconds of a recording could not be read."""

from __future__ import annotations

from lib.recordings.cuts import Stretch
from lib.timecode import format_time

_NEAR = 1.0  # seconds between two faults that are one stretch
_MISSING = 2.0  # seconds that a recording may end before its header says
_NAMED = 3  # stretches in a sentence


class Damage:
    """Faults as they are met while a recording is read, joined into stretches."""

    def __init__(self) -> None:
        self._faults: list[Stretch] = []

    def add(self, start: float, end: float) -> None:
        """A fault, in seconds of the recording."""
        self._faults.append(Stretch(max(0.0, start), max(0.0, start, end)))

    def add_missing_end(self, read: float, stated: float) -> None:
        """What was read ends at `read`, and should go on to `stated`; a little of it may miss."""
        if read < stated - _MISSING:
            self.add(read, stated)

    def stretches(self) -> tuple[Stretch, ...]:
        """The faults in the order of time; those that are near each other are one."""
        joined: list[Stretch] = []
        for fault in sorted(self._faults, key=lambda one: one.start):
            if joined and fault.start <= joined[-1].end + _NEAR:
                before = joined.pop()
                joined.append(Stretch(before.start, max(before.end, fault.end)))
            else:
                joined.append(fault)
        return tuple(joined)


def damage_sentence(stretches: tuple[Stretch, ...]) -> str:
    """Which seconds cannot be read, as a sentence."""
    return f"The recording is damaged and cannot be read from {_name_stretches(stretches)}."


def describe_gaps(stretches: tuple[Stretch, ...]) -> str:
    """What a file lacks, in words: "without 0:12.0 to 0:15.5, which cannot be read", or ""."""
    return f"without {_name_stretches(stretches)}, which cannot be read" if stretches else ""


def _name_stretches(stretches: tuple[Stretch, ...]) -> str:
    named = [
        f"{format_time(one.start, digits=1)} to {format_time(one.end, digits=1)}"
        for one in stretches[:_NAMED]
    ]
    more = f", and {len(stretches) - _NAMED} more stretches" if len(stretches) > _NAMED else ""
    return f"{', '.join(named)}{more}"
