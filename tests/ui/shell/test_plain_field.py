"""As a plain script recordings go through Streamlit's field, which is emptied each time."""

import io

import pytest
import streamlit as st

from lib.library import sqlite_url
from lib.recordings import store
from lib.ui.shell import plain_field, services
from lib.ui.shell.upload_field import UploadField


@pytest.fixture
def choose(state, tmp_path, monkeypatch):
    """Choose files with a field; the names of what it has taken, and its key as it was drawn."""
    monkeypatch.setenv("LIBRARY_URL", sqlite_url(tmp_path / "library.db"))
    st.cache_resource.clear()
    taken, keys, reruns = [], [], []
    field = UploadField("field", "Drop it", take=lambda upload: taken.append(upload.name))
    monkeypatch.setattr(st, "rerun", lambda: reruns.append(1))

    def choose(*files):
        def drawn(*_, key, **__):
            keys.append(key)
            return list(files)

        monkeypatch.setattr(st, "file_uploader", drawn)
        plain_field.draw_plain_field(field)
        return taken, keys[-1], len(reruns)

    yield choose
    services.recordings().close()
    st.cache_resource.clear()


class File(io.BytesIO):
    """What Streamlit's field gives."""

    def __init__(self, name, size=5):
        super().__init__(b"bytes")
        self.name, self.size = name, size


def test_what_is_chosen_is_taken_once_and_the_next_field_is_empty(choose):
    assert choose() == ([], "field_0", 0)
    assert choose(File("a.mp4"), File("b.mp4")) == (["a.mp4", "b.mp4"], "field_0", 1)
    assert choose() == (["a.mp4", "b.mp4"], "field_1", 1)


def test_what_is_over_the_limit_says_so_until_another_file_comes(choose, state):
    assert choose(File("a.mp4", 64_000_001))[0] == []
    assert "(64,000,000 bytes)" in state["field_problem"].what
    assert choose(File("b.mp4", 64_000_000))[0] == ["b.mp4"]
    assert state["field_problem"] is None


def test_what_does_not_fit_on_the_disk_says_so(choose, state, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.shutil, "copyfileobj", full)
    assert choose(File("a.mp4"))[0] == []
    assert "no room" in state["field_problem"].what
