"""Failures of the connection and of the API, over real sockets: retries, and the errors raised."""

import pytest

from lib.errors import (
    BadAnswer,
    Busy,
    CredentialRefused,
    NoAnswer,
    NotConnected,
    OutcomeUnknown,
    QuotaUsedUp,
    RecordingRefused,
    ServerFault,
    StillRunning,
)
from lib.interhuman import ApiKey, Client, KeyPair, Retry, Retrying, Timeouts, early_response
from lib.sandbox import KEY, Fault, Sandbox
from tests.interhuman.examples import JOB, V1, V2, to_json
from tests.interhuman.stub import (
    CERTIFICATE,
    MAX_SECONDS,
    Stub,
    answering,
    build_reply,
    read_request,
    wait_until,
)

V1_ROUTE, V2_ROUTE, JOBS = "/v1/upload/analyze", "/v2/upload/analyze", "/v2/upload/jobs"


def client(sandbox, credential=None, **timeouts):
    limits = Timeouts(**{"poll": 0.02, **timeouts})
    return Client(
        credential or ApiKey(KEY), base_url=sandbox.url, timeouts=limits, retry=Retry(base=0.0)
    )


def uploads(sandbox):
    return len([call for call in sandbox.calls if call.path.endswith("/analyze")])


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503, "error_id": "ih1002"},
        {"status": 503, "error_id": "ih1003"},
        {"status": 429, "error_id": "ih3001", "headers": {"Retry-After": "0"}},
        {"status": 429, "error_id": "ih3002"},
        {"status": 429, "body": b"<html>slow down</html>"},
    ],
    ids=str,
)
@pytest.mark.parametrize("route", [V1_ROUTE, V2_ROUTE])
def test_an_upload_that_was_not_accepted_is_repeated_until_it_works(
    sandbox, recording, fault, route
):
    for call in (1, 2):
        sandbox.fail(Fault(route, call=call, **fault))
    api = client(sandbox)
    analysis = api.analyze(recording) if route == V1_ROUTE else api.analyze_v2(recording)
    assert analysis.signals is not None
    assert uploads(sandbox) == 3
    assert len({call.received for call in sandbox.calls if call.path == route}) == 1


@pytest.mark.parametrize(
    ("fault", "kind", "billed"),
    [
        ({"error_id": "ih3003"}, QuotaUsedUp, False),
        ({"error_id": "ih3006"}, QuotaUsedUp, False),
        ({"status": 500, "error_id": "ih1001"}, ServerFault, True),
        ({"status": 502, "body": b"<html>Bad gateway</html>"}, OutcomeUnknown, True),
        ({"status": 503, "body": b"<html>Down</html>"}, OutcomeUnknown, True),
        ({"status": 504, "body": b""}, OutcomeUnknown, True),
        ({"cut": "upload"}, OutcomeUnknown, True),
        ({"cut": "before"}, OutcomeUnknown, True),
        ({"cut": "middle"}, OutcomeUnknown, True),
        ({"status": 200, "body": b"<html>Sign in</html>"}, BadAnswer, True),
        ({"status": 200, "body": to_json(V1).encode()[:-30]}, BadAnswer, True),
        ({"status": 200, "body": b""}, BadAnswer, True),
        ({"status": 204, "body": b""}, BadAnswer, True),
        ({"status": 200, "body": b"[]"}, BadAnswer, True),
        ({"status": 401, "error_id": "ih2001"}, CredentialRefused, False),
    ],
    ids=str,
)
@pytest.mark.parametrize("route", [V1_ROUTE, V2_ROUTE])
def test_an_upload_that_may_have_been_accepted_is_never_repeated(
    sandbox, recording, fault, kind, billed, route
):
    sandbox.fail(Fault(route, call=None, **fault))
    api = client(sandbox)
    with pytest.raises(kind) as caught:
        (api.analyze if route == V1_ROUTE else api.submit)(recording)
    assert uploads(sandbox) == 1
    assert caught.value.maybe_billed is billed
    if billed:
        assert "bill" in caught.value.next_step or caught.value.error_id


def test_an_answer_that_takes_too_long_leaves_the_outcome_unknown(sandbox, recording):
    sandbox.fail(Fault(V1_ROUTE, delay=30))
    with pytest.raises(OutcomeUnknown) as caught:
        client(sandbox, v1=0.3).analyze(recording)
    assert caught.value.maybe_billed
    assert "did not answer in full" in caught.value.what
    assert uploads(sandbox) == 1


