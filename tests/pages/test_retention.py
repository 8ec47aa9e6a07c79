import io
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lib.ui.shell import services
from tests import answers
from tests.pages.conftest import TIMEOUT, open_page, words


def test_the_pages_say_how_long_things_are_kept(app):
    open_page(app, "sessions")
    assert "Sessions stay until somebody deletes them." in words(app)
    assert "kept here for 2 hours after" in words(app)
    open_page(app, "analyze")
    assert "kept here for 2 hours after" in words(app)


def test_the_pages_say_what_is_set(app, monkeypatch):
    monkeypatch.setenv("LIBRARY_RETENTION_DAYS", "30")
    monkeypatch.setenv("LIBRARY_KEEP_RECORDINGS", "true")
    for page in ("sessions", "analyze"):
        open_page(app, page)
        assert "Sessions are deleted 30 days after they were created" in words(app)
        assert "Recordings stay as long as their sessions." in words(app)


def test_a_setting_that_cannot_be_read_is_named(app, monkeypatch):
    monkeypatch.setenv("LIBRARY_RETENTION_DAYS", "soon")
    app.run()
    assert "LIBRARY_RETENTION_DAYS" in words(app)


@pytest.mark.parametrize("page", ["sessions", "review"])
def test_what_is_too_old_goes_after_the_first_page_is_drawn(app, library, monkeypatch, page):
    monkeypatch.setenv("LIBRARY_RETENTION_DAYS", "1")
    monkeypatch.setattr(services, "START_DELAY_SECONDS", 0.0)
    old = datetime.now(UTC) - timedelta(days=2)
    library.save(replace(answers.session(session_id="old"), created_at=old))
    library.save(replace(answers.session(session_id="young"), created_at=datetime.now(UTC)))
    open_page(app, page)
    deadline = time.monotonic() + TIMEOUT
    while library.count() > 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert library.ids() == ("young",)


def test_a_kept_recording_is_there_after_a_long_time(app, monkeypatch):
    monkeypatch.setenv("LIBRARY_KEEP_RECORDINGS", "yes")
    recordings = services.recordings()
    recordings.assign(recordings.add(io.BytesIO(b"bytes"), "a.mp4"), "s")
    recordings._clock = lambda: time.time() + 10**8
    recordings.sweep()
    assert services.recording_path("s")
