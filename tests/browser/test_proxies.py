"""What Chromium cannot play is played all the same, each picture at its time; sound is drawn."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lib.library import Library
from lib.recordings.store import RecordingStore, recordings_folder
from tests import answers
from tests.browser.review_page import LANES, PLOT, VIDEO, steady_box, steady_boxes
from tests.clock_clips import clock_clip

# The number that the picture of a clock clip shows as six stripes.
NUMBER = f"""() => {{
  const video = {VIDEO}, canvas = document.createElement("canvas");
  Object.assign(canvas, {{ width: 6, height: 1 }});
  const pen = canvas.getContext("2d");
  pen.drawImage(video, 0, 0, 6, 1);
  const bits = [0, 1, 2, 3, 4, 5].map((at) => Number(pen.getImageData(at, 0, 1, 1).data[0] > 128));
  return parseInt(bits.join(""), 2);
}}"""
AUDIO = "document.querySelector('.st-key-player audio')"
KINDS = {
    "x.mov": {"video": "libx265"},
    "x.avi": {"video": "mpeg4", "audio": "libmp3lame"},
}


@pytest.fixture
def stored(app):
    """Put a clip into the app as the recording of a session."""
    library = Library(app.library)
    folder = recordings_folder(Path(app.library.removeprefix("sqlite:///")), "")
    store = RecordingStore(folder, keep_for=7200)
    ids, tickets = [], []

    def put(path):
        session = replace(answers.session(), id=path.name, duration=4.0)
        library.save(session)
        with path.open("rb") as file:
            tickets.append(store.add(file, path.name))
        store.assign(tickets[-1], session.id)
        ids.append(session.id)
        return session.id

    yield put
    store.remove_sessions(*ids)
    assert not [file for file in folder.iterdir() if file.name.startswith(tuple(tickets))]
    library.delete_all(tuple(ids))
    library.close()
    store.close()


@pytest.mark.parametrize("name", KINDS)
def test_what_the_browser_cannot_play_comes_by_itself(page, app, stored, tmp_path, name):
    session = stored(clock_clip(tmp_path / name, **KINDS[name]))
    page.goto(f"{app.url}/review?session={session}")
    expect(page.locator(".sr-wait")).to_contain_text("prepared for this browser")
    expect(page.locator(f"{LANES} {PLOT}")).to_be_visible()
    page.wait_for_function(f"{VIDEO}?.readyState >= 2")
    expect(page.locator(".sr-wait")).to_have_count(0)
    assert page.evaluate(f"{VIDEO}.duration") == pytest.approx(4.0, abs=0.1)
    for seconds in (1.28, 3.58, 0.48):
        page.evaluate(f"{VIDEO}.currentTime = {seconds}")
        page.wait_for_function(f"!{VIDEO}.seeking")
        page.wait_for_timeout(100)
        near = {int((seconds + off) * 10) for off in (-0.05, 0.0, 0.05)}  # an AVI has 25 a second
        assert page.evaluate(NUMBER) in near
    address = page.evaluate(f"{VIDEO}.currentSrc")
    assert page.request.get(address).status == 200
    page.get_by_role("button", name="Remove the recording").click()
    expect(page.get_by_text("The recording is not here.")).to_be_visible()
    assert page.request.get(address).status == 404
    assert page.faults == []


def test_a_sound_has_a_waveform_in_step_and_a_click_goes_to_that_time(page, app, stored, tmp_path):
    session = stored(clock_clip(tmp_path / "x.m4a", video=None, form="mp4"))
    page.goto(f"{app.url}/review?session={session}")
    wave = page.locator(".sr-wave")
    expect(wave.locator("svg path")).to_be_attached()
    page.wait_for_function(f"{AUDIO}?.readyState >= 1")
    box = steady_box(page, wave)
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + 5)
    page.wait_for_function(f"Math.abs({AUDIO}.currentTime - 2) < 0.1")
    page.wait_for_timeout(200)
    box, head = steady_boxes(page, wave, wave.locator(".sr-playhead"))
    assert head["x"] + head["width"] / 2 == pytest.approx(box["x"] + box["width"] / 2, abs=2)
    assert page.faults == []
