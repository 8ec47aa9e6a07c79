"""Sound alone has a waveform above its player, once its peaks are made."""

from lib.errors import PreparationError
from lib.recordings.peaks import peaks_of
from lib.ui.review import waveform
from tests.clips import clip
from tests.pages.conftest import open_page, words
from tests.pages.test_review_proxy import bring, wait_for_words


def test_a_sound_has_a_waveform_and_plays_before_it_is_there(app, library, tmp_path):
    path = bring(library, clip(tmp_path / "x.m4a", video=None))
    open_page(app, "review", session="abc")
    assert app.get("audio")
    wait_for_words(app, "Waveform of the sound, 0:04 long")
    levels = ",".join(map(str, peaks_of(path).levels))
    assert f'data-levels="{levels}"' in words(app)
    assert app.get("audio")


def test_a_sound_whose_peaks_cannot_be_made_plays_without_them(app, library, tmp_path, monkeypatch):
    def fail(*_):
        raise PreparationError

    monkeypatch.setattr(waveform, "make_peaks", fail)
    bring(library, clip(tmp_path / "x.m4a", video=None))
    open_page(app, "review", session="abc")
    for _ in range(200):
        if 'class="sr-wave-room' not in words(app):
            break
        app.run()
    assert 'class="sr-wave' not in words(app)
    assert app.get("audio")
    assert not app.exception


def test_a_video_has_none(app, library, tmp_path):
    bring(library, clip(tmp_path / "x.mp4"))
    open_page(app, "review", session="abc")
    assert 'class="sr-wave' not in words(app)
