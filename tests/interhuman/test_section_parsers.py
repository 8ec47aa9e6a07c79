import pytest

from lib.interhuman.parser import parse_answer
from lib.model import Feedback, Scores, Signal, Unread
from tests.interhuman.examples import V1, scores, to_json, with_change


def v1(path, value):
    return parse_answer(to_json(with_change(V1, path, value)))


def test_types_are_lower_case_without_blanks_and_unknown_ones_stay():
    assert v1("signals.0.type", " Agreement ").signals[0].type == "agreement"
    assert v1("signals.0.type", "Boredom").signals[0].type == "boredom"
    assert v1("engagement_state.0.state", "Asleep").engagement[0].state == "asleep"


@pytest.mark.parametrize("sent", [..., None, "", "  "])
def test_a_probability_that_is_not_given_is_none_and_not_counted(sent):
    analysis = v1("signals.0.probability", sent)
    assert analysis.signals[0].probability is None
    assert analysis.unread == ()


@pytest.mark.parametrize("sent", ["certain", 0.7, True, ["high"], {}])
def test_an_unknown_probability_is_none_and_counted(sent):
    analysis = v1("signals.0.probability", sent)
    assert analysis.signals[0].probability is None
    assert analysis.unread == (Unread("probability", 1, 1, "is none of high, medium, low"),)


def test_a_probability_is_read_whatever_its_case():
    assert v1("signals.0.probability", " HIGH").signals[0].probability == "high"


@pytest.mark.parametrize("sent", [..., None, []])
def test_a_modality_that_was_not_given_is_not_counted(sent):
    analysis = v1("signals.0.modality", sent)
    assert analysis.signals[0].modality == ()
    assert analysis.unread == ()


@pytest.mark.parametrize("sent", ["audio", ["audio", 5], [["audio"]], {"audio": 1}, 0, False])
def test_a_modality_that_is_no_list_of_texts_is_left_out_and_counted(sent):
    analysis = v1("signals.0.modality", sent)
    assert analysis.signals[0].modality == ()
    assert len(analysis.signals) == 2
    assert analysis.unread == (Unread("modality", 1, 1, "is not a list of texts"),)


def test_each_signal_whose_modality_cannot_be_read_counts():
    spans = [{"type": "awe", "start": 0, "end": 1, "modality": [5]} for _ in range(3)]
    spans.append({"type": "awe", "start": 0, "end": 1, "modality": ["audio"]})
    assert v1("signals", spans).unread == (Unread("modality", 3, 4, "is not a list of texts"),)


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("signals.0", "hesitation", "an item is not an object"),
        ("signals.0.type", ..., "type is not a text"),
        ("signals.0.type", 7, "type is not a text"),
        ("signals.0.type", " ", "type is not a text"),
        ("signals.0.start", ..., "start is not a number"),
        ("signals.0.start", "12", "start is not a number"),
        ("signals.0.start", True, "start is not a number"),
        ("signals.0.start", float("nan"), "start is not a number"),
        ("signals.0.end", float("inf"), "end is not a number"),
        ("signals.0.end", 10**400, "end is not a number"),
        ("signals.0.end", None, "end is not a number"),
    ],
)
def test_a_signal_that_cannot_be_read_is_left_out_and_counted(path, value, reason):
    analysis = v1(path, value)
    assert [signal.type for signal in analysis.signals] == ["interest"]
    assert analysis.unread == (Unread("signals", 1, 2, reason),)
    assert analysis.engagement == parse_answer(to_json(V1)).engagement


def test_a_rationale_that_is_no_text_is_left_out_of_its_signal():
    analysis = v1("signals.0.rationale", ["a"])
    assert analysis.signals[0].rationale is None
    assert analysis.unread == (Unread("rationale", 1, 1, "is not a text"),)


def test_times_out_of_order_or_range_stay_as_sent():
    sent = with_change(with_change(V1, "signals.0.start", -4.5), "signals.0.end", -9)
    assert parse_answer(to_json(sent)).signals[0] == Signal(
        "hesitation", -4.5, -9.0, "medium", "A pause and a lowered gaze.", ("audio", "visual")
    )


@pytest.mark.parametrize("key", ["signals", "engagement_state"])
@pytest.mark.parametrize("value", [{}, "none", 0, False])
def test_a_section_of_another_kind_is_counted_as_unread(key, value):
    analysis = v1(key, value)
    name = "engagement" if key == "engagement_state" else key
    assert getattr(analysis, name) == ()
    assert analysis.unread == (Unread(name, 1, 1, "is not a list"),)


def test_a_score_that_was_not_sent_is_none_and_one_that_is_odd_is_counted():
    sent = with_change(V1, "conversation_quality.overall", scores(None, 58, "high", 70, 64, 60))
    analysis = parse_answer(to_json(sent))
    assert analysis.quality.overall == Scores(None, 58, None, 70, 64, 60)
    assert analysis.unread == (Unread("scores", 1, 11, "authority is not a number"),)


def test_a_quality_window_that_cannot_be_read_is_left_out_and_counted():
    windows = [*V1["conversation_quality"]["timeline"], {"start": 10, "end": 20}]
    analysis = v1("conversation_quality.timeline", windows)
    assert len(analysis.quality.timeline) == 1
    assert analysis.unread == (Unread("quality_timeline", 1, 2, "values is not an object"),)


def test_one_quality_section_does_without_the_other():
    assert v1("conversation_quality.overall", ...).quality.overall is None
    assert v1("conversation_quality.timeline", ...).quality.timeline is None
    odd = v1("conversation_quality.overall", [1])
    assert odd.quality.overall is None
    assert odd.unread == (Unread("quality_overall", 1, 1, "is not an object"),)


def test_the_quality_index_is_never_computed():
    assert v1("conversation_quality.overall.quality_index", 3).quality.overall.quality_index == 3


def test_no_feedback_keeps_its_reason():
    sent = {"type": "no_feedback", "reason": "Too short."}
    assert v1("feedback", sent).feedback == Feedback(reason="Too short.")


@pytest.mark.parametrize(
    ("key", "sent"),
    [("primary_signal", 7), ("active_dimensions", "rapport"), ("active_dimensions", ["a", 1])],
)
def test_a_part_of_the_feedback_that_cannot_be_read_is_counted(key, sent):
    analysis = v1("feedback", {"message": "Slow down.", key: sent})
    assert analysis.feedback == Feedback(message="Slow down.")
    assert [row.section for row in analysis.unread] == [key]


@pytest.mark.parametrize("sent", ["good", [], {"type": "feedback"}, {"message": 3}])
def test_feedback_that_cannot_be_read_is_counted(sent):
    analysis = v1("feedback", sent)
    assert analysis.feedback is None
    assert [row.section for row in analysis.unread] == ["feedback"]
