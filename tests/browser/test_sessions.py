"""The Sessions page in a real browser: found, opened, chosen, exported, deleted; all of it text."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from lib.library import Library
from lib.recordings.store import RecordingStore, recordings_folder
from tests import answers, reviews
from tests.browser.axe import faults
from tests.browser.conftest import App
from tests.browser.review_page import steady_box, steady_boxes
from tests.browser.test_accessibility import TOO_WIDE, WHOLE
from tests.browser.visitors import visit
from tests.clips import clip
from tests.clock_clips import clock_clip

LINES = ".sr-session"
COUNT_LINE = ".sr-found"
COUNT = 120
HOSTILE = (
    '=1+1 **b** <img src="http://192.0.2.1/x.png" onerror="window.pwned=1">'
    "<script>window.pwned=1</script> ![i](http://192.0.2.1/y.png) $x^2$ \u202eabc"
)


def fill(library, count=COUNT):
    """So many sessions, the first the newest; one in ten is named after a zebra."""
    for index in range(count):
        title = f"Zebra {index}" if index % 10 == 0 else f"Talk {index}"
        session = answers.session(session_id=f"s{index}", title=title)
        library.save(replace(session, created_at=session.created_at - timedelta(hours=index)))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """An app of these tests' own, with many sessions and one that wishes us ill."""
    running = App(tmp_path_factory.mktemp("sessions"))
    library = Library(running.library)
    fill(library)
    answer = answers.v1()
    answer["signals"][0] |= {"type": HOSTILE, "rationale": "A quagmire of a pause."}
    hostile = answers.session(answer, session_id="<b>ill</b>", title=HOSTILE + "A" * 100_000)
    older = hostile.created_at - timedelta(days=30)
    library.save(replace(hostile, created_at=older, recording_name=HOSTILE))
    yield running
    library.close()
    running.stop()


@pytest.fixture
def own(tmp_path):
    """An app with a few sessions that a test may change."""
    running = App(tmp_path)
    library = Library(running.library)
    fill(library, 12)
    yield running, library
    library.close()
    running.stop()


def open_list(page, app, query=""):
    page.goto(f"{app.url}/sessions{query}")
    expect(page.locator(LINES).first).to_be_visible()


def search(page, words):
    box = page.get_by_role(
        "textbox", name="Search titles, file names, rationales, notes and transcripts"
    )
    box.fill(words)
    box.press("Enter")


