"""Every test of the library runs on SQLite and on PostgreSQL, each with a database of its own."""

import itertools
import shutil

import pytest
import sqlalchemy as sa

from lib.library import Library, database, sqlite_url

DATABASES = ("sqlite", "postgresql")
numbers = itertools.count()


@pytest.fixture(scope="session")
def template(cluster):
    """The name of a database that holds an empty library."""
    Library(cluster.create("template_library")).close()
    return "template_library"


@pytest.fixture(params=DATABASES)
def kind(request):
    return request.param


@pytest.fixture
def url(kind, tmp_path, request):
    """The address of an empty library."""
    if kind == "sqlite":
        url = sqlite_url(tmp_path / "deep" / "library.db")
        shutil.copy(request.getfixturevalue("template_file"), tmp_path / "deep" / "library.db")
        yield url
        return
    cluster, name = request.getfixturevalue("cluster"), f"library_{next(numbers)}"
    yield cluster.create(name, request.getfixturevalue("template"))
    cluster.drop(name)


@pytest.fixture
def bare_url(kind, tmp_path, request):
    """The address of a database without anything in it."""
    if kind == "sqlite":
        yield sqlite_url(tmp_path / "bare" / "library.db")
        return
    cluster, name = request.getfixturevalue("cluster"), f"bare_{next(numbers)}"
    yield cluster.create(name)
    cluster.drop(name)


@pytest.fixture
def execute(url):
    """Run one statement on the library behind its back; its rows, if it has any."""

    def run(statement, **values):
        with engine.begin() as connection:
            result = connection.execute(sa.text(statement), values)
            return result.all() if result.returns_rows else []

    engine = database.create_engine(url)
    yield run
    engine.dispose()


@pytest.fixture
def other(tmp_path):
    library = Library(sqlite_url(tmp_path / "other.db"))
    yield library
    library.close()
