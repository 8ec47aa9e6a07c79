"""What a reviewer does on the Review page by key, list, chart, panel and link."""

import json
import re
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError as TooLateError
from playwright.sync_api import expect

from lib import frames, timecode
from lib.interchange import sample_session
from tests import answers
from tests.browser.review_page import (
    AXIS,
    BARS,
    LANES,
    MORE,
    PANEL,
    PICKED,
    PLOT,
    QUALITY,
    ROWS,
    VIDEO,
    drag,
    kept,
    open_section,
    open_session,
    press,
    steady_box,
    time_of,
    wait_for_time,
)
from tests.browser.visitors import visit

ROOM = "window.signalReview"
# What cuts the first element of a kind: the clip of each element from the chart down to it.
CUTS = """([chart, kind]) => {
  const found = [];
  let one = document.querySelector(`${chart} ${kind}`);
  for (; one.nodeName !== "svg"; one = one.parentNode)
    if (getComputedStyle(one).clipPath !== "none") found.push(one.getAttribute("class"));
  return found;
}"""
ANALYSIS = sample_session.sample_session().analysis
SPANS = frames.signals(ANALYSIS, 88.0)
TABLES = (SPANS, frames.engagement(ANALYSIS, 88.0), frames.quality(ANALYSIS, 88.0))
KEYS = ["space", "←", "→", ",", ".", "s", "l", "−", "+", "p", "n", "j", "/"]
KEYS += [
    "a",
    "d",
    "u",
    "Shift+a",
    "Shift+d",
    "Shift+u",
    "m",
    "b",
    "Ctrl+Enter",
    "Ctrl+z",
    "Ctrl+Shift+z",
    "c",
    "key",
    "f",
    "z",
    "?",
    "Esc",
]
# As the page opens: paused at the beginning, nothing chosen. Filters and zoom are left clean.
BEGIN = f"""() => {{
  const room = {ROOM}, video = {VIDEO};
  video.pause();
  const sort = {{by: "start", down: false}};
  Object.assign(room, {{picked: null, about: null, stretch: null, sort}});
  document.querySelector(".sr-grid").scrollTop = 0;
  room.redraw();
  video.playbackRate = 1;
  video.currentTime = 0;
}}"""

# The spans in the list and in the lanes, and how many rows, bars and points are told and drawn.
SHOWN_SPANS = f"""() => {{
  const room = {ROOM}, chart = document.querySelector("{LANES} {PLOT}");
  const ids = (found) => found.map(Number).sort((a, b) => a - b);
  const rows = [...document.querySelectorAll("{ROWS}")].map((row) => Number(row.dataset.id));
  return {{
    list: rows.every((id, place) => id === room.order[place]) ? ids([...room.order]) : rows,
    told: Number(document.querySelector(".sr-grid").getAttribute("aria-rowcount")) - 1,
    lanes: ids(chart?._fullData?.flatMap((trace) => [...trace.customdata]) ?? []),
    drawn: chart?.querySelectorAll(".point").length,
  }};
}}"""


@pytest.fixture(scope="module")
def opened(browser, app):
    """The sample, opened once for the tests that leave it as it was."""
    with visit(browser) as page:
        open_session(page, app)
        yield page


@pytest.fixture
def room(opened):
    opened.evaluate(BEGIN)
    wait_for_time(opened, 0)
    return opened


@pytest.fixture
def hesitations(room):
    """The sample with its filter on the three hesitations."""
    room.get_by_role("button", name="hesitation", exact=True).click()
    expect(room.locator(ROWS)).to_have_count(3)
    yield room
    room.get_by_role("button", name="Clear filters").click()
    room.wait_for_function(f"{ROOM}.shown === null")


def picked(page):
    return page.evaluate(f"{ROOM}.picked")


def choose(page, span):
    """Choose a span by its id, in the list."""
    order = page.evaluate(f"{ROOM}.order")
    page.locator(".sr-grid").evaluate(
        "(grid, top) => { grid.scrollTop = top }", 30 * order.index(span)
    )
    page.locator(f"{ROWS}[data-id='{span}']").click()
    expect(page.locator(PICKED)).to_have_attribute("data-id", str(span))


