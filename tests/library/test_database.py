"""What the library says when its database is wrong, gone, full or held by somebody else."""

import errno
import logging
import pickle
import sqlite3
import zlib

import pytest
import sqlalchemy as sa

from lib import errors
from lib.errors import (
    LibraryAddressError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryFullError,
    LibraryNewerError,
    LibraryReadOnlyError,
)
from lib.library import Library, database, sqlite_url
from tests import answers
from tests.library.cluster import PASSWORD
from tests.ports import free_port
from tests.reviews import note

KINDS = (
    LibraryError,
    LibraryAddressError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryFullError,
    LibraryNewerError,
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_failure_says_what_happened_and_what_to_do(kind):
    error = kind()
    assert error.problem.what.endswith(".")
    assert error.problem.next_step.endswith(".")
    assert type(pickle.loads(pickle.dumps(error))) is kind


def test_no_two_failures_say_the_same():
    assert len({kind().problem.what for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "",
        "mysql://u:hush@db/x",
        "postgresql+psycopg2://u:hush@db/x",
        "https://u:hush@db/x",
        "postgres://u:a:hush@127.0.0.1:1:hush/x",
        "postgresql://u:p@127.0.0.1:hush/x",
        "postgres://u:hush",
        "\0hush",
        "sqlite+hush:///x",
    ],
)
def test_an_address_that_is_none_says_so_and_quotes_nothing(url, caplog):
    with pytest.raises(LibraryAddressError) as caught:
        Library(url)
    assert "hush" not in f"{caught.value!r}{caught.value.problem}{caplog.text}"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_address_as_hosts_hand_it_out_is_read_by_psycopg(scheme):
    engine = database.create_engine(f"{scheme}://u:hush@db.example/x?sslmode=require")
    assert engine.url.drivername == "postgresql+psycopg"
    assert engine.url.query == {"sslmode": "require"}
    assert "hush" not in repr(engine)


@pytest.mark.parametrize(
    "wrong", ["nobody:{password}@127.0.0.1:{port}/x", "tests:{password}@127.0.0.1:{closed}/x"]
)
def test_a_database_that_lets_nobody_in_says_so_without_the_password(cluster, wrong, caplog):
    caplog.set_level(logging.DEBUG)
    parts = {"password": PASSWORD, "port": cluster.port, "closed": free_port()}
    with pytest.raises(LibraryError) as caught:
        Library("postgres://" + wrong.format(**parts))
    chain = f"{caught.value!r}{caught.value.__cause__!r}{caught.value.__cause__}{caplog.text}"
    assert caplog.text
    assert PASSWORD not in chain


def test_what_people_write_does_not_reach_the_log(library, execute, caplog):
    execute("DROP TABLE notes")
    with pytest.raises(LibraryError):
        library.write_note("abc", note(text="hush-hush"))
    assert "notes" in caplog.text
    assert "hush-hush" not in caplog.text


@pytest.mark.parametrize("noticed", [True, False])
def test_a_database_that_went_and_came_back_is_found_again(cluster, template, noticed):
    library = Library(cluster.create("comes_back", template))
    library.save(answers.session())
    cluster.stop()
    if noticed:
        with pytest.raises(LibraryError):
            library.save(answers.session(session_id="lost"))
    cluster.start()
    assert library.load("abc") == answers.session()
    library.save(answers.session(session_id="found"))
    assert library.count() == 2
    library.close()
    cluster.drop("comes_back")


def test_a_session_that_is_held_too_long_says_so(library, url, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)
    library.save(answers.session())
    waiting, other = Library(url), database.create_engine(url)
    with other.begin() as connection:
        database.lock(connection, "abc")
        with pytest.raises(LibraryBusyError):
            waiting.rename("abc", "Mine")
    assert waiting.rename("abc", "Mine now")
    waiting.close()
    other.dispose()


def test_a_full_file_says_so_and_loses_nothing(tmp_path):
    library = Library(sqlite_url(tmp_path / "library.db"))
    library.save(answers.session())

    @sa.event.listens_for(library._engine, "connect")
    def small(connection, _):
        connection.execute("PRAGMA max_page_count=1")

    library._engine.dispose()
    with pytest.raises(LibraryFullError):
        library.write_note("abc", note(text="x" * 10_000))
    assert library.load("abc") == answers.session()
    assert library.review("abc").notes == ()
    library.close()


def test_a_full_server_says_so_and_loses_nothing(cluster, template):
    library = Library(cluster.create("no_room", template))
    library.save(answers.session())
    cluster.execute(
        "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = 'disk_full'; END$$",
        "no_room",
    )
    cluster.execute(
        "CREATE TRIGGER fill BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION fill()",
        "no_room",
    )
    with pytest.raises(LibraryFullError):
        library.save(answers.session(title="Another"))
    assert library.load("abc").title == "Interview"
    library.close()
    cluster.drop("no_room")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, "x"), LibraryFullError),
        (OSError(errno.EACCES, "x"), LibraryReadOnlyError),
        (zlib.error(), LibraryDamagedError),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "x"), LibraryDamagedError),
        (sa.exc.TimeoutError(), LibraryBusyError),
        (ImportError(), LibraryError),
        (sa.exc.OperationalError("", {}, sqlite3.OperationalError()), LibraryError),
    ],
)
def test_whatever_fails_is_told_as_what_it_is(error, kind):
    with pytest.raises(LibraryError) as caught, database.library_errors():
        raise error
    assert type(caught.value) is kind
    assert isinstance(caught.value, errors.AppError)


class BusyCursor:
    """A cursor of a database that another process has locked, for the first few calls."""

    def __init__(self, times, name="SQLITE_BUSY"):
        self.failures_left, self.name, self.calls = times, name, 0

    def execute(self, _):
        self.calls += 1
        if self.failures_left:
            self.failures_left -= 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorname = self.name
            raise error


def test_a_file_that_another_process_prepares_is_waited_for():
    cursor = BusyCursor(3)
    database.set_journal_mode(cursor)
    assert cursor.calls == 4


def test_what_waiting_cannot_mend_is_raised_at_once():
    cursor = BusyCursor(3, "SQLITE_FULL")
    with pytest.raises(sqlite3.OperationalError):
        database.set_journal_mode(cursor)
    assert cursor.calls == 1


def test_nobody_is_waited_for_without_end(monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    with pytest.raises(sqlite3.OperationalError):
        database.set_journal_mode(BusyCursor(10**6))
