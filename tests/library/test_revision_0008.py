"""A library of revision 0007, whose lists say of some answers what an older app read in them."""

import json
import os
import tracemalloc
import zlib

import pytest
import sqlalchemy as sa

from lib.library import Library, Query, database, migrations
from tests import answers
from tests.library import legacy
from tests.library.metadata import table_differences

EVEN = dict.fromkeys(("clarity", "authority", "energy", "rapport", "learning"), 50)
FIFTY = answers.v1(conversation_quality={"overall": EVEN, "timeline": []})
STALE = {
    "signals": 7,
    "types": '{"old": 7}',
    "engaged": 0.125,
    "quality": 12.5,
    "no_evidence": False,
    "windows": "[1.0]",
}
ANSWER_BYTES, MANY, MAX_PEAK_BYTES = 1_000_000, 24, 9_000_000


@pytest.fixture
def engine(bare_url):
    engine = database.create_engine(bare_url)
    legacy.write(bare_url)
    with engine.begin() as connection:
        migrations.apply_revisions(connection, "0007")
        names = ", ".join(f"{name} = :{name}" for name in STALE)
        connection.execute(sa.text(f"UPDATE sessions SET {names}"), STALE)
    yield engine
    engine.dispose()


def write_answer(engine, session_id, packed):
    update = sa.text("UPDATE answers SET answer = :answer WHERE session_id = :id")
    with engine.begin() as connection:
        connection.execute(update, {"answer": packed, "id": session_id})


def pack(answer):
    return zlib.compress(json.dumps(answer).encode())


def summaries(url):
    library = Library(url)
    lines = {line.id: line for line in library.summaries(Query())}
    library.close()
    return lines


def test_every_list_says_what_the_app_reads_today(bare_url, engine):
    write_answer(engine, "abc", pack(FIFTY))
    fresh = Library("sqlite://")
    fresh.save(answers.session(FIFTY))
    (due,) = fresh.summaries()
    fresh.close()
    assert due.no_evidence
    lines = summaries(bare_url)
    assert lines["abc"] == due
    assert lines["sandbox-v2"].types != {"old": 7}
    with engine.begin() as connection:
        assert table_differences(connection) == []


@pytest.mark.parametrize("damaged", [b"\0", b"", zlib.compress(b"\xff"), zlib.compress(b"no JSON")])
def test_an_answer_that_is_damaged_keeps_what_its_list_said(bare_url, engine, damaged):
    write_answer(engine, "abc", damaged)
    line = summaries(bare_url)["abc"]
    assert (line.signals, line.types, line.windows) == (7, {"old": 7}, (1.0,))
    assert (line.engaged, line.quality, line.no_evidence) == (0.125, 12.5, False)


def test_a_session_whose_answer_is_gone_hinders_nothing(bare_url, engine):
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM answers WHERE session_id = 'abc'"))
    assert summaries(bare_url)["abc"].signals == 7


def test_large_answers_are_not_held_together(engine):
    rationale = os.urandom(ANSWER_BYTES // 2).hex()
    packed = pack({"signals": [{"type": "stress", "start": 0, "end": 1, "rationale": rationale}]})
    with engine.begin() as connection:
        columns = "title, recording_name, created_at, origin, api, model, title_key, no_evidence"
        for number in range(MANY):
            copy = f"SELECT 'copy-{number}', {columns}, state FROM sessions WHERE id = 'abc'"
            connection.execute(sa.text(f"INSERT INTO sessions (id, {columns}, state) {copy}"))
            insert = sa.text("INSERT INTO answers (session_id, answer) VALUES (:id, :answer)")
            connection.execute(insert, {"id": f"copy-{number}", "answer": packed})
    with engine.begin() as connection:
        tracemalloc.start()
        migrations.apply_revisions(connection, "0008")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        counted = connection.scalar(
            sa.text("SELECT count(*) FROM sessions WHERE types LIKE '%stress%'")
        )
    assert counted == MANY
    assert peak < MAX_PEAK_BYTES
