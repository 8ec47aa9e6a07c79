"""What goes into the report, by AppTest: chosen, said in words, and still chosen later."""

from lib.ui.review.sections import Section
from tests.pages.conftest import open_page, words


def show(app, section):
    app.segmented_control(key="section").set_value(section).run()
    assert not app.exception


def test_what_goes_into_the_report_is_said_and_stays_chosen(app):
    open_page(app, "review", session="sample", section="Downloads")
    assert "The report has everything." in words(app)
    parts = app.pills(key="report_parts")
    parts.set_value([part for part in parts.value if part != "transcript"]).run()
    app.toggle(key="report_names").set_value(False).run()
    app.segmented_control(key="report_stills").set_value("All that pass the filters").run()
    due = "Not in it: transcript, without names. Stills of spans: 28."
    assert due in words(app)
    assert "Names inside what people wrote or said stay as they are" in words(app)
    show(app, Section.NOTES)
    show(app, Section.DOWNLOADS)
    assert due in words(app)
