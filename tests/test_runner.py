"""Runs against a real sandbox, through real sockets."""

import threading
import time

import pytest

from lib.failures import LibraryError
from lib.interhuman import ApiKey, Client, V1Options, V2Options
from lib.library import Library, sqlite_url
from lib.recordings import Recordings
from lib.runner import Runner, look_into
from lib.sandbox import Fault, Sandbox
from tests.clips import clip

BOUND = 30  # seconds until a test gives up


@pytest.fixture
def library(tmp_path):
    made = Library(sqlite_url(tmp_path / "library.db"))
    yield made
    made.close()


@pytest.fixture
def recordings():
    held = Recordings()
    yield held
    held.close()


@pytest.fixture
def runner(sandbox, library, recordings):
    client = Client(ApiKey("ih_live_sandbox"), base_url=sandbox.url)
    made = Runner(lambda: client, library, recordings)
    yield made
    made.close()


@pytest.fixture
def start(runner, recordings, recording):
    def start(options=None, *, path=recording, name="My talk.mp4"):
        with path.open("rb") as file:
            ticket = recordings.add(file, name)
        return runner.start(ticket=ticket, name=name, options=options or V1Options())

    return start


def until(runner, run_id, reached):
    deadline = time.monotonic() + BOUND
    while time.monotonic() < deadline:
        run = runner.find(run_id)
        if reached(run):
            return run
        time.sleep(0.01)
    raise AssertionError(f"not reached: {runner.find(run_id)}")


def ended(runner, run_id):
    return until(runner, run_id, lambda run: run.ended)


@pytest.mark.parametrize("options", [V1Options(), V2Options()], ids=["v1", "v2"])
def test_a_recording_ends_as_a_session_in_the_library(runner, start, library, recordings, options):
    run = ended(runner, start(options))
    assert run.phase == "done"
    session = library.load(run.session_id)
    assert (session.title, session.recording_name) == ("My talk", "My talk.mp4")
    assert session.origin == "sandbox"
    assert session.duration == pytest.approx(12.0, abs=0.1)
    assert session.analysis.signals is not None
    assert recordings.of_session(session.id)
    assert run.sent == run.total > 0


def test_a_job_is_noted_before_it_is_first_asked_for(sandbox, runner, start, library, monkeypatch):
    noted_after = []
    note = library.note

    def spying(submission):
        noted_after.append([call.path for call in sandbox.calls])
        note(submission)

    monkeypatch.setattr(library, "note", spying)
    run = ended(runner, start(V2Options()))
    assert noted_after == [["/v2/upload/analyze"]]
    assert run.submission.job_id in [call.path for call in sandbox.calls][-1]
    assert library.submission(run.id) is None


def test_what_the_api_would_refuse_is_not_sent(sandbox, runner, start, tmp_path):
    silent = clip(tmp_path / "silent.mp4", audio=None)
    run = ended(runner, start(V2Options(), path=silent))
    assert run.phase == "failed"
    assert "no sound" in run.failure.what
    assert sandbox.calls == ()


def test_a_refusal_keeps_the_recording_and_says_what_to_do(sandbox, runner, start, recordings):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, status=429, error_id="ih3003"))
    run = ended(runner, start())
    assert run.failure.error_id == "ih3003"
    assert run.failure.next_step
    assert run.failure.correlation_id
    assert recordings.path(run.ticket)
    assert ended(runner, runner.again(run)).phase == "done"


def test_a_run_that_was_cancelled_stores_nothing(sandbox, runner, start, library):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, delay=BOUND))
    run_id = start()
    until(runner, run_id, lambda run: run.phase == "analysing")
    runner.cancel(run_id)
    run = ended(runner, run_id)
    assert run.phase == "cancelled"
    assert run.maybe_billed
    assert library.count() == 0


@pytest.fixture
def left(sandbox, runner, start):
    """A run whose job was accepted, and which nobody waits for any more."""
    sandbox.fail(Fault("/v2/upload/jobs", call=1, delay=3))
    run_id = start(V2Options())
    until(runner, run_id, lambda run: run.submission is not None)
    runner.cancel(run_id)
    assert ended(runner, run_id).phase == "cancelled"
    return run_id


def test_a_job_the_analyst_stopped_waiting_for_can_be_followed_again(runner, left, library):
    assert runner.follow(left)
    assert ended(runner, left).phase == "done"
    assert library.count() == 1
    assert not runner.follow(left)


def test_a_job_is_followed_by_another_process(sandbox, left, library, recordings):
    client = Client(ApiKey("ih_live_sandbox"), base_url=sandbox.url)
    other = Runner(lambda: client, library, recordings)
    assert other.find(left) is None
    assert other.follow(left)
    assert ended(other, left).phase == "done"
    other.close()


def test_a_failed_job_is_told_though_its_note_cannot_be_dropped(
    sandbox, runner, start, library, monkeypatch
):
    def refuse(run_id):
        raise LibraryError

    monkeypatch.setattr(library, "forget", refuse)
    sandbox.fail(Fault("/v2/upload/analyze", call=1, job_error="ih1004"))
    run = ended(runner, start(V2Options()))
    assert (run.phase, run.failure.error_id) == ("failed", "ih1004")


def test_a_failed_job_is_told_and_not_followed_again(sandbox, runner, start):
    sandbox.fail(Fault("/v2/upload/analyze", call=1, job_error="ih1004"))
    run = ended(runner, start(V2Options()))
    assert (run.phase, run.failure.error_id) == ("failed", "ih1004")
    assert not runner.follow(run.id)


