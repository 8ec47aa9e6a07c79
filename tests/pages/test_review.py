"""The Review page by AppTest: its parts, its labels, its empty and hostile states."""

import html
import json
import re
import subprocess
import zlib
from dataclasses import replace

import pytest
import sqlalchemy as sa

from lib import exports
from lib.api_limits import MAX_BYTES
from lib.interhuman import section_parsers
from lib.library import Library
from lib.library.tables import ANSWERS
from lib.model import SCORES, Line, Review
from lib.recordings import probe
from lib.ui.review import filter_choices, sections
from lib.ui.shell import services, signed_addresses
from tests import answers, reviews
from tests.clips import clip, grow
from tests.pages.conftest import fields, open_page, upload, words

HOSTILE = "<img src=x onerror=alert(1)> **bold** [link](http://evil) ![i](http://evil/i.png) $x$"


def charts(app):
    """The figures by their titles, in the order of the page."""
    return {figure["layout"]["title"]["text"]: figure for figure in figures(app)}


def figures(app):
    return [json.loads(data["figure"]) for data in components(app, "figure")]


def payload(app):
    """What the page hands to the browser: the spans and the transcript's lines."""
    (body,) = [
        element.proto.body for element in app.get("html") if 'class="sr-data"' in element.proto.body
    ]
    return json.loads(html.unescape(body.partition(">")[2].removesuffix("</div>")))


def components(app, key):
    """The data of all components that have this key in it."""
    data_of_each = (
        json.loads(element.proto.json)
        for element in app.get("bidi_component")
        if element.proto.json
    )
    return [data for data in data_of_each if key in data]


def component(app, key):
    (data,) = components(app, key)
    return data


def filter_result(app):
    """What the browser holds of the filters: of all that it was told, the latest."""
    return max(components(app, "shown"), key=lambda data: data["at"])


def shown(app):
    """The ids of the spans that pass the filters; None for all."""
    return filter_result(app)["shown"]


def choose(app, key, value):
    """Set a filter, wherever it stands."""
    for kind in ("button_group", "pills", "text_input", "selectbox"):
        for widget in app.get(kind):
            if widget.key == key:
                widget.set_value(value)
                return app.run()
    raise AssertionError(key)


def open_section(app, section):
    app.segmented_control(key="section").set_value(section).run()
    assert not app.exception
    return words(app)


def test_without_a_session_the_page_says_so(app):
    open_page(app, "review")
    assert "No session is open" in words(app)


@pytest.mark.parametrize("session_id", ["nobody", "../x", "'; DROP TABLE sessions", "<b>"])
def test_an_unknown_session_says_so(app, session_id):
    open_page(app, "review", session=session_id)
    assert "no session with this id" in words(app)
    assert session_id not in words(app)


def test_the_sample_opens_with_all_its_parts_and_its_label(app):
    open_page(app, "review", session="sample")
    text = words(app)
    assert "Hand-written sample" in text
    assert "time resolution not stated" in text
    specs = charts(app)
    assert len(specs) == 4
    measured = "Recording, as measured"  # of the clip, as of any: not written by hand
    assert all("Hand-written sample" in title for title in specs if title != measured)
    assert measured in specs
    assert len(payload(app)["spans"]["id"]) == 28
    assert payload(app)["author"] == "written by hand for this sample"
    assert "written by hand for this sample" in text
    assert "written by a model" not in text
    assert text.count('class="sr-score') == 7  # six scores, and the list of them
    assert "Feedback, written by hand for this sample" in text
    assert app.get("video")
    assert 'class="sr-transport" data-frame-rate="20.0"' in text


def test_a_score_names_the_line_that_it_brings_forward(app):
    open_page(app, "review", session="sample")
    (quality,) = [figure for title, figure in charts(app).items() if title.startswith("Quality")]
    lines = {trace["name"] for trace in quality["data"] if trace["type"] == "scatter"}
    named = re.findall(r'class="sr-bring" aria-pressed="false" data-score="([^"]+)"', words(app))
    assert set(named) == lines
    assert len(named) == len(SCORES)


def test_a_score_without_a_level_over_time_brings_nothing(app, library):
    over_time = [{"start": 0.0, "end": 10.0, "values": answers.scores(50)}]  # no evidence
    quality = {"overall": answers.scores(60), "timeline": over_time}
    library.save(answers.session(answers.v1(conversation_quality=quality)))
    open_page(app, "review", session="abc")
    assert "sr-score" in words(app)
    assert "data-score" not in words(app)


