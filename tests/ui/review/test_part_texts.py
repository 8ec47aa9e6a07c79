"""What is said of the parts of a session, and as how exact."""

import itertools

from lib.model import Gap, Part, Stitch
from lib.ui.review import part_texts

GAP = Gap("refused", "")


def cut(*edges):
    pairs = itertools.pairwise(edges)
    return tuple(Part(start, end, start, end, GAP) for start, end in pairs)


def test_long_parts_are_named_by_seconds_and_short_ones_as_exactly_as_they_were_cut():
    assert part_texts.stretches(cut(0.0, 280.002, 560.004)) == [
        "Part 1, 0:00 to 4:40",
        "Part 2, 4:40 to 9:20",
    ]
    assert part_texts.stretches(cut(0.0, 7.25, 14.5))[1] == "Part 2, 0:07.25 to 0:14.50"
    assert ", seam at 4:40;" in part_texts.summary(Stitch(cut(0.0, 280.002, 560.004)))
