"""The tables of a library come to what the code knows, whoever made them, and nothing is lost."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from lib.failures import LibraryError, LibraryNewerError
from lib.library import Library, database, schema
from lib.library.tables import METADATA
from tests import answers, reviews
from tests.library import legacy

ROOT = Path(__file__).parents[2]
OPEN = """
import sys
from lib.library import Library
print("ready", flush=True)
input()
library = Library(sys.argv[1])
print(library.count(), "alembic" in sys.modules)
library.close()
"""


@pytest.fixture
def engine(bare_url):
    made = database.engine(bare_url)
    yield made
    made.dispose()


def opened(url, count=1):
    """What processes that open the library at the same moment say of it."""
    command = [sys.executable, "-c", OPEN, url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    processes = [subprocess.Popen(command, **pipes) for _ in range(count)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].split() for process in processes]


def stand(engine):
    with engine.begin() as connection:
        return schema.revision(connection)


def differences(engine):
    with engine.begin() as connection:
        return compare_metadata(MigrationContext.configure(connection), METADATA)


def upgraded(engine):
    with engine.begin() as connection:
        database.hold(connection, "the tables")
        schema.upgrade(connection, schema.LATEST)


def test_the_steps_are_those_the_code_knows():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "lib/library/migrations"))
    steps = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(step.revision for step in steps)[::-1] == schema.REVISIONS


def test_all_steps_together_make_the_tables_of_today(engine):
    upgraded(engine)
    assert differences(engine) == []
    assert stand(engine) == schema.LATEST


def test_an_empty_database_gets_the_same_tables_without_the_steps(engine):
    schema.prepare(engine)
    assert differences(engine) == []
    assert stand(engine) == schema.LATEST


def kept(library):
    """What is in the library of `legacy`, and has to stay."""
    v2 = answers.session(answers.v2(), session_id="sandbox-v2", title="Café “two”")
    assert library.load("abc") == answers.session()
    assert library.load("sandbox-v2") == replace(v2, origin="sandbox", duration=None)
    assert library.submission("run").job_id == answers.JOB
    assert library.count() == 2


def test_a_library_from_before_the_steps_is_taken_over(bare_url, engine):
    legacy.write(bare_url)
    library = Library(bare_url)
    kept(library)
    assert library.review("abc") == library.review("sample") == reviews.review()
    library.write_note("abc", reviews.note("n3"))
    assert library.review("abc").notes[-1].id == "n3"
    library.close()
    assert differences(engine) == []


def test_a_library_from_before_there_were_notes_is_taken_over(bare_url, engine):
    legacy.write(bare_url, without=("notes", "verdicts", "transcripts"))
    library = Library(bare_url)
    kept(library)
    library.restore("abc", reviews.review())
    assert library.review("abc") == reviews.review()
    library.close()
    assert differences(engine) == []


@pytest.mark.parametrize("full", [False, True])
def test_two_processes_may_start_at_once(bare_url, engine, full):
    if full:
        legacy.write(bare_url)
    assert [count for count, _ in opened(bare_url, 2)] == ["2" if full else "0"] * 2
    assert stand(engine) == schema.LATEST
    assert differences(engine) == []


def test_a_start_that_finds_the_latest_tables_loads_no_alembic(url):
    Library(url).close()
    assert opened(url) == [["0", "False"]]


def test_an_empty_database_needs_no_alembic(bare_url):
    assert opened(bare_url) == [["0", "False"]]


def test_a_newer_library_is_refused_and_left_as_it_is(url, execute):
    Library(url).close()
    execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LibraryNewerError) as caught:
        Library(url)
    assert "newer" in caught.value.failure.what
    assert execute("SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_step_that_fails_leaves_the_library_as_it_was(bare_url, engine, monkeypatch):
    legacy.write(bare_url, without=("notes",))

    def half(connection, target):
        upgrade(connection, target)
        raise sa.exc.OperationalError("", {}, Exception())

    upgrade = schema.upgrade
    monkeypatch.setattr(schema, "upgrade", half)
    with pytest.raises(LibraryError):
        Library(bare_url)
    assert stand(engine) is None
    assert "notes" not in sa.inspect(engine).get_table_names()
    monkeypatch.undo()
    library = Library(bare_url)
    kept(library)
    library.close()
