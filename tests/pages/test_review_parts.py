"""The Review page of a session of parts: seams, gaps, scores and answers of each part."""

import json
from dataclasses import replace
from functools import partial

import pytest
import streamlit as st

from lib import frames
from lib.background import worker
from lib.background.parts_plan import PartsPlan, PlannedPart, PreparedPart, pack_part, pack_plan
from lib.errors import Problem
from lib.model import Gap
from lib.recordings.cuts import Stretch
from lib.recordings.step import Step
from lib.ui.review import header, quality_windows, score_bars, session_frames
from lib.ui.review.sections import Section
from lib.ui.runs import run_actions
from lib.ui.shell import services
from tests import answers, parts
from tests.pages.conftest import open_page, words
from tests.pages.test_review import charts, open_section, payload

BROKEN = Problem("It is damaged.", "Send the rest.")
REFUSED = Gap("refused", "**Too** <b>dark</b>.")


@pytest.fixture
def opened(app, library):
    """Open a session of these parts."""

    def open_parts(*sent):
        library.save(parts.session(*sent))
        return open_page(app, "review", session="parts")

    return open_parts


def tab_labels(app):
    return [tab.label for tab in app.tabs]


def test_every_chart_has_the_seams_and_its_title_says_how_many_parts(opened):
    specs = charts(opened(*parts.three()))
    assert len(specs) == 3
    for title, spec in specs.items():
        assert "3 parts" in title
        lines = [shape["x0"] for shape in spec["layout"]["shapes"] if shape["type"] == "line"]
        assert [at for at in lines if at] == [20, 40]
        assert [note["text"] for note in spec["layout"]["annotations"]][-1] == "part 3"


def test_each_part_has_score_cards_of_its_own(opened):
    app = opened(*parts.three(gap=REFUSED))
    names = ["Part 1, 0:00 to 0:20", "Part 2, 0:20 to 0:40", "Part 3, 0:40 to 1:00"]
    assert tab_labels(app)[:3] == names
    text = words(app)
    assert text.count('class="sr-scores"') == 2
    assert "Overall quality was not asked for" not in text


def test_a_gap_is_said_and_its_reason_is_no_markup(opened):
    text = words(opened(*parts.three(gap=REFUSED)))
    assert '0:20 to 0:40: no answer.</b> <span class="">The API refused this part: ' in text
    assert "**Too** &lt;b&gt;dark&lt;/b&gt;." in text
    assert "<b>dark" not in text
    assert "mp4, 1 MB" in text


def buttons(app):
    return [button.label for button in app.button if button.key and button.key.startswith("run_")]


def note_fragment(drawn, fragment, function=None, *, run_every=None):
    """A fragment, of which is noted how often it is drawn where it is that of the gaps."""
    if function is header._draw_gap_lines:
        drawn.append(run_every)
    return fragment(function, run_every=run_every)


@pytest.fixture
def damaged_part(library, stands, monkeypatch):
    """The run of a damaged part of a session, whose recording stands as told."""
    monkeypatch.setattr(worker.Worker, "wake", lambda _: None)  # it waits once it is asked for

    def stand(phase):
        library.save(parts.session(*parts.three(gap=Gap("not sent", "It is damaged."))))
        stretches = [Stretch(start, start + 20.0) for start in (0.0, 20.0, 40.0)]
        steps = [Step("copy", "mp4", one.start, one.end) for one in stretches]
        plan = PartsPlan(tuple(map(PlannedPart, stretches, stretches, steps)))
        recording = stands(phase, plan=pack_plan(plan), session_id="parts")
        damaged = PreparedPart(1, 20.0, 40.0, "", damaged=True)
        packed = pack_part(damaged)
        return stands("failed", parent=recording, part=packed, ticket="", failure=BROKEN)

    return stand


def test_of_a_damaged_part_the_rest_can_be_sent(app, damaged_part, monkeypatch):
    part_id = damaged_part("done")
    drawn = []  # how often the gaps are drawn by themselves
    monkeypatch.setattr(header.st, "fragment", partial(note_fragment, drawn, st.fragment))
    open_page(app, "review", session="parts")
    assert buttons(app) == ["Send what can be read"]
    assert set(drawn) == {None}
    app.button(key=f"run_send_what_can_be_read_{part_id}").click().run()
    part = services.analysis_queue().find_run(part_id)
    assert (part.phase, part.part.skip_damage) == ("queued", True)
    assert buttons(app) == ["Cancel"]
    assert drawn[-1] == header.GAP_SECONDS


