"""The list of sessions hands the browser the address of a still for each recording it shows."""

import pytest

from lib.errors import PreparationError
from lib.recordings.thumbnail import thumbnail_of
from lib.ui.sessions import thumbnails
from lib.ui.shell import services, signed_addresses
from tests.clips import clip
from tests.pages.conftest import open_page
from tests.pages.test_review_proxy import bring
from tests.pages.test_sessions import fill, listed

PREFIX = signed_addresses.THUMBNAILS.removeprefix("/")


def stills(app):
    return {line["id"]: line["still"] for line in listed(app)}


def wait_for(app, still):
    for _ in range(400):
        if stills(app)["abc"] == still:
            return
        app.run()
    raise AssertionError(stills(app))


def test_a_recording_has_an_address_before_its_still_is_made_and_the_same_one_after(
    app, library, tmp_path
):
    services.serving().set()
    path = bring(library, clip(tmp_path / "x.mp4", shade=90))
    fill(library, 2)
    open_page(app, "sessions")
    first = stills(app)
    assert first.pop("abc").startswith(PREFIX)
    assert first == {"s0": "", "s1": ""}  # without a recording here
    for _ in range(400):
        if thumbnail_of(path):
            break
        app.run()
    assert thumbnail_of(path)
    assert stills(app)["abc"].startswith(PREFIX)


def test_sound_alone_is_said_once_it_is_known(app, library, tmp_path):
    services.serving().set()
    bring(library, clip(tmp_path / "x.m4a", video=None))
    open_page(app, "sessions")
    wait_for(app, thumbnails.SOUND)
    assert stills(app)["abc"] == thumbnails.SOUND


def test_what_cannot_be_made_leaves_a_list_without_it(app, library, tmp_path, monkeypatch):
    def fail(*_):
        raise PreparationError

    monkeypatch.setattr(thumbnails, "make_thumbnail", fail)
    services.serving().set()
    bring(library, clip(tmp_path / "x.mp4"))
    open_page(app, "sessions")
    wait_for(app, "")
    assert stills(app) == {"abc": ""}


@pytest.mark.parametrize("served", [True, False])
def test_only_the_recordings_of_rows_that_are_shown_are_looked_for(
    app, library, monkeypatch, served
):
    if served:
        services.serving().set()
    fill(library, 120)
    open_page(app, "sessions")
    store, looked = services.recordings(), []
    monkeypatch.setattr(store, "file_of_session", looked.append)
    app.run()
    assert looked == [f"s{index}" for index in range(50)]


def test_where_the_app_serves_no_addresses_there_are_none(app, library, tmp_path):
    bring(library, clip(tmp_path / "x.mp4"))
    open_page(app, "sessions")
    assert stills(app) == {"abc": ""}
