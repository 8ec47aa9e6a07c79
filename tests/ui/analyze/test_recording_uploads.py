"""What the browser tells of its files becomes tokens, recordings on the list, or an end."""

import shutil

import pytest
import streamlit

from lib.library import sqlite_url
from lib.recordings import uploads as uploads_module
from lib.ui.analyze import recording_uploads, selected_recordings
from lib.ui.shell import addresses, services


@pytest.fixture
def page(state, tmp_path, monkeypatch):
    """Tell the page something, as the browser does; its uploads, by key."""
    monkeypatch.setenv("LIBRARY_URL", sqlite_url(tmp_path / "library.db"))
    streamlit.cache_resource.clear()

    def tell(*wanted, here=(), finished=(), others=0, token=""):
        files = [{"key": key, "name": name, "size": size} for key, name, size in wanted]
        keys = [*here, *(key for key, *_ in wanted), *finished]
        done = [{"key": key, "name": f"{key}.mp4", "token": token} for key in finished]
        told = {"wanted": files, "here": keys, "finished": done, "others": others}
        return raw(told)

    def raw(told):
        state["upload"] = {"told": told}
        recording_uploads._read_told()
        return recording_uploads._uploads()

    tell.raw = raw
    yield tell
    services.recordings().close()
    streamlit.cache_resource.clear()


def send(upload, data):
    plan = addresses.plan_of(upload.token)
    assert plan == upload.plan
    with services.uploads().slice(plan, 0, len(data)) as part:
        part.write(data)


def names():
    return [one.name for one in selected_recordings.selected()]


def test_a_file_is_given_a_token_and_becomes_a_recording(page, recording):
    data = recording.read_bytes()
    upload = page(("k", "talk.mp4", len(data)))["k"]
    assert recording_uploads.coming_count() == 1
    send(upload, data)
    page(finished=["k"])
    (chosen,) = selected_recordings.selected()
    assert (chosen.name, chosen.size) == ("talk.mp4", len(data))
    assert services.recordings().path(chosen.ticket).read_bytes() == data
    assert recording_uploads.coming_count() == 0


def test_what_is_told_twice_is_done_once(page, recording):
    data = recording.read_bytes()
    first = page(("k", "talk.mp4", len(data)))["k"]
    assert page(("k", "talk.mp4", len(data)))["k"] is first
    send(first, data)
    page(finished=["k"])
    page(finished=["k"])
    assert names() == ["talk.mp4"]


def test_a_run_that_was_cut_short_is_made_up_for_by_the_next(page, state, recording):
    data = recording.read_bytes()
    upload = page(("k", "talk.mp4", len(data)))["k"]
    send(upload, data)
    page(finished=["k"])
    (chosen,) = selected_recordings.selected()
    state[recording_uploads._UPLOADS] = {"k": upload}  # this was not written, the list was
    page(finished=["k"])
    assert selected_recordings.selected() == (chosen,)
    assert services.recordings().path(chosen.ticket)


def test_the_same_file_twice_stands_there_once(page, recording):
    data = recording.read_bytes()
    uploads = page(("a", "talk.mp4", len(data)), ("b", "talk.mp4", len(data)))
    for key in "ab":
        send(uploads[key], data)
    page(finished=["a", "b"])
    assert names() == ["talk.mp4"]
    assert len([*services.recordings().folder.glob("*.mp4")]) == 1


def test_what_is_over_the_limit_of_the_app_is_not_sent(page, monkeypatch):
    services.serving().set()
    monkeypatch.setenv("RECORDINGS_MAX_GIGABYTES", "0.1")
    uploads = page(("fits", "call.mp4", 107_374_182), ("k", "long.mp4", 107_374_183))
    assert uploads["fits"].plan
    assert uploads["k"].plan is None
    (refused,) = selected_recordings.selected()
    assert "107,374,183 bytes" in refused.recording.what


def test_where_there_is_no_room_that_is_said_before_a_byte(page, state, monkeypatch):
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(uploads_module.shutil, "disk_usage", lambda _: usage._replace(free=9))
    assert page(("k", "talk.mp4", 10))["k"].plan is None
    assert "no room" in state[recording_uploads._FAILURE].what


def test_a_token_that_the_app_refused_is_replaced_by_another(page):
    upload = page(("k", "talk.mp4", 10))["k"]
    file = {"key": "k", "name": "talk.mp4", "size": 10, "refused": upload.token}
    again = page.raw({"wanted": [file], "here": ["k"]})["k"]
    assert again.plan.id != upload.plan.id
    assert page.raw({"wanted": [file], "here": ["k"]})["k"] is again


def test_what_the_browser_has_no_more_is_ended(page):
    upload = page(("k", "talk.mp4", 10))["k"]
    send(upload, b"12345")
    assert page(here=[]) == {}
    assert not [*services.recordings().folder.glob("upload-*")]


def test_after_a_long_break_a_page_knows_an_upload_by_its_token(page, state, recording):
    data = recording.read_bytes()
    upload = page(("k", "talk.mp4", len(data)))["k"]
    send(upload, data)
    del state[recording_uploads._UPLOADS]
    page(finished=["k"], token=upload.token)
    assert names() == ["k.mp4"]
    for token in ("forged", upload.token[:-1], 5):
        del state[recording_uploads._UPLOADS]
        page(finished=["k"], token=token)
    assert names() == ["k.mp4"]
    assert state[recording_uploads._LOST] == 3


def test_what_was_told_to_be_here_and_is_not_is_counted(page, state):
    page(("k", "talk.mp4", 10))
    page(finished=["k"])
    assert state[recording_uploads._LOST] == 1
    assert recording_uploads.coming_count() == 0


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        "x",
        {},
        {"wanted": 5, "here": 5, "finished": 5, "others": "many"},
        {
            "wanted": [5, {}, {"key": 5}, {"key": []}],
            "here": [5, None],
            "finished": [{}, "x", {"key": []}],
        },
        {"wanted": [{"key": "k", "name": None, "size": "9"}], "here": ["k"]},
        {"wanted": [{"key": "k", "name": "a", "size": -1}], "here": ["k"]},
        {"wanted": [{"key": "k", "name": "a", "size": 1e300}], "here": ["k"], "others": -3},
    ],
)
def test_whatever_is_told_nothing_is_planned_for_it_and_nothing_fails(page, told):
    uploads = page.raw(told)
    assert not any(upload.plan for upload in uploads.values())
    assert names() == []


def test_one_tab_has_so_many_on_their_way_and_no_more(page, monkeypatch):
    monkeypatch.setattr(recording_uploads, "MAX_FILES", 2)
    uploads = page(*((str(number), "a.mp4", 5) for number in range(4)))
    assert [bool(upload.plan) for upload in uploads.values()] == [True, True, False, False]