def test_space_plays_and_pauses(room):
    play = room.locator("[data-does=play]")
    press(room, " ")
    expect(play.locator("[data-icon=pause]")).to_be_visible()
    room.wait_for_function(f"{VIDEO}.currentTime > 0.1")
    press(room, " ")
    expect(play.locator("[data-icon=play]")).to_be_visible()
    assert room.evaluate(f"{VIDEO}.paused")
    room.locator(ROWS).nth(1).click()
    room.keyboard.press(" ")  # the list has the focus
    expect(play.locator("[data-icon=pause]")).to_be_visible()


def test_the_arrows_go_five_seconds(room):
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        press(room, key)
        seen.append(time_of(room))
    assert seen == [5, 10, 5, 0, 0]


def test_n_and_p_lead_through_the_spans_that_pass_the_filters(hesitations):
    seen = []
    for key in ("n", "n", "n", "n", "p"):
        press(hesitations, key)
        seen.append(picked(hesitations))
    assert seen == [5, 6, 8, 8, 6]
    wait_for_time(hesitations, 20.1)


def test_s_plays_a_span_and_stops_at_its_end(room):
    choose(room, 6)
    press(room, "s")
    room.wait_for_function(f"{VIDEO}.paused && {VIDEO}.currentTime > 20.2")
    assert time_of(room) == pytest.approx(20.5, abs=0.3)


def test_l_loops_a_span_until_it_is_pressed_again(room):
    choose(room, 6)
    room.evaluate(
        f"{VIDEO}.addEventListener('seeking', () => {{ window.laps = (window.laps ?? 0) + 1 }})"
    )
    press(room, "l")
    loop = room.locator("[data-does=loop]")
    expect(loop).to_have_attribute("aria-pressed", "true")
    room.wait_for_function("window.laps >= 3")
    press(room, "l")
    expect(loop).to_have_attribute("aria-pressed", "false")
    room.wait_for_function(f"{VIDEO}.currentTime > 20.9")


def test_plus_and_minus_change_the_speed_that_is_shown(room):
    press(room, "+", "+", "-")
    assert room.evaluate(f"{VIDEO}.playbackRate") == 1.25
    expect(room.get_by_role("combobox", name="Speed")).to_have_value("1.25")
    press(room, *"-" * 9)
    assert room.evaluate(f"{VIDEO}.playbackRate") == 0.25


def test_f_follows_and_z_shows_the_whole(room):
    follows = room.get_by_role("button", name="Follow")
    expect(follows).to_have_attribute("aria-pressed", "true")
    press(room, "f")
    expect(follows).to_have_attribute("aria-pressed", "false")
    press(room, "f")
    expect(follows).to_have_attribute("aria-pressed", "true")
    drag(room, LANES, 0.25, 0.5)
    expect(room.locator(".sr-overview .sr-view")).to_contain_text("0:2")
    press(room, "z")
    expect(room.locator(".sr-overview .sr-view")).to_have_text("")
    assert room.evaluate(AXIS, [QUALITY])[2:] == [0, 88]


def test_m_opens_a_note_at_the_playhead(room):
    room.evaluate(f"{VIDEO}.currentTime = 44.5")
    wait_for_time(room, 44.5)
    press(room, "m")
    expect(room.locator(f"{PANEL} .sr-panel-title")).to_have_text("At 0:44.5")
    expect(room.get_by_role("textbox", name="Note", exact=True)).to_be_focused()


def test_a_verdict_by_key_first_asks_for_a_name(room):
    choose(room, 0)
    for key in "adu":
        press(room, key)
        expect(room.get_by_role("textbox", name="Your name")).to_have_count(1)


@pytest.mark.parametrize("field", ["Note", "Search rationales, notes and transcript"])
def test_keys_typed_into_a_field_are_text(room, field):
    choose(room, 3)
    place = room.get_by_role("textbox", name=field, exact=True)
    place.click()
    room.keyboard.type("n p+f m")
    expect(place).to_have_value("n p+f m")
    assert picked(room) == 3
    assert room.evaluate(f"[{ROOM}.follow, {VIDEO}.playbackRate, {VIDEO}.paused]") == [
        True,
        1,
        True,
    ]
    place.fill("")


