"""What people added is read once in a run, and anew in the next."""

from contextlib import suppress
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from lib.errors import LibraryError
from lib.model import Review
from lib.ui.review import loaded_session
from lib.ui.shell import services
from tests import answers, reviews

SESSION = answers.session()


@pytest.fixture
def reads(monkeypatch):
    """The ids of the sessions whose review was read, one entry a read."""
    ids = []

    def review(session_id, *, with_transcript=True):
        ids.append(session_id if with_transcript else f"{session_id} without")
        whole = reviews.review()
        return whole if with_transcript else replace(whole, transcript=())

    monkeypatch.setattr(services, "review", review)
    return ids


def test_what_nobody_needs_is_not_read(reads):
    with loaded_session.load_once(SESSION) as loaded:
        assert loaded.session == SESSION
    assert reads == []


def test_a_fragment_within_the_page_has_what_the_page_read(reads):
    with loaded_session.load_once(SESSION) as page:
        assert page.review == reviews.review()
        with loaded_session.load_once(SESSION) as fragment:
            assert fragment.review_tables is page.review_tables
            assert fragment.problem is None
    assert reads == ["abc"]


def test_a_transcript_that_nobody_needs_is_not_read_for_notes_and_verdicts(reads):
    with loaded_session.load_once(SESSION) as alone:
        assert (alone.added, alone.added) == (replace(reviews.review(), transcript=()),) * 2
    assert reads == ["abc without"]
    with loaded_session.load_once(SESSION) as page:
        assert page.review
        assert page.added is page.review
    assert reads == ["abc without", "abc"]


def test_a_fragment_that_runs_alone_reads_anew(reads, monkeypatch):
    monkeypatch.setattr(st, "fragment", lambda draw: draw)  # Streamlit's needs a running app
    drawn = []
    draw = loaded_session.fragment(lambda loaded: drawn.append(loaded.review))
    with loaded_session.load_once(SESSION) as page:
        draw(page)
    assert reads == ["abc"]
    draw(page)
    assert reads == ["abc"] * 2
    assert drawn == [page.review] * 2


def test_a_page_that_ends_early_leaves_nothing_for_the_next_run(reads):
    with suppress(StopException), loaded_session.load_once(SESSION) as page:
        assert page.review
        raise StopException
    with loaded_session.load_once(SESSION) as page:
        assert page.review
    assert reads == ["abc"] * 2


def test_another_session_is_loaded_beside_the_first(reads):
    other = answers.session(session_id="other")
    with loaded_session.load_once(SESSION) as first, loaded_session.load_once(other) as second:
        assert (first.review, second.review) == (reviews.review(),) * 2
    assert reads == ["abc", "other"]


def test_a_library_out_of_reach_leaves_the_analysis_and_a_sentence(monkeypatch):
    def review(_, **__):
        raise LibraryError("The library is not there.", "Try again.")

    monkeypatch.setattr(services, "review", review)
    with loaded_session.load_once(SESSION) as loaded:
        assert loaded.added == loaded.review == Review()
        assert loaded.problem.what == "The library is not there."
        assert all(table.empty for table in loaded.review_tables.values())
