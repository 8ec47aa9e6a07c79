"""Runs against a real sandbox, through real sockets."""

import threading
import time
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from dbos._sys_db import SystemDatabase

from lib.background import dbos_queue, run_writer
from lib.background.executions import Execution, Executions
from lib.background.queue import AnalysisQueue
from lib.errors import Problem
from lib.interhuman import ApiKey, Client
from lib.model import V1Options, V2Options
from lib.sandbox import Fault
from tests.background.conftest import BOUND, content_of, ended, reached, until
from tests.clips import clip


@pytest.mark.parametrize("options", [V1Options(), V2Options()], ids=["v1", "v2"])
def test_a_recording_ends_as_a_session_in_the_library(runner, start, library, recordings, options):
    run = ended(runner, start(options))
    assert run.phase == "done"
    session = library.load(run.session_id)
    assert (session.title, session.recording_name) == ("My talk", "My talk.mp4")
    assert session.origin == "sandbox"
    assert session.duration == pytest.approx(12.0, abs=0.1)
    assert session.analysis.signals is not None
    assert recordings.path_of_session(session.id)
    assert run.sent == run.total > 0


def test_what_the_api_would_refuse_is_not_sent(sandbox, runner, start, tmp_path):
    silent = clip(tmp_path / "silent.mp4", audio=None)
    run = ended(runner, start(V2Options(), path=silent))
    assert run.phase == "failed"
    assert "no sound" in run.failure.what
    assert sandbox.calls == ()


def test_a_refusal_keeps_the_recording_and_says_what_to_do(sandbox, runner, start, recordings):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, error_id="ih4005"))
    run = ended(runner, start())
    assert run.failure.error_id == "ih4005"
    assert run.failure.next_step
    assert run.failure.correlation_id
    assert recordings.path(run.ticket)
    assert runner.retry(run.id)
    assert reached(runner, run.id, "done").ended


def test_a_run_that_was_cancelled_stores_nothing(sandbox, runner, start, library):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, delay=BOUND))
    run_id = start()
    reached(runner, run_id, "analysing")
    runner.cancel(run_id)
    run = ended(runner, run_id)
    assert run.phase == "cancelled"
    assert run.maybe_billed
    assert library.count() == 0


def test_two_clicks_at_the_same_moment_begin_one_run(sandbox, runner, start):
    def begin():
        time.sleep(0.2)
        return start()

    ids = []
    clicks = [
        threading.Thread(target=lambda: ids.append(runner.begin_once("file", begin)))
        for _ in range(3)
    ]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join(BOUND)
    assert len(set(ids)) == 1
    assert ended(runner, ids[0]).phase == "done"
    assert runner.begin_once("file", begin) == ids[0]
    assert len(sandbox.calls) == 1


def test_a_run_that_failed_may_begin_anew(sandbox, runner, start):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, error_id="ih4005"))
    first = runner.begin_once("file", start)
    assert ended(runner, first).phase == "failed"
    assert runner.begin_once("file", start) != first


def test_an_unknown_run_is_none(runner):
    assert runner.find_run("nobody") is None
    assert not runner.follow_job("nobody")
    runner.cancel("nobody")


def test_a_mistake_of_ours_is_told_without_its_text(runner, start, library, monkeypatch, caplog):
    def broken(session):
        raise RuntimeError("inner workings")

    monkeypatch.setattr(library, "save", broken)
    run = ended(runner, start())
    assert run.phase == "failed"
    assert "inner workings" not in str(run.failure)
    assert "inner workings" in caplog.text


def phases(runner):
    return [run.phase for run in runner.all_runs()]


def test_four_run_at_once_and_the_fifth_waits(sandbox, runner, start, library):
    sandbox.fail(Fault("/v1/upload/analyze", call=None, delay=BOUND))
    for _ in range(4):
        start()
    until(lambda: phases(runner).count("analysing") == 4)
    waiting = start()
    until(lambda: library.runs.get(waiting).columns["queued"])
    time.sleep(20 * dbos_queue.QUEUE_POLL_SECONDS)
    assert runner.find_run(waiting).phase == "queued"
    runner.cancel(waiting)
    assert ended(runner, waiting).phase == "cancelled"
    assert phases(runner).count("analysing") == 4


@pytest.fixture
def handed_out(monkeypatch):
    """The runs in the order in which the queue gives them a slot.

    Here it is decided, and nowhere else: of four that have one, any may be the first to write
    that it began, and on a busy machine one may wait for its turn to write while many others end.
    """
    handed, hand_out = [], SystemDatabase.start_queued_workflows

    def noting(self, queue, *args, **kwargs):
        keys, full = hand_out(self, queue, *args, **kwargs)
        handed.extend(key.rpartition(".")[0] for key in keys if queue.name == dbos_queue.QUEUE_NAME)
        return keys, full

    monkeypatch.setattr(SystemDatabase, "start_queued_workflows", noting)
    return handed


