from lib import frames
from lib.frames.claims import claim_sides, claim_spans, spans_text
from lib.model import Mark, Review
from tests import answers
from tests.reviews import claim, verdict

VERDICTS = frames.verdicts(
    Review(
        verdicts=(
            verdict(0, "Ana", "agree"),
            verdict(0, "Bo", "unsure"),
            verdict(1, "Ana", "disagree"),
            verdict(2, "Ana", "agree"),
            verdict(2, "Bo", "disagree"),
            verdict(3, "Bo", "unsure"),
            verdict(5, "Bo", "agree"),
        )
    )
)


def test_a_span_stands_where_the_verdicts_on_it_agree_to_put_it():
    sides = claim_sides(claim(signals=(0, 1, 2, 3, 4)), VERDICTS)
    assert sides == {0: "for", 1: "against", 2: "open", 3: "open", 4: "open"}


def test_what_the_reviewer_of_a_claim_said_of_a_span_counts_before_verdicts():
    marks = (Mark(0, "against"), Mark(1, "open"), Mark(4, "for"))
    sides = claim_sides(claim(signals=(0, 1, 4, 5), marks=marks), VERDICTS)
    assert sides == {0: "against", 1: "open", 4: "for", 5: "for"}


def test_the_spans_of_a_claim_are_those_it_rests_on_and_no_other():
    session = answers.session()
    signals = frames.signals(session.analysis, session.duration)
    spans = claim_spans(claim(signals=(0, 2)), signals, VERDICTS)
    assert {side: rows["id"].tolist() for side, rows in spans.items()} == {
        "for": [0],
        "against": [],
        "open": [2],
    }


def test_a_claim_says_how_many_spans_of_how_many():
    assert spans_text(claim()) == "2 of 3 spans: type hesitation"
    assert spans_text(claim(signals=(0,), total=1, filter="")) == "1 of 1 span: no filter"