def test_a_part_without_a_file_has_no_action_while_its_recording_is_under_way(
    app, library, damaged_part
):
    part_id = damaged_part("preparing")
    open_page(app, "review", session="parts")
    assert buttons(app) == []
    assert run_actions.WAIT_TEXT in [caption.value for caption in app.caption]
    recording = services.analysis_queue().find_run(part_id).parent
    library.runs.change(recording, "", {"phase": "done"})
    app.run()
    assert buttons(app) == ["Send what can be read"]
    assert run_actions.WAIT_TEXT not in [caption.value for caption in app.caption]


def test_of_many_gaps_the_first_are_named_and_the_rest_counted(opened):
    answered, *_ = parts.three()
    missing = [
        replace(answered, start=20.0 * n, end=20.0 * n + 20, outcome=REFUSED) for n in range(1, 11)
    ]
    missing = [replace(one, core_start=one.start, core_end=one.end) for one in missing]
    app = opened(answered, *missing)
    text = words(app)
    assert text.count("no answer.</b>") == header.MAX_GAPS == 8
    assert "2 more parts have no answer" in text


def test_a_span_over_a_seam_has_its_flag_and_both_rationales(opened):
    spans = payload(opened(*parts.three()))["spans"]
    assert spans["flag"] == ["", "over the seam at 0:20, joined from parts 1 and 2", ""]
    assert spans["rationale"][1] == "Part 1: interest high\nPart 2: interest low"


def test_what_is_left_out_of_overlaps_is_counted_on_the_page(opened):
    first = parts.part(parts.v2_answer([parts.CALM] * 4), 0, 20, (0, 15))
    second = parts.part(parts.v2_answer([parts.CALM] * 2), 15, 25)
    text = words(opened(first, second))
    assert "shown from the neighboring part: 1 engagement span, 1 window of quality." in text


def test_the_answer_of_each_part_can_be_read(opened):
    sent = parts.three(gap=REFUSED)
    app = opened(*sent)
    open_section(app, Section.RAW)
    (choice,) = [one for one in app.selectbox if one.label == "Answer to"]
    assert choice.options == ["Part 1, 0:00 to 0:20", "Part 3, 0:40 to 1:00"]
    choice.set_value("Part 3, 0:40 to 1:00").run()
    assert json.loads(app.code[0].value) == json.loads(sent[2].analysis.raw)


def test_a_window_is_compared_with_the_scores_of_its_own_part(opened):
    app = opened(*parts.three())
    open_section(app, Section.QUALITY)
    assert '<th scope="col">Part 1</th>' in words(app)


def test_windows_of_several_parts_are_compared_with_no_score():
    session = parts.session(*parts.three(), session_id="windows")
    windows = session_frames.session_tables(session)["quality"]
    for first, last, name in ((0, 4, "Part 1"), (4, 8, "Part 2"), (3, 5, ""), (0, 12, "")):
        overall, whole = quality_windows._overall_of(session, windows.iloc[first:last])
        assert (whole, overall.empty) == (name, not name)
    table = score_bars.scores_html(
        frames.score_ranges(windows, overall), "", no_evidence=False, unproven=False
    )
    assert "Difference" not in table


def test_feedback_and_what_could_not_be_read_name_their_part(opened):
    first = parts.part(answers.v1(feedback={"message": "Pause less."}), 0, 30)
    second = parts.part({"signals": [{"type": 7}], "feedback": {"message": "Ask."}}, 30, 60)
    text = words(opened(first, second))
    assert "Feedback on part 1, written by a model" in text
    assert "Feedback on part 2, written by a model" in text
    assert "Part 2: 1 of 1 signals could not be read" in text


@pytest.mark.parametrize("section", list(Section))
def test_every_section_opens(opened, section):
    app = opened(*parts.three(gap=REFUSED))
    assert "Part 2, 0:20 to 0:40: no answer." in open_section(app, section)
    assert app.segmented_control(key="section").value == section


def test_where_a_part_lies_adds_no_digit_to_its_times():
    spans = [{"type": "stress", "start": 1, "end": 2.5}]
    states = [{"state": "engaged", "start": 0, "end": 4}]
    answer = {"signals": spans, "engagement_state": states}
    whole = parts.part({"signals": []}, 0, 16.667)
    session = parts.session(whole, parts.part(answer, 16.667, 30.0), session_id="digits")
    assert session_frames.table_digits(session) == {"signals": 1, "engagement": 0, "quality": 0}


def test_parts_of_two_resolutions_say_both():
    fine = parts.v2_answer([parts.CALM])
    fine["result"]["window_seconds"] = 2.5
    first, second = parts.part(parts.v2_answer([parts.CALM]), 0, 5), parts.part(fine, 5, 10)
    session = parts.session(first, second, session_id="two")
    assert header.resolution(session) == "time resolution 2.5 s or 5 s"
    assert session_frames.digits(session) == 1
    assert header.resolution(parts.session(first)) == "time resolution 5 s"
    assert header.resolution(answers.session()) == "time resolution not stated by the API"
