import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from lib.errors import ApiError, BadAnswer, JobFailed, StillRunning
from lib.interhuman import parser
from lib.interhuman.parser import parse_answer
from lib.model import Engagement, Feedback, Quality, QualityWindow, Scores, Signal
from tests import answers
from tests.interhuman.examples import FAILED, JOB, V1, V2, to_json, with_change


def v1(path=None, value=None):
    return parse_answer(to_json(V1 if path is None else with_change(V1, path, value)))


def v2(path=None, value=None):
    return parse_answer(to_json(V2 if path is None else with_change(V2, path, value)))


def test_a_v1_answer_keeps_every_value_as_sent():
    analysis = parse_answer(to_json(V1), correlation_id="c-1")
    assert (analysis.api, analysis.model, analysis.correlation_id) == ("v1", "inter-1", "c-1")
    assert analysis.signals == (
        Signal(
            "hesitation", 12.0, 18.5, "medium", "A pause and a lowered gaze.", ("audio", "visual")
        ),
        Signal("interest", 3.0, 9.0),
    )
    assert analysis.engagement == (Engagement("engaged", 0, 20), Engagement("neutral", 20, 31))
    assert analysis.quality == Quality(
        Scores(61.4, 58, 55, 70, 64, 60),
        (QualityWindow(0, 10, Scores(60, 57, 54, 69, 62, 58)),),
    )
    assert analysis.feedback == Feedback(
        "Pause less before the price.", None, ("authority",), "hesitation"
    )
    assert analysis.unread == ()
    assert (analysis.duration, analysis.window, analysis.job_id) == (None, None, None)


def test_a_v2_job_keeps_every_value_as_sent():
    analysis = v2()
    assert (analysis.api, analysis.model, analysis.job_id) == ("v2", "inter-2", JOB)
    assert (analysis.duration, analysis.window, analysis.per_window) == (13.4, 5.0, False)
    assert analysis.signals == (Signal("interest", 0, 10, "high"),)
    assert analysis.engagement == (
        Engagement("engaged", 0, 5),
        Engagement("neutral", 5, 10),
        Engagement("disengaged", 10, 15),
    )
    assert analysis.quality.overall == Scores(54, 50, 50, 57, 56, 57)
    assert analysis.quality.timeline[0].scores.learning == 60
    assert analysis.expires_at == datetime(2026, 10, 2, 9, 15, tzinfo=UTC)
    assert analysis.unread == ()


def test_without_a_merged_list_the_signals_are_those_of_each_window():
    analysis = v2("result.signals", ...)
    assert analysis.per_window
    assert [(s.type, s.start) for s in analysis.signals] == [
        ("interest", 0.0),
        ("interest", 5.0),
        ("stress", 5.0),
    ]


def test_windows_without_a_list_of_signals_mean_that_none_were_sent():
    sent = [
        {"index": 0, "start_seconds": 0, "end_seconds": 5, "engagement_status": "engaged"},
        {"index": 1, "start_seconds": 5, "end_seconds": 10, "signals": None},
    ]
    analysis = parse_answer(to_json({"windows": sent, "window_seconds": 5}))
    assert (analysis.signals, analysis.per_window, analysis.unread) == (None, False, ())
    some = parse_answer(to_json({"windows": [*sent, {**sent[0], "signals": []}]}))
    assert (some.signals, some.per_window) == ((), True)


def test_an_empty_merged_list_means_that_nothing_was_found():
    analysis = v2("result.signals", [])
    assert analysis.signals == ()
    assert not analysis.per_window


def test_a_bare_v2_result_is_read_without_its_envelope():
    analysis = parse_answer(to_json(V2["result"]))
    assert (analysis.api, analysis.model, analysis.job_id) == ("v2", "unknown", None)
    assert analysis.signals == v2().signals


def test_the_caller_may_say_which_api_answered():
    assert parse_answer('{"signals": []}', api="v1").signals == ()
    assert parse_answer('{"signals": [], "windows": []}', api="v1").api == "v1"


def test_the_raw_answer_is_kept_whole():
    sent = ' {"signals": [], "later": {"x": [1, 2]}}\n'
    assert parse_answer(sent).raw == sent
    assert parse_answer(sent.encode()).raw == sent


def test_bytes_that_are_no_utf8_spoil_one_letter_and_no_more():
    analysis = parse_answer(to_json(V1).replace("pause", "paXse").encode().replace(b"X", b"\xff"))
    assert analysis.signals[0].rationale == "A pa�se and a lowered gaze."


def test_a_byte_order_mark_is_no_reason_to_fail():
    assert parse_answer(b"\xef\xbb\xbf" + to_json(V1).encode()).signals == v1().signals
    assert parse_answer("\ufeff" + to_json(V1)).signals == v1().signals