def test_what_was_queued_first_begins_first(runner, start, handed_out):
    runs = [start() for _ in range(12)]
    assert {ended(runner, run_id).phase for run_id in runs} == {"done"}
    assert handed_out == runs


def test_what_is_read_of_some_lives_says_nothing_of_one_that_began_since():
    executions = Executions()
    known, new, gone = (Execution(name, SimpleNamespace(id=f"run {name}")) for name in "abc")
    executions.add(known)
    executions.add(gone)
    read = executions.all()
    executions.add(new)
    executions.apply_flags(read, {"run a": ("a", False)})
    assert (known.end_reason, new.end_reason, gone.end_reason) == (None, None, "lost")


def test_a_process_that_gets_its_own_run_anew_ends_the_thread_that_had_it(
    sandbox, runner, start, library, posts
):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, delay=1))
    run_id = start()
    reached(runner, run_id, "analysing")
    [first] = runner._workflow.executions.all()
    second = runner._workflow.begin(f"{run_id}.1")  # as a process does that took it for dead
    until(lambda: first.end_reason == "lost")
    until(lambda: [each.id for each in runner._workflow.executions.all()] == [second])
    assert runner._workflow.executions.get(second).run.id == run_id
    assert posts() == 1


def test_a_runner_of_reloaded_modules_leaves_the_busy_one_before_it_what_it_does(
    sandbox, runner, start, client, library, recordings, posts
):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, delay=2))
    first = start()
    reached(runner, first, "analysing")
    later = AnalysisQueue(lambda: client, library, recordings)
    ticket = runner.find_run(first).ticket
    second = later.begin(
        ticket=ticket,
        name="x",
        options=V1Options(),
        content=content_of(recordings.path(ticket)),
        again=True,
    )
    assert [ended(later, run_id).phase for run_id in (second, first)] == ["done", "done"]
    assert posts() == 2
    later.close()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_connection_that_is_given_back_late_is_closed_all_the_same(library):
    database = library.runs.engine_of_queue()
    used, idle = database.connect(), database.connect()
    late = used.connection.dbapi_connection
    idle.close()
    dbos_queue.dispose(database)
    used.close()
    assert late.closed


def test_a_connection_check_says_what_is_wrong(sandbox, library, recordings):
    def check(key):
        client = Client(ApiKey(key), base_url=sandbox.url)
        return AnalysisQueue(lambda: client, library, recordings).check_credentials()

    assert check("ih_live_sandbox") is None
    assert check("ih_live_noscope").error_id == "ih2003"
    assert check("ih_live_wrong").error_id == "ih2001"
    assert not [call for call in sandbox.calls if call.method == "POST"]


def test_each_step_is_known_with_its_time(runner, start):
    run = ended(runner, start(V2Options()))
    assert [step.phase for step in run.steps] == [
        *("queued", "checking", "uploading", "analysing", "saving", "done"),
    ]
    times = [step.at for step in run.steps]
    assert times == sorted(times)
    assert times[-1] == run.since


def test_all_runs_are_listed_newest_first(runner, start):
    runs = [start(), start(V2Options(model="inter-2-audio", include=("signals",)))]
    for run_id in runs:
        ended(runner, run_id)
    assert [run.id for run in runner.all_runs()] == runs[::-1]
    assert runner.all_runs()[0].options == V2Options(model="inter-2-audio", include=("signals",))


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (V1Options(), Fault("/v1/upload/analyze", status=429, error_id="ih3003")),
        (V2Options(), Fault("/v2/upload/analyze", status=429, error_id="ih3003")),
        (V2Options(), Fault("/v2/upload/analyze", job_error="ih3003")),
    ],
    ids=["v1", "v2", "job"],
)
def test_a_used_up_quota_keeps_what_was_refused_and_what_waits_until_somebody_says_go_on(
    sandbox, runner, start, posts, options, fault
):
    sandbox.fail(fault)
    refused = start(options)
    until(lambda: runner.find_run(refused).paused and runner.find_run(refused).notice)
    waiting = [start() for _ in range(2)]
    for run_id in (refused, *waiting):
        run = until(lambda run_id=run_id: (run := runner.find_run(run_id)).notice and run)
        assert (run.phase, run.paused.error_id) == ("queued", "ih3003")
        assert run.paused.next_step
        assert (run.failure, run.maybe_billed) == (None, False)
    assert posts() == 1
    runner.resume()
    assert {ended(runner, run_id).phase for run_id in (refused, *waiting)} == {"done"}
    assert posts() == 4


