"""What is done to many sessions at once: choosing, counting, deleting, all or none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lib.errors import LibraryError
from lib.library import DeletionCounts, Query, session_table
from lib.model import Review
from tests import answers, reviews


@pytest.fixture
def three(library):
    """Three sessions, the first two of them reviewed, the run of the second one still there."""
    for age, session_id in enumerate(("c", "a", "b")):
        session = answers.session(session_id=session_id, title=f"Talk x{session_id}")
        library.save(replace(session, created_at=session.created_at - timedelta(hours=age)))
    for session_id in ("c", "a", "sample"):
        library.add_review(session_id, reviews.review())
    return library


def test_the_ids_found_are_all_that_a_query_asks_for_oldest_first(three):
    assert three.ids() == ("b", "a", "c")
    assert three.ids(Query(sort="title", descending=False)) == ("b", "a", "c")
    assert three.ids(Query(words="talk xa")) == ("a",)
    assert three.ids(Query(origins=("sandbox",))) == ()


def test_what_belongs_to_sessions_is_counted_before_they_go(three):
    assert three.deletion_counts(("c", "b", "nobody")) == DeletionCounts(2, 2, 2, 1)
    assert three.deletion_counts(("c", "a")) == DeletionCounts(2, 4, 4, 2)
    assert three.deletion_counts(()) == DeletionCounts()


def test_many_sessions_go_with_all_that_was_added_to_them_and_no_other(three, execute):
    assert three.delete_all(("c", "a", "nobody")) == 2
    assert three.ids() == ("b",)
    assert three.review("c") == three.review("a") == Review()
    assert three.review("sample") == reviews.review()
    for table in ("answers", "searches"):
        assert execute(f"SELECT count(*) FROM {table}") == [(1,)]
    assert three.count(Query(words="talk")) == 1


def test_of_nothing_nothing_goes(three):
    assert three.delete_all(()) == three.delete_all(("nobody",)) == 0
    assert three.count() == 3


def test_the_runs_that_made_them_go_as_well(three):
    for run_id in ("r1", "r2"):
        three.runs.add(run(run_id))
    three.runs.settle("r1", "c")
    three.runs.settle("r2", "b")
    three.delete_all(("c", "a"))
    assert [row.columns["id"] for row in three.runs.all()] == ["r2"]


def run(run_id):
    texts = dict.fromkeys(("account", "folder", "name", "ticket"), "x")
    return {**texts, "id": run_id, "options": "{}"}


def test_more_go_than_fit_into_one_statement(library, monkeypatch):
    monkeypatch.setattr(session_table, "MAX_STATEMENT_IDS", 2)
    every = [f"s{index}" for index in range(5)]
    for session_id in every:
        library.save(answers.session(session_id=session_id))
        library.add_review(session_id, reviews.review())
    assert library.deletion_counts(every) == DeletionCounts(5, 10, 10, 5)
    assert library.delete_all(every[:-1]) == 4
    assert library.ids() == ("s4",)


def test_all_go_or_none(three, monkeypatch):
    def break_off(*_):
        raise OSError

    monkeypatch.setattr(session_table.search, "optimize_word_index", break_off)
    with pytest.raises(LibraryError):
        three.delete_all(("c", "a"))
    assert three.count() == 3
    assert three.review("c") == reviews.review()