def test_an_upload_that_no_one_takes_ends_at_its_time_limit(sandbox, big_file):
    sandbox.fail(Fault(V1_ROUTE, stall=30))
    with pytest.raises(OutcomeUnknown) as caught:
        client(sandbox, send=0.3, connect=60).analyze(big_file)
    assert "while the recording was being sent" in caught.value.what
    assert uploads(sandbox) == 1


def test_repeats_come_to_an_end(sandbox, recording):
    sandbox.fail(Fault(V1_ROUTE, call=None, error_id="ih3001"))
    events = []
    with pytest.raises(Busy) as caught:
        client(sandbox).analyze(recording, watch=events.append)
    retries = [event for event in events if isinstance(event, Retrying)]
    assert [event.attempt for event in retries] == [2, 3, 4]
    assert uploads(sandbox) == 4
    assert (caught.value.error_id, caught.value.status) == ("ih3001", 429)
    assert caught.value.correlation_id


def test_the_wait_that_the_api_wishes_is_told_and_held(sandbox, recording):
    sandbox.fail(Fault(V1_ROUTE, error_id="ih3001", headers={"Retry-After": "1"}))
    events = []
    client(sandbox).analyze(recording, watch=events.append)
    (retry,) = [event for event in events if isinstance(event, Retrying)]
    assert retry.wait == 1.0
    assert retry.reason == "Too many requests were sent in a short time."


def test_a_connection_that_was_never_made_is_tried_again_and_bills_nothing(clip_file):
    with Stub(lambda *_: None) as gone:
        address = gone.url
    events = []
    api = Client(ApiKey(KEY), base_url=address, retry=Retry(base=0.0))
    with pytest.raises(NotConnected) as caught:
        api.analyze(clip_file, watch=events.append)
    assert [type(event) for event in events] == [Retrying] * 3
    assert not caught.value.maybe_billed
    assert "Nothing was sent" in caught.value.next_step


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503, "error_id": "ih1003"},
        {"status": 500, "error_id": "ih1001"},
        {"status": 502, "body": b"<html>"},
        {"status": 408, "body": b""},
        {"status": 429, "error_id": "ih3001"},
        {"cut": "before"},
        {"cut": "middle"},
        {"status": 200, "body": b'{"job_id": "'},
        {"status": 200, "body": b"<html>"},
        {"delay": 30},
    ],
    ids=str,
)
def test_trouble_that_passes_does_not_end_the_wait_for_a_job(sandbox, recording, fault):
    for call in (1, 2, 3):
        sandbox.fail(Fault(JOBS, call=call, **fault))
    events = []
    analysis = client(sandbox, other=0.3).analyze_v2(recording, watch=events.append)
    assert analysis.signals is not None
    waits = [event.wait for event in events if isinstance(event, Retrying)]
    assert waits == [0.02] * 3
    assert uploads(sandbox) == 1


def test_trouble_that_stays_ends_the_wait_at_its_time_limit(sandbox):
    sandbox.fail(Fault(JOBS, call=None, status=503, error_id="ih1003"))
    with pytest.raises(StillRunning) as caught:
        client(sandbox).follow(JOB, timeout=0.3)
    assert caught.value.job_id == JOB


@pytest.mark.parametrize(
    ("fault", "kind", "calls"),
    [
        ({"error_id": "ih3003"}, QuotaUsedUp, 1),
        ({"error_id": "ih2001"}, CredentialRefused, 1),
        ({"status": 200, "body": b"<html>"}, BadAnswer, 4),
    ],
    ids=str,
)
def test_what_waiting_will_not_change_ends_the_wait_and_keeps_the_job_id(
    sandbox, fault, kind, calls
):
    sandbox.fail(Fault(JOBS, call=None, **fault))
    with pytest.raises(kind) as caught:
        client(sandbox).follow(JOB)
    assert caught.value.job_id == JOB
    assert len(sandbox.calls) == calls


