"""The Review page of a session whose recording was measured."""

from dataclasses import replace

import pytest

from lib.ui.review.sections import Section
from tests import answers
from tests.measurement import measured
from tests.pages.conftest import open_page, words
from tests.pages.test_review import charts, choose, filter_result, open_section, payload, shown

ANSWER = {
    "signals": [
        {"type": "stress", "start": 12, "end": 18, "rationale": "Her voice rises."},
        {"type": "interest", "start": 22, "end": 25, "rationale": "Her voice rises."},
    ]
}
TITLE = "Recording, as measured"
LINE = "silent for 17 %, black for 33 %, loudness -23 LUFS"


@pytest.fixture
def session():
    return answers.session(ANSWER, duration=60.0)


def test_until_it_is_measured_there_is_no_strip_and_no_line(app, library, session):
    library.save(session)
    open_page(app, "review", session="abc")
    assert TITLE not in charts(app)
    assert "silent for" not in words(app)
    assert payload(app)["spans"]["flag"] == ["", ""]


def test_the_strip_has_the_axis_of_the_lanes_and_a_legend_in_words(app, library, session):
    library.save(replace(session, recording_measurement=measured()))
    open_page(app, "review", session="abc")
    specs = charts(app)
    lanes = next(spec for title, spec in specs.items() if title.startswith("Signals"))
    assert specs[TITLE]["layout"]["xaxis"] == lanes["layout"]["xaxis"]
    text = words(app)
    assert LINE in text
    assert "silent: below −50 dB for 2 s or longer" in text
    assert "black picture, measured at keyframes, up to 2 s apart" in text
    assert "still picture" not in text


def test_where_nothing_is_odd_the_line_alone_says_so(app, library, session):
    library.save(replace(session, recording_measurement=measured(quiet=(), black=())))
    open_page(app, "review", session="abc")
    assert TITLE not in charts(app)
    assert "silent for 0 %, black for 0 %" in words(app)


def test_a_rationale_that_speaks_of_a_voice_in_silence_is_flagged(app, library, session):
    library.save(replace(session, recording_measurement=measured()))
    open_page(app, "review", session="abc")
    flags = payload(app)["spans"]["flag"]
    assert "where the recording is silent (0:10 to 0:20)" in flags[0]
    assert flags[1] == ""


def test_the_flagged_ones_can_be_chosen_and_the_address_keeps_it(app, library, session):
    library.save(replace(session, recording_measurement=measured()))
    open_page(app, "review", session="abc", flagged="flagged")
    assert shown(app) == [0]
    assert [chip["label"] for chip in filter_result(app)["chips"]] == ["with a flag"]
    choose(app, "flagged", "unflagged")
    assert shown(app) == [1]


def test_a_measurement_that_comes_while_the_page_is_open_is_shown(app, library, session):
    library.save(session)
    open_page(app, "review", session="abc")
    library.write_measurement("abc", measured())
    from lib.ui.shell import services  # noqa: PLC0415  of the app that runs

    services.forget_sessions()
    app.run()
    assert LINE in words(app)
    assert payload(app)["spans"]["flag"][0]


@pytest.mark.parametrize(
    ("section", "sign"), [(Section.TABLES, "sr-tabular"), (Section.DOWNLOADS, "Excel")]
)
def test_the_sections_below_open(app, library, session, section, sign):
    library.save(replace(session, recording_measurement=measured()))
    open_section(open_page(app, "review", session="abc"), section)
    drawn = words(app) + "".join(one.label for one in app.get("download_button"))
    assert sign in drawn