def test_keys_can_be_read_and_switched_off(room):
    room.get_by_role("button", name="Keys (?)").click()
    keys = room.get_by_role("dialog", name="Keys")
    groups = ["Playing", "Moving", "Judging", "Coding and view"]
    assert keys.get_by_role("heading", level=3).all_text_contents() == groups
    names = [name.split() for name in keys.locator("dt").all_text_contents()]
    assert [*map("+".join, names)] == KEYS
    switch = room.get_by_role("checkbox", name="Keys are on")
    switch.uncheck()
    room.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    expect(room.get_by_role("button", name="Keys (?)")).to_be_focused()
    press(room, "n", "ArrowRight", "?")
    expect(keys).to_have_count(0)
    assert (picked(room), time_of(room)) == (None, 0)
    room.get_by_role("button", name="Keys (?)").click()
    switch.check()
    room.mouse.click(3, 3)  # beside it
    expect(keys).to_have_count(0)
    press(room, "n")
    assert picked(room) == 0


def test_a_question_mark_opens_the_keys_which_then_act_on_nothing_below(room):
    grid = room.get_by_role("grid", name="Spans")
    grid.focus()
    room.keyboard.press("?")
    keys = room.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    for key in "nma":
        room.keyboard.press(key)
    assert room.evaluate(f"[{ROOM}.picked, {ROOM}.about]") == [None, None]
    text, beside = (steady_box(room, keys.locator(one)) for one in ("dd >> nth=0", "h2"))
    room.mouse.move(text["x"] + 2, text["y"] + 5)  # a text that is marked is no click beside it
    room.mouse.down()
    room.mouse.move(beside["x"], 2)
    room.mouse.up()
    expect(keys).to_be_visible()
    room.keyboard.press("?")
    expect(keys).to_have_count(0)
    expect(grid).to_be_focused()


def test_a_slash_searches_and_escape_leaves_one_thing_after_the_other(room):
    choose(room, 3)
    press(room, "/")
    search = room.get_by_role("textbox", name="Search rationales, notes and transcript")
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    room.keyboard.press("Escape")
    expect(search).not_to_be_focused()
    assert picked(room) == 3
    room.keyboard.press("m")
    room.keyboard.type("x")
    room.keyboard.press("?")
    expect(room.get_by_role("dialog")).to_have_count(0)
    room.keyboard.press("Escape")
    assert picked(room) == 3
    room.keyboard.press("?")
    room.keyboard.press("Escape")
    expect(room.get_by_role("dialog")).to_have_count(0)
    assert picked(room) == 3
    room.keyboard.press("Escape")
    expect(room.locator(PANEL)).to_contain_text("Choose a span")
    assert picked(room) is None
    assert room.evaluate("document.querySelectorAll('.sr-line[aria-selected=true]').length") == 0


def ranked(column, *, down):
    """The ids of the sample's spans by a column; spans that tie stand in the order of time."""
    ranks = {name: rank for rank, name in enumerate(("high", "medium", "low", "not given"))}
    table = SPANS.assign(probability=SPANS["probability"].map(ranks))
    return table.sort_values([column, "start", "id"], ascending=[not down, True, True])[
        "id"
    ].tolist()


@pytest.mark.parametrize("column", ["end", "length", "type", "probability", "start"])
def test_the_list_sorts_by_each_column_both_ways(room, column):
    head = room.locator(f".sr-headline .{column}")
    room.evaluate(f"{ROOM}.sort = {{}}")
    for down, direction in ((False, "ascending"), (True, "descending")):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", direction)
        order = ranked(column, down=down)
        assert room.evaluate(f"{ROOM}.order") == order
        assert room.locator(ROWS).first.get_attribute("data-id") == str(order[0])


def test_the_arrows_move_the_choice_in_the_list(room):
    grid = room.get_by_role("grid", name="Spans")
    grid.focus()
    for key, span in (
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("End", 27),
        ("ArrowUp", 26),
        ("Home", 0),
    ):
        room.keyboard.press(key)
        expect(room.locator(PICKED)).to_have_attribute("data-id", str(span))
        expect(grid).to_have_attribute("aria-activedescendant", f"sr-line-{span}")
        expect(room.locator(PICKED)).to_be_in_viewport()
        wait_for_time(room, SPANS["draw_start"][span])


