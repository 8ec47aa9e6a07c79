"""What axe-core finds, what the keyboard reaches, and what a narrow screen shows."""

import pytest
from playwright.sync_api import expect

from lib.model import Line
from lib.sandbox import Fault
from tests.browser import axe, contrast
from tests.browser.axe import faults
from tests.browser.review_page import (
    MORE,
    PANEL,
    ROWS,
    VIDEO,
    click_bar,
    kept,
    open_section,
    open_session,
    wait_for_time,
)
from tests.browser.visitors import visit
from tests.reviews import note, review, verdict

SCHEMES = ("light", "dark")
# All of a page at once: axe-core does not judge the contrast of what is scrolled out of sight.
WHOLE = {"viewport": {"width": 1440, "height": 3000}}
USUAL = {"width": 1440, "height": 900}
SECTIONS = {  # each with what shows that it is there
    "Moments": ".sr-moments",
    "Quality": ".sr-difference",
    "Notes": "text=No notes yet",
    "Codes": ".stFileUploader",
    "Transcript": ".stFileUploader",
    "Tables": ".sr-sheet",
    "Clips": ".st-key-clip_cut, p:has-text('clips are cut from it')",
    "Downloads": ".stDownloadButton",
    "Raw answer": ".stCode pre[tabindex]",
}
ADDED = {"Notes": ".sr-kappa", "Transcript": ".sr-moments", "Tables": ".sr-sheet"}
# The texts whose contrast axe-core leaves open: they scroll, overlap, or lie upon a picture.
OPEN = """() => axe.run(document, {runOnly: "color-contrast", resultTypes: ["incomplete"]})
  .then(({incomplete}) => incomplete.flatMap(({nodes}) => nodes.map(({target}) => target[0])))"""
# Marks each element within another that shows text of its own, and says how many there are.
MARK = """(within) => [...document.querySelectorAll(`${within} *`)]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 2
    && (one.matches("input") ? one.type === "text" && (one.value || one.placeholder)
      : [...one.childNodes].some(({nodeType, data}) => nodeType === Node.TEXT_NODE && data.trim())))
  .map((one, place) => { one.dataset.words = `${within} ${place}`; return one.dataset.words; })"""
# What reaches beyond the screen's right edge; charts, the list and tables scroll
# within themselves.
TOO_WIDE = """[...document.querySelectorAll(".stMain *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && one.checkVisibility()
    && !one.closest(".js-plotly-plot, .sr-grid, .sr-sheet"))
  .map((one) => one.outerHTML.slice(0, 200))"""
# The name of what has the focus, and whether what had it before looks other without it.
FOCUS = """() => {
  const one = document.activeElement, around = [one];
  for (let out = one.parentElement; around.length < 5; out = out.parentElement) around.push(out);
  const look = () => around.map(getComputedStyle)
    .map((style) => [style.outline, style.boxShadow, style.borderColor]).join();
  const before = look(), changed = window.looksOther?.() ?? true;
  window.looksOther = () => look() !== before;
  return [(one.ariaLabel || one.labels?.[0]?.textContent || one.textContent).trim(), changed];
}"""
# The link to a page that has the focus, and the line around it.
OUTLINE = """() => {
  const one = document.activeElement, link = one.matches("[data-testid=stTopNavLink]");
  return link ? [one.innerText.split("\\n").pop(), getComputedStyle(one).outlineStyle] : null;
}"""


@pytest.fixture(params=SCHEMES)
def page(browser, request):
    with visit(browser, color_scheme=request.param, **WHOLE) as opened:
        yield opened


@pytest.fixture
def reviewed(app):
    """A session with all that two reviewers can add: transcript, notes and verdicts."""
    with kept(app, session_id="reviewed") as (session, library):
        added = review()
        library.write_transcript(
            session.id, (*added.transcript, Line(13.0, 15.0, "Bo", "I am unsure."))
        )
        for one in (*added.notes, note("n3", "Bo", "A range", start=2.0, end=8.0, signal=None)):
            library.write_note(session.id, one)
        for one in (*added.verdicts, verdict(0, "Bo", "disagree", "stress"), verdict(1, "Bo")):
            library.write_verdict(session.id, one)
        yield session


