"""The JSON that the page gives to the browser."""

import html
import json
from dataclasses import replace

from lib.model import FRICTION, SUPPORTIVE, Line, Review
from lib.ui.review import span_payload
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import services
from tests import answers


def read_payload(monkeypatch, session, review=Review()):  # noqa: B008  frozen
    monkeypatch.setattr(services, "review", lambda _: review)
    text = span_payload.payload_html(LoadedSession(session))
    return json.loads(html.unescape(text.partition(">")[2].removesuffix("</div>")))


def test_lines_of_a_transcript_stand_in_the_order_of_time(monkeypatch):
    later, first = Line(4.0, 9.0, "", "Yes."), Line(0.0, 4.25, "Ana", "Shall we?")
    longer = Line(4.0, 9.5, "Ana", "Good.")
    session = replace(answers.session(), id="payload lines")
    payload = read_payload(monkeypatch, session, Review(transcript=(longer, later, first)))
    assert payload["lines"] == [list(first), list(later), list(longer)]


def test_who_speaks_is_sent_by_span_and_no_name_twice(monkeypatch):
    hostile = "</div><b>Ben"
    lines = (
        Line(0.0, 6.0, "Ana", "Hi."),
        Line(6.0, 20.0, hostile, "Yes."),
        Line(9.0, 9.0, "", "?"),
    )
    spans = [{"type": "x", "start": start, "end": start + 10} for start in (0, 4, 30)]
    session = replace(answers.session(answers.v1(signals=spans)), id="payload speakers")
    payload = read_payload(monkeypatch, session, Review(transcript=lines))
    assert payload["speakers"] == ["Ana", hostile]
    assert payload["shares"] == {"0": [[0, "60 %"], [1, "40 %"]], "1": [[1, "80 %"], [0, "20 %"]]}
    assert payload["spans"]["spoken_by"] == [
        f"Ana 60 % | {hostile} 40 %",
        f"{hostile} 80 % | Ana 20 %",
        "",
    ]


def test_without_a_transcript_nobody_speaks(monkeypatch):
    payload = read_payload(monkeypatch, answers.session())
    assert payload["speakers"] == []
    assert payload["shares"] == {}
    assert set(payload["spans"]["spoken_by"]) == {""}


def test_types_to_choose_from_are_all_types_by_name_each_once(monkeypatch):
    answer = answers.v1(signals=[{"type": name, "start": 0, "end": 1} for name in ("zeal", "awe")])
    payload = read_payload(monkeypatch, replace(answers.session(answer), id="payload types"))
    assert payload["types"] == sorted([*SUPPORTIVE, *FRICTION, "awe", "zeal"])


def test_a_rationale_of_megabytes_is_not_in_the_page(monkeypatch):
    spans = [{"type": "x", "start": 0, "end": 1, "rationale": "x" * 5_000_000}]
    session = replace(answers.session(answers.v1(signals=spans)), id="payload long")
    payload = read_payload(monkeypatch, session)
    assert len(payload["spans"]["rationale"][0]) < 5_000
    assert payload["spans"]["characters"] == [5_000_000]


def test_what_is_missing_or_beyond_all_numbers_is_null(monkeypatch):
    spans = [
        {"type": "x", "start": -1e308, "end": 1e308},
        {"type": "y", "start": 0, "end": 1.5, "rationale": "A nod.", "probability": "high"},
    ]
    session = replace(answers.session(answers.v1(signals=spans)), id="payload null")
    payload = read_payload(monkeypatch, session)
    assert payload["spans"]["length"] == [None, 1.5]
    assert payload["spans"]["rationale"] == [None, "A nod."]
    assert payload["spans"]["start"] == [-1e308, 0]
    assert payload["spans"]["cues"] == [[], ["nod"]]
