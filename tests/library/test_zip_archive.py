"""A library goes into a zip and out of it, whole, whatever database it lives in."""

import io
import json
import zipfile
import zlib
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.errors import LibraryFullError, SessionFileError
from lib.interchange import review_json, session_json
from lib.library import Library, zip_archive
from lib.library.zip_archive import Counts
from lib.model import ORIGIN_LABELS, Review
from tests import answers, reviews
from tests.budget import examples
from tests.library.archives import (
    archive_of,
    fill_library,
    read_archive,
    session_file,
    unzip_files,
    zip_files,
)
from tests.reviews import note


def test_a_library_moves_to_another_one_with_all_there_is(library, other):
    fill_library(library)
    counts = read_archive(other, archive_of(library), with_reviews=True)
    assert counts == Counts(sessions=2, reviews=1)
    for session_id in ("abc", "two", "sample"):
        assert other.load(session_id) == library.load(session_id)
        assert other.review(session_id) == reviews.imported(library.review(session_id))
    assert other.summaries() == library.summaries()


def test_an_archive_counts_what_it_holds(library):
    fill_library(library)
    assert zip_archive.write_archive(library, io.BytesIO()) == Counts(sessions=2, reviews=1)


def test_an_empty_library_is_an_archive_as_well(library, other):
    assert read_archive(other, archive_of(library)) == Counts()


def test_an_archive_is_plain_json_one_file_a_session(library):
    fill_library(library)
    files = unzip_files(archive_of(library))
    assert sorted(files) == [
        "reviews/000001.json",
        "sessions/000001.json",
        "sessions/000002.json",
    ]
    session, review, _ = session_json.read_session(files["sessions/000001.json"], name="x.json")
    assert session.title == "Interview"
    assert review == reviews.imported(reviews.review())


def test_sessions_stand_in_an_archive_oldest_first(library):
    for age in (1, 3, 2):
        session = answers.session(session_id=f"s{age}")
        library.save(replace(session, created_at=session.created_at - timedelta(days=age)))
    session_ids = [
        json.loads(content)["session"]["id"]
        for content in unzip_files(archive_of(library)).values()
    ]
    assert session_ids == ["s3", "s2", "s1"]


def test_the_same_library_makes_the_same_archive(library):
    fill_library(library)
    assert archive_of(library) == archive_of(library)
    with zipfile.ZipFile(io.BytesIO(archive_of(library))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {zip_archive.ENTRY_TIME}
    assert zip_archive.ENTRY_TIME == (1980, 1, 1, 0, 0, 0)


def test_what_is_there_already_stays_as_it_is(library, other):
    fill_library(library)
    other.save(answers.session(title="Mine"))
    other.write_note("abc", note("mine"))
    other.write_note("sample", note("mine"))
    left = Counts(sessions=1, present=2, reviews_left=2)
    assert read_archive(other, archive_of(library)) == left
    assert other.load("abc").title == "Mine"
    assert other.review("abc").notes == other.review("sample").notes == (note("mine"),)
    assert read_archive(other, archive_of(library)) == Counts(present=3, reviews_left=2)
    assert read_archive(other, archive_of(library), with_reviews=True) == Counts(present=3)
    assert other.review("abc").notes == other.review("sample").notes == (note("mine"),)


def test_no_note_lands_on_a_session_that_is_there_unless_somebody_asks_for_it(library, other):
    fill_library(library)
    other.save(answers.session())
    content = archive_of(library)
    assert read_archive(other, content) == Counts(sessions=1, present=2, reviews_left=2)
    assert other.review("abc") == other.review("sample") == Review()
    counts = read_archive(other, content, with_reviews=True)
    assert counts == Counts(present=1, reviews=2)
    assert other.review("abc") == other.review("sample") == reviews.imported(reviews.review())


def test_a_review_alone_lands_on_no_session_that_is_there(other):
    other.save(answers.session())
    about = {"format": "signal-review/review", "version": 1, "session": {"id": "abc"}}
    content = {**about, "review": review_json.dump_review(reviews.review())}
    counts = read_archive(other, zip_files(json.dumps(content).encode()))
    assert counts == Counts(present=1, reviews_left=1)
    assert other.review("abc") == Review()


def test_what_an_archive_brought_is_marked_until_its_reviewer_writes_it_here(library, other):
    fill_library(library)
    read_archive(other, archive_of(library))
    assert [one.byline for one in other.review("abc").notes] == [
        "Ana (imported)",
        "Bo (imported)",
    ]
    other.write_note("abc", note(text="Mine indeed."))
    assert [one.byline for one in other.review("abc").notes] == ["Ana", "Bo (imported)"]
    other.write_verdict("abc", reviews.verdict())
    assert [one.byline for one in other.review("abc").verdicts] == ["Bo (imported)", "Ana"]


def test_no_file_says_that_its_notes_were_written_here(other):
    honest = {"imported": False}
    content = json.loads(session_file())
    content["review"]["notes"] = [one | honest for one in content["review"]["notes"]]
    read_archive(other, zip_files(json.dumps(content).encode()))
    assert all(one.imported for one in other.review("abc").notes)


def test_a_deleted_session_comes_back_without_what_was_written_since(library, other):
    fill_library(library)
    other.write_note("abc", note("stray"))
    read_archive(other, archive_of(library))
    assert other.review("abc") == reviews.imported(reviews.review())


RAW = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TITLES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SESSIONS = st.lists(
    st.builds(
        lambda index, title, origin, raw, duration, at, correlation: replace(
            answers.session(
                answers.v1(signals=[{"type": "x", "start": 0, "end": 1, "rationale": raw}]),
                session_id=f"id {index} é",
                title=title,
                origin=origin,
                duration=duration,
            ),
            created_at=at,
            recording_name=title,
        ),
        st.integers(0, 50),
        TITLES,
        st.sampled_from(sorted(ORIGIN_LABELS)),
        RAW,
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.datetimes(timezones=st.just(UTC)),
        st.none() | RAW,
    ),
    max_size=3,
    unique_by=lambda session: session.id,
)


@pytest.fixture(scope="module")
def two():
    """Two for all examples, which each begin with them empty: creating them takes longest."""
    created = Library("sqlite://"), Library("sqlite://")
    yield created
    for one in created:
        one.close()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=examples(40),
)
@given(sessions=SESSIONS, added=st.lists(reviews.REVIEWS, min_size=4, max_size=4))
def test_from_library_to_library_and_back_nothing_changes(library, two, sessions, added):
    first, last = two
    for one in (library, first, last):
        one.delete_all((*one.ids(), "sample"))
    for session, review in zip(sessions, added, strict=False):
        first.save(session)
        first.add_review(session.id, review)
    first.add_review("sample", added[-1])
    content = archive_of(first)
    read_archive(library, content, with_reviews=True)
    moved = {name: _without_marks(text) for name, text in unzip_files(content).items()}
    for name, text in unzip_files(archive_of(library)).items():
        assert _without_marks(text) == moved.pop(name)
    assert not moved
    read_archive(last, archive_of(library), with_reviews=True)
    assert unzip_files(archive_of(last)) == unzip_files(archive_of(library))
    for session in first.ids():
        assert last.load(session) == first.load(session)
        assert last.review(session) == reviews.imported(first.review(session))


