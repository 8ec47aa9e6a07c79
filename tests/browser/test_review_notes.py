"""Notes, verdicts and a transcript on the Review page: stored at once, whole, and as plain text."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from lib.model import Line, Review
from tests import answers
from tests.browser.review_page import (
    AXIS,
    BARS,
    LANES,
    PANEL,
    PICKED,
    QUALITY,
    ROWS,
    drag,
    kept,
    open_section,
    open_session,
    press,
    steady_boxes,
)
from tests.browser.visitors import visit
from tests.reviews import note, verdict

TRANSCRIPT = "[class*=st-key-transcript_] input[type=file]"  # one of recordings may stand beside it
HOSTILE = (
    '=1+1 **b** <img src="http://192.0.2.1/x.png" onerror="window.pwned=1">'
    "<script>window.pwned=1</script> ![i](http://192.0.2.1/y.png) $x^2$ --> \u202eabc"
)

KEYS_AT_ONCE = """(keys) => keys.forEach((key) =>
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true})))"""


@pytest.fixture
def own(app):
    """A session of the test's own, and the library it is kept in."""
    with kept(app, session_id="notes") as session_and_library:
        yield session_and_library


def choose(page, span):
    page.locator(f"{ROWS}[data-id='{span}']").click()
    expect(page.locator(f"{PANEL} .sr-type")).to_be_visible()


def area(page):
    return page.get_by_role("textbox", name="Note", exact=True)


def write(page, text, *, on="span", name=None):
    """Write a note in the panel; the name is given where it is asked for."""
    area(page).fill(text)
    page.get_by_role("combobox", name="What the note is on").select_option(on)
    page.get_by_role("button", name="Save the note").click()
    if name:
        page.get_by_role("textbox", name="Your name").fill(name)
        page.get_by_role("button", name="Continue").click()


def note_texts(page):
    return page.locator(f"{PANEL} .sr-note-text")


def test_a_note_is_kept_at_once_edited_and_removed_and_the_name_asked_once(page, app, own):
    session, library = own
    open_session(page, app, session.id)
    choose(page, 0)
    write(page, "Watch her hands.", name="Ana")
    expect(note_texts(page)).to_have_text(["Watch her hands."])
    (first,) = library.review(session.id).notes
    assert (first.reviewer, first.signal, first.start, first.end) == ("Ana", 0, 12.0, 18.5)
    write(page, "Again.")
    expect(note_texts(page)).to_have_text(["Watch her hands.", "Again."])
    expect(page.get_by_role("textbox", name="Your name")).to_have_count(0)
    page.get_by_role("button", name="Edit").first.click()
    area(page).fill("Watch his hands.")
    page.get_by_role("button", name="Save the change").click()
    expect(note_texts(page).first).to_have_text("Watch his hands.")
    page.get_by_role("button", name="Remove").last.click()
    expect(note_texts(page)).to_have_text(["Watch his hands."])
    (kept_note,) = library.review(session.id).notes
    assert (kept_note.id, kept_note.text) == (first.id, "Watch his hands.")


def test_verdicts_are_kept_corrected_taken_back_and_drawn(page, app, own):
    session, library = own
    open_session(page, app, session.id)
    choose(page, 0)
    press(page, "a")
    page.get_by_role("textbox", name="Your name").fill("Ana")
    page.keyboard.press("Enter")
    agree = page.get_by_role("button", name="Agree (a)", exact=True)
    expect(agree).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"{LANES} .sr-mark")).to_have_text("✓")
    press(page, "d")
    page.get_by_role("combobox", name="What it is instead").select_option("stress")
    page.wait_for_function("window.signalReview.verdicts[0]?.corrected === 'stress'")
    expect(page.locator(f"{LANES} .sr-mark")).to_have_text("✗")
    (stored,) = library.review(session.id).verdicts
    assert (stored.reviewer, stored.opinion, stored.corrected) == ("Ana", "disagree", "stress")
    press(page, "u")
    expect(page.locator(f"{LANES} .sr-mark")).to_have_text("?")
    press(page, "u")
    expect(page.locator(f"{LANES} .sr-mark")).to_have_count(0)
    assert library.review(session.id).verdicts == ()