@pytest.mark.parametrize(
    "fault", [{"status": 500, "error_id": "ih1001"}, {"cut": "before"}, {"error_id": "ih3001"}]
)
def test_a_token_exchange_costs_nothing_and_is_repeated(sandbox, fault):
    sandbox.fail(Fault("/v1/auth", **fault))
    client(sandbox, KeyPair("sandbox", "sandbox")).check()
    assert [call.path for call in sandbox.calls] == ["/v1/auth", "/v1/auth"]


def test_a_token_exchange_that_fails_leaves_the_next_call_free_to_try(sandbox, recording):
    sandbox.fail(Fault("/v1/auth", status=200, body=b"{}"))
    api = client(sandbox, KeyPair("sandbox", "sandbox"))
    with pytest.raises(BadAnswer):
        api.analyze(recording)
    assert api.analyze(recording).api == "v1"


def test_a_check_that_gets_no_answer_says_so_and_bills_nothing(sandbox):
    sandbox.fail(Fault(JOBS, call=None, cut="before"))
    with pytest.raises(NoAnswer) as caught:
        client(sandbox).check()
    assert type(caught.value) is NoAnswer
    assert not caught.value.maybe_billed
    assert len(sandbox.calls) == 4


def test_a_refusal_that_comes_before_the_upload_is_whole_is_read(big_file):
    def early(stub, connection):
        connection.recv(65536)
        body = b'{"error_id": "ih4003", "message": "Too large."}'
        connection.sendall(build_reply(body, status="413 Payload Too Large"))
        while connection.recv(65536):  # a polite gateway reads on, so that its answer arrives
            pass

    with Stub(early) as stub, pytest.raises(Exception, match="larger than 32 MiB"):
        client(stub).analyze(big_file)


@pytest.mark.parametrize("tls", [False, True])
def test_a_refusal_is_read_though_nothing_more_of_the_upload_is_taken(big_file, tls, monkeypatch):
    def deaf_once_answered(stub, connection):
        connection.recv(65536)
        body = b'{"error_id": "ih4003", "message": "Too large."}'
        connection.sendall(build_reply(body, status="413 Payload Too Large"))
        stub.leaving.wait(MAX_SECONDS)

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    with Stub(deaf_once_answered, tls=tls) as stub, pytest.raises(RecordingRefused) as caught:
        client(stub).analyze(big_file)
    assert caught.value.error_id == "ih4003"
    assert not caught.value.maybe_billed


@pytest.mark.parametrize("tls", [False, True])
def test_an_upload_that_is_taken_with_long_rests_arrives_whole(big_file, tls, monkeypatch):
    sizes = []

    def resting(stub, connection):
        stub.leaving.wait(0.5)
        sizes.append(len(read_request(connection)[1]))
        connection.sendall(build_reply(to_json(V1).encode()))

    monkeypatch.setattr(early_response, "STALL_SECONDS", 0.05)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    with Stub(resting, tls=tls) as stub:
        assert client(stub).analyze(big_file).api == "v1"
    assert sizes[0] > big_file.stat().st_size


def test_a_job_without_an_id_that_can_be_asked_for_is_a_bad_answer(clip_file):
    def odd(stub, connection):
        read_request(connection)
        connection.sendall(build_reply(b'{"job_id": "../../v1/auth", "status": "queued"}'))
        connection.close()

    with Stub(odd) as stub, pytest.raises(BadAnswer) as caught:
        client(stub).analyze_v2(clip_file)
    assert caught.value.maybe_billed


def test_stopping_the_server_in_the_middle_of_an_upload_is_told(recording, worker):
    with Sandbox(v1_seconds=60.0) as sandbox:
        work = worker(lambda: client(sandbox).analyze(recording))
        wait_until(lambda: any(call.received for call in sandbox.calls))
    assert isinstance(work.end(), OutcomeUnknown)


@pytest.mark.parametrize("status", ["completed", "failed", "queued"])
def test_an_answer_about_another_job_is_not_the_answer_of_this_one(status):
    other = build_reply(to_json({**V2, "job_id": "f" * 32, "status": status}).encode())
    own = build_reply(to_json(V2).encode())
    with Stub(answering(other, own)) as stub:
        assert client(stub).follow(JOB).job_id == JOB
        assert stub.connection_count == 2
    with Stub(answering(other)) as stub, pytest.raises(BadAnswer, match="different job") as caught:
        client(stub).follow(JOB)
    assert caught.value.job_id == JOB
