"""Jobs that the API accepted: noted, waited for, and never forgotten while they may live."""

import threading
from dataclasses import replace

import pytest

from lib.background.queue import AnalysisQueue
from lib.errors import LibraryError
from lib.interhuman import ApiKey, Client
from lib.model import V2Options
from lib.sandbox import Fault, Sandbox
from tests.background.conftest import BOUND, ended, until


def test_a_job_is_noted_before_it_is_first_asked_for(sandbox, runner, start, library, monkeypatch):
    calls_before = []
    write_job = library.write_job

    def spying(job):
        calls_before.append([call.path for call in sandbox.calls])
        write_job(job)

    monkeypatch.setattr(library, "write_job", spying)
    run = ended(runner, start(V2Options()))
    assert calls_before == [["/v2/upload/analyze"]]
    assert "/v2/upload/jobs/" in [call.path for call in sandbox.calls][-1]
    until(lambda: library.job(run.id) is None)  # deleted once the run has ended


@pytest.fixture
def left(sandbox, runner, start):
    """A run whose job was accepted, and which nobody waits for any more."""
    sandbox.fail(Fault("/v2/upload/jobs", call=1, delay=3))
    run_id = start(V2Options())
    until(lambda: runner.find_run(run_id).job)
    runner.cancel(run_id)
    assert ended(runner, run_id).phase == "cancelled"
    return run_id


def test_a_job_the_analyst_stopped_waiting_for_can_be_followed_again(runner, left, library):
    assert runner.follow_job(left)
    assert ended(runner, left).phase == "done"
    assert library.count() == 1
    until(lambda: library.job(left) is None)
    assert not runner.follow_job(left)


def test_a_job_that_an_older_app_noted_is_followed(runner, left, library):
    job = library.job(left)
    library.delete_job(left)
    library.write_job(replace(job, run_id="older"))
    assert runner.find_run("older") is None
    assert runner.follow_job("older")
    assert ended(runner, "older").phase == "done"


def test_a_failed_job_is_told_though_its_note_cannot_be_dropped(
    sandbox, runner, start, library, monkeypatch
):
    def refuse(run_id):
        raise LibraryError

    monkeypatch.setattr(library, "delete_job", refuse)
    sandbox.fail(Fault("/v2/upload/analyze", call=1, job_error="ih1004"))
    run = ended(runner, start(V2Options()))
    assert (run.phase, run.failure.error_id) == ("failed", "ih1004")


def test_a_failed_job_is_told_and_not_followed_again(sandbox, runner, start):
    sandbox.fail(Fault("/v2/upload/analyze", call=1, job_error="ih1004"))
    run = ended(runner, start(V2Options()))
    assert (run.phase, run.failure.error_id) == ("failed", "ih1004")
    assert not runner.follow_job(run.id)


def test_a_job_that_could_not_be_noted_is_waited_for_all_the_same(
    runner, start, library, monkeypatch
):
    def full(job):
        raise LibraryError

    monkeypatch.setattr(library, "write_job", full)
    assert ended(runner, start(V2Options())).phase == "done"


def test_another_account_s_word_does_not_make_a_paid_job_forgotten(
    runner, left, library, recordings
):
    runner.close()
    with Sandbox() as elsewhere:
        client = Client(ApiKey("ih_live_sandbox"), base_url=elsewhere.url)
        other = AnalysisQueue(lambda: client, library, recordings)
        assert other.follow_job(left)
        assert ended(other, left).failure.error_id == "ih4021"
        other.close()
    assert library.job(left)


def test_a_job_followed_from_many_places_is_one_session(runner, left, library):
    calls = [threading.Thread(target=runner.follow_job, args=(left,)) for _ in range(4)]
    for thread in calls:
        thread.start()
    for thread in calls:
        thread.join(BOUND)
    assert ended(runner, left).phase == "done"
    assert library.count() == 1
    assert runner.find_run(left).attempt == 2
