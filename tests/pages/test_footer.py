"""Every page that the entry file leads to says at its foot which version of the app it is."""

from lib import __version__
from lib.background.queue import AnalysisQueue
from lib.errors import LibraryError
from tests.pages.conftest import words

FOOTER = f">Signal Review {__version__}</footer>"


def test_a_page_has_its_footer_once(app):
    assert words(app.run()).count(FOOTER) == 1


def test_a_page_that_an_error_stops_has_its_footer(app, monkeypatch):
    def fail(*_):
        raise LibraryError

    monkeypatch.setattr(AnalysisQueue, "find_run", fail)
    app.query_params["job"] = "any"
    app.run()
    assert LibraryError.default_what in words(app)
    assert words(app).count(FOOTER) == 1


def test_the_question_for_the_passphrase_has_its_footer(app, monkeypatch):
    monkeypatch.setenv("ACCESS_PASSPHRASE", "three blue herons")
    app.run()
    assert [field.label for field in app.text_input] == ["Passphrase"]
    assert words(app).count(FOOTER) == 1
