"""Recordings go to the app in slices that can break off, wait, and be stopped."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lib.library import Library
from lib.recordings.store import RecordingStore, recordings_folder
from tests import answers
from tests.browser.review_page import VIDEO
from tests.clips import clip, grow

MEGABYTE = 1_000_000


@pytest.fixture
def large(tmp_path):
    """A recording of 20 MB, which goes in three slices."""
    return grow(clip(tmp_path / "large.mp4"), 20 * MEGABYTE)


@pytest.fixture
def offsets(page):
    """Where each slice began, in order."""
    begun = []

    def note(request):
        if request.method == "PUT" and "/recordings/upload/" in request.url:
            begun.append(int(request.headers["upload-offset"]))

    page.on("request", note)
    return begun


def interfere(page, number, act):
    """Let something happen to one slice."""
    calls = []

    def handle(route):
        if route.request.method == "PUT":
            calls.append(route)
        if route.request.method == "PUT" and len(calls) == number:
            act(route)
        else:
            route.continue_()

    page.route("**/recordings/upload/**", handle)
    return calls


def wait_for_slice(page, calls, number):
    """A slice, once the browser sends it; to hand 8 MB on takes seconds on a loaded machine."""
    for _ in range(600):
        if len(calls) >= number:
            return calls[number - 1]
        page.wait_for_timeout(50)
    raise AssertionError(f"slice {number} did not come")


def choose(page, app, *paths):
    page.goto(app.url)
    expect(button(page, "Choose files")).to_be_visible()
    page.locator("input[type=file]").first.set_input_files(paths)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def test_a_broken_connection_is_taken_up_where_it_was(page, app, large, offsets):
    interfere(page, 2, lambda route: route.abort("connectionreset"))
    choose(page, app, large)
    expect(page.get_by_text("The connection is lost.")).to_be_visible()
    expect(button(page, "Analyze")).to_be_visible()
    slice_, overlap = 8 << 20, 1 << 16
    assert offsets == [0, slice_, slice_ - overlap, 2 * slice_ - overlap]
    assert page.faults == []


def test_an_app_that_was_started_anew_is_asked_for_another_token(page, app, large, offsets):
    interfere(page, 2, lambda route: route.fulfill(status=403, json={"offset": 0}))
    choose(page, app, large)
    expect(button(page, "Analyze")).to_be_visible()
    assert offsets == [0, 8 << 20, 0, 8 << 20, 16 << 20]


def test_an_upload_waits_while_it_is_paused(page, app, large, offsets):
    held = interfere(page, 2, lambda route: None)  # it hangs
    choose(page, app, large)
    uploads = page.get_by_role("group", name="Uploads")
    expect(uploads).to_contain_text("of 20 MB")
    wait_for_slice(page, held, 2)
    button(page, "Pause").click()
    expect(button(page, "Continue")).to_be_visible()
    page.wait_for_timeout(1500)  # longer than a broken connection waits
    slice_, overlap = 8 << 20, 1 << 16
    assert offsets == [0, slice_]
    expect(uploads).not_to_contain_text("The connection is lost")  # nobody lost it
    button(page, "Continue").click()
    expect(button(page, "Analyze")).to_be_visible()
    assert offsets == [0, slice_, slice_ - overlap, 2 * slice_ - overlap]
    assert page.faults == []


def test_a_file_that_changes_while_it_is_sent_is_told(page, app, large):
    held = interfere(page, 2, lambda route: None)
    choose(page, app, large)
    second = wait_for_slice(page, held, 2)
    with large.open("ab") as file:
        file.write(b"more")
    second.abort("connectionreset")
    told = "This file has changed or is gone. Choose it again."
    expect(page.get_by_text(told)).to_be_visible()
    assert page.faults == []


def test_what_is_stopped_is_on_no_list_and_the_rest_comes(page, app, large, recording):
    calls = interfere(page, 1, lambda route: None)  # it hangs
    choose(page, app, large, recording)
    expect(page.get_by_text("Uploading recordings: 2 to come")).to_be_visible()
    wait_for_slice(page, calls, 1)  # what has not begun is nowhere to be deleted
    with page.expect_request(lambda request: request.method == "DELETE"):
        button(page, "Remove large.mp4").click()
    expect(button(page, "Analyze")).to_be_visible()
    expect(page.locator(".sr-name").first).to_have_text("talk.mp4")
    assert len(calls) == 2
    assert page.faults == []


def test_a_full_disk_is_told_and_the_upload_can_be_continued(page, app, large):
    answer = {"what": "There is no room.", "next_step": "Make room.", "offset": 8 << 20}
    interfere(page, 2, lambda route: route.fulfill(status=507, json=answer))
    choose(page, app, large)
    expect(page.get_by_text("There is no room. Make room.")).to_be_visible()
    button(page, "Continue").click()
    expect(button(page, "Analyze")).to_be_visible()


def test_another_page_may_be_open_meanwhile(page, app, large):
    held = interfere(page, 2, lambda route: None)
    choose(page, app, large)
    second = wait_for_slice(page, held, 2)
    page.get_by_role("link", name="Sessions", exact=True).click()
    page.wait_for_url("**/sessions")
    second.continue_()
    page.get_by_role("link", name="Analyze", exact=True).click()
    expect(button(page, "Analyze")).to_be_visible()


def test_a_recording_over_the_limit_of_the_api_is_planned_and_the_plan_can_be_changed(
    page, app, tmp_path
):
    choose(page, app, grow(clip(tmp_path / "call.mp4", seconds=8.0), 34 * MEGABYTE))
    plan = page.locator(".sr-plan")
    expect(plan).to_contain_text("Sent in one piece, picture and sound encoded anew")
    page.get_by_text("Change how it is sent").click()
    page.get_by_label("From", exact=True).fill("0:04")
    page.get_by_label("From", exact=True).press("Tab")
    expect(plan).to_contain_text("0:04 to 0:08 only")
    page.get_by_text("Sound alone").click()
    expect(plan).to_contain_text("Sent to inter-2-audio (V2) in one piece")
    expect(plan).to_contain_text("0:04 to 0:08 only")
    assert page.faults == []


@pytest.fixture
def lacking(app, tmp_path):
    """A session of four seconds whose recording is not here."""
    session_id, library = tmp_path.name, Library(app.library)
    library.save(replace(answers.session(), id=session_id, duration=4.0))
    yield session_id
    folder = recordings_folder(Path(app.library.removeprefix("sqlite:///")), "")
    store = RecordingStore(folder, keep_for=7200)
    store.remove_sessions(session_id)
    library.delete_all((session_id,))
    library.close()
    store.close()


def test_a_recording_larger_than_memory_takes_is_given_again_to_its_review(
    page, app, lacking, tmp_path, offsets
):
    hour = grow(clip(tmp_path / "hour.mp4", seconds=4.0), 70 * MEGABYTE)  # Streamlit's takes 64
    page.goto(f"{app.url}/review?session={lacking}")
    expect(page.get_by_text("Drop the recording of this session here")).to_be_visible()
    page.locator(".st-key-player input[type=file]").set_input_files(hour)
    expect(button(page, "Stop uploading hour.mp4")).to_be_visible()
    page.wait_for_function(f"{VIDEO}?.readyState >= 2")
    assert offsets == [number << 23 for number in range(9)]
    page.reload()  # it belongs to the session, not to this tab
    page.wait_for_function(f"{VIDEO}?.readyState >= 2")
    assert page.faults == []


def test_of_a_field_for_one_recording_the_last_that_was_chosen_comes(
    page, app, lacking, large, tmp_path, offsets
):
    held = interfere(page, 2, lambda route: None)  # it hangs
    page.goto(f"{app.url}/review?session={lacking}")
    files = page.locator(".st-key-player input[type=file]")
    files.set_input_files(large)
    wait_for_slice(page, held, 2)
    with page.expect_request(lambda request: request.method == "DELETE"):
        files.set_input_files(clip(tmp_path / "right.mp4", seconds=4.0))
    page.wait_for_function(f"{VIDEO}?.readyState >= 2")
    assert offsets == [0, 8 << 20, 0]
    assert page.faults == []
