"""The faults that can be set on a sandbox, seen through a real socket."""

import threading
import time

import pytest
import requests
from requests.exceptions import ChunkedEncodingError
from requests.exceptions import ConnectionError as ConnectionFailed

from lib.sandbox import KEY, Fault, Sandbox
from lib.sandbox.errors import DOCUMENTED_ERRORS
from lib.sandbox.faults import Faults
from tests.sandbox.polling import wait_until
from tests.servers import end_meanwhile

V1 = "/v1/upload/analyze"
V2 = "/v2/upload/analyze"
JOBS = "/v2/upload/jobs"
LARGE = b"\0" * 8_000_000  # more than the sockets between hold


@pytest.fixture
def faulty():
    running = Sandbox(v1_seconds=0.0, job_seconds=0.0).start()
    yield running
    end_meanwhile(running.stop)


def analyze(sandbox, movie, *, more=b""):
    return requests.post(
        sandbox.url + V1,
        headers={"Authorization": f"Bearer {KEY}"},
        files={"file": movie.read_bytes() + more},
        timeout=20,
    )


def test_an_error_id_brings_its_documented_answer(faulty, movie):
    for number, (error_id, documented) in enumerate(DOCUMENTED_ERRORS.items(), start=1):
        faulty.fail(Fault(V1, call=number, error_id=error_id))
        answer = analyze(faulty, movie)
        assert answer.status_code == documented.status
        assert answer.json() == {
            "error_id": error_id,
            "correlation_id": answer.headers["X-Correlation-ID"],
            "link": answer.json()["link"],
            "message": documented.message,
        }
        assert f"#{error_id}-" in answer.json()["link"]


def test_a_status_and_headers_go_with_an_error_id(faulty, movie):
    faulty.fail(Fault(V1, status=529, error_id="ih9999", headers={"Retry-After": "7"}))
    answer = analyze(faulty, movie)
    assert (answer.status_code, answer.json()["error_id"]) == (529, "ih9999")
    assert answer.headers["Retry-After"] == "7"


def test_a_body_is_sent_as_it_is(faulty, movie):
    faulty.fail(Fault(V1, status=502, body=b"<html>Bad Gateway", error_id="ih1003"))
    answer = analyze(faulty, movie)
    assert (answer.status_code, answer.content) == (502, b"<html>Bad Gateway")
    assert answer.headers["Content-Type"] == "text/html"


def test_a_body_alone_looks_like_success(faulty, movie):
    faulty.fail(Fault(V1, body=b'{"signals": ['))
    answer = analyze(faulty, movie)
    assert (answer.status_code, answer.content) == (200, b'{"signals": [')


def test_a_status_alone_has_an_empty_body(faulty, movie):
    faulty.fail(Fault(V1, status=504))
    answer = analyze(faulty, movie)
    assert (answer.status_code, answer.content) == (504, b"")


def test_a_fault_strikes_at_its_call_and_at_no_other(faulty, movie):
    faulty.fail(Fault(V1, call=2, error_id="ih1002"))
    faulty.fail(Fault(V2, call=1, error_id="ih1003"))
    assert [analyze(faulty, movie).status_code for _ in range(3)] == [200, 503, 200]


def test_a_fault_without_a_number_strikes_every_time(faulty, movie):
    faulty.fail(Fault(V1, call=None, error_id="ih1001"))
    assert [analyze(faulty, movie).status_code for _ in range(3)] == [500, 500, 500]


def test_calls_are_counted_from_the_start_not_from_the_fault(faulty, movie):
    assert analyze(faulty, movie).status_code == 200
    faulty.fail(Fault(V1, call=1, error_id="ih1001"))
    faulty.fail(Fault(V1, call=2, error_id="ih1003"))
    assert analyze(faulty, movie).status_code == 503


def test_of_two_faults_the_first_one_set_is_taken():
    first, second = Fault(V1, status=500), Fault(V1, call=None, status=503)
    faults = Faults([first, second])
    assert [faults.take(V1) for _ in range(2)] == [first, second]