def give_name(page, name):
    page.get_by_role("textbox", name="Your name").fill(name)
    page.keyboard.press("Enter")


def test_blind_what_others_said_and_the_probability_come_with_ones_own_verdict(page, app, own):
    session, library = own
    library.write_verdict(session.id, verdict(0, "Zoe", "disagree", "stress"))
    open_session(page, app, session.id)
    choose(page, 0)
    expect(page.locator(PANEL)).to_contain_text("Zoe: disagree")
    press(page, "b")
    mode = page.get_by_role("combobox", name="What is hidden until you judge")
    expect(mode).to_be_focused()
    mode.select_option("Fully blind")
    expect(page.locator(f"{PANEL} .sr-prob")).to_have_text("probability: hidden")
    expect(page.locator(f"{ROWS} .probability").first).to_have_text("hidden")
    expect(page.locator(PANEL)).not_to_contain_text("Zoe")
    press(page, "a")
    give_name(page, "Ana")
    expect(page.locator(PANEL)).to_contain_text("Zoe: disagree")
    expect(page.locator(f"{PANEL} .sr-prob")).to_have_text("probability: medium")
    assert library.review(session.id).verdicts[-1].mode == "blind, probability hidden"
    page.reload()  # who judges is known to the browser alone
    page.wait_for_function("window.signalReview?.opened?.get(0) === 'medium'")
    choose(page, 1)
    expect(page.locator(f"{PANEL} .sr-prob")).to_have_text("probability: hidden")


def test_a_span_is_judged_and_the_next_unjudged_one_chosen_by_one_key(page, app, own):
    session, library = own
    library.write_verdict(session.id, verdict(1, "Ana", "agree"))
    library.write_verdict(session.id, verdict(2, "Bo", "agree"))
    open_session(page, app, session.id)
    done = page.locator(PANEL).get_by_text("judged by you")
    expect(done).to_have_text("0 of 3 judged by you")  # nobody has a name yet
    choose(page, 0)
    goes_on = page.get_by_role("button", name="Next unjudged (j)")
    goes_on.click()
    expect(page.locator(PICKED)).to_have_attribute("data-id", "2")
    expect(goes_on).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(PICKED)).to_have_attribute("data-id", "1")
    choose(page, 0)
    press(page, "Shift+D")
    give_name(page, "Ana")
    expect(page.locator(PICKED)).to_have_attribute("data-id", "2")
    expect(done).to_have_text("2 of 3 judged by you")
    goes_on.click()
    expect(page.locator(PICKED)).to_have_attribute("data-id", "2")
    press(page, "Shift+U")
    expect(page.get_by_role("status")).to_contain_text(["You have judged all spans of the list."])
    expect(done).to_have_text("3 of 3 judged by you")
    page.wait_for_function("window.signalReview.outbox.letters.length === 0")
    opinions = {one.signal: one.opinion for one in library.review(session.id).verdicts[-2:]}
    assert opinions == {0: "disagree", 2: "unsure"}


def test_of_verdicts_given_faster_than_they_are_written_none_is_lost(page, app, own):
    session, library = own
    open_session(page, app, session.id)
    choose(page, 0)
    press(page, "a")
    give_name(page, "Ana")
    page.wait_for_function("window.signalReview.verdicts.length === 1")
    page.evaluate(KEYS_AT_ONCE, ["d", "j", "d", "j", "d", "u"])
    page.wait_for_function("window.signalReview.outbox.letters.length === 0")
    opinions = {one.signal: one.opinion for one in library.review(session.id).verdicts}
    assert opinions == {0: "disagree", 2: "disagree", 1: "unsure"}  # the list begins with 1


