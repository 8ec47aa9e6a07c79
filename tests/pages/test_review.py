"""The Review page by AppTest: its parts, its labels, its empty and hostile states."""

import json
from dataclasses import replace

import pytest

from tests import answers
from tests.pages.conftest import open_page, words

HOSTILE = "<img src=x onerror=alert(1)> **bold** [link](http://evil) ![i](http://evil/i.png) $x$"


def charts(app):
    """The charts with a title, by it; the one that only loads code has none."""
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    return {spec["layout"]["title"]["text"]: spec for spec in specs if "title" in spec["layout"]}


def lanes_of(app):
    return next(iter(charts(app).values()))["layout"]["yaxis"]["ticktext"]


def shown(app):
    """The ids of the spans that the page has the list show."""
    return json.loads(app.get("bidi_component")[0].proto.json)["shown"]


def test_without_a_session_the_page_says_so(app):
    open_page(app, "review")
    assert "No session is open" in words(app)


@pytest.mark.parametrize("session_id", ["nobody", "../x", "'; DROP TABLE sessions", "<b>"])
def test_an_unknown_session_says_so(app, session_id):
    open_page(app, "review", session=session_id)
    assert "no session of this id" in words(app)
    assert session_id not in words(app)


def test_the_sample_opens_with_all_its_parts_and_its_label(app):
    open_page(app, "review", session="sample")
    said = words(app)
    assert "Hand-written sample" in said
    assert "time resolution not stated" in said
    drawn = charts(app)
    assert len(drawn) == 3
    assert all("Hand-written sample" in title for title in drawn)
    assert said.count('class="sr-span"') == 28
    assert "written by hand for this sample" in said
    assert "written by a model" not in said
    assert said.count('class="sr-score') == 7  # six scores, and the list of them
    assert "Feedback, written by hand for this sample" in said
    assert app.get("video")


def test_a_stored_session_without_its_recording_asks_for_it(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    assert "The recording is not here" in words(app)
    assert len(charts(app)) == 3


def test_a_v2_session_says_its_window(app, library):
    library.save(answers.session(answers.v2(), duration=10.0))
    open_page(app, "review", session="abc")
    assert "time resolution 5 s" in words(app)
    assert any("5 s windows" in title for title in charts(app))


def test_not_asked_for_and_nothing_found_are_different_words(app, library):
    library.save(answers.session({"signals": []}, session_id="none-asked"))
    library.save(
        answers.session(
            {"signals": [], "engagement_state": [], "conversation_quality": {"timeline": []}},
            session_id="none-found",
        )
    )
    open_page(app, "review", session="none-asked")
    said = words(app)
    assert "Quality over time was not asked for, or not sent" in said
    assert "No signals were found" in said
    open_page(app, "review", session="none-found")
    said = words(app)
    assert "No quality was found over time" in said
    assert "Overall quality was not asked for" in said
    assert "No engagement was found" in said


def test_a_section_of_which_nothing_can_be_read_is_not_called_empty(app, library):
    answer = {"signals": [1, 2], "engagement_state": "x", "conversation_quality": {"timeline": [3]}}
    library.save(answers.session(answer))
    open_page(app, "review", session="abc")
    said = words(app)
    assert "2 of 2 signals could not be read" in said
    assert "The signals that were sent could not be read" in said
    assert "The engagement that was sent could not be read" in said
    assert "The quality over time that was sent could not be read" in said
    assert "No signals were found" not in said


def test_what_could_not_be_read_is_counted(app, library):
    answer = answers.v1()
    answer["signals"].append({"type": "stress", "start": "later"})
    library.save(answers.session(answer))
    open_page(app, "review", session="abc")
    assert "1 of 4 signals could not be read" in words(app)


def test_a_filter_narrows_list_lanes_and_count(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    app.pills(key="review_types_abc").set_value(["hesitation"]).run()
    assert "2 of 3 spans" in next(iter(charts(app)))
    assert lanes_of(app) == ["▽ hesitation"]
    assert shown(app) == [0, 2]
    app.pills(key="review_probabilities_abc").set_value(["not given"]).run()
    assert "1 of 3 spans" in next(iter(charts(app)))
    assert shown(app) == [2]
    app.pills(key="review_types_abc").set_value(["interest"]).run()
    assert "0 of 3 spans" in next(iter(charts(app)))
    (note,) = next(iter(charts(app).values()))["layout"]["annotations"]
    assert note["text"] == "No span passes the filters."


def test_hostile_text_stays_text(app, library):
    answer = answers.v1()
    answer["signals"][0] |= {"type": HOSTILE, "rationale": HOSTILE, "modality": [HOSTILE]}
    answer["engagement_state"][0]["state"] = HOSTILE
    answer["feedback"] = {"type": "feedback", "message": HOSTILE}
    library.save(answers.session(answer, title=HOSTILE))
    open_page(app, "review", session="abc")
    for kind in ("html", "markdown", "caption", "info", "warning"):
        for element in app.get(kind):
            body = getattr(element.proto, "body", "")
            assert "<img" not in body
            assert kind == "html" or "evil" not in body
    for spec in charts(app).values():
        assert "<img" not in json.dumps(spec)
    for option in app.pills(key="review_types_abc").options:
        assert not set(option) & set("<>[]()!*$:_`/.")
    assert HOSTILE in [element.value for element in app.text]


def test_the_raw_answer_is_shown_to_the_letter_when_asked_for(app, library):
    raw = '{ "signals" : [],\n\t"odd":"caf\u00e9 \\u00e9 1.50" }'
    session = answers.session()
    library.save(replace(session, analysis=replace(session.analysis, raw=raw)))
    open_page(app, "review", session="abc")
    assert not app.code
    app.toggle(key="review_raw").set_value(True).run()
    assert app.code[0].value == raw


def test_a_session_can_be_downloaded(app):
    open_page(app, "review", session="sample")
    labels = {button.proto.label for button in app.get("download_button")}
    assert labels == {"Spans (CSV)", "Session (JSON)"}