def test_a_cue_of_the_panel_filters_by_it(room):
    choose(room, 5)
    cue = room.locator(".sr-cues button").first
    name, count = cue.text_content().removesuffix(")").rsplit(" (", 1)
    cue.click()
    room.wait_for_function(f"{ROOM}.shown?.size")
    assert 5 in room.evaluate(f"{ROOM}.order")
    assert room.evaluate(f"{ROOM}.shown.size") == int(count)
    cues = f"{ROOM}.order.map((id) => {ROOM}.byId.get(id).cues)"
    assert all(name in names for names in room.evaluate(cues))
    room.wait_for_url(re.compile(f"cue={name.split()[0]}"))  # the address follows a little later
    room.get_by_role("button", name="Clear filters").click()
    room.wait_for_function(f"{ROOM}.shown === null")


def test_a_score_can_be_hidden_and_shown(room):
    lines = room.locator(f"{QUALITY} .scatterlayer .trace")
    count = lines.count()
    switch = room.locator(".sr-switches").get_by_role("button", name="clarity")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(lines).to_have_count(count - 1)
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(lines).to_have_count(count)


def test_a_hidden_score_stays_hidden_on_the_way_back(page, app):
    open_session(page, app)
    switches, lines = page.locator(".sr-switches"), page.locator(f"{QUALITY} .scatterlayer .trace")
    expect(switches).to_have_text(re.compile("quality index.*clarity.*learning.*no evidence"))
    count = lines.count()
    switches.get_by_role("button", name="clarity").click()
    expect(lines).to_have_count(count - 1)
    page.get_by_role("link", name="Sessions").click()
    expect(page.get_by_role("heading", name="Sessions")).to_be_visible()
    expect(switches).to_have_count(0)
    page.go_back()
    expect(switches.get_by_role("button", name="clarity")).to_have_attribute(
        "aria-pressed", "false"
    )
    expect(lines).to_have_count(count - 1)


def click_window(page, seconds, *modifiers):
    """Click the quality chart of the sample at a time."""
    page.locator(QUALITY).evaluate("chart => chart.scrollIntoView({block: 'end'})")
    plot = steady_box(page, page.locator(f"{QUALITY} .nsewdrag"))
    for key in modifiers:
        page.keyboard.down(key)
    page.mouse.click(plot["x"] + plot["width"] * seconds / 88, plot["y"] + plot["height"] / 2)
    for key in modifiers:
        page.keyboard.up(key)


def test_a_click_on_a_window_shows_its_scores_in_the_section_on_quality(room):
    open_section(room, "Quality")
    expect(room.get_by_role("button", name="Go to 0:00 – 0:10")).to_be_visible()
    click_window(room, 45)
    wait_for_time(room, 45, within=0.2)
    expect(room.get_by_role("button", name="Go to 0:40 – 0:50")).to_be_visible()
    expect(room.get_by_text("no evidence in it")).to_be_visible()