def test_acts_are_undone_and_redone_by_key_and_button_and_others_acts_never(page, app, own):
    session, library = own
    open_session(page, app, session.id)
    notice = page.locator(".sr-notice")
    choose(page, 0)
    press(page, "Control+z")
    expect(notice).to_have_text("There is nothing to undo.")
    press(page, "d")
    give_name(page, "Ana")
    expect(page.locator(f"{LANES} .sr-mark")).to_have_text("✗")
    write(page, "Mine.")
    expect(note_texts(page)).to_have_text(["Mine."])
    area(page).fill("ab")
    page.keyboard.press("Control+z")  # the browser's own
    expect(note_texts(page)).to_have_text(["Mine."])
    area(page).fill("")
    press(page, "Control+z")
    expect(notice).to_have_text("Undone: note at 0:12.0")
    expect(note_texts(page)).to_have_count(0)
    page.get_by_role("button", name="Undo: disagree with hesitation at 0:12").click()
    expect(notice).to_have_text("Undone: disagree with hesitation at 0:12.0")
    expect(page.locator(f"{LANES} .sr-mark")).to_have_count(0)
    assert library.review(session.id) == Review()
    press(page, "Control+Shift+z", "Control+y")
    expect(notice).to_have_text("Redone: note at 0:12.0")
    expect(note_texts(page)).to_have_text(["Mine."])
    (mine,) = library.review(session.id).notes
    library.write_note(session.id, replace(mine, text="Changed elsewhere."))
    press(page, "Control+z")
    expect(notice).to_contain_text("The note was changed in the meantime, and stays as it is.")
    expect(note_texts(page)).to_have_text(["Changed elsewhere."])
    press(page, "Control+z")
    expect(notice).to_have_text("Undone: disagree with hesitation at 0:12.0")
    assert library.review(session.id).verdicts == ()


def test_m_notes_the_moment_and_keeps_the_chosen_span_and_escape_gives_the_keys_back(
    page, app, own
):
    session, library = own
    open_session(page, app, session.id)
    choose(page, 0)
    press(page, "m")
    page.keyboard.type("Watch a")
    page.keyboard.press("Escape")
    expect(area(page)).not_to_be_focused()
    expect(page.locator(f"{PANEL} .sr-type")).to_have_text("hesitation")
    page.keyboard.press("a")  # a verdict on the span, and no letter of the note
    name = page.get_by_role("textbox", name="Your name")
    page.keyboard.press("Escape")
    expect(name).to_have_count(0)
    page.keyboard.press("a")
    name.fill("Ana")
    name.press("Enter")
    expect(page.locator(f"{LANES} .sr-mark")).to_have_text("✓")
    expect(area(page)).to_have_value("Watch a")
    press(page, "m")
    page.keyboard.type("Watch a")
    page.keyboard.press("Control+Enter")
    page.wait_for_function("window.signalReview.notes.length === 1")
    expect(area(page)).not_to_be_focused()  # what is typed next is a key
    (stored,) = library.review(session.id).notes
    assert (stored.text, stored.signal, stored.start) == ("Watch aWatch a", None, stored.end)
    assert [one.signal for one in library.review(session.id).verdicts] == [0]


@pytest.mark.parametrize("height", [700, 1000])
def test_what_a_reviewer_answers_with_stays_in_sight_under_a_long_rationale(browser, app, height):
    answer = answers.v1()
    answer["signals"][0]["rationale"] = "Because of all that was said. " * 60
    with (
        kept(app, answer, session_id="long") as (session, library),
        visit(browser, viewport={"width": 1440, "height": height}) as page,
    ):
        library.write_note(session.id, note(text="A word " * 90))
        open_session(page, app, session.id)
        choose(page, 0)
        page.locator(PANEL).evaluate("panel => panel.scrollIntoView({block: 'center'})")
        read = page.locator(".sr-panel-read")
        read.evaluate("area => { area.scrollTop = 90 }")
        press(page, "a")
        for part in (".sr-name-form", ".sr-panel-write textarea", "[data-field=save]"):
            box, panel = steady_boxes(page, page.locator(part), page.locator(PANEL))
            assert box["y"] >= panel["y"]
            assert box["y"] + box["height"] <= panel["y"] + panel["height"]
        assert read.evaluate("area => [area.scrollTop, area.clientHeight >= 40]") == [90, True]
        library.remove_note(session.id, "n1", "Ana")


