"""What of the filters and the zoom only a browser shows: chips, counts, heights, ticks."""

from playwright.sync_api import expect

from tests.browser.review_page import (
    LANES,
    MORE,
    PANEL,
    PLOT,
    QUALITY,
    ROWS,
    kept,
    open_session,
    steady_boxes,
)

CHIPS = ".sr-chips button"
TITLE = f"{LANES} .gtitle"
SHOWN_AXIS = """([key]) => {
  const axis = document.querySelector(`${key} .js-plotly-plot`).layout.xaxis;
  return [axis.range, axis.tickvals, axis.ticktext];
}"""


def added(page, selector):
    """What the style puts behind an element's own text."""
    return page.locator(selector).evaluate("one => getComputedStyle(one, '::after').content")


def test_every_filter_of_the_address_is_a_chip_that_can_be_taken_off(page, app):
    open_session(page, app, type="hesitation", **{"from": "0:10", "to": "1:00"})
    expect(page.locator(CHIPS)).to_have_text(["type hesitation ×", "from 0:10 ×", "to 1:00 ×"])
    assert added(page, f"{MORE} p") == '" · 2 set"'
    page.get_by_role("button", name="Remove filter: from 0:10").click()
    expect(page.locator(CHIPS)).to_have_text(["type hesitation ×", "to 1:00 ×"])
    expect(page.get_by_role("button", name="Remove filter: to 1:00")).to_be_focused()
    page.wait_for_function("!location.search.includes('from=')")
    assert added(page, f"{MORE} p") == '" · 1 set"'
    page.get_by_role("button", name="Remove filter: type hesitation").click()
    page.get_by_role("button", name="Remove filter: to 1:00").click()
    expect(page.locator(CHIPS)).to_have_count(0)
    page.wait_for_function("!/type=|to=/.test(location.search)")
    assert added(page, f"{MORE} p") in ('""', "none")


def test_what_can_be_cleared_is_there_only_when_something_is_set(page, app):
    open_session(page, app)
    clear = page.get_by_role("button", name="Clear filters")
    expect(clear).to_have_count(0)  # not to a screen reader either
    page.locator(".st-key-filters").get_by_role("button", name="hesitation", exact=True).click()
    expect(page.locator(CHIPS)).to_have_text(["type hesitation ×"])
    clear.click()
    expect(page.locator(CHIPS)).to_have_count(0)
    expect(clear).to_have_count(0)


def test_the_title_of_the_lanes_counts_what_is_drawn_and_the_chart_takes_no_more_room(page, app):
    open_session(page, app)
    expect(page.locator(TITLE)).to_contain_text("Signals · 28 spans")
    whole = page.locator(LANES).bounding_box()["height"]
    page.locator(".st-key-filters").get_by_role("button", name="hesitation", exact=True).click()
    expect(page.locator(TITLE)).to_contain_text("Signals · 3 of 28 spans")
    page.wait_for_function(
        "([lanes, whole]) => document.querySelector(lanes).offsetHeight < whole / 2",
        arg=[LANES, whole],
    )
    lanes = page.locator(LANES)
    element, plot, *bars = steady_boxes(
        page, lanes, lanes.locator(PLOT), *lanes.locator(".barlayer .point path").all()
    )
    assert element["height"] - plot["height"] < 5
    assert max(bar["height"] for bar in bars) <= 26
    page.get_by_role("button", name="Remove filter: type hesitation").click()
    expect(page.locator(TITLE)).to_contain_text("Signals · 28 spans")
    page.wait_for_function(
        "([lanes, whole]) => document.querySelector(lanes).offsetHeight === whole",
        arg=[LANES, whole],
    )


def test_a_very_deep_zoom_has_ticks_and_digits_to_match(page, app):
    open_session(page, app)
    for asked, texts, view in (
        ([12.0, 12.4], "0:12.05", "0:12.000 – 0:12.400"),
        ([12.001, 12.002], "0:12.002", "0:11.997 – 0:12.007"),
    ):
        page.evaluate(
            "([key, range]) => Plotly.relayout(document.querySelector(`${key} .js-plotly-plot`),"
            " {'xaxis.range': range})",
            [QUALITY, asked],
        )
        expect(page.locator(".sr-overview .sr-view")).to_have_text(view)
        (low, high), values, labels = page.evaluate(SHOWN_AXIS, [LANES])
        assert texts in labels
        assert len(values) == len(set(labels)) >= 4
        assert low <= min(values)
        assert max(values) <= high


TALK = b"""start,end,speaker,text
0,6,"M\xc3\xbcller, Anna",So this is it.
6,20,<b>Ben,Yes.
"""


def test_who_spoke_comes_and_goes_with_the_transcript(page, app):
    with kept(app, session_id="speakers"):
        open_session(page, app, "speakers", section="Transcript")
        title = page.get_by_role("columnheader", name="Spoken by")
        expect(page.locator(ROWS)).to_have_count(3)
        expect(title).to_be_hidden()
        field = page.locator("[data-testid=stFileUploaderDropzoneInput]").last
        field.set_input_files({"name": "talk.csv", "mimeType": "text/csv", "buffer": TALK})
        page.get_by_role("button", name="Attach the transcript").click()
        expect(title).to_be_visible()
        expect(page.locator(".sr-cell.spoken_by")).to_have_text(
            ["Spoken by", "Müller, Anna 50 % | <b>Ben 50 %", "<b>Ben 100 %", "<b>Ben 100 %"]
        )
        page.locator(ROWS).first.click()
        page.locator(PANEL).get_by_role("button", name="Müller, Anna 50 %").click()
        expect(page.locator(CHIPS)).to_have_text(["spoken by Müller, Anna ×"])
        expect(page.locator(".sr-count")).to_have_text("1 of 3 spans")
        page.wait_for_function("new URL(location).searchParams.get('speaker') === 'Müller Anna'")
        page.get_by_role("button", name="Remove the transcript").click()
        expect(title).to_be_hidden()
        expect(page.locator(".sr-count")).to_have_text("0 of 3 spans")
        page.locator(MORE).click()
        expect(page.get_by_text("needs a transcript that names its speakers")).to_be_visible()
        page.get_by_role("button", name="Remove filter: spoken by Müller, Anna").click()
        expect(page.locator(".sr-count")).to_have_text("3 spans")
        assert not page.faults
