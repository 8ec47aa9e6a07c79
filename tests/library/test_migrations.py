"""The tables of a library come to what the code knows, whoever made them, and nothing is lost."""

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from lib.errors import LibraryDamagedError, LibraryError, LibraryNewerError
from lib.library import Library, Query, database, migrations
from lib.library.tables import METADATA
from tests import reviews
from tests.library import legacy
from tests.library.metadata import table_differences

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
    engine = database.create_engine(bare_url)
    yield engine
    engine.dispose()


def open_in_processes(url, count=1):
    """The words that each process prints which opens the library, all at the same moment."""
    command = [sys.executable, "-c", OPEN, url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    processes = [subprocess.Popen(command, **pipes) for _ in range(count)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].split() for process in processes]


def revision_of(engine):
    with engine.begin() as connection:
        return migrations.read_revision(connection)


def differences(engine):
    with engine.begin() as connection:
        return table_differences(connection)


def apply_all(engine):
    with engine.begin() as connection:
        database.lock(connection, "the tables")
        migrations.apply_revisions(connection, migrations.LATEST)


def test_the_steps_are_those_the_code_knows():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "lib/library/migrations"))
    steps = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(step.revision for step in steps)[::-1] == migrations.REVISIONS


def test_all_steps_together_make_the_tables_of_today(engine):
    apply_all(engine)
    assert differences(engine) == []
    assert revision_of(engine) == migrations.LATEST


def test_an_empty_database_gets_the_same_tables_without_the_steps(engine):
    migrations.update_tables(engine)
    assert differences(engine) == []
    assert revision_of(engine) == migrations.LATEST
    index = read_word_index(engine)
    assert index
    with engine.begin() as connection:
        for table in (*METADATA.tables, "alembic_version"):
            connection.execute(sa.text(f"DROP TABLE {table} {cascade(engine)}"))
        if engine.dialect.name == "sqlite":
            connection.execute(sa.text("DROP TABLE found"))
    apply_all(engine)
    assert read_word_index(engine) == index


def cascade(engine):
    return "CASCADE" if engine.dialect.name == "postgresql" else ""


def read_word_index(engine):
    """How the database itself describes what `METADATA` does not."""
    queries = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE sql LIKE '%found%' ORDER BY name",
        "postgresql": "SELECT indexdef, generation_expression FROM pg_indexes, "
        "information_schema.columns WHERE indexname = 'found' AND column_name = 'found'",
    }
    with engine.begin() as connection:
        return connection.execute(sa.text(queries[engine.dialect.name])).all()


def test_a_library_from_before_the_steps_is_taken_over(bare_url, engine):
    legacy.write(bare_url)
    library = Library(bare_url)
    legacy.assert_complete(library)
    assert library.review("abc") == library.review("sample") == reviews.review()
    library.write_note("abc", reviews.note("n3"))
    assert library.review("abc").notes[-1].id == "n3"
    assert [row.id for row in library.summaries(Query(words="pause LATE shall"))] == ["abc"]
    assert library.summaries()[0].id == "abc"
    assert [row.id for row in library.summaries(Query(words="pause INTERV"))] == ["abc"]
    fresh = Library("sqlite://")
    fresh.save(library.load("abc"))
    fresh.save(library.load("sandbox-v2"))
    by_title = Query(sort="title", descending=False)
    assert library.summaries(by_title) == fresh.summaries(by_title)
    assert [row.id for row in library.summaries(by_title)] == ["sandbox-v2", "abc"]
    fresh.close()
    library.close()
    assert differences(engine) == []


def test_an_answer_that_is_damaged_hinders_no_step(bare_url, engine):
    legacy.write(bare_url)
    with engine.begin() as connection:
        broken = sa.text("UPDATE sessions SET answer = :answer WHERE id = 'abc'")
        connection.execute(broken, {"answer": b"\0"})
    library = Library(bare_url)
    assert [row.id for row in library.summaries(Query(words="interview"))] == ["abc", "sandbox-v2"]
    assert library.load("sandbox-v2").title == "Café “two”"
    with pytest.raises(LibraryDamagedError):
        library.load("abc")
    library.close()


def test_more_sessions_than_a_batch_are_all_read(bare_url, engine):
    legacy.write(bare_url)
    with engine.begin() as connection:
        columns = "title, recording_name, created_at, origin, api, model, answer"
        for number in range(120):
            copy = f"SELECT 'copy-{number}', {columns} FROM sessions WHERE id = 'abc'"
            connection.execute(sa.text(f"INSERT INTO sessions (id, {columns}) {copy}"))
    library = Library(bare_url)
    assert library.count(Query(words="pause")) == 121
    assert {row.windows for row in library.summaries(limit=200)} == {(60.0, None, 55.0), None}
    library.close()


def test_a_library_from_before_there_were_notes_is_taken_over(bare_url, engine):
    legacy.write(bare_url, without=("notes", "verdicts", "transcripts"))
    library = Library(bare_url)
    legacy.assert_complete(library)
    library.add_review("abc", reviews.review())
    assert library.review("abc") == reviews.review()
    library.close()
    assert differences(engine) == []


@pytest.mark.parametrize("full", [False, True])
def test_two_processes_may_start_at_once(bare_url, engine, full):
    if full:
        legacy.write(bare_url)
    assert [count for count, _ in open_in_processes(bare_url, 2)] == ["2" if full else "0"] * 2
    assert revision_of(engine) == migrations.LATEST
    assert differences(engine) == []


def test_a_start_that_finds_the_latest_tables_loads_no_alembic(url):
    Library(url).close()
    assert open_in_processes(url) == [["0", "False"]]


def test_an_empty_database_needs_no_alembic(bare_url):
    assert open_in_processes(bare_url) == [["0", "False"]]


def test_a_newer_library_is_refused_and_left_as_it_is(url, execute):
    Library(url).close()
    execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LibraryNewerError) as caught:
        Library(url)
    assert "newer" in caught.value.problem.what
    assert execute("SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_step_that_fails_leaves_the_library_as_it_was(bare_url, engine, monkeypatch):
    legacy.write(bare_url, without=("notes",))

    def fail_at_the_end(connection, target):
        apply(connection, target)
        raise sa.exc.OperationalError("", {}, Exception())

    apply = migrations.apply_revisions
    monkeypatch.setattr(migrations, "apply_revisions", fail_at_the_end)
    with pytest.raises(LibraryError):
        Library(bare_url)
    assert revision_of(engine) is None
    assert "notes" not in sa.inspect(engine).get_table_names()
    monkeypatch.undo()
    library = Library(bare_url)
    legacy.assert_complete(library)
    library.close()


def test_titles_sort_alike_whatever_the_collation_of_the_server(cluster, template):
    query = "SELECT collation_name FROM information_schema.columns WHERE column_name = 'title_key'"
    ((created,),) = cluster.execute(query, template)
    url = cluster.create("sorted_titles")
    legacy.write(url)
    Library(url).close()
    ((upgraded,),) = cluster.execute(query, "sorted_titles")
    cluster.drop("sorted_titles")
    assert created == upgraded == "C"
