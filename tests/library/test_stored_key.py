"""A key that an app without a Redactor stored, or that a file brings, goes no further."""

import io
import json
import zlib
from dataclasses import replace

import pytest
import sqlalchemy as sa

from lib.interhuman import parser
from lib.interhuman.redactor import Redactor
from lib.library import Library, zip_archive
from lib.library.tables import ANSWERS, SEARCHES, SESSIONS
from tests import answers
from tests.interhuman.echoes import KEY, found

SPANS = [
    {"type": f"key {KEY}", "start": 0.0, "end": 1.0, "rationale": f"It was {KEY}."},
    {"type": f"key {KEY[:12]}", "start": 1.0, "end": 2.0},
    {"type": "interest", "start": 1.0, "end": 2.0},
]


def with_key():
    session = answers.session(answers.v2({"signals": SPANS}, model=f"inter {KEY}"))
    return replace(session, analysis=replace(session.analysis, correlation_id=f"c {KEY}"))


@pytest.fixture
def clean_library(url):
    """The library of an app that knows the key."""
    library = Library(url, clean=Redactor([KEY]).clean)
    yield library
    library.close()


def stored_texts(library):
    """What the tables of a session hold, as text."""
    with library._engine.connect() as connection:
        rows = [
            tuple(row)
            for table in (SESSIONS, SEARCHES)
            for row in connection.execute(table.select())
        ]
        packed = connection.scalars(sa.select(ANSWERS.c.answer)).all()
    return str(rows).lower() + "".join(zlib.decompress(one).decode().lower() for one in packed)


def test_no_line_of_the_list_shows_a_key_that_is_stored(library, clean_library):
    library.save(with_key())
    assert found(str(library.summaries()), KEY.lower())
    (line,) = clean_library.summaries()
    assert found(str(line)) == found(str(line), KEY.lower()) == []
    assert line.types == {"key [removed]": 2, "interest": 1}
    assert line.model == "inter [removed]"


def test_no_member_of_a_session_that_is_read_holds_a_key(library, clean_library):
    library.save(with_key())
    loaded = clean_library.load("abc")
    assert found(str(loaded)) == []
    assert (loaded.analysis.model, loaded.analysis.correlation_id) == (
        "inter [removed]",
        "c [removed]",
    )


def test_a_key_that_a_file_brings_is_not_stored(library, clean_library, other):
    other.save(with_key())
    archive = io.BytesIO()
    zip_archive.write_archive(other, archive)
    zip_archive.read_archive(clean_library, archive)
    clean_library.save(replace(with_key(), id="another"))
    assert clean_library.count() == 2
    assert found(stored_texts(library), KEY.lower()) == []


def test_an_answer_without_a_key_is_stored_byte_for_byte(clean_library):
    raw = json.dumps(answers.v1(), indent=3) + " "
    session = replace(answers.session(), analysis=parser.parse_answer(raw))
    clean_library.save(session)
    assert clean_library.load(session.id) == session