def test_two_clicks_at_the_same_moment_begin_one_run(sandbox, runner, start):
    def begin():
        time.sleep(0.2)
        return start()

    ids = []
    clicks = [
        threading.Thread(target=lambda: ids.append(runner.once("file", begin))) for _ in range(3)
    ]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join(BOUND)
    assert len(set(ids)) == 1
    assert ended(runner, ids[0]).phase == "done"
    assert runner.once("file", begin) == ids[0]
    assert len(sandbox.calls) == 1


def test_a_run_that_failed_may_begin_anew(sandbox, runner, start):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, error_id="ih3003"))
    first = runner.once("file", start)
    assert ended(runner, first).phase == "failed"
    assert runner.once("file", start) != first


def test_an_unknown_run_is_none(runner):
    assert runner.find("nobody") is None
    assert not runner.follow("nobody")
    runner.cancel("nobody")


def test_a_paid_answer_is_not_lost_when_the_library_fails(
    sandbox, runner, start, library, monkeypatch
):
    def full(session):
        raise LibraryError

    monkeypatch.setattr(library, "save", full)
    run = ended(runner, start())
    assert run.failure == LibraryError().failure
    assert run.unsaved.raw
    monkeypatch.undo()
    runner.save_again(run)
    assert ended(runner, run.id).phase == "done"
    assert library.count() == 1
    assert len(sandbox.calls) == 1  # the answer was paid for once


def test_a_job_that_could_not_be_noted_is_waited_for_all_the_same(
    runner, start, library, monkeypatch
):
    def full(submission):
        raise LibraryError

    monkeypatch.setattr(library, "note", full)
    assert ended(runner, start(V2Options())).phase == "done"


def test_another_account_s_word_does_not_make_a_paid_job_forgotten(left, library, recordings):
    with Sandbox() as elsewhere:
        client = Client(ApiKey("ih_live_sandbox"), base_url=elsewhere.url)
        other = Runner(lambda: client, library, recordings)
        assert other.follow(left)
        assert ended(other, left).failure.error_id == "ih4021"
        other.close()
    assert library.submission(left)


def test_a_job_followed_from_two_places_is_one_session(sandbox, left, library, recordings):
    def slow():
        time.sleep(0.1)
        return Client(ApiKey("ih_live_sandbox"), base_url=sandbox.url)

    others = [Runner(slow, library, recordings) for _ in range(2)]
    calls = [
        (one, threading.Thread(target=one.follow, args=(left,))) for one in (*others, others[0])
    ]
    for _, thread in calls:
        thread.start()
    for one, thread in calls:
        thread.join(BOUND)
        assert ended(one, left).phase == "done"
    assert library.count() == 1
    for one in others:
        one.close()


def test_a_mistake_of_ours_is_told_without_its_text(runner, start, library, monkeypatch, caplog):
    def broken(session):
        raise RuntimeError("inner workings")

    monkeypatch.setattr(library, "save", broken)
    run = ended(runner, start())
    assert run.phase == "failed"
    assert "inner workings" not in str(run.failure)
    assert "inner workings" in caplog.text


def test_a_recording_that_is_gone_is_said_to_be(runner, start, recordings, monkeypatch):
    monkeypatch.setattr(recordings, "path", lambda ticket: None)
    assert "no longer here" in ended(runner, start()).failure.what


def test_four_run_at_once_and_the_fifth_waits(sandbox, runner, start):
    sandbox.fail(Fault("/v1/upload/analyze", call=None, delay=BOUND))
    runs = [start() for _ in range(5)]
    for run_id in runs[:4]:
        until(runner, run_id, lambda run: run.phase == "analysing")
    assert runner.find(runs[4]).phase == "queued"
    runner.cancel(runs[4])
    assert ended(runner, runs[4]).phase == "cancelled"
    assert [runner.find(run_id).phase for run_id in runs[:4]] == ["analysing"] * 4


def test_a_connection_check_says_what_is_wrong(sandbox, library, recordings):
    def check(key):
        client = Client(ApiKey(key), base_url=sandbox.url)
        return Runner(lambda: client, library, recordings).check()

    assert check("ih_live_sandbox") is None
    assert check("ih_live_noscope").error_id == "ih2003"
    assert check("ih_live_wrong").error_id == "ih2001"
    assert not [call for call in sandbox.calls if call.method == "POST"]


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path):
    found, verdict = look_into(
        tmp_path / "absent", name="x", size=64 * 1024 * 1024, options=V1Options()
    )
    assert found is None
    assert "32 MiB" in verdict.refusals[0].what


def test_an_unreadable_file_is_refused_with_a_remedy(tmp_path):
    path = tmp_path / "x.mp4"
    path.write_bytes(b"not a film")
    found, verdict = look_into(path, name="x", size=10, options=V2Options())
    assert found is None
    assert "export it again" in verdict.refusals[0].remedy


def test_readers_never_see_half_a_change(runner, start, monkeypatch):
    seen = []

    class Register(dict):
        def __setitem__(self, run_id, run):
            seen.append(run)  # whatever stands here, a reader can see
            super().__setitem__(run_id, run)

    monkeypatch.setattr(runner._runs, "_runs", Register())
    run_id = start()
    seen.append(runner.find(run_id))
    deadline = time.monotonic() + BOUND
    while not seen[-1].ended and time.monotonic() < deadline:
        seen.append(runner.find(run_id))  # as fast as it can, beside the runner's own thread
    assert seen[0].phase == "queued"  # what a reader holds does not change under it
    assert seen[-1].phase == "done"
    assert all((run.phase == "done") == (run.session_id is not None) for run in seen)
    assert all(run.sent <= run.total or run.total == 0 for run in seen)
