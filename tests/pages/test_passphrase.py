"""Where a passphrase is set, nothing is shown or done before it was entered."""

import tomllib

import pytest
from streamlit.testing.v1 import AppTest

from lib.ui.shell import passphrase, services
from lib.ui.shell.page_chrome import OPEN_TO_ALL
from tests import answers
from tests.pages.conftest import ENTRY, TIMEOUT, open_page, words

PAGES = ["analyze", "review", "sessions"]
RIGHT = "three blue herons"


@pytest.fixture
def locked(app, monkeypatch):
    monkeypatch.setenv("ACCESS_PASSPHRASE", RIGHT)
    return app


def asks(app):
    """Whether the page asks for the passphrase, and does nothing else."""
    fields, buttons = [one.label for one in app.text_input], [one.label for one in app.button]
    assert not app.exception
    return (fields, buttons) == (["Passphrase"], ["Open"])


def enter(app, entered):
    app.text_input(key="passphrase_entered").set_value(entered)
    return app.button(key="passphrase_open").click().run()


def goto(app, page, **query):
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_shown_before_the_passphrase(locked, library, page):
    library.save(answers.session(title="Confidential"))
    goto(locked.run(), page, session="abc")
    assert asks(locked)
    assert "Confidential" not in words(locked)
    assert not locked.get("file_uploader")
    assert not locked.get("download_button")


def test_nothing_is_done_before_the_passphrase(locked, monkeypatch):
    done = []
    monkeypatch.setattr(services, "start", lambda: done.append("begun"))
    locked.run()
    assert done == []
    admitted = AppTest.from_file(ENTRY, default_timeout=TIMEOUT)
    admitted.session_state[passphrase.TOKEN] = services.gate().admit(RIGHT, RIGHT)
    admitted.run()
    assert done == ["begun"]


def test_the_passphrase_opens_the_page_that_the_address_names(locked, library):
    library.save(answers.session(title="Confidential"))
    goto(locked.run(), "review", session="abc")
    enter(locked, RIGHT)
    assert not locked.exception
    assert "Confidential" in words(locked)
    goto(locked, "sessions")
    assert not asks(locked)


def test_another_one_opens_nothing_and_says_so(locked):
    enter(locked.run(), "three blue heron")
    assert "This is not the passphrase." in words(locked)
    assert asks(locked)


def test_wrong_tries_are_counted_over_all_viewers(locked, monkeypatch):
    for _ in range(5):
        enter(AppTest.from_file(ENTRY, default_timeout=TIMEOUT).run(), "a guess")
    enter(locked.run(), RIGHT)
    assert "Too many wrong passphrases" in words(locked)


def test_the_passphrase_is_nowhere_on_the_page_or_in_its_state(locked):
    enter(locked.run(), RIGHT)
    assert RIGHT not in str(locked.session_state)
    assert RIGHT not in words(locked)
    assert RIGHT not in str(locked.main)


def test_who_came_in_is_asked_again_when_the_passphrase_changes(locked, monkeypatch):
    enter(locked.run(), RIGHT)
    monkeypatch.setenv("ACCESS_PASSPHRASE", "another one")
    locked.run()
    assert asks(locked)


def test_a_token_that_nobody_signed_opens_nothing(locked):
    locked.session_state[passphrase.TOKEN] = "admitted.aaaa.bbbb"
    locked.run()
    assert asks(locked)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_runs_without_its_frame_asks_as_well(locked, page):
    locked.run()  # the pages are declared by now
    bare = AppTest.from_file(ENTRY.parent / "pages" / f"{page}.py", default_timeout=TIMEOUT)
    assert asks(bare.run())


@pytest.mark.parametrize("secrets", ['access = "x"', "[access]\npasphrase = 'x'", "[access"])
def test_what_may_be_meant_as_a_passphrase_keeps_everybody_out(
    app, library, monkeypatch, tmp_path, secrets
):
    library.save(answers.session(title="Confidential"))
    use_secrets(monkeypatch, tmp_path, secrets)
    app.run()
    assert len(app.error) == 1
    assert "Correct the settings" in app.error[0].value
    goto(app, "sessions")
    assert "Confidential" not in words(app)
    assert not app.button
    assert not app.get("file_uploader")


class Secrets:
    """Secrets from a file, as Streamlit gives them; None is a file that it cannot read."""

    def __init__(self, read):
        self.to_dict = lambda: read
        self.load_if_toml_exists = lambda: read is not None


def use_secrets(monkeypatch, tmp_path, text):
    file = tmp_path / "secrets.toml"
    file.write_text(text)
    monkeypatch.setattr(services.st, "get_option", lambda _: [str(file)])
    try:
        secrets = tomllib.loads(text)
    except ValueError:
        secrets = None
    monkeypatch.setattr(services.st, "secrets", Secrets(secrets))


@pytest.mark.parametrize("page", PAGES)
def test_with_credentials_and_no_passphrase_every_page_says_who_may_do_what(app, monkeypatch, page):
    monkeypatch.setenv("INTERHUMAN_API_KEY", "ih_live_x")
    open_page(app, page, session="sample")
    assert OPEN_TO_ALL in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_without_credentials_or_with_a_passphrase_no_page_says_so(app, monkeypatch, page):
    open_page(app, page, session="sample")
    assert OPEN_TO_ALL not in words(app)
    monkeypatch.setenv("INTERHUMAN_API_KEY", "ih_live_x")
    monkeypatch.setenv("ACCESS_PASSPHRASE", RIGHT)
    enter(app.run(), RIGHT)
    goto(app, page, session="sample")
    assert "kept here" in words(app) or "Sample" in words(app)
    assert OPEN_TO_ALL not in words(app)
