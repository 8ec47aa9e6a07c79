"""The typed decoder gives what the reading item by item gives, or refuses."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.errors import ApiError
from lib.interhuman import parser, typed_answer
from lib.model import Signal
from tests.budget import examples
from tests.interhuman.examples import V1, V2, to_json, with_change
from tests.interhuman.test_hostile_answers import VALUES, paths, with_value

APIS = st.sampled_from(["v1", "v2", None])
DOCUMENTED = [
    V1,
    V2,
    with_change(V1, "feedback", ...),
    with_change(V1, "signals", []),
    with_change(V1, "signals", None),
    with_change(V1, "signals.0.type", "delight"),
    with_change(V1, "engagement_state", []),
    {"engagement_states": V1["engagement_state"]},
    {**V1, "sandbox": "Generated.", "status": "done", "more": [1, {"a": None}]},
    with_change(V2, "result.signals", ...),
    with_change(V2, "result.windows", []),
    with_change(V2, "result.windows", ...),
    with_change(V2, "result.conversation_quality", None),
    {**V2, "sandbox": True},
    {**V1, "signal_review_sample": "By hand."},
    with_change(
        with_change(V2, "result.signals", ...),
        "result.windows",
        [{"start_seconds": 0, "end_seconds": 5}, {"start_seconds": 5, "end_seconds": 9}],
    ),
    {
        "result": {**V2["result"], "signals": None},
        **{k: V2[k] for k in ("job_id", "status", "model")},
    },
    {**V2, "expires_at": "soon"},
]


def typed(text, api=None):
    return typed_answer.parse_documented(text, api=api, correlation_id="c-1")


def tolerant(text, api=None):
    """The same without the typed decoder; None where it raises."""
    data = parser.decode_object(text)
    read = parser._parse_v1 if (api or parser._detect_api(data)) == "v1" else parser._parse_v2
    return read(data, text, "c-1")


def assert_agreement(text, api=None):
    """Whether the typed decoder refuses, or gives what the tolerant reading gives, to the bit."""
    fast = typed(text, api)
    if fast is None:
        return True
    assert repr(fast) == repr(tolerant(text, api))  # tells 0.0 from -0.0, and a text from its like
    assert fast == tolerant(text, api)
    return False


@pytest.mark.parametrize("answer", DOCUMENTED, ids=lambda answer: ",".join(answer)[:60])
def test_what_is_as_documented_is_decoded_in_one_go(answer):
    for text in (to_json(answer), json.dumps(answer, indent=2, ensure_ascii=False)):
        assert not assert_agreement(text), "it was refused"
        assert not assert_agreement("\ufeff" + text), "it was refused"
        assert parser.parse_answer(text, correlation_id="c-1") == tolerant(text)


@pytest.mark.parametrize(
    ("answer", "path", "value"),
    [
        (V1, "signals.0.probability", "High"),
        (V1, "signals.0.type", " Stress "),
        (V1, "signals.0.rationale", ""),
        (V1, "signals.0.rationale", 7),
        (V1, "signals.0.modality", "audio"),
        (V1, "signals.0.start", "12"),
        (V1, "signals.0.start", math.nan),
        (V1, "signals.0.start", 10**400),
        (V1, "signals.0.start", True),
        (V1, "engagement_state.0.state", "Engaged"),
        (V1, "feedback", {}),
        (V1, "conversation_quality.overall.clarity", "58"),
        (V2, "result.duration_seconds", -1),
        (V2, "result.window_seconds", 0),
        (V2, "model", ""),
        (V2, "status", "running"),
        (V2, "result.windows.0.signals", {}),
        (V2, "result.windows.0.engagement_status", ...),
    ],
)
def test_what_is_odd_is_left_to_the_reading_item_by_item(answer, path, value):
    text = to_json(with_change(answer, path, value))
    refused = typed(text) is None
    assert refused == (value is not ...)
    assert parser.parse_answer(text, correlation_id="c-1") == tolerant(text)


@settings(max_examples=examples(500))
@given(answer=st.sampled_from(DOCUMENTED), data=st.data(), api=APIS)
def test_with_any_value_anywhere_both_agree(answer, data, api):
    path = data.draw(st.sampled_from(sorted(paths(answer), key=repr)))
    assert_agreement(json.dumps(with_value(answer, path, data.draw(VALUES))), api)


@settings(max_examples=examples(500))
@given(answer=st.sampled_from(DOCUMENTED), data=st.data())
def test_with_any_piece_cut_out_or_put_in_both_agree(answer, data):
    text = json.dumps(answer)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 9, len(text))))
    text = (
        text[:start]
        + data.draw(st.text('{}[]",:\\u0eE+-.truefalsn \n\x00é', max_size=6))
        + text[end:]
    )
    try:
        assert_agreement(text)
    except ApiError as error:  # one that is no JSON must not be decoded either
        pytest.fail(str(error))


@settings(max_examples=examples(500))
@given(
    start=st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(2**70), 2**70)
    | st.floats(-1e6, 1e6).map(lambda value: round(value, 3)),
    zeros=st.sampled_from(["", "0", "00"]),
    rationale=st.text(min_size=1),
    ascii_only=st.booleans(),
)
def test_numbers_and_texts_are_the_same_to_the_bit(start, zeros, rationale, ascii_only):
    number = json.dumps(start)
    number += zeros if "." in number and "e" not in number else ""
    signal = {"type": "stress", "start": 0, "end": 1.5, "rationale": rationale}
    text = json.dumps({"signals": [signal]}, ensure_ascii=ascii_only)
    assert not assert_agreement(text.replace('"start": 0', f'"start": {number}'))


def test_a_decoded_signal_has_the_members_of_a_signal_in_their_order():
    assert typed_answer._Signal.__struct_fields__ == Signal._fields
    assert typed_answer._Signal("a", 0.0, 1.0).modality == Signal("a", 0.0, 1.0).modality


@pytest.mark.parametrize("answer", [V1, V2], ids=["v1", "v2"])
def test_a_documented_answer_is_not_looked_at_item_by_item(answer, monkeypatch):
    monkeypatch.setattr(parser, "decode_object", None)
    assert parser.parse_answer(to_json(answer)).signals
