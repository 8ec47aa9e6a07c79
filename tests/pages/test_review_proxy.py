"""What browsers do not play: the charts are there at once, the player as soon as it can be."""

import threading

import pytest

from lib.errors import PreparationError
from lib.recordings.companions import companion
from lib.recordings.proxy import proxy_of
from lib.ui.review import playback
from lib.ui.shell import services, signed_addresses
from tests import answers
from tests.clips import FPS, clip
from tests.clock_clips import clock_clip
from tests.pages.conftest import open_page, words
from tests.pages.test_review import charts

TIMES = 200  # looks at what is being made, a tenth of a second apart


def bring(library, path):
    """A session whose recording is this file."""
    library.save(answers.session())
    recordings = services.recordings()
    with path.open("rb") as file:
        recordings.assign(recordings.add(file, path.name), "abc")
    return recordings.path_of_session("abc")


def wait_for(app, kind):
    _look_until(app, lambda: app.get(kind))
    return app.get(kind)[0]


def wait_for_words(app, text):
    _look_until(app, lambda: text in words(app))


def _look_until(app, condition):
    for _ in range(TIMES):
        if condition():
            return
        threading.Event().wait(0.1)
        app.run()
    raise AssertionError(words(app))


@pytest.fixture
def making(monkeypatch):
    """Making a proxy stands at 42 % until it is let go, and then ends as it is told."""

    class Making:
        begun, over, error = threading.Event(), threading.Event(), None

        def __call__(self, *arguments):
            *_, progress, _ = arguments
            progress(0.42)
            self.begun.set()
            self.over.wait(30)
            if self.error:
                raise self.error
            return make(*arguments)

    make, held = playback.make_proxy, Making()
    monkeypatch.setattr(playback, "make_proxy", held)
    yield held
    held.over.set()


@pytest.mark.parametrize("served", [True, False])
def test_the_page_says_how_far_it_is_and_plays_it_once_it_is_there(
    app, library, tmp_path, making, served
):
    if served:
        services.serving().set()
    path = bring(library, clip(tmp_path / "x.avi", video="mpeg4", audio="libmp3lame"))
    open_page(app, "review", session="abc")
    assert making.begun.wait(30)
    app.run()
    assert not app.get("video")
    assert "being prepared for this browser (42%)" in words(app)
    assert charts(app)
    making.over.set()
    video = wait_for(app, "video")
    assert "being prepared" not in words(app)
    assert proxy_of(path).suffix == ".mp4"
    if served:
        assert video.proto.url.startswith(signed_addresses.PLAY)
    else:
        assert "/media/" in video.proto.url
        assert video.proto.url.endswith(".mp4")


def test_sound_that_browsers_do_not_play_is_heard(app, library, tmp_path):
    bring(library, clip(tmp_path / "x.m4a", video=None, audio="alac"))
    open_page(app, "review", session="abc")
    wait_for(app, "audio")
    assert not app.get("video")


def test_where_none_can_be_made_the_page_says_so_and_leaves_it_to_the_browser(
    app, library, tmp_path, making
):
    making.error = PreparationError("It is odd.", "Convert it.")
    making.over.set()
    bring(library, clip(tmp_path / "x.avi", video="mpeg4", audio="libmp3lame"))
    open_page(app, "review", session="abc")
    wait_for(app, "video")
    assert "**It is odd.** Convert it." in app.warning[0].value


def test_a_recording_that_is_removed_meanwhile_is_asked_for(app, library, tmp_path, making):
    bring(library, clip(tmp_path / "x.avi", video="mpeg4", audio="libmp3lame"))
    open_page(app, "review", session="abc")
    assert making.begun.wait(30)
    (remove,) = [one for one in app.button if one.label == "Remove the recording"]
    remove.click().run()
    assert "The recording is not here" in words(app)
    assert not app.exception


@pytest.mark.parametrize("name", ["x.mp4", "x.mov"])
def test_what_browsers_play_waits_for_nothing(app, library, tmp_path, making, name):
    bring(library, clip(tmp_path / name))
    open_page(app, "review", session="abc")
    assert app.get("video")
    assert not making.begun.is_set()


def test_the_browser_knows_the_frames_a_second_of_a_recording(app, library, tmp_path, making):
    bring(library, clip(tmp_path / "x.mp4"))
    open_page(app, "review", session="abc")
    assert 'class="sr-transport" data-frame-rate="' in words(app)
    (remove,) = [one for one in app.button if one.label == "Remove the recording"]
    remove.click().run()
    assert "data-frame-rate" not in words(app)


def test_frames_are_stepped_as_the_proxy_has_them(app, library, tmp_path):
    path = bring(library, clock_clip(tmp_path / "x.avi", video="mpeg4"))
    clip(companion(path, "proxy.mp4"))
    open_page(app, "review", session="abc")
    assert f'data-frame-rate="{float(FPS)}"' in words(app)
