"""The file of an SQLite library is its owner's alone, and deleting works on a full disk."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from lib.errors import LibraryFullError, LibraryReadOnlyError
from lib.library import Library, database, sqlite_url
from lib.library.database_file import DatabaseFile
from tests import answers, reviews

ROOT = Path(__file__).parents[2]


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "made" / "library.db"


@pytest.fixture
def library(file):
    """A library in a file, with a session and a note."""
    made = Library(sqlite_url(file))
    made.save(answers.session())
    made.add_review("abc", reviews.review())
    yield made
    made.close()


@pytest.fixture
def full(library, monkeypatch):
    """A disk that is full until the reserve is given back, and as many writes beyond."""
    given = []
    give = DatabaseFile.give_reserve_back
    begin = database.lock

    def give_back(self):
        given.append(give(self))
        return given[-1]

    def lock(connection, key):
        if not any(given):
            raise sa.exc.OperationalError("", {}, _full())
        begin(connection, key)

    monkeypatch.setattr(DatabaseFile, "give_reserve_back", give_back)
    monkeypatch.setattr(database, "lock", lock)
    return given


def _full():
    error = database.sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    return error


def test_folder_and_files_are_for_their_owner_alone(library, file):
    assert mode(file.parent) == 0o700
    files = {path.name.removeprefix("library.db"): path for path in file.parent.iterdir()}
    assert files.keys() == {"", "-wal", "-shm", "-reserve"}
    assert {mode(path) for path in files.values()} == {0o600}


def test_a_library_that_was_open_to_others_is_closed_to_them(library, file):
    library.close()
    file.chmod(0o644)
    Library(sqlite_url(file)).close()
    assert mode(file) == 0o600


def test_a_library_opened_twice_is_not_taken_for_closed_by_another_process(library, file):
    """Whoever closes a file last takes its journal away, and what others write is lost."""
    Library(sqlite_url(file)).close()
    script = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT 1 FROM sessions')"
    subprocess.run([sys.executable, "-c", script, str(file)], check=True)
    assert Path(f"{file}-wal").exists()


def test_the_apps_own_folder_is_closed_and_that_of_others_is_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("data", "shared"):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(0o755)
    sqlite_url(Path("data/library.db"))
    sqlite_url(tmp_path / "shared" / "library.db")
    assert (mode(tmp_path / "data"), mode(tmp_path / "shared")) == (0o700, 0o755)


@pytest.mark.parametrize(
    ("act", "gone"),
    [
        (lambda one: one.delete_all(["abc"]), lambda one: one.count() == 0),
        (lambda one: one.remove_note("abc", "n1", "Ana"), lambda one: len(one.review("abc").notes)),
        (
            lambda one: one.remove_verdict("abc", 0, "Ana"),
            lambda one: len(one.review("abc").verdicts) == 1,
        ),
        (lambda one: one.remove_transcript("abc"), lambda one: not one.review("abc").transcript),
    ],
    ids=["session", "note", "verdict", "transcript"],
)
def test_deleting_works_on_a_full_disk(library, file, full, act, gone):
    assert act(library)
    assert gone(library)
    assert full == [True]


def test_writing_on_a_full_disk_leaves_the_reserve_for_deleting(library, file, full):
    with pytest.raises(LibraryFullError):
        library.save(answers.session(session_id="two"))
    assert full == []
    assert (file.parent / "library.db-reserve").stat().st_size > 0


def test_deleting_without_a_reserve_says_that_the_disk_is_full(library, file, full):
    (file.parent / "library.db-reserve").unlink()
    with pytest.raises(LibraryFullError):
        library.delete_all(["abc"])
    assert library.count() == 1


def test_a_library_opens_on_a_full_disk(library, file, monkeypatch):
    library.close()
    create = database.create_engine

    def create_engine(url):
        if (file.parent / "library.db-reserve").exists():
            raise sa.exc.OperationalError("", {}, OSError("disk I/O error"))
        return create(url)

    monkeypatch.setattr(database, "create_engine", create_engine)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 10, 0))
    opened = Library(sqlite_url(file))
    assert opened.count() == 1
    opened.close()


def test_a_full_disk_without_a_reserve_is_said_to_be_full(library, file, monkeypatch):
    library.close()
    (file.parent / "library.db-reserve").unlink()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 10, 0))
    monkeypatch.setattr(database, "create_engine", lambda _: (_ for _ in ()).throw(OSError("I/O")))
    with pytest.raises(LibraryFullError):
        Library(sqlite_url(file))


def test_a_reserve_is_made_where_twice_as_much_is_free(tmp_path, monkeypatch):
    (tmp_path / "x.db").write_bytes(bytes(1 << 20))
    reserve = tmp_path / "x.db-reserve"
    sizes = []
    for free in (0, 1 << 20, 1 << 21, 1 << 30):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: Usage(free, 0, free))
        DatabaseFile(f"sqlite:///{tmp_path}/x.db").reserve_room()
        sizes.append(reserve.stat().st_size if reserve.exists() else 0)
    assert sizes == [0, 0, 1 << 20, 1 << 20]


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://h/x", "what"])
def test_what_is_no_file_has_none(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = DatabaseFile(url)
    file.make_private()
    file.reserve_room()
    assert not file.give_reserve_back()
    assert not file.is_disk_full()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("closed", ["file", "folder", "folder without a library"])
def test_what_the_app_may_not_write_to_is_told_from_what_is_gone(library, file, closed, tmp_path):
    """As another user than root, whom nothing is closed to, where the tests run as root."""
    library.close()
    script = """
import os, sys
from pathlib import Path
from lib.errors import LibraryReadOnlyError
from lib.library import Library
file, closed, user = Path(sys.argv[1]), sys.argv[2], 65534
if os.geteuid() == 0:
    for path in (file.parent, *file.parent.iterdir()):
        os.chown(path, user, user)
    for path in list(file.parents)[1:-2]:
        path.chmod(0o755)
    Library("sqlite://").close()  # what it loads may lie where the other user sees nothing
    os.setgid(user)
    os.setuid(user)
if closed == "folder without a library":  # of which SQLite says only that it cannot open it
    file.unlink()
(file if closed == "file" else file.parent).chmod(0o555)
if closed == "file":
    file.parent.chmod(0o555)
try:
    Library(f"sqlite:///{file}")
except LibraryReadOnlyError as error:
    print(error.what)
"""
    ran = subprocess.run(
        [sys.executable, "-c", script, str(file), closed],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout == f"{LibraryReadOnlyError().what}\n", ran.stderr
    file.parent.chmod(0o700)
