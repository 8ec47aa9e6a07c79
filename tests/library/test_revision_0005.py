"""A library of revision 0004, with runs of every kind, comes up under the names of 0005."""

import json
import time
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from lib.background.run import find_run
from lib.errors import Problem
from lib.library import AcceptedJob, Library, database, migrations
from lib.library.problems import load_problem
from lib.model import Phase
from tests.library import legacy
from tests.library.metadata import table_differences

OLD_FAILURE = {"what": "It broke.", "next_step": "Look.", "error_id": "ih5", "said": "Words “x”"}
FAILURE = Problem("It broke.", "Look.", "ih5", server_message="Words “x”")
QUIET = Problem("It failed.", "Start it again.")  # the API said nothing
OLD_RUN = {
    "id": "sent",
    "created_at": 10.5,
    "account": "account",
    "place": "folder",
    "name": "talk.mp4",
    "ticket": "ticket",
    "options": '{"api": "v1", "include": [], "goals": [], "context": null}',
    "phase": "asks",
    "since": 20.5,
    "sent": 7,
    "total": 9,
    "duration": 12.5,
    "notice": "Wait.",
    "maybe_billed": True,
    "failure": json.dumps(OLD_FAILURE),
    "session_id": None,
    "attempt": 2,
    "queued": 1,
    "life": "execution",
    "stop": False,
    "fingerprint": "f1",
}
OLD_STEPS = (("queued", 10.5), ("uploading", 12.0), ("asks", 20.5))
ACCEPTED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
JOB = AcceptedJob("sent", "0a1b", "inter-2", "talk.mp4", 12.5, ACCEPTED, ACCEPTED.replace(hour=10))


@pytest.fixture
def library(bare_url):
    engine = database.create_engine(bare_url)
    legacy.write(bare_url)
    with engine.begin() as connection:
        migrations.apply_revisions(connection, "0004")
        write_runs(connection)
        write_what_runs_need(connection)
    engine.dispose()
    library = Library(bare_url)
    yield library
    library.close()


def write_runs(connection):
    failed = {"what": QUIET.what, "next_step": QUIET.next_step}
    for changes in (
        {},
        {"id": "failed", "phase": "failed", "failure": json.dumps(failed)},
        {"id": "done", "phase": "done", "failure": None, "session_id": "abc", "account": "other"},
    ):
        insert(connection, "runs", **{**OLD_RUN, **changes})
    for phase, start in OLD_STEPS:
        insert(connection, "run_steps", run_id="sent", phase=phase, at=start)


def write_what_runs_need(connection):
    job = {name: getattr(JOB, name) for name in JOB.__dataclass_fields__}
    times = {name: f"{job[name]:%Y-%m-%d %H:%M:%S.%f}" for name in ("created_at", "expires_at")}
    insert(connection, "submissions", **{**job, **times})
    insert(connection, "nodes", id="node", place="recordings", seen=time.time())
    insert(connection, "pauses", account="account", failure=json.dumps(OLD_FAILURE))


def insert(connection, table, **values):
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def test_every_run_is_there_with_all_that_was_known_of_it(library):
    runs = {row.columns["id"]: row.columns for row in library.runs.all()}
    assert set(runs) == {"sent", "failed", "done"}
    renamed = {"place": "folder", "life": "execution"}
    old = {renamed.get(name, name): value for name, value in OLD_RUN.items()}
    later = dict.fromkeys(("plan", "prepared", "parent", "part"))  # of no run until then
    new = {**old, **later, "phase": "unconfirmed", "failure": runs["sent"]["failure"]}
    assert dict(runs["sent"]) == new
    assert [runs[name]["phase"] for name in ("failed", "done")] == ["failed", "done"]
    assert runs["done"]["session_id"] == "abc"


def test_a_run_is_read_as_one_of_today(library):
    run = find_run(library, "sent")
    assert (run.phase, run.folder, run.attempt, run.maybe_billed) == (
        "unconfirmed",
        "folder",
        2,
        True,
    )
    assert [step.phase for step in run.steps] == ["queued", "uploading", "unconfirmed"]
    assert run.failure == run.paused == FAILURE
    assert library.runs.flags(["sent"]) == {"sent": ("execution", False)}


def test_the_tables_are_those_of_today(library):
    with library._engine.begin() as connection:
        assert table_differences(connection) == []


def test_the_words_of_the_api_are_found_in_every_failure(library):
    runs = {row.columns["id"]: row for row in library.runs.all()}
    failures = [load_problem(runs[name].columns["failure"]) for name in ("sent", "failed", "done")]
    assert failures == [FAILURE, QUIET, None]
    assert library.quota_pauses.get("account") == runs["sent"].paused == FAILURE
    assert runs["done"].paused is None


def test_the_steps_of_a_run_are_there_in_their_order(library):
    assert library.runs.get("sent").steps == (
        (Phase.QUEUED, 10.5),
        (Phase.UPLOADING, 12.0),
        (Phase.UNCONFIRMED, 20.5),
    )


def test_a_run_that_nobody_knows_the_outcome_of_can_begin_again(library):
    assert library.runs.reopen("sent", [Phase.UNCONFIRMED], {})
    assert library.runs.get("sent").columns["phase"] == Phase.QUEUED


def test_an_accepted_job_and_a_live_process_are_there(library):
    assert library.job("sent") == library.runs.get("sent").job == JOB
    nodes = library.heartbeats.beat("here", "mine", dead_after=3600)
    assert nodes == {"node": "recordings", "here": "mine"}


def test_the_sessions_are_there_as_they_were(library):
    legacy.assert_complete(library)
