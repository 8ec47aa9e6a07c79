"""Unbroken stretches of spans of one kind."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lib.frames.intervals import number_stretches

SPANS = st.tuples(st.integers(0, 2), st.integers(0, 30), st.integers(0, 6))


def are_joined(one, other, touch):
    """Whether two spans (kind, start, length) are of one kind and at most a touch apart."""
    (kind, start, length), (other_kind, other_start, other_length) = one, other
    apart = max(start - other_start - other_length, other_start - start - length)
    return kind == other_kind and apart <= touch


def stretches_by_definition(spans, touch):
    """The rows of each stretch: those that are joined, by way of others too."""
    stretches = []
    for row, span in enumerate(spans):
        joined = [s for s in stretches if any(are_joined(span, spans[at], touch) for at in s)]
        stretches = [s for s in stretches if s not in joined]
        stretches.append({row}.union(*joined))
    return sorted(map(sorted, stretches))


@given(st.lists(SPANS, max_size=12), st.integers(0, 1))
def test_spans_of_a_kind_that_overlap_or_touch_are_one_stretch(spans, touch):
    kind, start, length = np.array(spans, dtype="float64").reshape(-1, 3).T
    numbers = number_stretches(start, start + length, kind, touch=touch).tolist()
    assert set(numbers) == set(range(len(set(numbers))))
    rows = [[row for row, of in enumerate(numbers) if of == number] for number in set(numbers)]
    assert sorted(rows) == stretches_by_definition(spans, touch)