def test_what_waits_for_a_quota_can_be_cancelled(sandbox, runner, start, library, client):
    library.quota_pauses.begin(client.account, Problem("", ""))
    run_id = start()
    until(lambda: runner.find_run(run_id).notice)
    assert runner.find_run(run_id).paused == Problem("", "")
    runner.cancel(run_id)
    assert ended(runner, run_id).phase == "cancelled"


def test_a_busy_api_is_asked_again_later_and_it_is_said(sandbox, runner, start, posts, client):
    for call in range(1, 6):
        sandbox.fail(
            Fault("/v1/upload/analyze", call=call, error_id="ih3002", headers={"Retry-After": "0"})
        )
    run = ended(runner, start())
    assert run.phase == "done"
    assert posts() == 6
    assert [step.phase for step in run.steps].count("uploading") == 6


def test_what_a_busy_api_refused_is_not_with_the_api_until_it_is_sent_again(sandbox, runner, start):
    sandbox.fail(
        Fault("/v1/upload/analyze", call=1, error_id="ih3002", headers={"Retry-After": "60"})
    )
    run_id = start()
    run = until(lambda: (run := runner.find_run(run_id)).notice and run)
    assert (run.phase, run.sent) == ("uploading", 0)
    assert "Trying again in 60 s." in run.notice
    runner.cancel(run_id)
    assert not ended(runner, run_id).maybe_billed


def test_a_pause_that_is_hardly_one_is_told_as_a_second(sandbox, runner, start, monkeypatch):
    notices = []
    write = run_writer.RunWriter.write_now
    monkeypatch.setattr(
        run_writer.RunWriter,
        "write_now",
        lambda self, execution, /, **values: (
            notices.append(values.get("notice")),
            write(self, execution, **values),
        ),
    )
    sandbox.fail(
        Fault("/v1/upload/analyze", call=1, error_id="ih3002", headers={"Retry-After": "0"})
    )
    assert ended(runner, start()).phase == "done"
    assert any(notice and "Trying again in 1 s." in notice for notice in notices)


def test_a_sending_that_broke_off_is_a_question_and_not_repeated(sandbox, runner, start, posts):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, cut="before"))
    run_id = start()
    run = ended(runner, run_id)
    assert (run.phase, run.maybe_billed) == ("unconfirmed", True)
    assert "may bill" in run.failure.next_step
    assert not runner.retry(run_id)
    assert posts() == 1
    assert runner.begin_once("key", lambda: run_id) == run_id
    assert runner.send_again(run_id)
    assert not runner.send_again(run_id)
    assert ended(runner, run_id).phase == "done"
    assert posts() == 2


def test_a_recording_that_is_needed_again_can_be_given(runner, start, recordings, recording, posts):
    path_of, recordings.path = recordings.path, lambda ticket: None
    run_id = start()
    run = ended(runner, run_id)
    assert run.phase == "interrupted"
    assert posts() == 0
    recordings.path = path_of
    with recording.open("rb") as file:
        ticket = recordings.add(file, "x.mp4")
    assert runner.provide_recording(run_id, ticket)
    assert ended(runner, run_id).phase == "done"
    assert not runner.provide_recording(run_id, ticket)


def test_cancelling_all_stops_what_runs_and_what_waits(sandbox, runner, start, posts):
    sandbox.fail(Fault("/v1/upload/analyze", call=None, delay=BOUND))
    runs = [start() for _ in range(6)]
    until(lambda: phases(runner).count("analysing") == 4)
    runner.cancel_all()
    ends = [ended(runner, run_id) for run_id in runs]
    assert [run.phase for run in ends] == ["cancelled"] * 6
    assert sorted(run.maybe_billed for run in ends) == [False] * 2 + [True] * 4
    assert posts() == 4


def test_nothing_of_a_deleted_session_s_run_is_left(runner, start, library):
    run = ended(runner, start(name="Find-me.mp4"))
    library.delete_all((run.session_id,))
    assert runner.find_run(run.id) is None
    assert runner.all_runs() == ()


def test_no_credential_is_stored_or_logged(url, runner, start, library, caplog, tmp_path, cluster):
    with caplog.at_level("DEBUG"):
        for options in (V1Options(), V2Options()):
            ended(runner, start(options))
    assert "ih_live_sandbox" not in caplog.text
    assert "ih_live_sandbox" not in dumped(library)


def dumped(library):
    """Every row of every table, DBOS's too."""
    engine, rows = library._engine, []
    inspector = sa.inspect(engine)
    schemas = [None, "dbos"] if "dbos" in inspector.get_schema_names() else [None]
    for schema in schemas:
        for table in inspector.get_table_names(schema=schema):
            with engine.connect() as connection:
                query = sa.select(sa.text("*")).select_from(sa.table(table, schema=schema))
                rows += [(table, *row) for row in connection.execute(query)]
    assert any("run_steps" in row for row in rows)
    return repr(rows)
