"""Whatever stands anywhere in an answer, parsing it ends in an Analysis or an ApiError."""

import copy
import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.errors import ApiError
from lib.interhuman.parser import parse_answer
from tests.budget import examples
from tests.interhuman.examples import V1, V2

LONE = st.text(st.characters(categories=["Cs"]), min_size=1, max_size=2)
TEXTS = st.text() | LONE | st.sampled_from(["high", "engaged"])
NUMBERS = (
    st.integers()
    | st.floats()
    | st.sampled_from([10**400, -(10**400), float("nan"), float("inf"), -0.0, 1e308])
)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
KEYS = TEXTS | st.sampled_from(["signals", "windows", "result", "type", "start", "end", "status"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def paths(value, path=()):
    """The path to every value within, itself included."""
    yield path
    inner = value.items() if isinstance(value, dict) else ()
    inner = enumerate(value) if isinstance(value, list) else inner
    for key, part in inner:
        yield from paths(part, (*path, key))


def with_value(answer, path, value):
    """A copy of the answer with `value` at `path`."""
    if not path:
        return value
    answer = copy.deepcopy(answer)
    parent = answer
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    return answer


def read(answer):
    try:
        return parse_answer(json.dumps(answer))
    except ApiError:
        return None


def storable(analysis):
    plain = json.dumps(dataclasses.asdict(analysis), ensure_ascii=False, default=str)
    return bool(plain.encode())  # raises where half a character is left


@settings(max_examples=examples(300))
@given(path=st.sampled_from(sorted(paths(V1), key=repr)), value=VALUES)
def test_any_value_anywhere_in_a_v1_answer_is_survived(path, value):
    analysis = read(with_value(V1, path, value))
    assert analysis is None or storable(analysis)
    if path and path[0] == "signals" and len(path) > 1:
        unread = sum(row.count for row in analysis.unread if row.section == "signals")
        assert len(analysis.signals) + unread == 2


@settings(max_examples=examples(300))
@given(path=st.sampled_from(sorted(paths(V2), key=repr)), value=VALUES)
def test_any_value_anywhere_in_a_v2_answer_is_survived(path, value):
    analysis = read(with_value(V2, path, value))
    assert analysis is None or storable(analysis)


@settings(max_examples=examples(100))
@given(path=st.sampled_from(sorted(paths(V1), key=repr)), half=LONE)
def test_half_a_character_anywhere_never_gets_further(path, half):
    analysis = read(with_value(V1, path, half))
    assert analysis is None or storable(analysis)


@settings(max_examples=examples(200))
@given(answer=VALUES)
def test_any_json_value_at_all_is_survived(answer):
    analysis = read(answer)
    assert analysis is None or analysis.raw == json.dumps(answer)


@settings(max_examples=examples(200))
@given(sent=st.text() | st.binary(), api=st.sampled_from(["v1", "v2", None]))
def test_any_text_or_bytes_at_all_are_survived(sent, api):
    try:
        analysis = parse_answer(sent, api=api)
    except ApiError:
        return
    assert analysis.raw


@settings(max_examples=examples(200))
@given(items=st.lists(VALUES | st.sampled_from(V1["signals"]), max_size=8))
def test_what_was_read_and_what_was_not_add_up(items):
    analysis = parse_answer(json.dumps({"signals": items, "engagement_state": items}))
    for section in ("signals", "engagement"):
        read_count = len(getattr(analysis, section))
        rows = [row for row in analysis.unread if row.section == section]
        assert read_count + sum(row.count for row in rows) == len(items)
        assert all(row.total == len(items) for row in rows)


@pytest.mark.parametrize("key", ["engagement_state", "signals"])
def test_nesting_within_reason_is_one_unread_item(key):
    deep = []
    for _ in range(50):
        deep = [deep]
    analysis = parse_answer(json.dumps({key: [deep, *V1[key]]}))
    assert [(row.count, row.total) for row in analysis.unread] == [(1, 3)]
