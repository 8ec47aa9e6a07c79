"""A library as the app made it before its tables had revisions: `first.sql` is one, written out."""

import re
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from lib.library import database
from tests import answers

DUMP = Path(__file__).parent / "first.sql"
NUMBERED = ("notes", "verdicts")


def write(url, *, without=()):
    """Create that library in an empty database, but for some of its tables."""
    engine = database.create_engine(url)
    postgresql = engine.dialect.name == "postgresql"
    with engine.begin() as connection:
        for statement in statements():
            sql = as_postgresql(statement) if postgresql else statement
            if not any(re.search(rf'(TABLE|INTO) "?{name}\b', sql) for name in without):
                connection.exec_driver_sql(sql)
        for name in NUMBERED if postgresql else ():
            if name not in without:
                number = f"(SELECT max(place) FROM {name})"
                sequence = f"pg_get_serial_sequence('{name}', 'place')"
                connection.execute(sa.text(f"SELECT setval({sequence}, {number})"))
    engine.dispose()


def assert_complete(library):
    """Whether the sessions and the job of that library are in this one, as they were."""
    v2 = answers.session(answers.v2(), session_id="sandbox-v2", title="Café “two”")
    assert library.load("abc") == answers.session()
    assert library.load("sandbox-v2") == replace(v2, origin="sandbox", duration=None)
    assert library.job("run").job_id == answers.JOB
    assert library.count() == 2


def statements():
    parts = DUMP.read_text().split(";\n")
    return [part for part in parts if part.startswith(("CREATE", "INSERT"))]


def as_postgresql(sql):
    for sqlite, postgresql in (
        ("place INTEGER", "place SERIAL"),
        ("BLOB", "BYTEA"),
        ("DATETIME", "TIMESTAMP"),
        ("X'", r"'\x"),
    ):
        sql = sql.replace(sqlite, postgresql)
    return sql
