"""How much of an answer is read, however much of it there is; what is beyond is counted."""

import dataclasses
import json

import pytest

from lib.interhuman import parser, section_parsers, typed_answer
from lib.model import Unread
from tests.interhuman.examples import V1, V2, with_change

LONG = "x" * (section_parsers.MAX_NAME_CHARACTERS + 1)


@pytest.fixture
def short_limit(monkeypatch):
    monkeypatch.setattr(section_parsers, "MAX_ITEMS", 2)


def both(answer):
    """The answer as the tolerant reading has it; the typed decoder refuses it or has the same."""
    text = json.dumps(answer)
    read = parser._parse_v1 if parser._detect_api(answer) == "v1" else parser._parse_v2
    tolerant = read(parser.decode_object(text), text, None)
    typed = typed_answer.parse_documented(text, api=None, correlation_id=None)
    assert typed in (None, tolerant)
    assert parser.parse_answer(text) == tolerant
    return tolerant, typed


def signal(number):
    return {"type": "stress", "start": number, "end": number + 1}


def window(number):
    return {
        "start_seconds": number,
        "end_seconds": number + 1,
        "engagement_status": "engaged",
        "signals": [signal(number)],
    }


def too_many(section, total):
    return Unread(section, total - 2, total, section_parsers.TOO_MANY)


def test_of_each_section_the_first_items_are_read_and_the_others_counted(short_limit):
    spans = [{"state": "engaged", "start": n, "end": n + 1} for n in range(4)]
    timeline = [{"start": n, "end": n + 1, "values": {"clarity": n}} for n in range(5)]
    answer = {
        "signals": [signal(number) for number in range(3)],
        "engagement_state": spans,
        "conversation_quality": {"timeline": timeline},
    }
    read, typed = both(answer)
    assert [span.start for span in read.signals] == [0, 1]
    assert [span.start for span in read.engagement] == [0, 1]
    assert [span.start for span in read.quality.timeline] == [0, 1]
    assert read.unread == (
        too_many("signals", 3),
        too_many("engagement", 4),
        too_many("quality_timeline", 5),
    )
    assert typed, "what is as documented is decoded in one go, however much it is"


def test_of_windows_and_of_their_signals_the_first_are_read(short_limit):
    result = {"windows": [window(number) for number in range(3)]}
    read, typed = both({**V2, "result": result})
    assert typed
    assert [span.start for span in read.signals] == [0, 1]
    assert read.unread == (too_many("windows", 3),)
    result = {"windows": [{**window(0), "signals": [signal(n) for n in range(4)]}]}
    assert both({**V2, "result": result})[0].unread == (too_many("signals", 4),)


def test_as_many_items_as_are_read_are_all_there(short_limit):
    assert both({"signals": [signal(0), signal(1)]})[0].unread == ()


def test_what_is_beyond_is_not_looked_at(short_limit):
    read, typed = both({"signals": [signal(0), 7, signal(2), 8, 9]})
    assert typed is None
    assert [(one.count, one.total) for one in read.unread] == [(3, 5), (1, 2)]


@pytest.mark.parametrize(
    ("answer", "path", "value", "section"),
    [
        (V1, "signals.0.type", LONG, "signals"),
        (V1, "engagement_state.0.state", LONG, "engagement"),
        (V1, "signals.0.modality", [LONG], "modality"),
        (V1, "signals.0.modality", ["audio"] * 21, "modality"),
        (V1, "feedback.primary_signal", LONG, "primary_signal"),
        (V1, "feedback.active_dimensions", [LONG], "active_dimensions"),
        (V1, "feedback.active_dimensions", ["goal"] * 21, "active_dimensions"),
        (V2, "result.signals.0.type", LONG, "signals"),
        (V2, "result.windows.0.engagement_status", LONG, "engagement"),
    ],
)
def test_a_name_of_more_characters_than_any_name_has_is_left_out_and_counted(
    answer, path, value, section
):
    read, typed = both(with_change(answer, path, value))
    assert typed is None
    assert [(one.section, one.count) for one in read.unread] == [(section, 1)]
    assert LONG not in repr(dataclasses.replace(read, raw=""))


def test_a_name_as_long_as_names_may_be_is_read():
    read, typed = both(with_change(V1, "signals.0.type", LONG[1:]))
    assert typed
    assert read.signals[0].type == LONG[1:]


def test_a_model_of_a_long_name_is_unknown():
    assert both({**V2, "model": LONG})[0].model == parser.UNKNOWN_MODEL
