"""Where a stretch can begin: at a keyframe, which refers to no picture before it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lib.errors import EmptyStretchError
from lib.recordings.damage import Damage
from lib.recordings.source import AnyPacket, Source, read_packets


def read_from_keyframe(
    source: Source, start: Fraction, damage: Damage
) -> tuple[Fraction, Iterator[AnyPacket]]:
    """When the last keyframe before `start` is shown, and the packets of all tracks from then on.

    The beginning is read as it is. Without a picture each packet of sound is a keyframe.

    Raises:
        EmptyStretchError: there is none at all.
    """
    if start <= 0:
        return Fraction(0), read_packets(source, damage)
    if source.seek(start):
        found = _search_keyframe(source, start, damage)
        if found and found[0] <= start:
            return found
        source.rewind()  # the seek went past it
    found = _search_keyframe(source, start, damage)
    if not found:
        raise EmptyStretchError
    return found


def _search_keyframe(
    source: Source, start: Fraction, damage: Damage
) -> tuple[Fraction, Iterator[AnyPacket]] | None:
    """The same, read from here on; the first keyframe of all where none is before."""
    leader = source.streams[0].index
    held: list[AnyPacket] = []
    begin: Fraction | None = None
    packets = read_packets(source, damage)
    for packet in packets:
        time = source.time_of(packet)
        if time is None:
            continue
        if packet.stream.index == leader:
            if packet.is_keyframe and (begin is None or time <= start):
                begin = time
                held = [one for one in held if (source.time_of(one) or 0) >= begin]
            held.append(packet)
            if begin is not None and time > start:
                break
        else:
            held.append(packet)
    if begin is None:
        return None
    return begin, _chain(held, packets)


def _chain(held: list[AnyPacket], packets: Iterator[AnyPacket]) -> Iterator[AnyPacket]:
    while held:
        yield held.pop(0)
    yield from packets