def pressed(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_a_session_is_found_by_its_rationale_opened_and_left_by_back(page, filled):
    open_list(page, filled)
    expect(page.locator(LINES)).to_have_count(50)
    expect(page.locator(COUNT_LINE)).to_have_text(f"{COUNT + 1} sessions")
    search(page, "zebra")
    expect(page.locator(COUNT_LINE)).to_have_text(f"{COUNT + 1} sessions, 12 found")
    address = page.url
    assert "find=zebra" in address
    page.get_by_role("link", name="Zebra 30", exact=True).click()
    expect(page.locator("h1.sr-title")).to_have_text("Zebra 30")
    assert page.url.endswith("/review?session=s30")
    page.go_back()
    expect(page.locator(COUNT_LINE)).to_have_text(f"{COUNT + 1} sessions, 12 found")
    expect(page.locator(LINES)).to_have_count(12)
    assert page.url == address
    search(page, "quagm paus")
    expect(page.locator(LINES)).to_have_count(1)
    assert page.strangers == page.faults == []


def test_filters_that_were_cleared_stay_so_while_they_are_folded(page, filled):
    open_list(page, filled)
    folded = page.locator("summary", has_text="Dates and models")
    folded.click()
    pressed(page, "inter-2-audio")
    expect(page.locator(COUNT_LINE)).to_have_text(f"No matches in {COUNT + 1} sessions")
    folded.click()
    pressed(page, "Clear filters")
    expect(page.locator(COUNT_LINE)).to_have_text(f"{COUNT + 1} sessions")
    search(page, "zebra")
    expect(page.locator(COUNT_LINE)).to_have_text(f"{COUNT + 1} sessions, 12 found")


def test_filters_are_counted_where_they_are_folded_and_taken_off_by_their_chips(page, filled):
    open_list(page, filled)
    clear = page.get_by_role("button", name="Clear filters")
    expect(clear).to_have_count(0)
    page.locator("summary", has_text="Dates and models").click()
    pressed(page, "inter-2-audio")
    pressed(page, "inter-2")
    expect(clear).to_be_visible()
    count = "getComputedStyle(document.querySelector('.st-key-sessions_more summary p'), '::after')"
    page.wait_for_function(f"""{count}.content === '" · 2 set"'""")
    expect(page.get_by_role("group", name="From (UTC)")).to_be_visible()  # it is still open
    pressed(page, "model inter-2 ×")
    page.wait_for_function(f"""{count}.content === '" · 1 set"'""")
    pressed(page, "model inter-2-audio ×")
    expect(clear).to_have_count(0)
    expect(page.locator(COUNT_LINE)).to_have_text(f"{COUNT + 1} sessions")
    page.wait_for_function(f"{count}.content === 'none'")


def test_a_link_to_a_session_opens_in_another_tab_as_links_do(page, filled):
    open_list(page, filled, "?find=zebra")
    with page.context.expect_page() as caught:
        page.get_by_role("link", name="Zebra 30", exact=True).click(modifiers=["ControlOrMeta"])
    expect(caught.value.locator("h1.sr-title")).to_have_text("Zebra 30")
    expect(page.locator(LINES)).to_have_count(12)


def test_a_choice_survives_pages_filters_and_a_look_at_a_session(page, filled):
    open_list(page, filled)
    for index in range(3):
        page.locator(".sr-choice").nth(index).check()
    expect(page.locator(COUNT_LINE)).to_contain_text("3 selected")
    page.get_by_role("button", name="Next page").click()
    expect(page.locator(f"{LINES}[data-id=s50]")).to_be_visible()
    expect(page.locator(".sr-choice:checked")).to_have_count(0)
    page.get_by_role("checkbox", name="All on this page").check()
    expect(page.locator(COUNT_LINE)).to_contain_text("53 selected")
    expect(page.locator(".sr-choice:checked")).to_have_count(50)
    search(page, "zebra")
    expect(page.locator(COUNT_LINE)).to_have_text(f"{COUNT + 1} sessions, 12 found, 53 selected")
    expect(page.locator(".sr-choice:checked")).to_have_count(6)  # 0 and 50, 60, … 90
    page.get_by_role("link", name="Zebra 30", exact=True).click()
    expect(page.locator("h1.sr-title")).to_have_text("Zebra 30")
    page.go_back()
    expect(page.locator(COUNT_LINE)).to_have_text(f"{COUNT + 1} sessions, 12 found, 53 selected")
    expect(page.locator(".sr-choice:checked")).to_have_count(6)
    pressed(page, "Clear")
    expect(page.locator(COUNT_LINE)).to_have_text(f"{COUNT + 1} sessions, 12 found")
    expect(page.locator(".sr-choice:checked")).to_have_count(0)


# What is in a line of the list and sticks out of it: text can, where its box does not.
CUT_OFF = """[...document.querySelectorAll(".sr-session, .sr-session *")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .filter((one) => getComputedStyle(one).display !== "inline")
  .map((one) => one.outerHTML.slice(0, 200))"""
# Ticks all boxes one after the other; how many lines lost their tick meanwhile.
QUICKLY = """() => new Promise((done) => {
  let lost = 0;
  new MutationObserver((all) => all.forEach(({oldValue, target}) => {
    lost += oldValue.includes("chosen") && !target.classList.contains("chosen");
  })).observe(document.querySelector(".sr-shelf"), {
    subtree: true, attributeFilter: ["class"], attributeOldValue: true,
  });
  const boxes = [...document.querySelectorAll(".sr-choice")];
  const next = () => {
    if (!boxes.length) { setTimeout(() => done(lost), 2000); return; }
    boxes.shift().click();
    setTimeout(next, 40);
  };
  next();
})"""


def test_of_many_quick_choices_none_is_taken_back(page, filled):
    open_list(page, filled)
    assert page.evaluate(QUICKLY) == 0
    expect(page.locator(COUNT_LINE)).to_contain_text("50 selected")
    expect(page.locator(".sr-choice:checked")).to_have_count(50)


def test_the_archive_of_a_choice_holds_it_alone(page, filled):
    open_list(page, filled, "?find=zebra")
    pressed(page, "Select all 12 found")
    expect(page.locator(COUNT_LINE)).to_contain_text("12 selected")
    with page.expect_download() as caught:
        pressed(page, "Export")
    assert caught.value.suggested_filename == "signal-review-12-sessions.zip"
    with zipfile.ZipFile(io.BytesIO(caught.value.path().read_bytes())) as packed:
        assert len(packed.namelist()) == 12


def test_a_library_moves_by_the_page_to_another_one(page, own, filled, tmp_path):
    app, library = own
    library.add_review("s3", reviews.review())
    open_list(page, app)
    page.get_by_text("Import / export").click()
    with page.expect_download() as caught:
        pressed(page, "Export the whole library")
    archive = tmp_path / "library.zip"
    caught.value.save_as(archive)
    library.delete_all([f"s{index}" for index in range(2, 12)])
    page.locator("input[type=file]").set_input_files(archive)
    pressed(page, "Import")
    expect(
        page.get_by_text("Sessions imported: 10. Already here, left unchanged: 2.")
    ).to_be_visible()
    expect(page.locator(LINES)).to_have_count(12)
    assert library.review("s3") == reviews.imported(reviews.review())


def test_many_are_deleted_with_all_that_belongs_to_them(page, own, tmp_path):
    app, library = own
    library.add_review("s1", reviews.review())
    recording = clip(tmp_path / "talk.mp4", seconds=4.0)
    page.goto(f"{app.url}/review?session=s2")
    page.locator("input[type=file]").set_input_files(recording)
    pressed(page, "Use it anyway")
    expect(page.locator(".st-key-player video")).to_be_visible()
    page.get_by_role("link", name="Sessions").first.click()
    pressed(page, "Select all 12 sessions")
    expect(page.locator(COUNT_LINE)).to_contain_text("12 selected")
    page.get_by_role("checkbox", name="Select Zebra 0").uncheck()
    expect(page.locator(COUNT_LINE)).to_contain_text("11 selected")
    pressed(page, "Delete")
    dialog = page.get_by_role("dialog")
    for part in ("11 sessions", "2 notes", "2 verdicts", "1 transcript", "1 recording kept here"):
        expect(dialog).to_contain_text(part)
    assert library.count() == 12
    pressed(page, "Delete 11 sessions")
    expect(page.locator(LINES)).to_have_count(1)
    expect(page.locator(COUNT_LINE)).to_have_text("1 session")
    assert library.ids() == ("s0",)
    assert list((tmp_path / "library.db-recordings").glob("*.mp4")) == []


def test_one_is_renamed_where_it_stands(page, own):
    app, library = own
    open_list(page, app)
    pressed(page, "Rename Talk 3")
    page.get_by_role("dialog").get_by_role("textbox").fill("<i>Another</i>")
    pressed(page, "Save")
    expect(page.locator(f"{LINES}[data-id=s3] .sr-name")).to_have_text("<i>Another</i>")
    assert library.title("s3") == "<i>Another</i>"


def test_a_line_draws_quality_with_a_gap_where_there_is_no_evidence(page, filled):
    open_list(page, filled)
    line = page.locator(LINES).first
    levels = line.locator(".sr-spark-level")
    expect(levels).to_have_count(2)  # 60, none, 55
    middle, first, last = steady_boxes(
        page, line.locator(".sr-spark-middle"), levels.first, levels.last
    )
    assert first["y"] < last["y"] < middle["y"]  # 60 lies above 55, and that above 50
    # A third each, as long as their windows, and the width of the line.
    assert all(38 <= one["width"] <= 41 for one in (first, last))
    expect(line.locator(".sr-quality")).to_have_text("Quality 61.4Engaged 67%")
    expect(line.locator(".sr-signals")).to_have_text("3 spanshesitation 2interest 1")


def test_hostile_text_is_shown_to_the_letter_and_fetches_nothing(page, filled):
    open_list(page, filled, "?sort=Oldest+first")
    line = page.locator(LINES).first
    expect(line.locator(".sr-name")).to_have_text((HOSTILE + "A" * 200)[:200])
    expect(line.locator(".sr-signals")).to_contain_text(HOSTILE[:60])
    expect(line.locator(".sr-facts")).to_contain_text(HOSTILE)
    line.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog").locator(".sr-name")).to_have_text((HOSTILE + "A" * 200)[:200])
    page.keyboard.press("Escape")
    line.locator(".sr-name").click()
    expect(page.locator("h1.sr-title")).to_contain_text(HOSTILE[:40])
    page.go_back()
    expect(page.locator(LINES)).to_have_count(50)
    assert page.strangers == page.faults == []
    assert page.evaluate("window.pwned") is None
    assert page.locator("img[src*='192.0.2.1']").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_list_with_a_choice(browser, filled, scheme):
    with visit(browser, color_scheme=scheme, **WHOLE) as page:
        open_list(page, filled, "?sort=Oldest+first")
        for index in range(2):
            page.locator(".sr-choice").nth(index).check()
        expect(page.locator(COUNT_LINE)).to_contain_text("2 selected")
        page.get_by_text("Import / export").click()
        expect(page.get_by_role("button", name="Export the whole library")).to_be_visible()
        assert faults(page) == []
        pressed(page, "Delete")
        expect(page.get_by_role("button", name="Delete 2 sessions")).to_be_visible()
        assert faults(page) == []


def test_the_list_is_no_wider_than_a_narrow_screen(browser, filled):
    with visit(browser, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        open_list(page, filled, "?sort=Oldest+first")
        page.locator(".sr-choice").first.tap()
        expect(page.locator(COUNT_LINE)).to_contain_text("1 selected")
        assert page.evaluate(TOO_WIDE) == []
        assert page.evaluate(CUT_OFF) == []


def test_the_list_is_used_by_key(page, filled):
    open_list(page, filled)
    page.locator("#sr-all").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(COUNT_LINE)).to_contain_text("1 selected")
    expect(page.locator(".sr-choice").first).to_be_focused()  # the list was not drawn anew
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/review\?session=s0$"))


def test_stills_come_by_themselves_and_lines_do_not_jump(page, own, tmp_path):
    app, library = own
    store = RecordingStore(recordings_folder(tmp_path / "library.db", ""), keep_for=7200)
    sources = {"film": clock_clip(tmp_path / "film.mp4"), "talk": tmp_path / "talk.m4a"}
    clip(sources["talk"], video=None)
    for name, path in sources.items():
        title = f"{HOSTILE} {name}"
        library.save(answers.session(session_id=name, title=title))
        with path.open("rb") as file:
            store.assign(store.add(file, path.name), name)
    open_list(page, app)
    line = page.locator('[data-id="film"]')
    place = """() => document.querySelector('[data-id="film"]').offsetTop -
        document.querySelector('.sr-shelf').offsetTop"""
    steady_box(page, line)
    before = page.evaluate(place), line.bounding_box()["height"]
    image = line.locator("img.here")
    expect(image).to_be_visible()
    assert page.evaluate("document.querySelector('.sr-still img').naturalWidth") == 120
    assert image.get_attribute("alt").startswith("Still of =1+1 **b** <img")
    steady_box(page, line)
    assert (page.evaluate(place), line.bounding_box()["height"]) == before
    page.reload()
    expect(page.get_by_role("img", name="Sound alone")).to_be_visible()
    boxes = steady_boxes(page, *page.locator(".sr-still").all())
    assert {(box["width"], box["height"], box["x"]) for box in boxes} == {
        (96.0, 54.0, boxes[0]["x"])
    }
    assert page.evaluate("window.pwned") is None
    assert faults(page) == []
    assert page.faults == page.strangers == []
    store.close()