def open_reviewed(page, app, session):
    """Open it in the section Notes, with a span chosen that all have said something of."""
    open_session(page, app, session.id, section="Notes")
    expect(page.locator(".st-key-chart_speech .ytick text")).to_have_count(3)
    page.locator(f"{ROWS}[data-id='0']").click()
    expect(page.locator(f"{PANEL} .sr-lines")).to_be_visible()
    expect(page.locator(".sr-mark")).to_have_count(3)
    expect(page.locator(".sr-plain")).to_have_count(3)
    expect(page.locator(".sr-kappa")).to_be_visible()


def test_axe_finds_nothing_serious_where_a_recording_is_brought(page, app):
    page.goto(app.url)
    expect(page.get_by_role("link", name="Open the sample session")).to_be_visible()
    assert faults(page) == []


def test_axe_finds_nothing_serious_while_an_analysis_runs(elsewhere, page, sandbox, recording):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, delay=60))
    page.goto(elsewhere.url)
    page.locator("input[type=file]").first.set_input_files(recording)
    page.get_by_role("button", name="Analyze", exact=True).click()
    expect(page.locator(".sr-steps .now")).to_be_visible()
    assert faults(page) == []


def test_axe_finds_nothing_serious_in_the_list_of_sessions(page, app):
    with kept(app, session_id="listed"):
        page.goto(f"{app.url}/sessions")
        page.get_by_role("button", name="Rename").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert faults(page) == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert faults(page, whole=True) == []


def test_axe_finds_nothing_serious_in_the_room_and_its_sections(page, app):
    open_session(page, app)
    assert faults(page) == []
    page.get_by_role("button", name="Keys (?)").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert ("Keys", faults(page)) == ("Keys", [])
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Share").click()
    assert ("Share", faults(page)) == ("Share", [])
    page.keyboard.press("Escape")
    click_bar(page, 0)
    for name, sign in SECTIONS.items():
        open_section(page, name)
        expect(page.locator(sign).first).to_be_visible()
        assert (name, faults(page)) == (name, [])
    page.locator(MORE).click()
    expect(page.get_by_label("From (m:ss)")).to_be_visible()
    assert ("More filters", faults(page)) == ("More filters", [])
    page.get_by_role("button", name="Appearance").click()
    expect(page.locator("[data-testid=stPopoverBody]")).to_be_visible()
    assert ("Appearance", faults(page, whole=True)) == ("Appearance", [])


def test_axe_finds_nothing_serious_in_what_reviewers_added(page, app, reviewed):
    open_reviewed(page, app, reviewed)
    for name, sign in {"Transcript": ".sr-word", "Notes": ".sr-noted", "Spans": ".sr-grid"}.items():
        page.get_by_role("tab", name=name).click()
        expect(page.locator(sign).first).to_be_visible()
        assert (name, faults(page)) == (name, [])
    assert faults(page) == []
    page.get_by_role("button", name="Agree (a)").click()
    expect(page.get_by_role("textbox", name="Your name")).to_be_visible()
    assert ("Your name", faults(page)) == ("Your name", [])
    page.get_by_role("textbox", name="Your name").fill("Bo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Agree (a)")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Disagree (d)").click()
    expect(page.get_by_role("combobox", name="What it is instead")).to_be_visible()
    assert ("Bo", faults(page)) == ("Bo", [])
    for name, sign in ADDED.items():
        open_section(page, name)
        expect(page.locator(sign).first).to_be_visible()
        assert (name, faults(page)) == (name, [])
    assert faults(page, whole=True) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_that_axe_cannot_judge_stands_out_as_well(browser, app, reviewed, scheme):
    with visit(browser, color_scheme=scheme, device_scale_factor=3, **WHOLE) as page:
        open_reviewed(page, app, reviewed)
        texts = {target: page.locator(target) for target in axe.ask(page, OPEN)}
        page.set_viewport_size(USUAL)  # of which a picture is taken in a fraction of the time
        ratios = dict(zip(texts, contrast.ratios(page, [*texts.values()]), strict=True))
        assert len(texts) > 20
        assert {text: ratio for text, ratio in ratios.items() if ratio < contrast.ENOUGH} == {}