@pytest.mark.parametrize("path", [JOBS, f"{JOBS}/", f"{JOBS}/{{job_id}}"])
def test_all_jobs_are_one_route(path):
    fault = Fault(path, call=2)
    faults = Faults([fault])
    assert [faults.take(f"{JOBS}/a"), faults.take(f"{JOBS}/b")] == [None, fault]
    assert faults.take(V1) is None


def test_every_route_can_fail(faulty):
    faulty.fail(Fault("/v1/auth", error_id="ih1001"))
    faulty.fail(Fault(JOBS, error_id="ih1003"))
    assert requests.post(f"{faulty.url}/v1/auth", timeout=20).json()["error_id"] == "ih1001"
    assert requests.get(f"{faulty.url}{JOBS}/x", timeout=20).json()["error_id"] == "ih1003"


def test_a_connection_cut_before_the_answer_has_read_the_request(faulty, movie):
    faulty.fail(Fault(V1, cut="before"))
    with pytest.raises(ConnectionFailed):
        analyze(faulty, movie, more=LARGE)
    (call,) = faulty.calls
    assert call.status is None
    assert call.received > len(LARGE)


def test_a_connection_cut_in_the_upload_has_not_read_the_request(faulty, movie):
    faulty.fail(Fault(V1, cut="upload"))
    with pytest.raises(ConnectionFailed):
        analyze(faulty, movie, more=LARGE)
    (call,) = faulty.calls
    assert call.status is None
    assert call.received < len(LARGE) / 2


@pytest.mark.parametrize("kind", [{}, {"status": 200, "body": b'{"signals": [], "more": 1}'}])
def test_a_connection_cut_in_the_middle_sends_half_an_answer(faulty, movie, kind):
    faulty.fail(Fault(V1, cut="middle", **kind))
    with pytest.raises(ChunkedEncodingError, match="Connection broken"):
        analyze(faulty, movie)
    assert faulty.calls[0].status == 200


def test_after_a_cut_the_next_call_is_answered(faulty, movie):
    for number, cut in enumerate(("upload", "before", "middle"), start=1):
        faulty.fail(Fault(V1, call=number, cut=cut))
        with pytest.raises(requests.RequestException):
            analyze(faulty, movie)
    assert analyze(faulty, movie).status_code == 200


def test_a_delayed_answer_is_the_same_answer(faulty, movie):
    faulty.fail(Fault(V1, call=1, delay=0.3))
    begin = time.monotonic()
    late = analyze(faulty, movie)
    assert time.monotonic() - begin >= 0.3
    assert late.json() == analyze(faulty, movie).json()


def test_a_delay_reaches_past_the_patience_of_a_client(faulty, movie):
    faulty.fail(Fault(V1, delay=60.0))
    with pytest.raises(requests.ReadTimeout):
        requests.post(faulty.url + V1, files={"file": movie.read_bytes()}, timeout=(20, 0.2))


def test_a_stalled_server_reads_nothing_and_then_goes_on(faulty, movie):
    faulty.fail(Fault(V1, stall=0.3))
    begin = time.monotonic()
    answer = analyze(faulty, movie)
    assert answer.status_code == 200
    assert time.monotonic() - begin >= 0.3


def test_nothing_is_read_while_the_server_stalls(faulty, movie):
    faulty.fail(Fault(V1, stall=60.0))

    def upload():
        with pytest.raises(ConnectionFailed):
            analyze(faulty, movie, more=LARGE)

    sender = threading.Thread(target=upload)
    sender.start()
    wait_until(lambda: faulty.calls)
    assert faulty.calls[0].received == 0
    faulty.stop()
    sender.join(20)
    assert not sender.is_alive()


def test_a_doomed_submission_is_accepted_and_fails_later(faulty, movie, headers):
    faulty.fail(Fault(V2, job_error="ih5002"))
    submitted = requests.post(
        faulty.url + V2,
        headers=headers,
        files={"file": movie.read_bytes()},
        data={"model": "inter-2"},
        timeout=20,
    )
    assert submitted.status_code == 202
    path = submitted.json()["status_url"]
    job = requests.get(faulty.url + path, headers=headers, timeout=20).json()
    assert job["status"] == "failed"
    assert job["error"]["error_id"] == "ih5002"
    assert "result" not in job