def x_of(page, seconds):
    """Where a time lies upon the lanes, in pixels of the page."""
    left, length, start, end = page.evaluate(AXIS, [LANES])
    return left + length * (seconds - start) / (end - start)


def stands_behind(page, sign, seconds):
    """Whether a sign stands right behind the one bar that ends at this time, and level with it."""
    mark = page.locator(".sr-mark", has_text=sign)
    box, *bars = steady_boxes(page, mark, *page.locator(BARS).all())
    end = x_of(page, seconds)
    (bar,) = [bar_box for bar_box in bars if abs(bar_box["x"] + bar_box["width"] - end) < 2]
    level = bar["y"] < box["y"] + box["height"] / 2 < bar["y"] + bar["height"]
    return level and 0 <= box["x"] - end < 5


def test_what_was_added_survives_a_reload_and_stands_upon_the_lanes(page, app, own):
    session, library = own
    library.write_note(session.id, note())
    library.write_note(session.id, note("n2", text="Later", start=22.0, end=22.0, signal=None))
    library.write_verdict(session.id, verdict(2))
    for _ in range(2):
        open_session(page, app, session.id)
        expect(page.locator(f"{LANES} .sr-mark")).to_have_count(2)
        assert stands_behind(page, "✎", 18.5)
        assert stands_behind(page, "✓", 20.0)
        parts = (page.locator(f"{LANES} {part}") for part in (".sr-flag", ".nsewdrag"))
        flag, plot = steady_boxes(page, *parts)
        assert flag["x"] == pytest.approx(x_of(page, 22.0), abs=1)
        assert flag["y"] < plot["y"]
        open_section(page, "Notes")
        expect(page.locator(".sr-moment")).to_have_count(2)
        page.reload()


def test_a_range_is_offered_once_it_is_zoomed_to_and_stays_chosen(page, app, own):
    session, library = own
    open_session(page, app, session.id)
    choose(page, 0)
    target = page.get_by_role("combobox", name="What the note is on")
    expect(target).not_to_contain_text("the range in view")
    area(page).fill("Watch both.")
    drag(page, QUALITY, 0.25, 0.5)
    expect(target).to_contain_text("the range in view")
    start, end = page.evaluate("window.signalReview.zoom")
    target.select_option("range")
    page.get_by_role("button", name="Whole recording").click()
    expect(target).to_have_value("range")
    write(page, "Watch both.", on="range", name="Ana")
    expect(note_texts(page)).to_have_text(["Watch both."])
    (stored,) = library.review(session.id).notes
    assert (stored.signal, stored.start, stored.end) == (None, round(start, 1), round(end, 1))
    expect(target).not_to_contain_text("the range in view")


def test_another_reviewer_reads_them_cannot_change_them_and_adds_their_own(browser, app, own):
    session, library = own
    library.write_note(session.id, note(reviewer="Ana"))
    with visit(browser) as page:
        open_session(page, app, session.id)
        choose(page, 0)
        write(page, "I saw it too.", name="Bo")
        expect(note_texts(page)).to_have_text(["Watch her hands.", "I saw it too."])
        notes = page.locator(f"{PANEL} .sr-note")
        expect(notes.nth(0).get_by_role("button")).to_have_count(0)
        expect(notes.nth(1).get_by_role("button")).to_have_count(2)
    assert [stored.reviewer for stored in library.review(session.id).notes] == ["Ana", "Bo"]


def test_a_draft_outlives_a_filter_and_is_saved_under_it(page, app, own):
    session, library = own
    open_session(page, app, session.id)
    choose(page, 0)
    area(page).fill("Half a thought")
    page.get_by_role("button", name="hesitation", exact=True).click()
    expect(page.locator(ROWS)).to_have_count(2)
    open_section(page, "Notes")
    expect(page.get_by_text("No notes yet")).to_be_visible()
    expect(area(page)).to_have_value("Half a thought")
    write(page, "Half a thought, whole", name="Ana")
    expect(note_texts(page)).to_have_text(["Half a thought, whole"])
    expect(area(page)).to_have_value("")
    expect(page.locator(ROWS)).to_have_count(2)
    assert library.review(session.id).notes[0].text == "Half a thought, whole"