def stands_out(page, within, *, least):
    """All text in a part of the page has contrast enough; there are as many texts at least."""
    axe.wait_until_still(page)
    texts = [page.locator(f'[data-words="{mark}"]') for mark in page.evaluate(MARK, within)]
    assert len(texts) >= least
    html = [text.evaluate("one => one.outerHTML") for text in texts]
    ratios = zip(html, contrast.ratios(page, texts), strict=True)
    assert [(what, ratio) for what, ratio in ratios if ratio < contrast.ENOUGH] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_in_what_opens_on_demand_stands_out(browser, app, scheme):
    with visit(browser, color_scheme=scheme, device_scale_factor=3) as page:
        open_session(page, app, type="interest", state="engaged")
        page.get_by_role("button", name="Keys (?)").click()
        stands_out(page, ".sr-keys", least=42)
        page.keyboard.press("Escape")
        stands_out(page, MORE, least=1)
        page.locator(MORE).click()
        expect(page.get_by_label("From (m:ss)")).to_be_visible()
        stands_out(page, ".st-key-filters_more", least=12)
        page.get_by_role("button", name="Appearance").click()
        expect(page.locator("[data-testid=stPopoverBody]")).to_be_visible()
        stands_out(page, "[data-testid=stPopoverBody]", least=6)


@pytest.fixture
def narrow(browser):
    with visit(browser, viewport={"width": 390, "height": 844}, has_touch=True) as opened:
        yield opened


def test_no_page_is_wider_than_a_narrow_screen(narrow, app):
    with kept(app, session_id="narrow", title="A" * 120):
        for path, sign in (("", ".stPageLink"), ("/sessions", ".sr-name")):
            narrow.goto(app.url + path)
            expect(narrow.locator(sign).last).to_be_visible()
            assert narrow.evaluate(TOO_WIDE) == []
        open_session(narrow, app, "narrow")
        assert narrow.evaluate(TOO_WIDE) == []
        for name, sign in SECTIONS.items():
            open_section(narrow, name)
            expect(narrow.locator(sign).first).to_be_visible()
            assert (name, narrow.evaluate(TOO_WIDE)) == (name, [])


def test_player_list_and_filters_are_used_on_a_narrow_screen(narrow, app):
    open_session(narrow, app)
    narrow.locator("[data-does=play]").tap()
    narrow.wait_for_function(f"{VIDEO}.currentTime > 0.2 && !{VIDEO}.paused")
    narrow.locator("[data-does=play]").tap()
    narrow.get_by_role("button", name="hesitation", exact=True).tap()
    expect(narrow.locator(ROWS)).to_have_count(3)
    narrow.locator(ROWS).nth(1).tap()
    wait_for_time(narrow, 20.1)
    expect(narrow.locator(f"{PANEL} .sr-type")).to_have_text("hesitation")


def test_what_has_the_focus_shows_it(page, app):
    open_session(page, app)
    page.locator(ROWS).first.click()
    page.locator(f"{PANEL} textarea").fill("x")
    page.add_style_tag(content="* { transition: none !important }")
    page.locator("[data-does=previous]").focus()
    stops = []
    while "Save the note" not in dict(stops) and len(stops) < 90:  # the last of the room
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
    assert [stops[i][0] for i, (_, other) in enumerate(stops[1:]) if not other] == []
    names = {"Play or pause (space)", "Spans", "Agree (a)", "Note", "Follow", "Save the note"}
    assert names <= {*dict(stops)}


def test_a_link_to_a_page_shows_its_focus(page, app):
    open_session(page, app)
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        link = page.evaluate(OUTLINE)
        names += [link] if link else []
    assert names == [["Analyze", "solid"], ["Review", "solid"], ["Sessions", "solid"]]
