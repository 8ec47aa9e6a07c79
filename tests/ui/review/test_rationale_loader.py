"""A long rationale is in the page with its beginning, and comes part by part when it is read."""

from dataclasses import replace

import pytest

from lib.ui.review import rationale_loader
from tests import answers

LONG = "".join(chr(97 + number % 26) for number in range(120_000))


@pytest.fixture
def session():
    spans = [{"type": "x", "start": 0, "end": 1, "rationale": text} for text in (LONG, "Short.")]
    return replace(answers.session(answers.v1(signals=spans)), id="long")


def test_a_usual_text_is_there_whole():
    texts = ["A pause.", None, "", "x" * rationale_loader.MAX_CHARACTERS]
    assert rationale_loader.beginnings(texts) == texts
    assert rationale_loader.lengths(texts) == [0, 0, 0, 0]


def test_a_long_one_says_how_much_of_it_there_is():
    (begun,) = rationale_loader.beginnings([LONG])
    assert begun == f"{LONG[:4000]}… [4,000 of 120,000 characters]"
    assert rationale_loader.lengths([LONG]) == [120_000]


def test_many_long_ones_are_bounded_together():
    begun = rationale_loader.beginnings(["x" * 4_000] * 20_000)
    assert sum(map(len, begun)) < 1.3 * rationale_loader.MAX_ALL_CHARACTERS


def test_all_of_it_comes_part_by_part(state, session):
    read = ""
    while len(read) < len(LONG):
        asked = {"kind": "text", "signal": 0, "from": len(read), "at": 1}
        assert rationale_loader.take_request(session, asked)
        part = rationale_loader.requested_part(session)
        assert (part["signal"], part["from"]) == (0, len(read))
        assert part["next"] == len(read) + len(part["text"])
        assert len(part["text"]) <= rationale_loader.PART_CHARACTERS
        read += part["text"]
    assert read == LONG


@pytest.mark.parametrize(
    ("signal", "start"), [(2, 0), (-1, 0), ("0", 0), (0, None), (0, -5), (None, None), ([], {})]
)
def test_a_part_that_makes_no_sense_is_none(state, session, signal, start):
    rationale_loader.take_request(session, {"kind": "text", "signal": signal, "from": start})
    assert rationale_loader.requested_part(session) is None


def test_another_session_and_another_request_have_no_part(state, session):
    assert not rationale_loader.take_request(session, {"kind": "verdict"})
    assert rationale_loader.requested_part(session) is None
    rationale_loader.take_request(session, {"kind": "text", "signal": 0, "from": 0})
    assert rationale_loader.requested_part(replace(session, id="another")) is None