def test_the_chart_chooses_a_window_and_with_shift_another_to_compare_it_with(room):
    open_section(room, "Quality")
    expect(room.locator("[data-testid=stSlider]")).to_have_count(0)
    click_window(room, 25)
    wait_for_time(room, 25, within=0.2)
    expect(room.get_by_role("row", name="clarity 38 60 -22")).to_be_visible()
    expect(room.locator(".sr-window")).to_have_count(1)
    click_window(room, 75, "Shift")
    expect(room.get_by_role("columnheader", name="1:10 – 1:20")).to_be_visible()
    expect(room.get_by_role("row", name="clarity 38 55 -17")).to_be_visible()
    expect(room.locator(".sr-window")).to_have_text(["", "compared with"])
    wait_for_time(room, 25, within=0.2)
    framed = room.locator(".sr-window.compared").bounding_box()
    plot = room.locator(f"{QUALITY} .nsewdrag").bounding_box()
    assert abs(framed["x"] - plot["x"] - plot["width"] * 70 / 88) < 3
    assert abs(framed["width"] - plot["width"] * 10 / 88) < 4
    click_window(room, 75, "Shift")
    expect(room.get_by_role("columnheader", name="Overall")).to_be_visible()
    field = room.get_by_role("combobox", name="Up to, for a range")
    field.focus()
    field.press("Enter")
    room.keyboard.type("0:40 – 0:50")
    room.keyboard.press("Enter")
    expect(room.get_by_role("button", name="Go to 0:20 – 0:50")).to_be_visible()
    expect(room.get_by_text("1 of 3 windows without evidence")).to_be_visible()
    expect(room.get_by_role("columnheader", name="Difference")).to_have_count(0)
    click_window(room, 5)
    expect(room.get_by_role("button", name="Go to 0:00 – 0:10")).to_be_visible()
    open_section(room, "Moments")
    expect(room.locator(".sr-window")).to_have_count(0)


def test_a_click_on_a_window_only_seeks_in_another_section(page, app):
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    open_session(page, app, section="Quality")
    begin = page.get_by_role("button", name="Go to 0:00 – 0:10")
    expect(begin).to_be_visible()
    open_section(page, "Moments")
    expect(page.locator(".sr-moments")).to_be_visible()
    before = len(sent)
    click_window(page, 45)
    wait_for_time(page, 45, within=0.2)
    page.wait_for_timeout(300)
    assert len(sent) == before
    open_section(page, "Quality")
    expect(begin).to_be_visible()


def agree_on(page, spans):
    """List, lanes and count all come to hold these spans of the sample, and no other."""
    text = "28 spans" if len(spans) == 28 else f"{len(spans)} of 28 spans"
    expect(page.locator(".sr-count")).to_have_text(text)
    due = {"list": spans, "told": len(spans), "lanes": spans, "drawn": len(spans)}
    with suppress(TooLateError):
        page.wait_for_function(
            f"due => JSON.stringify(({SHOWN_SPANS})()) === due",
            arg=json.dumps(due, separators=(",", ":")),
        )
    assert page.evaluate(SHOWN_SPANS) == due


def test_list_lanes_and_count_agree_through_filters_a_reload_and_their_end(page, app):
    hesitations = SPANS["type"] == "hesitation"
    both = hesitations & (SPANS["probability"] == "medium")
    every, some, few = (SPANS["id"][by].tolist() for by in (SPANS["id"] >= 0, hesitations, both))
    assert len(every) > len(some) > len(few) > 0
    open_session(page, app, type="hesitation")
    agree_on(page, some)
    page.get_by_role("button", name="medium", exact=True).click()
    agree_on(page, few)
    page.wait_for_url(re.compile("probability=medium"))
    page.reload()
    agree_on(page, few)
    page.get_by_role("button", name="Clear filters").click()
    agree_on(page, every)
    page.wait_for_url(re.compile(r"^(?!.*(type|probability)=)"))
    page.reload()
    agree_on(page, every)


def test_a_folded_filter_stays_cleared_and_can_be_chosen_again(page, app):
    high, medium = (
        SPANS["id"][SPANS["probability"] == probability].tolist()
        for probability in ("high", "medium")
    )
    more = page.locator(MORE)
    agreed = page.get_by_role("button", name="agree", exact=True)
    open_session(page, app)
    more.click()
    agreed.click()
    agree_on(page, [])
    more.click()
    expect(agreed).not_to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    agree_on(page, SPANS["id"].tolist())
    page.get_by_role("button", name="high", exact=True).click()
    agree_on(page, high)
    page.get_by_role("button", name="medium", exact=True).click()
    agree_on(page, sorted(high + medium))
    more.click()
    agreed.click()
    agree_on(page, [])
    page.wait_for_url(re.compile("verdict=agree"))


