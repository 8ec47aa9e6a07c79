import re
from datetime import datetime

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from lib.sandbox import Sandbox
from lib.sandbox.checks import Media
from lib.sandbox.errors import Refused
from lib.sandbox.jobs import Jobs

MEDIA = Media(digest="0" * 64, container="mp4", seconds=12.0, video=True, audio=True)
V2 = "/v2/upload/analyze"


def make_jobs(clock=lambda: 0.0, *, seconds=4.0, keep_seconds=60.0, max_jobs=1000):
    return Jobs(seconds=seconds, keep_seconds=keep_seconds, clock=clock, max_jobs=max_jobs)


def add_job(jobs):
    return jobs.submit(MEDIA, model="inter-2", include=frozenset({"signals"}))


def make_job(**options):
    return add_job(make_jobs(**options))


def submit(sandbox, headers, movie, **fields):
    with movie.open("rb") as file:
        return requests.post(
            sandbox.url + V2,
            headers=headers,
            files={"file": file},
            data={"model": "inter-2", **fields},
            timeout=20,
        )


def test_a_job_is_queued_then_running_then_completed():
    job = make_job(seconds=4.0)
    ages = (0.0, 0.99, 1.01, 3.99, 4.01, 1000.0)
    assert [job.status(job.submitted_at + age) for age in ages] == [
        "queued",
        "queued",
        "running",
        "running",
        "completed",
        "completed",
    ]


@given(seconds=st.floats(0, 100), ages=st.lists(st.floats(0, 200), min_size=2))
def test_a_job_never_goes_back(seconds, ages):
    job = make_job(seconds=seconds)
    order = ("queued", "running", "completed")
    states = [order.index(job.status(job.submitted_at + age)) for age in sorted(ages)]
    assert states == sorted(states)


def test_a_doomed_job_takes_its_time_and_fails():
    jobs = make_jobs(seconds=4.0)
    submitted = add_job(jobs)
    failing = jobs.doom(submitted, error_id="ih5002", correlation_id="c")
    assert failing.status(failing.submitted_at + 2.0) == "running"
    assert failing.status(failing.submitted_at + 4.1) == "failed"
    assert failing.envelope("failed")["error"]["error_id"] == "ih5002"
    assert jobs.find(submitted.id) == failing


def test_an_envelope_leaves_out_what_does_not_apply():
    always = {"job_id", "status", "model", "created_at", "expires_at", "status_url"}
    assert set(make_job().envelope("queued")) == always
    assert set(make_job().envelope("running")) == always
    assert set(make_job().envelope("completed")) == always | {"result"}


def test_an_envelope_names_where_and_how_long_it_can_be_read():
    envelope = make_job(keep_seconds=90.0).envelope("queued")
    created, expires = (
        datetime.fromisoformat(envelope[name]) for name in ("created_at", "expires_at")
    )
    assert re.fullmatch("[0-9a-f]{32}", envelope["job_id"])
    assert envelope["status_url"] == f"/v2/upload/jobs/{envelope['job_id']}"
    assert (expires - created).total_seconds() == 90.0
    assert envelope["created_at"].endswith("Z")


def test_more_jobs_than_can_be_held_are_refused():
    jobs = make_jobs(max_jobs=2)
    accepted = [add_job(jobs), add_job(jobs)]
    with pytest.raises(Refused, match="ih1002"):
        add_job(jobs)
    assert [jobs.find(job.id) for job in accepted] == accepted


def test_an_expired_job_is_gone_and_makes_room(clock):
    jobs = make_jobs(clock, keep_seconds=3600.0, max_jobs=1)
    first = add_job(jobs)
    clock.now += 3599.0
    assert jobs.find(first.id) == first
    clock.now += 1.0
    with pytest.raises(Refused, match="ih4021"):
        jobs.find(first.id)
    assert add_job(jobs).id != first.id


def test_a_submission_that_does_not_wait_is_accepted_not_answered(sandbox, movie, headers):
    answer = submit(sandbox, headers, movie)
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")


def test_a_wait_that_is_too_short_ends_with_the_job_as_it_stands(movie, headers):
    with Sandbox(job_seconds=600.0) as sandbox:
        answer = submit(sandbox, headers, movie, wait_seconds="1")
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")


def test_a_wait_that_is_long_enough_ends_with_the_result(movie, headers):
    with Sandbox(job_seconds=0.2) as sandbox:
        answer = submit(sandbox, headers, movie, wait_seconds="120")
    assert (answer.status_code, answer.json()["status"]) == (200, "completed")
    assert answer.json()["result"]["duration_seconds"] == 12.0


def test_polling_sees_the_states_in_order(movie, headers, clock):
    with Sandbox(job_seconds=8.0, keep_seconds=60.0, clock=clock) as sandbox:
        path = submit(sandbox, headers, movie).json()["status_url"]
        statuses = []
        for _ in range(4):
            answer = requests.get(sandbox.url + path, headers=headers, timeout=20)
            assert answer.status_code == 200
            statuses.append(answer.json()["status"])
            clock.now += 3.0
        assert statuses == ["queued", "running", "running", "completed"]
        clock.now += 60.0
        gone = requests.get(sandbox.url + path, headers=headers, timeout=20)
    assert (gone.status_code, gone.json()["error_id"]) == (404, "ih4021")
