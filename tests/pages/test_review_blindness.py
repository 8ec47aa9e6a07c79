"""What is hidden from a reviewer who judges blind does not leave the server."""

import pytest

from lib.ui.review.data_tables import TABLES
from tests import answers
from tests.codebooks import coded
from tests.pages.conftest import open_page, words
from tests.pages.test_review import (
    component,
    components,
    filter_result,
    open_section,
    payload,
    shown,
)
from tests.reviews import note, verdict

SECRET = "Zebediah"
SECTIONS = ("Moments", "Notes", "Codes", "Tables", "Clips", "Downloads", "Raw answer")


@pytest.fixture
def judged(library):
    library.save(answers.session())
    library.write_verdict("abc", verdict(0, SECRET, "disagree", "stress"))
    library.write_note("abc", note("n1", SECRET))
    library.write_coded_span("abc", coded(coder=SECRET))
    return library


def everything(app):
    """All that the page sends, as one text."""
    return words(app) + "".join(str(one.proto) for one in app.get("bidi_component"))


def test_others_stay_hidden_in_each_section_and_filter(app, judged):
    open_page(app, "review", session="abc", blind="others", verdict="disagree")
    assert component(app, "verdicts")["mode"] == "blind"
    assert shown(app) == []
    for section in SECTIONS:
        open_section(app, section)
        assert SECRET not in everything(app)
        assert component(app, "verdicts")["verdicts"] == component(app, "notes")["notes"] == []
    assert payload(app)["spans"]["probability"][0] != "hidden"


@pytest.mark.parametrize("table", TABLES)
def test_others_stay_hidden_in_each_table(app, judged, table):
    open_page(app, "review", session="abc", blind="others", noted="noted")
    assert shown(app) == []
    open_section(app, "Tables")
    app.segmented_control(key="table").set_value(table).run()
    assert SECRET not in everything(app)


def test_probabilities_stay_hidden_and_filter_nothing(app, judged):
    open_page(app, "review", session="abc", blind="probability", probability="high")
    assert {*payload(app)["spans"]["probability"]} == {"hidden"}
    assert shown(app) is None
    assert filter_result(app)["chips"] == []
    (lanes, *_) = components(app, "figure")
    assert "probability: hidden" in lanes["figure"]
    assert not any(f"probability: {one}" in lanes["figure"] for one in ("high", "medium", "low"))
    assert "not shown here" in "".join(one.value for one in open_raw(app).caption)
    assert not app.code


def open_raw(app):
    open_section(app, "Raw answer")
    return app


def test_files_and_counts_say_what_is_hidden(app, judged):
    open_page(app, "review", session="abc", blind="others")
    open_section(app, "Downloads")
    assert any("The files are not blind" in one.value for one in app.caption)
    open_section(app, "Notes")
    assert any("Shown and counted here without" in one.value for one in app.caption)


def test_whoever_judges_openly_sees_all_and_how_many_were_blind(app, judged):
    judged.write_verdict("abc", verdict(1, "Ana", mode="blind"))
    open_page(app, "review", session="abc")
    assert SECRET in open_section(app, "Notes")
    assert any("1 of 2 verdicts made blind" in one.value for one in app.caption)
    before = words(app).count(SECRET)
    app.segmented_control(key="agreement_of").set_value("Only those made blind").run()
    assert words(app).count(SECRET) < before  # their note is left
