"""The data of a chart as a table: its pages, its order, and what is copied and saved of it."""

import csv
import io

import pytest
from playwright.sync_api import expect

from lib import frames
from lib.exports import csv_table
from lib.interchange import sample_session
from lib.model import Line
from tests.browser.review_page import (
    LANES,
    VIDEO,
    kept,
    open_section,
    open_session,
    steady_box,
    steady_boxes,
    time_of,
)
from tests.browser.visitors import visit

ROWS, REGION = ".sr-sheet tbody tr", ".sr-sheet"
SPANS = frames.signals(
    sample_session.sample_session().analysis, sample_session.sample_session().duration
)
HOSTILE = '<img src="http://192.0.2.1/x.png" onerror="window.pwned=1">'
LINES = [f"line {place}" for place in range(120)]
LINES[:4] = "=1+1", 'say "yes", or\tno', HOSTILE, "two\nlines"


def open_table(page, name):
    page.get_by_role("radiogroup", name="Table").get_by_role("radio", name=name, exact=True).click()
    expect(page.get_by_role("table", name=name)).to_be_visible()


def column(page, name):
    """What the table shows in a column, from the top."""
    heads = page.locator(f"{REGION} th").all_inner_texts()
    (index,) = [index for index, head in enumerate(heads) if head.split(" [")[0] == name]
    return page.locator(f"{ROWS} td:nth-child({index + 1})").all_inner_texts()


@pytest.fixture
def sample_table(page, app):
    open_session(page, app, section="Tables")
    expect(page.locator(ROWS)).to_have_count(28)
    return page


@pytest.fixture
def talk(app):
    """A session with 120 lines of transcript, four of them odd."""
    with kept(app, session_id="talk") as (session, library):
        lines = [Line(float(place), place + 0.5, "Ana", text) for place, text in enumerate(LINES)]
        library.write_transcript(session.id, tuple(lines))
        yield session


