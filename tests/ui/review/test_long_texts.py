"""A long rationale is in the page with its beginning, and comes part by part when it is read."""

from dataclasses import replace

import pytest

from lib.ui.review import long_texts
from tests import answers

LONG = "".join(chr(97 + number % 26) for number in range(120_000))


@pytest.fixture
def session():
    spans = [{"type": "x", "start": 0, "end": 1, "rationale": text} for text in (LONG, "Short.")]
    return replace(answers.session(answers.v1(signals=spans)), id="long")


def test_a_usual_text_is_there_whole():
    texts = ["A pause.", None, "", "x" * long_texts.MAX_CHARACTERS]
    assert long_texts.beginnings(texts) == texts
    assert long_texts.lengths(texts) == [0, 0, 0, 0]


def test_a_long_one_says_how_much_of_it_there_is():
    (begun,) = long_texts.beginnings([LONG])
    assert begun == f"{LONG[:4000]}… [4,000 of 120,000 characters]"
    assert long_texts.lengths([LONG]) == [120_000]


def test_many_long_ones_are_bounded_together():
    begun = long_texts.beginnings(["x" * 4_000] * 20_000)
    assert sum(map(len, begun)) < 1.3 * long_texts.MAX_ALL_CHARACTERS


def test_all_of_it_comes_part_by_part(state, session):
    read = ""
    while len(read) < len(LONG):
        asked = {"kind": "text", "signal": 0, "from": len(read), "at": 1}
        assert long_texts.take_request(session, asked)
        part = long_texts.requested_part(session)
        assert (part["signal"], part["from"]) == (0, len(read))
        assert part["next"] == len(read) + len(part["text"])
        assert len(part["text"]) <= long_texts.PART_CHARACTERS
        read += part["text"]
    assert read == LONG


@pytest.mark.parametrize(
    ("signal", "start"), [(2, 0), (-1, 0), ("0", 0), (0, None), (0, -5), (None, None), ([], {})]
)
def test_a_part_that_makes_no_sense_is_none(state, session, signal, start):
    long_texts.take_request(session, {"kind": "text", "signal": signal, "from": start})
    assert long_texts.requested_part(session) is None


def test_another_session_and_another_request_have_no_part(state, session):
    assert not long_texts.take_request(session, {"kind": "verdict"})
    assert long_texts.requested_part(session) is None
    long_texts.take_request(session, {"kind": "text", "signal": 0, "from": 0})
    assert long_texts.requested_part(replace(session, id="another")) is None