def test_a_stored_session_without_its_recording_asks_for_it(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    assert "The recording is not here" in words(app)
    assert len(charts(app)) == 3


def test_a_recording_that_was_sent_in_parts_may_be_larger_than_the_api_takes(
    app, library, tmp_path
):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    large = grow(clip(tmp_path / "large.mp4", seconds=30.0), MAX_BYTES + 1)
    upload(app.file_uploader(key="review_clip_abc_0"), large).run()
    assert "The recording is not here" not in words(app)
    assert app.get("video")


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
    text = words(app)
    assert "Quality over time was not asked for, or not sent" in text
    assert "No signals were found" in text
    open_page(app, "review", session="none-found")
    text = words(app)
    assert "No quality was found over time" in text
    assert "Overall quality was not asked for" in text
    assert "No engagement was found" in text


def test_a_section_of_which_nothing_can_be_read_is_not_called_empty(app, library):
    answer = {"signals": [1, 2], "engagement_state": "x", "conversation_quality": {"timeline": [3]}}
    library.save(answers.session(answer))
    open_page(app, "review", session="abc")
    text = words(app)
    assert "2 of 2 signals could not be read" in text
    assert "The signals that were sent could not be read" in text
    assert "The engagement that was sent could not be read" in text
    assert "The quality over time that was sent could not be read" in text
    assert "No signals were found" not in text


def test_what_could_not_be_read_is_counted(app, library):
    answer = answers.v1()
    answer["signals"].append({"type": "stress", "start": "later"})
    library.save(answers.session(answer))
    open_page(app, "review", session="abc")
    assert "1 of 4 signals could not be read" in words(app)


def test_the_lanes_hold_all_spans_and_say_how_many(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    (title,) = [name for name in charts(app) if name.startswith("Signals")]
    assert "3 spans" in title
    assert charts(app)[title]["layout"]["yaxis"]["ticktext"] == ["▲ interest", "▽ hesitation"]


def test_a_filter_narrows_what_the_browser_shows_and_the_count(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    assert (filter_result(app)["text"], shown(app)) == ("3 spans", None)
    choose(app, "type", ["hesitation"])
    assert (filter_result(app)["text"], shown(app)) == ("2 of 3 spans", [0, 2])
    choose(app, "probability", ["not given"])
    assert (filter_result(app)["text"], shown(app)) == ("1 of 3 spans", [2])
    choose(app, "type", ["interest"])
    assert (filter_result(app)["text"], shown(app)) == ("0 of 3 spans", [])


@pytest.mark.parametrize(
    ("key", "value", "left"),
    [
        ("search", "PAUSE before", [0]),
        ("search", "nothing of it", []),
        ("state", ["neutral"], []),
        ("state", ["engaged"], None),
        ("modality", ["audio"], [0]),
        ("modality", ["not given"], [1, 2]),
        ("from", "0:15", [0, 2]),
        ("to", "0:10", [1]),
        ("from", "soon", None),
        ("cue", "pause", [0, 2]),
        ("noted", "noted", [1]),
        ("noted", "unnoted", [0, 2]),
        ("verdict", ["disagree"], [0]),
        ("verdict", ["none"], [1, 2]),
    ],
)
def test_each_filter_has_its_widget(app, library, key, value, left):
    library.save(answers.session())
    library.write_note("abc", reviews.note(start=4.0, end=4.0, signal=None))
    library.write_verdict("abc", reviews.verdict(0, opinion="disagree"))
    open_page(app, "review", session="abc")
    choose(app, key, value)
    assert shown(app) == left


def test_a_link_opens_the_same_view_and_nonsense_in_it_is_ignored(app, library):
    library.save(answers.session())
    app.query_params["type"] = ["hesitation", "nonsense"]
    open_page(app, "review", session="abc", probability="certain", cue="<b>")
    assert shown(app) == [0, 2]


def test_another_session_begins_without_the_filters_of_the_last(app, library):
    library.save(answers.session())
    library.save(answers.session(session_id="other"))
    open_page(app, "review", session="abc")
    choose(app, "search", "no such words")
    app.query_params["session"] = "other"
    app.run()
    assert shown(app) is None


def test_what_is_set_is_a_chip_that_can_be_taken_off(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc", type="hesitation", **{"from": "0:15"})
    chips = filter_result(app)["chips"]
    assert [chip["label"] for chip in chips] == ["type hesitation", "from 0:15"]
    assert filter_result(app)["folded"] == 1
    choose(app, "from", "soon")  # passes all, and is set all the same
    assert filter_result(app)["chips"][1]["label"] == "from “soon”, which is not a time"
    choose(app, "from", "")
    choose(app, "type", [])
    assert (filter_result(app)["chips"], filter_result(app)["folded"]) == ([], 0)


def test_the_address_holds_the_cue_itself(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc", cue="pause")
    assert shown(app) == [0, 2]
    assert app.selectbox(key="cue").options == ["pause"]


def test_windows_without_signals_are_not_nothing_found(app, library):
    window = {"index": 0, "start_seconds": 0, "end_seconds": 5, "engagement_status": "engaged"}
    library.save(answers.session(answers.v2({"signals": None, "windows": [window]})))
    open_page(app, "review", session="abc")
    assert "Signals were not asked for, or not sent." in words(app)


def test_clearing_the_filters_shows_all_again(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    choose(app, "search", "no such words")
    choose(app, "type", ["interest"])
    app.button(key="filters_clear").click().run()
    assert shown(app) is None


def test_what_people_added_is_handed_to_the_browser(app, library):
    library.save(answers.session())
    library.add_review("abc", reviews.review())
    open_page(app, "review", session="abc")
    data = component(app, "notes")
    assert [note["text"] for note in data["notes"]] == [
        note.text for note in reviews.review().notes
    ]
    assert len(data["verdicts"]) == len(reviews.review().verdicts)
    assert len(payload(app)["lines"]) == len(reviews.review().transcript)
    assert any(title.startswith("Speech") for title in charts(app))


@pytest.fixture
def reads(monkeypatch):
    """The ids of the sessions whose review was read from the library, one entry a read."""
    ids, read = [], Library.review

    def review(library, session_id, **how):
        ids.append(session_id)
        return read(library, session_id, **how)

    monkeypatch.setattr(Library, "review", review)
    return ids


@pytest.mark.parametrize("section", sections.LABELS.values())
def test_a_run_of_the_page_reads_what_people_added_once(app, library, reads, section):
    library.save(answers.session())
    library.add_review("abc", reviews.review())
    open_page(app, "review", session="abc", section=section, search="pause")
    assert reads == ["abc"]
    app.run()
    assert reads == ["abc"] * 2


def test_a_library_out_of_reach_is_told_and_the_sample_still_opens(app, monkeypatch, tmp_path):
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database" * 99)
    monkeypatch.setenv("LIBRARY_URL", f"sqlite:///{broken}")
    open_page(app, "review", session="sample")
    assert len(app.error) == 1
    assert "library" in app.error[0].value
    assert len(charts(app)) == 4
    assert component(app, "notes")["notes"] == []
    monkeypatch.setenv("LIBRARY_URL", f"sqlite:///{tmp_path}/sound.db")  # for what closes the app


def test_a_length_beyond_all_numbers_reaches_the_browser_as_unknown(app, library):
    answer = answers.v1()
    answer["signals"][0] |= {"start": -1.7e308, "end": 1.7e308}
    library.save(answers.session(answer))
    open_page(app, "review", session="abc")
    assert payload(app)["spans"]["length"][0] is None


def test_a_stored_answer_that_cannot_be_read_is_told_and_handed_over(app, library):
    library.save(answers.session())
    with library._engine.begin() as connection:
        connection.execute(sa.update(ANSWERS).values(answer=zlib.compress(b"{}")))
    open_page(app, "review", session="abc")
    (error,) = app.error
    assert "stored answer of this session cannot be read" in error.value
    assert "Download the answer" in error.value
    (button,) = app.get("download_button")
    assert button.label == "The answer as received (JSON)"


def test_only_the_best_moments_are_listed_until_all_are_asked_for(app, library):
    at_once = [
        {"type": name, "start": 10.0 * turn, "end": 10.0 * turn + 5}
        for turn in range(20)
        for name in ("hesitation", "interest", "agreement")
    ]
    library.save(answers.session(answers.v1(signals=at_once), duration=200.0))
    open_page(app, "review", session="abc")
    assert words(app).count("types at once") == 12
    app.toggle(key="moments_all").set_value(True).run()
    assert words(app).count("types at once") == 20


def test_lines_of_a_transcript_reach_the_browser_in_the_order_of_their_times(app, library):
    library.save(answers.session())
    library.write_transcript("abc", [Line(9, 10, "", "then"), Line(1, 2, "", "first")])
    open_page(app, "review", session="abc")
    assert [line[3] for line in payload(app)["lines"]] == ["first", "then"]


def test_the_notes_section_lists_notes_and_agreement(app, library):
    library.save(answers.session())
    library.write_note("abc", reviews.note(text="Watch her hands."))
    library.write_verdict("abc", reviews.verdict(0, "Ana", "agree"))
    library.write_verdict("abc", reviews.verdict(2, "Ana", "disagree"))
    library.write_verdict("abc", reviews.verdict(0, "Ben", "agree"))
    library.write_verdict("abc", reviews.verdict(2, "Ben", "agree"))
    open_page(app, "review", session="abc")
    text = open_section(app, "notes")
    assert "Watch her hands." in text
    assert "75% (30% – 95%)" in text  # 3 of 4, by Wilson's interval
    assert "Cohen's kappa of Ana and Ben: 0.00, n = 2 spans both judged, percent agreement 50%" in (
        html.unescape(text)
    )
    assert "<td>Ana</td><td>50%" in text
    assert "not independent" in text
    assert "Unsure is a category" in text


def test_a_kappa_that_is_not_defined_says_why(app, library):
    library.save(answers.session())
    library.write_verdict("abc", reviews.verdict(0, "Ana", "agree"))
    library.write_verdict("abc", reviews.verdict(0, "Ben", "agree"))
    open_page(app, "review", session="abc")
    text = html.unescape(open_section(app, "notes"))
    assert "not defined: both gave one and the same opinion on all, n = 1" in text


def test_without_notes_and_verdicts_the_section_says_how_to_begin(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    text = open_section(app, "notes")
    assert "No notes yet" in text
    assert "No verdicts yet" in text


def test_the_quality_section_shows_a_window_against_the_whole(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    text = open_section(app, "quality")
    assert "Go to 0:00 – 0:10" in text
    (clarity,) = re.findall(r"<tr><td>clarity</td>.*?</tr>", text)
    assert clarity.startswith("<tr><td>clarity</td><td>70</td><td>60</td><td>")
    assert "<b>+10</b>" in clarity


def fine_times():
    """Signals in whole seconds; engagement and windows with more digits."""
    return answers.v1(
        signals=[{"type": "stress", "start": 10, "end": 20, "probability": "high"}],
        engagement_state=[
            {"state": "engaged", "start": 0, "end": 12.34},
            {"state": "disengaged", "start": 12.34, "end": 30},
        ],
        conversation_quality={
            "timeline": [
                {"start": 0, "end": 7.5, "values": answers.scores(20)},
                {"start": 7.5, "end": 15, "values": answers.scores(60)},
            ]
        },
    )


def test_each_table_has_the_digits_that_its_own_times_were_sent_with(app, library):
    library.save(answers.session(fine_times()))
    open_page(app, "review", session="abc")
    specs = charts(app)
    spans = [text for trace in specs["Engagement"]["data"] for text in trace["hovertext"]]
    assert sorted(spans) == ["0:00.00-0:12.34", "0:12.34-0:30.00"]
    assert specs["Quality"]["data"][-1]["hovertext"][0].startswith("0:00.0 – 0:07.5")
    text = words(app)
    assert "0:12.34</span>" in text  # the change of engagement
    assert "0:00.0 – 0:15.0</span>" in text  # the swing
    section = open_section(app, "quality")
    assert "Go to 0:00.0 – 0:07.5" in section
    assert "<td>engaged</td><td>7.50 s</td>" in section


def test_a_transcript_is_not_labelled_as_generated(app, library):
    library.save(answers.session(origin="sandbox"))
    library.write_transcript("abc", [Line(1.25, 2.0, "Ada", "Hello.")])
    open_page(app, "review", session="abc", section="Tables")
    (title,) = (title for title in charts(app) if title.startswith("Speech"))
    assert title == "Speech · transcript, lines: 1"
    for table, label in (
        ("Transcript", ""),
        ("Notes", ""),
        ("Engagement", "Generated by the sandbox"),
    ):
        app.segmented_control(key="table").set_value(table).run()
        if table != "Notes":  # there are none
            assert sheet(app)["about"]["label"] == label


def test_the_primary_signal_of_the_feedback_is_shown_and_bad_parts_are_counted(app, library):
    feedback = {"message": "Pause more.", "primary_signal": "hesitation"}
    spans = [{"type": "awe", "start": 0, "end": 1, "modality": "audio"}]
    library.save(answers.session(answers.v1(feedback=feedback, signals=spans)))
    open_page(app, "review", session="abc")
    assert "Primary signal: hesitation" in words(app)
    (warning,) = (one.value for one in app.warning if "could not be read" in one.value)
    assert warning.startswith("1 of 1 modalities could not be read and are left out.")


def score_row(section, name):
    """The texts of the cells of one score in the table of the section on quality."""
    (row,) = re.findall(rf"<tr>(<td>{name}</td>.*?)</tr>", section)
    return [re.sub("<.*?>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", row)]


def test_scores_are_written_as_sent_beside_their_band(app, library):
    near = answers.scores(79.9999999, clarity=64.9999999999)
    quality = {"overall": near, "timeline": [{"start": 0, "end": 10, "values": near}]}
    library.save(answers.session(answers.v1(conversation_quality=quality)))
    open_page(app, "review", session="abc")
    text = words(app)
    assert '<dd>79.9999999<span class="sr-band">Good</span>' in text
    assert '<dd>64.9999999999<span class="sr-band">Moderate</span>' in text
    section = open_section(app, "quality")
    assert score_row(section, "energy") == ["energy", "79.9999999", "79.9999999", "0"]


def test_fifty_without_an_index_is_no_evidence(app, library):
    silent = answers.scores(50)
    silent.pop("quality_index")
    quality = {"overall": silent, "timeline": [{"start": 0, "end": 10, "values": silent}]}
    library.save(answers.session(answers.v1(conversation_quality=quality)))
    open_page(app, "review", session="abc")
    text = words(app)
    assert '<dd>50<span class="sr-band">No evidence</span>' in text
    assert "Moderate" not in text
    section = open_section(app, "quality")
    assert "no evidence in it" in section
    assert score_row(section, "clarity") == ["clarity", "no evidence", "no evidence"]


def order_and_overlap(**more):
    """Windows out of their order, two of which overlap; the third has no clarity."""
    times = ((20, 30, 60), (0, 10, 40), (10, 20, 80), (8, 16, 10))
    timeline = [
        {"start": start, "end": end, "values": answers.scores(value)} for start, end, value in times
    ]
    timeline[2]["values"].pop("clarity")
    return answers.v1(conversation_quality={"timeline": timeline}, **more)


@pytest.mark.parametrize(
    ("chosen", "went", "rows"),
    [
        ((0, None), "Go to 0:00 – 0:10</button> with evidence", ["<td>clarity</td><td>40</td>"]),
        ((1, None), "Go to 0:08 – 0:16</button> with evidence", ["<td>clarity</td><td>10</td>"]),
        (
            (2, None),
            "Go to 0:10 – 0:20</button> with evidence",
            ["<td>energy</td><td>80</td>", "<td>clarity</td><td>not sent</td>"],
        ),
        (
            (2, 3),
            "Go to 0:10 – 0:30</button> 0 of 2 windows",
            ["<td>energy</td><td>60 – 80</td>", "<td>clarity</td><td>60</td>"],
        ),
        (
            (3, 2),
            "Go to 0:10 – 0:30</button> 0 of 2 windows",
            ["<td>energy</td><td>60 – 80</td>", "<td>clarity</td><td>60</td>"],
        ),
    ],
)
def test_windows_out_of_order_are_chosen_by_what_they_are(app, library, chosen, went, rows):
    library.save(answers.session(order_and_overlap()))
    open_page(app, "review", session="abc")
    open_section(app, "quality")
    assert not app.select_slider
    for field, place in zip(("window", "window_until"), chosen, strict=True):
        app.selectbox(key=f"{field}_abc").set_value(place).run()
    assert not app.exception
    text = words(app)
    assert went in text
    for row in rows:
        assert row in text


def test_two_windows_are_compared_also_after_another_section_was_open(app, library):
    library.save(answers.session(order_and_overlap()))
    open_page(app, "review", session="abc")
    open_section(app, "quality")
    app.selectbox(key="window_abc").set_value(2).run()
    app.selectbox(key="window_other_abc").set_value(1).run()
    compared = '<th scope="col">0:08 – 0:16</th>'
    energy = "<td>energy</td><td>80</td><td>10</td>"
    assert compared in words(app)
    assert energy in words(app)
    assert "<b>+70</b>" in words(app)
    open_section(app, "notes")
    assert compared not in words(app)
    assert energy in open_section(app, "quality")
    app.selectbox(key="window_other_abc").set_value(None).run()
    assert compared not in words(app)
    assert '<th scope="col">Overall</th>' in words(app)


def test_the_moments_say_why_and_how_they_are_found(app):
    open_page(app, "review", session="sample")
    text = words(app)
    assert 'data-go="' in text
    assert "How moments are found" in [expander.label for expander in app.expander]


def sheet(app):
    """The table that the browser is told to draw."""
    (body,) = [
        element.proto.body
        for element in app.get("html")
        if 'class="sr-tabular"' in element.proto.body
    ]
    return json.loads(html.unescape(body.partition("hidden>")[2].partition("</div>")[0]))


@pytest.mark.parametrize(
    ("name", "column", "values", "numbers"),
    [
        ("Engagement", "end", [20.0, 30.0], ["start", "end"]),
        ("Quality", "clarity", [70.0, 50.0, 55.0], ["start", "end", *SCORES]),
        ("Transcript", "text", ["Shall we?", "Yes."], ["start", "end"]),
        ("Notes", "signal", [0, None], ["start", "end", "signal"]),
        ("Verdicts", "written_at", ["2026-11-03T10:00:00+00:00"] * 2, ["signal"]),
        ("Moments", "rule", ["friction after calm"], ["start", "end", "score"]),
    ],
)
def test_every_chart_has_its_table(app, library, name, column, values, numbers):
    library.save(answers.session())
    library.add_review("abc", reviews.review())
    open_page(app, "review", session="abc")
    open_section(app, "tables")
    app.segmented_control(key="table").set_value(name).run()
    table = sheet(app)
    assert table["columns"][column] == values
    assert table["names"] == list(table["columns"])
    assert not [name for name in table["names"] if name.startswith("draw_")]
    assert sorted(table["numbers"]) == sorted(numbers)
    assert table["file"] == f"Interview-abc-{name.lower()}.csv"
    assert table["about"]["session"] == "abc"


def test_the_table_of_signals_says_who_spoke_where_a_transcript_does(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    open_section(app, "tables")
    assert "spoken_by" not in sheet(app)["names"]
    library.write_transcript("abc", [Line(0.0, 5.0, "Ana", "So."), Line(0.0, 9.0, "", "Yes.")])
    app.run()
    names = sheet(app)["names"]
    assert names[names.index("modality") + 1] == "spoken_by"
    assert payload(app)["speakers"] == ["Ana"]


def test_who_is_asked_for_in_an_address_waits_for_the_transcript(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc", speaker="b Ben")
    assert app.session_state["speaker"] == ["b Ben"]
    assert "Spoken by: needs a transcript that names its speakers." in words(app)
    library.write_transcript("abc", [Line(0.0, 5.0, "<b>Ben", "So.")])
    app.run()
    assert app.session_state["speaker"] == ["<b>Ben"]
    assert "needs a transcript" not in words(app)
    library.remove_transcript("abc")
    app.run()
    assert app.session_state["speaker"] == ["<b>Ben"]
    assert not app.exception


def test_an_empty_table_says_so(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    open_section(app, "tables")
    app.segmented_control(key="table").set_value("Notes").run()
    assert "This table is empty" in words(app)


def test_the_table_of_signals_holds_what_passes_the_filters(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    open_section(app, "tables")
    assert (sheet(app)["spans"], sheet(app)["about"]["filter"]) == ([0, 1, 2], "")
    choose(app, "type", ["hesitation"])
    assert (sheet(app)["spans"], sheet(app)["about"]["filter"]) == (
        [0, 2],
        "2 of 3 spans: type hesitation",
    )


def test_hostile_text_in_a_table_stays_text(app, library):
    library.save(answers.session())
    library.add_review("abc", Review(notes=(reviews.note(text=f"</div>{HOSTILE}"),)))
    open_page(app, "review", session="abc")
    open_section(app, "tables")
    app.segmented_control(key="table").set_value("Notes").run()
    assert sheet(app)["columns"]["text"] == [f"</div>{HOSTILE}"]
    assert "<img" not in words(app)


def test_all_columns_of_the_signals_are_in_the_page(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    open_section(app, "tables")
    assert set(sheet(app)["names"]) <= set(payload(app)["spans"])


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
    for widget in app.get("button_group"):
        for option in widget.options:
            assert not set(str(option)) & set("<>[]()!*$:_`/.")
    assert HOSTILE in [element.value for element in app.text]
    assert payload(app)["spans"]["rationale"][0] == HOSTILE


def test_the_raw_answer_is_shown_to_the_letter_when_asked_for(app, library):
    raw = '{ "signals" : [],\n\t"odd":"caf\u00e9 \\u00e9 1.50" }'
    session = answers.session()
    library.save(replace(session, analysis=replace(session.analysis, raw=raw)))
    open_page(app, "review", session="abc")
    assert not app.code
    open_section(app, "raw")
    assert app.code[0].value == raw


@pytest.mark.parametrize(
    ("label", "sign"),
    [
        ("Moments", "How moments are found"),
        ("Quality", "Click a window in the quality chart"),
        ("Notes", "No notes yet"),
        ("Claims", "No claims yet"),
        ("Codes", "Bring a codebook"),
        ("Transcript", "Subtitles (.srt, .vtt"),
        ("Tables", "sr-tabular"),
        ("Downloads", "In the files:"),
        ("Raw answer", '"signals"'),
    ],
)
def test_a_link_names_a_section_by_the_text_of_its_button(app, library, label, sign):
    library.save(answers.session())
    open_page(app, "review", session="abc", section=label)
    shown = [
        words(app),
        *(element.label for element in app.expander),
        *(element.value for element in app.code),
    ]
    assert sign in "\n".join(shown)


def test_a_session_can_be_downloaded(app):
    open_page(app, "review", session="sample")
    open_section(app, "downloads")
    labels = {button.proto.label for button in app.get("download_button")}
    assert labels == {format_.label for format_ in exports.FORMATS} | {"Session (JSON)"}


def test_the_sample_waits_for_no_process_that_looks_into_its_recording(app, monkeypatch):
    begun = []
    probe._read_in_process.cache_clear()
    monkeypatch.setattr(subprocess, "run", lambda *command, **_: begun.append(command))
    open_page(app, "review", session="sample")
    assert len(app.get("video")) == 1
    assert begun == []


@pytest.mark.parametrize(("picture", "player"), [("libx264", "video"), (None, "audio")])
def test_a_recording_without_a_picture_has_a_player_for_sound(
    app, library, tmp_path, picture, player
):
    library.save(answers.session())
    recordings = services.recordings()
    with clip(tmp_path / "x.mp4", video=picture).open("rb") as file:
        recordings.assign(recordings.add(file, "x.mp4"), "abc")
    open_page(app, "review", session="abc")
    assert [len(app.get(kind)) for kind in ("video", "audio")] == [
        int(player == "video"),
        int(player == "audio"),
    ]
    assert "cannot show the picture" not in words(app) or player == "video"


@pytest.mark.parametrize(("picture", "player"), [("libx264", "video"), (None, "audio")])
def test_a_player_is_given_an_address_and_its_file_stays_out_of_memory(
    app, library, tmp_path, picture, player
):
    library.save(answers.session())
    services.serving().set()
    recordings = services.recordings()
    with clip(tmp_path / "x.mp4", video=picture).open("rb") as file:
        recordings.assign(recordings.add(file, "x.mp4"), "abc")
    open_page(app, "review", session="abc")
    (drawn,) = app.get(player)
    assert drawn.proto.url.startswith(signed_addresses.PLAY)
    app.run()
    (again,) = app.get(player)
    assert again.proto == drawn.proto  # so that it plays on


def test_a_recording_that_is_given_again_must_be_one_of_that_length(app, library, tmp_path):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    path = clip(tmp_path / "x.mp4")
    (uploader,) = app.get("file_uploader")[:1]
    uploader.set_value(("notes.txt", b"no film", "text/plain")).run()
    assert "This file is not a recording" in app.error[0].value
    app.get("file_uploader")[0].set_value(("x.mp4", path.read_bytes(), "video/mp4")).run()
    assert "differs in length" in app.warning[0].value
    assert services.recordings().path_of_session("abc") is None
    app.button(key="review_clip_anyway").click().run()
    assert services.recordings().path_of_session("abc") is not None


def test_where_the_server_serves_addresses_of_ours_a_recording_given_again_comes_in_slices(
    app, library
):
    library.save(answers.session())
    services.serving().set()
    open_page(app, "review", session="abc")
    assert not app.get("file_uploader")
    (field,) = fields(app)
    assert field["field"] == "review_clip_abc"
    assert field["label"] == "Drop the recording of this session here"
    assert field["hint"].startswith("up to 4 GiB")
    assert not field["several"]


def test_of_two_recordings_that_are_given_the_later_counts_and_the_earlier_is_removed(
    app, library, tmp_path
):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    for number in range(2):
        path = clip(tmp_path / f"{number}.mp4", shade=9 * number)
        upload(app.file_uploader(key=f"review_clip_abc_{number}"), path).run()
        assert "as a plain script" in words(app)
        assert "differs in length" in app.warning[0].value
        assert len([*services.recordings().folder.glob("*.mp4")]) == 1
    app.button(key="review_clip_anyway").click().run()
    assert services.recordings().path_of_session("abc").read_bytes() == path.read_bytes()


def test_a_recording_that_cannot_be_kept_with_its_session_says_so(
    app, library, tmp_path, monkeypatch
):
    session = answers.session()
    library.save(replace(session, duration=4.0))
    open_page(app, "review", session="abc")
    monkeypatch.setattr(services.recordings(), "_session_file", lambda _: tmp_path / "no" / "file")
    path = clip(tmp_path / "x.mp4")
    app.get("file_uploader")[0].set_value(("x.mp4", path.read_bytes(), "video/mp4")).run()
    assert not app.exception
    assert "could not be kept with its session" in app.error[0].value
    assert charts(app)


def test_of_thousands_of_types_the_page_draws_the_most_frequent_and_offers_the_rest(app, library):
    spans = [
        {"type": f"type {number:04}", "start": number / 100, "end": number / 100 + 1}
        for number in [*range(5_000), *range(20)]
    ]
    library.save(answers.session(answers.v1(signals=spans)))
    open_page(app, "review", session="abc")
    lanes = figures(app)[0]["layout"]
    assert len(lanes["yaxis"]["ticktext"]) == 20
    assert "40 of 5020 spans" in lanes["title"]["text"]
    more = [one for one in app.expander if "more types" in one.label]
    assert [one.label for one in more] == ["and 4,980 more types"]
    assert len(more[0].dataframe[0].value) == 4_980
    assert not app.get_by_key("type").options[20:] or app.multiselect(key="type")


def test_of_thousands_of_states_windows_and_speakers_charts_draw_the_first_and_say_so(app, library):
    spans = [{"state": f"s{number}", "start": number, "end": number + 1} for number in range(300)]
    windows = [
        {"start": number, "end": number + 1, "values": answers.scores(number % 100)}
        for number in range(5_100)
    ][::-1]
    quality = {"overall": answers.scores(), "timeline": windows}
    library.save(answers.session(answers.v1(engagement_state=spans, conversation_quality=quality)))
    library.write_transcript(
        "abc", [Line(number, number + 1, f"Speaker {number}", "Yes.") for number in range(300)]
    )
    open_page(app, "review", session="abc")
    _, speech, engagement, quality = figures(app)
    assert "lines: 20 of 300 drawn" in title(speech)
    assert len(speech["layout"]["yaxis"]["ticktext"]) == 20
    assert "20 of 300 spans" in title(engagement)
    assert len(engagement["layout"]["yaxis"]["ticktext"]) == 23  # the three known states too
    assert "5,000 of 5,100 windows" in title(quality)


def test_of_more_items_than_are_read_the_page_says_how_many(app, library, monkeypatch):
    monkeypatch.setattr(section_parsers, "MAX_ITEMS", 2)
    library.save(answers.session())
    open_page(app, "review", session="abc")
    (warning,) = [one.value for one in app.warning if "signals" in one.value]
    assert warning.startswith("1 of 3 signals are beyond the first")
    assert "raw answer" in warning


def test_a_feedback_of_megabytes_is_shown_at_its_beginning(app, library):
    library.save(answers.session(answers.v1(feedback={"message": "Good. " * 1_000_000})))
    open_page(app, "review", session="abc")
    (text,) = [one.value for one in app.text if "Good" in one.value]
    assert len(text) < 5_000
    assert text.endswith("of 6,000,000 characters]")


def title(figure):
    return figure["layout"]["title"]["text"].replace("<br>", " ")


def test_a_filter_offers_the_most_frequent_of_its_choices_and_says_so(app, library, monkeypatch):
    monkeypatch.setattr(filter_choices, "MAX_CHOICES", 3)
    names = ["a", "b", "c", "c", "d", "d", "e", "e"]
    spans = [{"type": name, "start": 0, "end": 1, "modality": [f"seen {name}"]} for name in names]
    states = [{"state": name, "start": 0, "end": 1} for name in names]
    library.save(answers.session(answers.v1(signals=spans, engagement_state=states)))
    open_page(app, "review", session="abc")
    assert [
        filter_choices.choices(services.session("abc"))[name] for name in ("type", "state")
    ] == [["c", "d", "e"]] * 2
    labels = [one.label for one in app.get("button_group")]
    assert "Signals (the 3 most frequent)" in labels
    assert "Seen in (the 3 most frequent)" in labels


def test_where_cues_are_not_looked_for_everywhere_the_filter_says_so(app, library, monkeypatch):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    assert not any("Cues are looked for" in one.value for one in app.caption)
    spans = [{"type": "stress", "start": 0, "end": 1, "rationale": "he nods " * 200_000}]
    library.save(answers.session(answers.v1(signals=spans), session_id="long"))
    open_page(app, "review", session="long")
    assert any("in the first 1,000,000 characters of each" in one.value for one in app.caption)