@pytest.fixture
def talked(browser, app, talk):
    with visit(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        open_session(page, app, talk.id, section="Tables")
        open_table(page, "Transcript")
        yield page


def test_the_table_of_signals_shows_what_was_measured(sample_table):
    assert column(sample_table, "type") == SPANS["type"].tolist()
    assert column(sample_table, "start") == [f"{start:.1f}" for start in SPANS["start"]]
    assert column(sample_table, "rationale") == SPANS["rationale"].fillna("–").tolist()


def test_a_moment_s_score_has_no_more_digits_than_in_the_downloads(sample_table):
    open_table(sample_table, "Moments")
    scores = [float(score) for score in column(sample_table, "score")]
    assert scores == sorted(scores, reverse=True)
    assert {len(score.partition(".")[2]) for score in column(sample_table, "score")} == {3}


def test_a_column_sorts_up_down_and_back(sample_table):
    head = sample_table.get_by_role("columnheader", name="length [s]")
    lengths = [f"{length:.1f}" for length in sorted(SPANS["length"])]
    for direction, due in (
        ("ascending", lengths),
        ("descending", lengths[::-1]),
        ("none", [f"{length:.1f}" for length in SPANS["length"]]),
    ):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", direction)
        assert column(sample_table, "length") == due


def test_a_filter_leaves_the_order_and_takes_rows(sample_table):
    sample_table.get_by_role("columnheader", name="end [s]").get_by_role("button").dblclick()
    sample_table.get_by_role("button", name="hesitation", exact=True).click()
    expect(sample_table.locator(ROWS)).to_have_count(3)
    ends = SPANS["end"][SPANS["type"] == "hesitation"]
    assert column(sample_table, "end") == [f"{end:.1f}" for end in sorted(ends, reverse=True)]


def test_rows_come_in_pages_turned_by_button_and_key(talked):
    back, forth = (talked.get_by_role("button", name=f"{one} rows") for one in ("Previous", "Next"))
    where = talked.get_by_role("group", name="Rows of the table").get_by_role("status").first
    expect(where).to_have_text("Rows 1–50 of 120")
    expect(back).to_be_disabled()
    forth.click()
    expect(where).to_have_text("Rows 51–100 of 120")
    assert column(talked, "text") == LINES[50:100]
    forth.click()
    expect(where).to_have_text("Rows 101–120 of 120")
    expect(forth).to_be_disabled()
    expect(talked.locator(REGION)).to_be_focused()
    talked.keyboard.press("PageUp")
    expect(where).to_have_text("Rows 51–100 of 120")
    assert talked.locator(REGION).evaluate("one => one.scrollTop") > 0  # its end, not its top
    talked.keyboard.press("PageDown")
    expect(where).to_have_text("Rows 101–120 of 120")


def test_a_long_table_scrolls_under_its_head(talked):
    head = talked.locator(f"{REGION} th").first
    before = steady_box(talked, head)
    talked.locator(REGION).evaluate("one => { one.scrollTop = 300; }")
    row, after = steady_boxes(talked, talked.locator(ROWS).first, head)
    assert row["y"] < before["y"]
    assert after == before


def test_keys_pressed_in_a_table_are_its_own(sample_table):
    sample_table.locator(REGION).focus()
    for key in (" ", "ArrowRight"):
        sample_table.keyboard.press(key)
    assert time_of(sample_table) == 0
    assert sample_table.evaluate(f"{VIDEO}.paused")


def test_what_is_saved_is_whole_labelled_and_no_formula(talked):
    with talked.expect_download() as download:
        talked.get_by_role("button", name="Save as CSV").click()
    assert download.value.suggested_filename == "Interview-talk-transcript.csv"
    assert download.value.path().read_bytes().startswith(b"\xef\xbb\xbf")  # for Excel
    text = download.value.path().read_bytes().decode("utf-8-sig")
    first, *rows = csv.DictReader(io.StringIO(text, newline=""))
    assert tuple(first)[: len(csv_table.ABOUT_COLUMNS)] == csv_table.ABOUT_COLUMNS
    assert first["session"] == "talk"
    assert [row["text"] for row in (first, *rows)] == ["'=1+1", *LINES[1:]]
    assert [float(row["end"]) for row in rows][:2] == [1.5, 2.5]


def test_a_table_is_saved_for_a_spreadsheet_with_decimal_commas_too(talked):
    european = talked.get_by_label("CSV with ; between cells and a decimal comma")
    european.check()
    open_table(talked, "Moments")
    open_table(talked, "Transcript")  # another table does not take it back
    expect(european).to_be_checked()
    with talked.expect_download() as download:
        talked.get_by_role("button", name="Save as CSV").click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    first, *rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    assert [row["text"] for row in (first, *rows)] == ["'=1+1", *LINES[1:]]
    assert [row["end"] for row in (first, *rows)][:2] == ["0,5", "1,5"]


def test_no_table_is_saved_without_its_label(page, app):
    signals = [{"type": f"type {n}", "start": n, "end": n + 1} for n in range(30)]
    with kept(app, {"signals": signals}, session_id="types") as (session, _):
        page.goto(f"{app.url}/review?session={session.id}")
        page.get_by_text("and 10 more types").click()
        save = page.get_by_label("Download as CSV")
        expect(save).to_have_count(1)
        expect(save).to_be_hidden()


def test_what_is_copied_is_read_as_rows_by_a_spreadsheet(talked):
    talked.get_by_role("button", name="Copy the table").click()
    expect(talked.get_by_text("Copied for a spreadsheet")).to_be_visible()
    text = talked.evaluate("navigator.clipboard.readText()")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t"))
    assert [row["text"] for row in rows] == ["'=1+1", *LINES[1:]]


def test_text_from_outside_is_text_in_a_table(talked):
    assert column(talked, "text")[2] == HOSTILE
    assert talked.locator(f"{REGION} img").count() == 0
    assert talked.strangers == []
    assert talked.evaluate("window.pwned") is None


def test_a_link_can_open_at_a_table(page, app):
    open_session(page, app, section="Tables", type="hesitation")
    expect(page.locator(ROWS)).to_have_count(3)
    open_section(page, "Moments")
    expect(page.locator(ROWS)).to_have_count(0)
    expect(page.locator(LANES)).to_be_visible()
