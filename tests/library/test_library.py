import threading
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lib.errors import LibraryDamagedError, LibraryError, StoredAnswerError
from lib.library import MAX_TITLE, AcceptedJob, Library, Summary, sqlite_url
from tests import answers

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("answer", [answers.v1(), answers.v2()], ids=["v1", "v2"])
def test_a_session_comes_back_as_it_was_saved(library, answer):
    session = answers.session(answer)
    session = replace(session, analysis=replace(session.analysis, correlation_id="c-1"))
    library.save(session)
    assert library.load(session.id) == session


def test_the_answer_is_kept_to_the_letter(library):
    raw = '{ "signals" : [],\n\t"odd":"caf\u00e9 \\ud83d\\ude00 1.50 \ud800" }'
    session = answers.session()
    library.save(replace(session, analysis=replace(session.analysis, raw=raw)))
    assert library.load(session.id).analysis.raw == raw


def test_what_is_not_there_is_none_or_false(library):
    assert library.load("nobody") is None
    assert library.delete_all(("nobody",)) == 0
    assert not library.rename("nobody", "x")
    assert library.summaries() == ()
    assert library.count() == 0


def test_sessions_are_listed_newest_first_by_pages(library):
    for age in (3, 1, 2):
        session = answers.session(session_id=f"s{age}")
        library.save(replace(session, created_at=NOW - timedelta(hours=age)))
    assert [row.id for row in library.summaries()] == ["s1", "s2", "s3"]
    assert [row.id for row in library.summaries(offset=1, limit=1)] == ["s2"]
    assert library.count() == 3


def test_a_summary_says_what_the_list_shows(library):
    session = answers.session(origin="sandbox")
    library.save(session)
    assert library.summaries() == (
        Summary(
            id="abc",
            title="Interview",
            recording_name="interview.mp4",
            created_at=session.created_at,
            origin="sandbox",
            api="v1",
            model=session.analysis.model,
            duration=30.0,
            signals=3,
            types={"hesitation": 2, "interest": 1},
            engaged=2 / 3,
            quality=61.4,
            no_evidence=False,
            windows=(60.0, None, 55.0),
        ),
    )


def test_a_session_is_renamed_in_one_line(library):
    library.save(answers.session())
    assert library.rename("abc", "  A\nnew   title\t")
    assert library.load("abc").title == "A new title"
    assert not library.rename("abc", " \n ")
    assert library.rename("abc", "x" * 500)
    assert library.load("abc").title == "x" * MAX_TITLE


@pytest.mark.parametrize(
    "title", ["'; DROP TABLE sessions; --", "<script>", "\ud800 lone", "a\0b", "\u202eabc"]
)
def test_a_hostile_title_is_only_text(library, title):
    library.save(answers.session(title=title, session_id="hostile"))
    library.save(answers.session(session_id="other"))
    (row,) = [row for row in library.summaries() if row.id != "other"]
    assert row.title == title.replace("\ud800", "?")


def test_an_accepted_job_is_noted_until_it_is_forgotten(library):
    submission = AcceptedJob(
        run_id="run",
        job_id=answers.JOB,
        model="inter-2",
        recording_name="a.mp4",
        duration=10.0,
        created_at=NOW,
        expires_at=NOW + timedelta(hours=1),
    )
    library.write_job(submission)
    library.write_job(submission)
    assert library.job("run") == submission
    library.delete_job("run")
    assert library.job("run") is None


def test_many_threads_save_at_once(library):
    def save(index):
        library.save(answers.session(session_id=f"s{index}"))

    threads = [threading.Thread(target=save, args=(index,)) for index in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert library.count() == 16


def test_a_library_that_cannot_be_reached_says_so(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(LibraryError):
        Library(f"sqlite:///{tmp_path}/file/library.db")


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(LibraryError):
        sqlite_url(tmp_path / "file" / "library.db")


def test_a_broken_file_says_so(tmp_path):
    path = tmp_path / "library.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(LibraryDamagedError) as caught:
        Library(sqlite_url(path))
    assert str(path) not in str(caught.value.problem)


@pytest.mark.parametrize("stored", [b"\0\xff", zlib.compress(b"\xff")], ids=["bytes", "text"])
def test_a_damaged_answer_says_so(library, execute, stored):
    library.save(answers.session())
    execute("UPDATE answers SET answer = :answer", answer=stored)
    with pytest.raises(LibraryDamagedError):
        library.load("abc")
    assert library.summaries()[0].id == "abc"


def test_an_id_that_fits_into_no_database_names_no_session(library):
    library.save(answers.session())
    for strange in ("\0", "\ud800", "abc\0", "x" * 100_000, "' OR 1=1 --"):
        assert library.load(strange) is None
        assert not library.holds(strange)
        assert library.delete_all((strange,)) == 0
    assert library.count() == 1


@pytest.mark.parametrize(
    "stored", ["{}", "no json", "[]", '{"signals": ['], ids=["empty", "text", "list", "cut"]
)
def test_an_answer_that_is_no_analysis_is_at_hand_as_it_was_stored(library, execute, stored):
    library.save(answers.session())
    execute("UPDATE answers SET answer = :answer", answer=zlib.compress(stored.encode()))
    with pytest.raises(StoredAnswerError) as caught:
        library.load("abc")
    assert caught.value.answer == stored
    assert "cannot be read as an analysis" in caught.value.problem.what
    assert "Download the answer" in caught.value.problem.next_step
    assert library.summaries()[0].id == "abc"


def test_no_connection_is_held_while_an_answer_is_parsed(library, url):
    held = []

    def clean(answer):
        held.append(reading._engine.pool.checkedout())
        return answer

    library.save(answers.session())
    reading = Library(url, clean=clean)
    assert reading.load("abc") == library.load("abc")
    reading.close()
    assert set(held) == {0}