def _without_marks(text):
    return text.replace(b'"imported": true', b'"imported": false')


def test_an_answer_goes_through_to_the_letter(library, other):
    raw = '{ "signals" : [],\n\t"odd":"caf\u00e9 \\ud83d\\ude00 1.50 \ud800" }'
    session = answers.session()
    library.save(replace(session, analysis=replace(session.analysis, raw=raw)))
    read_archive(other, archive_of(library))
    assert other.load("abc").analysis.raw == raw


@pytest.mark.parametrize("answer", [b"\0", zlib.compress(b"{}")], ids=["damaged", "unreadable"])
def test_a_session_whose_answer_cannot_be_read_costs_no_other(library, execute, other, answer):
    fill_library(library)
    execute("UPDATE answers SET answer = :answer WHERE session_id = 'abc'", answer=answer)
    stream = io.BytesIO()
    assert zip_archive.write_archive(library, stream) == Counts(sessions=1, reviews=1, unread=1)
    assert read_archive(other, stream.getvalue()) == Counts(sessions=1, present=1, reviews_left=1)


def test_a_single_file_of_an_archive_can_be_brought_in_by_the_page(library):
    fill_library(library)
    content = unzip_files(archive_of(library))["sessions/000002.json"]
    assert (
        session_json.read_session(content, name="x.json")[0].analysis
        == library.load("two").analysis
    )
    with pytest.raises(SessionFileError):
        session_json.read_session(
            unzip_files(archive_of(library))["reviews/000001.json"], name="x.json"
        )


def test_what_measures_nothing_is_labelled_whatever_an_archive_says(other):
    generated = answers.session(answers.v1(sandbox="Generated"), origin="api")
    read_archive(other, zip_files(session_file(generated)))
    assert other.load("abc").origin == "sandbox"


def test_an_import_that_stopped_goes_on_when_it_is_started_again(library, other, monkeypatch):
    fill_library(library)
    content = archive_of(library)

    def full(session, review):
        if other.count():
            raise LibraryFullError
        return add_session(session, review)

    add_session = other.add_session
    with monkeypatch.context() as patch:
        patch.setattr(other, "add_session", full)
        with pytest.raises(LibraryFullError):
            read_archive(other, content)
    assert other.count() == 1
    counts = read_archive(other, content, with_reviews=True)
    assert counts == Counts(sessions=1, present=1, reviews=1)
    assert set(unzip_files(archive_of(other))) == set(unzip_files(content))


def test_an_archive_of_some_sessions_holds_them_alone_and_what_was_added_to_them(library, other):
    fill_library(library)
    stream = io.BytesIO()
    assert zip_archive.write_archive(library, stream, ["two", "nobody"]) == Counts(sessions=1)
    read_archive(other, stream.getvalue())
    assert other.ids() == ("two",)
    assert other.ids_without_session() == ()
    stream = io.BytesIO()
    zip_archive.write_archive(library, stream, ["abc"])
    read_archive(other, stream.getvalue())
    assert other.review("abc") == reviews.imported(reviews.review())


def test_an_archive_of_no_sessions_is_empty(library):
    fill_library(library)
    assert zip_archive.write_archive(library, io.BytesIO(), []) == Counts()
