"""Where a stretch can begin: at a keyframe, which refers to no picture before it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

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
    leader = source.streams[0]
    latest = source.ticks_after(start, leader)
    held: list[AnyPacket] = []
    begin: Fraction | None = None
    packets = read_packets(source, damage)
    for packet in packets:
        ticks = source.ticks_of(packet)
        if ticks is None:
            if begin is not None:  # at the end these make a decoder give what it still has
                held.append(packet)
            continue
        if packet.stream_index == leader.index:
            late = ticks >= latest
            if packet.is_keyframe and (begin is None or not late):
                begin = source.time_at(ticks, leader)
                held = _not_before(begin, held, source)
            held.append(packet)
            if begin is not None and late:
                break
        else:
            held.append(packet)
    if begin is None:
        return None
    return begin, chain(_empty(held), packets)


def _not_before(begin: Fraction, packets: list[AnyPacket], source: Source) -> list[AnyPacket]:
    firsts = {stream.index: source.ticks_at(begin, stream) for stream in source.streams}
    return [one for one in packets if (source.ticks_of(one) or 0) >= firsts[one.stream_index]]


def _empty(held: list[AnyPacket]) -> Iterator[AnyPacket]:
    """The packets of a list, which holds each no longer than needed."""
    while held:
        yield held.pop(0)