def test_only_spans_in_view_replaces_the_times_of_folded_filters(page, app):
    more, since = page.locator(MORE), page.get_by_label("From (m:ss)")
    open_session(page, app)
    more.click()
    since.fill("1:00")
    since.press("Enter")
    agree_on(page, SPANS["id"][SPANS["end"] > 60].tolist())
    more.click()
    expect(since).to_be_hidden()
    drag(page, LANES, 0.25, 0.5)
    page.get_by_role("button", name="Only spans in view").click()
    page.wait_for_url(re.compile(r"from=0%3A2\d\.\d.*to=0%3A4\d\.\d"))
    page.get_by_role("button", name="high", exact=True).click()
    page.wait_for_url(re.compile("probability=high"))
    start, end = page.evaluate(f"{ROOM}.zoom")
    inside = (SPANS["start"] < end) & (SPANS["end"] > start) & (SPANS["probability"] == "high")
    agree_on(page, SPANS["id"][inside].tolist())


def test_a_moment_leads_to_its_time(room):
    open_section(room, "Moments")
    due = (
        frames.moments(
            *TABLES, duration=88.0, digits=dict.fromkeys(("signals", "engagement", "quality"), 1)
        )["start"]
        .head(3)
        .tolist()
    )
    # Other sections list times too, and the one before stays until this one is drawn.
    expect(room.locator(".sr-moment").first).to_have_attribute("data-go", f"{due[0]:.3f}")
    seen = []
    for moment in room.locator(".sr-moment").all()[:3]:
        moment.click()
        seen.append(time_of(room))
    assert seen == pytest.approx(due, abs=0.01)


def test_signals_can_be_read_as_subtitles(room):
    showing = f"[...{VIDEO}.textTracks].filter(one => one.mode === 'showing').map(one => one.label)"
    choice = room.get_by_role("combobox", name="Subtitles")
    assert room.evaluate(showing) == []
    choice.select_option("Signals")
    assert room.evaluate(showing) == ["Signals"]
    room.evaluate(f"{VIDEO}.currentTime = 19")
    cues = f"[...[...{VIDEO}.textTracks].find(one => one.label === 'Signals').activeCues ?? []]"
    room.wait_for_function(f"{cues}.some(one => one.startTime > 0)")
    cue_text = " ".join(room.evaluate(f"{cues}.map(one => one.text)"))
    types = SPANS[(SPANS["start"] <= 19) & (SPANS["end"] > 19)]["type"]
    assert [name for name in SPANS["type"].unique() if name in cue_text] == types.tolist()
    choice.select_option("")
    assert room.evaluate(showing) == []


def test_the_playhead_is_followed_unless_one_looks_elsewhere(room):
    follows = room.get_by_role("button", name="Follow")
    drag(room, LANES, 0.25, 0.5)
    expect(follows).to_have_attribute("aria-pressed", "false")  # the playhead is at 0:00
    start, end = room.evaluate(f"{ROOM}.zoom")
    room.evaluate(f"{VIDEO}.play()")
    room.wait_for_function(f"{VIDEO}.currentTime > 0.5")
    assert room.evaluate(f"{ROOM}.zoom") == [start, end]
    room.evaluate(f"{VIDEO}.currentTime = {end - 0.5}")  # in view again: it is followed
    room.wait_for_function(f"{ROOM}.zoom[0] > {start} && {ROOM}.zoom[1] > {VIDEO}.currentTime")
    expect(follows).to_have_attribute("aria-pressed", "true")
    moved = room.evaluate(AXIS, [QUALITY])[2:]
    assert moved[1] - moved[0] == pytest.approx(end - start)
    room.evaluate(f"{VIDEO}.currentTime = 5; {VIDEO}.pause()")
    room.locator("[data-grip=window]").press("End")
    room.wait_for_function(f"{ROOM}.zoom[1] == 88")
    expect(follows).to_have_attribute("aria-pressed", "false")
    press(room, "f")
    room.wait_for_function(f"{ROOM}.zoom[0] < 5 && {ROOM}.zoom[1] > 5")
    expect(follows).to_have_attribute("aria-pressed", "true")
    press(room, "z")


