"""Uploads on the list of recordings: each once, and what is refused with its reason."""

from dataclasses import replace

import pytest
import streamlit

from lib.errors import Problem
from lib.library import sqlite_url
from lib.recordings.store import sha256_of
from lib.recordings.uploads import FinishedUpload
from lib.ui.analyze import selected_recordings
from lib.ui.shell import services


@pytest.fixture
def put(state, tmp_path, monkeypatch, recording):
    """Put a recording of this name on loan; its upload."""
    monkeypatch.setenv("LIBRARY_URL", sqlite_url(tmp_path / "library.db"))
    streamlit.cache_resource.clear()

    def put(name):
        with recording.open("rb") as file:
            ticket = services.recordings().add(file, name)
            return FinishedUpload(name, recording.stat().st_size, ticket, sha256_of(file))

    yield put
    services.recordings().close()
    streamlit.cache_resource.clear()


def names():
    return [one.name for one in selected_recordings.selected()]


def test_an_upload_that_is_handed_over_twice_stands_there_once(put):
    upload = put("talk.mp4")
    selected_recordings.add_upload(upload)
    selected_recordings.add_upload(upload)
    (chosen,) = selected_recordings.selected()
    assert services.recordings().path(chosen.ticket)


def test_the_same_file_twice_stands_there_and_lies_there_once(put):
    for _ in range(2):
        selected_recordings.add_upload(put("talk.mp4"))
    assert names() == ["talk.mp4"]
    assert len([*services.recordings().folder.glob("*.mp4")]) == 1


def test_what_is_refused_holds_no_file(put):
    selected_recordings.add_refused("long.mp4", 5, Problem("Too large.", "Cut it."))
    selected_recordings.add_upload(replace(put("talk.mp4"), ticket="0" * 32))
    assert names() == ["long.mp4", "talk.mp4"]
    assert [one.ticket for one in selected_recordings.selected()] == ["", ""]