def test_a_note_shows_at_once_in_the_section_that_tells_of_notes(page, app, own):
    session, _ = own
    open_session(page, app, session.id, section="Notes")
    choose(page, 0)
    write(page, "Watch her hands.", name="Ana")
    expect(page.locator(".sr-moment")).to_contain_text(["Watch her hands."])
    open_section(page, "Tables")
    page.locator(".st-key-table").get_by_role("radio", name="Notes", exact=True).click()
    cells = page.locator(".sr-tabular").get_by_role("cell")
    expect(cells.filter(has_text="Watch her hands.")).to_have_count(1)
    write(page, "Again.")
    expect(cells.filter(has_text="Again.")).to_have_count(1)
    open_section(page, "Notes")
    expect(page.locator(".sr-moment")).to_contain_text(["Watch her hands.", "Again."])


def test_a_hostile_note_is_text_and_fetches_nothing(page, app, own):
    session, library = own
    open_session(page, app, session.id)
    choose(page, 0)
    write(page, HOSTILE, name="<b>Ana</b>")
    expect(note_texts(page)).to_have_text(HOSTILE)
    open_section(page, "Notes")
    expect(page.locator(".sr-moment")).to_contain_text(HOSTILE)
    expect(page.locator(".sr-moment .sr-rule")).to_have_text("<b>Ana</b>")
    assert library.review(session.id).notes[0].text == HOSTILE
    assert page.strangers == []
    assert page.evaluate("window.pwned") is None


def test_of_a_note_that_is_too_long_nothing_is_lost(page, app, own):
    session, library = own
    open_session(page, app, session.id)
    choose(page, 0)
    long = "word " * 20_000
    area(page).fill(long)
    page.get_by_role("button", name="Save the note").click()
    page.get_by_role("textbox", name="Your name").fill("Ana")
    page.get_by_role("button", name="Continue").click()
    refused = page.get_by_text("10,000 can be kept")
    expect(refused).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Close", exact=True).click()
    expect(refused).to_be_hidden()
    expect(area(page)).to_have_value(long)
    assert library.review(session.id).notes == ()


def test_a_transcript_shows_under_its_span_as_a_lane_and_is_searched(page, app, own, tmp_path):
    session, library = own
    path = tmp_path / "talk.vtt"
    path.write_text(
        "WEBVTT\n\n00:03.000 --> 00:05.000\n<v Ana>Shall we begin?\n\n"
        "00:13.000 --> 00:15.000\n<v Bo>I am <b>unsure\n"
    )
    open_session(page, app, session.id, section="Transcript")
    page.locator(TRANSCRIPT).set_input_files(path)
    expect(page.locator(".sr-plain td")).to_contain_text(["0:03.0", "0:05.0", "Ana", "Shall we"])
    assert library.review(session.id).transcript == ()  # nothing is kept before it was looked at
    page.get_by_role("button", name="Attach the transcript").click()
    expect(page.locator(".st-key-chart_speech .ytick text")).to_have_text(["Ana", "Bo"])
    assert library.review(session.id).transcript[0] == Line(3.0, 5.0, "Ana", "Shall we begin?")
    choose(page, 0)
    expect(page.locator(".sr-lines p")).to_have_count(1)
    expect(page.locator(".sr-lines p")).to_contain_text("Bo: I am unsure")
    search = page.get_by_role("textbox", name="Search rationales, notes and transcript")
    search.fill("shall we")
    search.press("Enter")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(ROWS)).to_contain_text("interest")


def test_a_file_that_is_no_transcript_is_refused_in_a_sentence(page, app, own, tmp_path):
    session, library = own
    path = tmp_path / "talk.vtt"
    path.write_text("<script>window.pwned=1</script>")
    open_session(page, app, session.id, section="Transcript")
    page.locator(TRANSCRIPT).set_input_files(path)
    expect(page.locator("[data-testid=stAlert]").last).to_contain_text(
        "Choose a transcript with a start time for each line"
    )
    assert library.review(session.id).transcript == ()