def test_comma_and_period_step_a_frame_and_pause(room):
    room.evaluate(f"{VIDEO}.play()")
    room.wait_for_function(f"{VIDEO}.currentTime > 0.2")
    press(room, ".")
    assert room.evaluate(f"{VIDEO}.paused")
    room.evaluate(f"{VIDEO}.currentTime = 10")
    wait_for_time(room, 10, within=0.001)
    seen = []
    for key in "..,":  # the sample has 20 frames a second
        press(room, key)
        seen.append(time_of(room))
    assert seen == pytest.approx([10.05, 10.1, 10.05], abs=0.002)
    room.get_by_role("button", name="One frame back (,)").click()
    assert time_of(room) == pytest.approx(10, abs=0.002)


def test_a_time_that_is_typed_is_gone_to(room):
    clock, told = room.locator(".sr-now input"), room.locator(".sr-now [role=alert]")
    expect(room.locator(".sr-now")).to_have_text("/ 1:28")
    clock.fill("0:52")
    clock.press("Enter")
    wait_for_time(room, 52)
    expect(clock).to_have_value("0:52.0")
    expect(clock).not_to_be_focused()  # the keys work again
    for typed, why in (("soon", "This is no time."), ("1:29", "The recording ends at 1:28.0.")):
        clock.fill(typed)
        clock.press("Enter")
        expect(told).to_contain_text(why)
        assert time_of(room) == 52
        expect(clock).to_have_attribute("aria-invalid", "true")
    clock.press("Escape")
    expect(told).to_have_text("")
    expect(clock).to_have_value("0:52.0")


OPACITY = """Object.fromEntries(
  document.querySelector('.st-key-chart_quality .js-plotly-plot')._fullData
    .filter(trace => trace.type === 'scatter').map(trace => [trace.name, trace.opacity]))"""


def test_a_score_brings_its_line_forward(room):
    room.wait_for_function(f"{OPACITY}.energy === 1")
    energy = room.get_by_role("button", name="Energy", exact=True)
    energy.focus()
    room.keyboard.press("Enter")
    expect(energy).to_have_attribute("aria-pressed", "true")
    strong = room.evaluate(OPACITY)
    assert strong.pop("energy") == 1
    assert set(strong.values()) == {0.18}
    assert len(strong) == 5
    room.keyboard.press("Escape")
    expect(energy).to_have_attribute("aria-pressed", "false")
    assert set(room.evaluate(OPACITY).values()) == {1}
    switch = room.locator(".sr-switches").get_by_role("button", name="rapport")
    switch.click()
    rapport = room.get_by_role("button", name="Rapport", exact=True)
    rapport.click()
    expect(switch).to_have_attribute("aria-pressed", "true")  # a hidden one is there again
    rapport.click()
    expect(rapport).to_have_attribute("aria-pressed", "false")
    assert set(room.evaluate(OPACITY).values()) == {1}


def test_only_spans_in_view_become_a_link_that_opens_the_same(page, browser, app):
    open_session(page, app)
    drag(page, LANES, 0.25, 0.5)
    page.get_by_role("button", name="Only spans in view").click()
    page.wait_for_function(f"{ROOM}.shown?.size")
    page.get_by_role("button", name="high", exact=True).click()
    page.wait_for_url(re.compile(r"from=0%3A2\d\.\d.*probability=high.*to=0%3A4\d\.\d"))
    start, end = page.evaluate(f"{ROOM}.zoom")
    inside = SPANS[
        (SPANS["start"] < end) & (SPANS["end"] > start) & (SPANS["probability"] == "high")
    ]
    expect(page.locator(".sr-count")).to_have_text(f"{len(inside)} of 28 spans")
    with visit(browser) as visitor:
        visitor.goto(page.url)
        expect(visitor.locator(".sr-count")).to_have_text(f"{len(inside)} of 28 spans")
        visitor.wait_for_function(f"{ROOM}?.order?.length === {len(inside)}")
        assert sorted(visitor.evaluate(f"{ROOM}.order")) == inside["id"].tolist()