@pytest.mark.parametrize("key", ["signals", "engagement_state", "conversation_quality", "feedback"])
@pytest.mark.parametrize("value", [..., None])
def test_a_section_that_was_not_sent_is_none(key, value):
    name = {"engagement_state": "engagement", "conversation_quality": "quality"}.get(key, key)
    analysis = v1(key, value)
    assert getattr(analysis, name) is None
    assert analysis.unread == ()


def test_an_empty_section_is_empty_and_not_none():
    assert v1("signals", []).signals == ()
    assert v1("engagement_state", []).engagement == ()
    assert v1("conversation_quality", {"timeline": []}).quality == Quality(None, ())


def test_the_plural_name_of_the_engagement_is_read_too():
    sent = {"engagement_states": V1["engagement_state"]}
    assert parse_answer(to_json(sent)).engagement == v1().engagement


def test_windows_without_any_engagement_mean_that_none_was_sent():
    sent = with_change(V2, "result.windows", [{"start_seconds": 0, "end_seconds": 5}])
    assert parse_answer(to_json(sent)).engagement is None


def test_a_number_of_thousands_of_digits_spoils_its_item_only():
    sent = to_json(V1).replace("18.5", "9" * 5000)
    analysis = parse_answer(sent)
    assert [signal.type for signal in analysis.signals] == ["interest"]
    assert analysis.engagement[1].end == 31.0


def test_half_a_character_is_replaced_so_that_the_text_can_be_stored():
    analysis = v1("signals.0.rationale", "a \ud800 b 😀")
    assert analysis.signals[0].rationale == "a ? b 😀"


@pytest.mark.parametrize("sent", [0, -5, "long", float("nan"), True])
def test_a_length_that_is_not_above_zero_is_unknown(sent):
    analysis = v2("result.duration_seconds", sent)
    assert analysis.duration is None
    assert [row.section for row in analysis.unread] == ["duration_seconds"]


def test_windows_and_their_signals_are_counted_apart():
    sent = with_change(V2, "result.signals", ...)
    sent = with_change(sent, "result.windows.0", "broken")
    sent = with_change(sent, "result.windows.1.start_seconds", "x")
    analysis = parse_answer(to_json(sent))
    assert [(row.section, row.count, row.total) for row in analysis.unread] == [
        ("windows", 1, 3),
        ("engagement", 1, 2),
    ]
    assert len(analysis.signals) == 2


def test_the_sandbox_label_marks_an_answer_as_generated():
    assert not v1().generated
    assert not v2().generated
    assert v1("sandbox", "Generated.").generated
    assert v2("result.sandbox", "Generated.").generated


def test_a_failed_job_is_raised_with_what_the_api_said():
    with pytest.raises(JobFailed) as caught:
        parse_answer(to_json(FAILED))
    error = caught.value
    assert (error.error_id, error.correlation_id, error.job_id) == ("ih1004", "c-7", JOB)
    assert error.server_message == "Interrupted."
    assert "interrupted" in error.what


@pytest.mark.parametrize("status", ["queued", "running", "warming-up"])
def test_a_job_that_goes_on_is_raised_with_its_id(status):
    with pytest.raises(StillRunning) as caught:
        parse_answer(to_json({"job_id": JOB, "status": status}))
    assert caught.value.job_id == JOB


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "  \n",
        "<html>Bad gateway</html>",
        to_json(V1)[:-40],
        "[]",
        "null",
        '"signals"',
        "{}",
        '{"hello": 1}',
        '{"job_id": "x", "status": "completed"}',
        '{"error_id": "ih4002", "message": "no"}',
        "[" * 100_000,
        '{"signals": ' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
    ids=lambda sent: sent[:16],
)
@pytest.mark.parametrize("api", ["v1", "v2", None])
def test_a_text_that_is_no_answer_is_a_bad_answer(sent, api):
    with pytest.raises(BadAnswer):
        parse_answer(sent, api=api)


def test_an_error_body_in_place_of_an_answer_keeps_its_ids():
    with pytest.raises(ApiError) as caught:
        parse_answer('{"error_id": "ih4002", "correlation_id": "c-9", "message": "No."}')
    assert (caught.value.error_id, caught.value.correlation_id) == ("ih4002", "c-9")


def test_parsing_loads_no_http_stack():
    check = "import sys, lib.interhuman.parser; sys.exit('requests' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], check=False, timeout=60)
    assert done.returncode == 0


def test_the_signals_of_windows_are_there_beside_a_merged_list():
    windows = parser.parse_window_signals(json.dumps(answers.v2()))
    spans = [(one.type, one.start, one.end, one.probability) for one in windows]
    assert spans == [("interest", 0.0, 5.0, "high"), ("interest", 5.0, 10.0, "low")]


def test_of_windows_what_can_be_read_is_read():
    answer = answers.v2()
    answer["result"]["windows"][0]["signals"].append({"type": 7})
    answer["result"]["windows"].append({"signals": "none"})
    assert len(parser.parse_window_signals(json.dumps(answer))) == 2
    for other in (json.dumps(answers.v1()), "no json", "", '{"result": {"windows": null}}'):
        assert parser.parse_window_signals(other) == ()
