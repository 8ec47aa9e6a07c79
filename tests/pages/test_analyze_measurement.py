"""What of a chosen recording is silent is said before it is sent."""

import threading

import pytest

from lib.background import preview_measurer
from lib.model import Stretch
from lib.ui.shell import services
from tests.measurement import measured
from tests.pages.conftest import open_page, words
from tests.pages.test_analyze import bring

BOUND = 30  # seconds until a test gives up
LINE = "**The sound is silent for 94 %.**"


@pytest.fixture
def held(monkeypatch):
    """The measurement of a silent recording, which ends once this is set."""
    event = threading.Event()

    def check(_, *, cancelled, bounds):
        assert event.wait(BOUND)
        return measured(quiet=(Stretch(0.0, 56.4),))

    monkeypatch.setattr(preview_measurer, "measure_recording", check)
    yield event
    event.set()


def test_the_page_does_not_wait_and_says_it_once_it_is_known(app, recording, held):
    app.run()
    bring(app, recording)
    assert not app.exception
    assert LINE not in words(app)
    assert not app.button(key="analyze_go").disabled
    held.set()
    previews = services.measurement_previews()
    for _ in range(BOUND * 100):
        if not previews._pending:
            break
        threading.Event().wait(0.01)
    app.run()
    assert not app.exception
    assert LINE in words(app)
    assert not app.button(key="analyze_go").disabled


def test_nothing_is_said_of_a_recording_that_is_whole(app, recording, held, monkeypatch):
    monkeypatch.setattr(preview_measurer, "measure_recording", lambda *_, **__: measured())
    open_page(app, "analyze")
    bring(app, recording)
    for _ in range(3):
        app.run()
    assert not app.exception
    assert "is silent for" not in words(app)