def test_a_link_to_a_moment_leads_there(browser, app):
    with visit(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        open_session(page, app, t="44.5", span="10")
        wait_for_time(page, 44.5)
        assert picked(page) == 10
        expect(page.locator(f"{ROWS}[data-id='10']")).to_be_in_viewport(ratio=1)
        page.wait_for_function(f"{VIDEO}.readyState >= 2")  # its picture is there
        page.evaluate(f"{VIDEO}.currentTime = 30.25")
        wait_for_time(page, 30.25)
        page.get_by_role("button", name="Share").click()
        page.get_by_role("button", name="Link to this span").click()
        expect(page.get_by_text("Copied")).to_be_visible()
        link = page.evaluate("navigator.clipboard.readText()")
        assert re.search(r"session=sample&t=30\.[23]&span=10$", link)


def test_a_link_that_makes_no_sense_says_so_or_opens_the_whole(page, app):
    open_session(page, app, t="1e999", span="99", type="nonsense", probability="x")
    expect(page.locator(PANEL)).to_contain_text("names a span that this session does not have")
    assert time_of(page) == 0
    assert page.evaluate(f"{ROOM}.order.length") == 28
    assert page.faults == []


def test_a_marker_at_the_beginning_is_whole_and_bars_are_clipped_by_the_trace(page, app):
    spans = [{"type": "doubt", "start": 0, "end": end} for end in (0.01, 9)]
    with kept(app, answers.v1(signals=spans), session_id="short"):
        open_session(page, app, "short")
        for _ in range(2):  # the whole, and zoomed
            assert page.evaluate(CUTS, [LANES, ".scatterlayer .point"]) == []
            # Plotly clips a bar's path as well once it has drawn the figure again.
            assert page.evaluate(CUTS, [LANES, ".barlayer .point"]) == ["trace bars"]
            drag(page, LANES, 0, 0.5)
            page.wait_for_function(f"{ROOM}.zoom")


def test_without_a_recording_only_the_spans_can_be_stepped_through(page, app):
    with kept(app, session_id="unseen"):
        open_session(page, app, "unseen")
        page.locator(ROWS).first.click()
        player = page.get_by_role("group", name="Player")
        able = player.locator(":is(button, select):enabled:visible")
        expect(able).to_have_count(2)
        names = able.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
        assert names == ["Previous span (p)", "Next span (n)"]
        speed = page.get_by_label("Speed (+ and −)")
        expect(speed).to_have_value("1")
        expect(speed).to_be_disabled()


def test_a_recording_that_goes_leaves_nothing_to_play(page, app):
    open_session(page, app)
    play = page.get_by_role("button", name="Play or pause (space)")
    expect(play).to_be_enabled()
    page.evaluate(f"{VIDEO}.remove()")
    expect(play).to_be_disabled()


def test_a_link_to_a_deleted_session_says_so(page, app):
    with kept(app, session_id="gone") as (session, library):
        library.delete_all((session.id,))
        page.goto(f"{app.url}/review?session=gone&t=3")
        expect(page.get_by_text("There is no session with this id.")).to_be_visible()


def test_list_and_legend_have_the_colours_of_the_lanes(page, app):
    open_session(page, app, colours="Teal+and+red")
    drawn = page.locator(BARS).evaluate_all("bars => bars.map(bar => getComputedStyle(bar).fill)")
    shown = page.evaluate(
        """[...document.querySelectorAll(".sr-legend .supportive, .sr-legend .friction")]
          .map((one) => getComputedStyle(one).backgroundColor)"""
    )
    listed = page.locator(f"{ROWS} .sr-cell.supportive, {ROWS} .sr-cell.friction").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell, '::before').backgroundColor)"
    )
    assert len(shown) == 2
    assert set(shown) <= set(drawn)
    assert set(listed) <= set(shown)


def test_a_clip_of_the_chosen_span_is_one_step_away(page, app):
    open_session(page, app)
    choose(page, 5)
    page.evaluate(f"window.before = {VIDEO}")
    page.get_by_role("button", name="Cut a clip of this span").click()
    form = page.get_by_role("combobox", name="Span, of those that pass the filters")
    start, kind = (
        timecode.format_time(ANALYSIS.signals[5].start, digits=1),
        ANALYSIS.signals[5].type,
    )
    expect(form).to_have_value(re.compile(f"^{start} to .* · {kind} · "))
    expect(form).to_be_in_viewport()
    assert "section=Clips" in page.url
    assert page.evaluate("window.before.isConnected")
    assert page.faults == []
