"""An open review hears what others add, and who is there, by a token of its own."""

import pytest
import streamlit as st

from lib.errors import LibraryError
from lib.interchange import sample_session
from lib.interchange.review_version import review_version
from lib.library import Library, sqlite_url
from lib.model import Review
from lib.ui.shell import request_limits, review_routes, services, signed_addresses
from tests import reviews
from tests.loopback import serve


@pytest.fixture
def url(tmp_path, monkeypatch, state):
    address = sqlite_url(tmp_path / "library.db")
    monkeypatch.setenv("LIBRARY_URL", address)
    st.cache_resource.clear()
    services.serving().set()
    yield address
    services.close()
    st.cache_resource.clear()


@pytest.fixture
def library(url):
    opened = Library(url)
    yield opened
    opened.close()


@pytest.fixture
def client(url):
    with serve(review_routes.review_routes()) as client:
        yield client


@pytest.fixture
def tab(state):
    """Gives the address by which a new tab hears of a session."""

    def address(session_id="abc"):
        state.clear()
        return f"/{signed_addresses.live_address(session_id)}"

    return address


def ask(client, address, reviewer="", editing="", **more):
    return client.post(address, json={"reviewer": reviewer, "editing": editing, **more})


def test_the_version_is_that_of_what_the_page_draws_and_follows_what_others_write(
    client, tab, library
):
    address = tab()
    library.add_review("abc", reviews.review())
    first = ask(client, address)
    assert (first.status_code, first.headers["cache-control"]) == (200, "no-store")
    assert first.json() == {"version": review_version(library.review("abc")), "viewers": []}
    library.write_verdict("abc", reviews.verdict(1, "Bo"))
    second = ask(client, address).json()["version"]
    assert second == review_version(library.review("abc")) != first.json()["version"]


def test_others_with_the_review_open_are_named_until_they_leave(client, tab):
    mine, theirs = tab(), tab()
    ask(client, mine, "Ana")
    told = ask(client, theirs, "<b>Ben</b>", "n1").json()["viewers"]
    assert told == [{"name": "Ana", "editing": ""}]
    assert ask(client, mine, "Ana").json()["viewers"] == [{"name": "<b>Ben</b>", "editing": "n1"}]
    assert ask(client, tab("other")).json()["viewers"] == []
    gone = ask(client, theirs, leaving=True)
    assert (gone.status_code, gone.content) == (204, b"")
    assert ask(client, mine, "Ana").json()["viewers"] == []


def test_the_sample_needs_no_library(client, tab, tmp_path):
    answer = ask(client, tab(sample_session.ID)).json()
    assert answer["version"] == review_version(Review())
    assert not (tmp_path / "library.db").exists()


def test_an_address_that_no_page_made_tells_nothing(client, tab, monkeypatch):
    address = tab()
    signer = services.address_signer()
    for token in (
        "x",
        "%00",
        signer.sign("play", ["abc", "1"], ""),
        signer.sign("live", "abc", ""),
        signer.sign("live", ["abc", 1], ""),
    ):
        assert ask(client, f"{signed_addresses.LIVE}{token}").status_code == 403
    monkeypatch.setenv("ACCESS_PASSPHRASE", "three blue herons")
    assert ask(client, address).status_code == 403


def test_another_page_gets_nothing(client, tab):
    for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://192.0.2.1"}):
        assert client.post(tab(), json={}, headers=header).status_code == 403


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xff", b"[" * 4000, b'{"reviewer": "' + b"x" * 5000 + b'"}']
)
def test_what_is_no_report_is_refused(client, tab, body):
    assert client.post(tab(), data=body).status_code == 400


def test_what_is_no_text_in_a_report_counts_as_none(client, tab):
    assert ask(client, tab(), reviewer=7, editing=["n1"]).status_code == 200
    assert ask(client, tab()).json()["viewers"] == [{"name": "", "editing": ""}]


def test_a_library_that_cannot_be_reached_is_no_change(client, tab, monkeypatch):
    def fail(*_, **__):
        raise LibraryError

    monkeypatch.setattr(services, "review", fail)
    answer = ask(client, tab())
    assert answer.status_code == 503
    assert answer.json()["next_step"]


def test_too_many_requests_wait(client, tab, monkeypatch):
    monkeypatch.setattr(request_limits, "PER_SECOND", 0.01)
    address = tab()
    answers = [ask(client, address).status_code for _ in range(request_limits.BURST + 1)]
    assert answers[-2:] == [200, 429]


def test_an_address_stays_for_a_tab_and_there_is_none_in_a_plain_script(url, tab):
    address = tab()
    assert f"/{signed_addresses.live_address('abc')}" == address != tab()
    services.serving().clear()
    assert signed_addresses.live_address("abc") is None
