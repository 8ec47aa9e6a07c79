"""A call that is cancelled ends, whatever it is doing; no thread and no socket is left.

The servers here would keep a call for minutes, so a call that ends within the bound was stopped.
"""

import threading
import time

import pytest

from lib.errors import Cancelled
from lib.interhuman import (
    ApiKey,
    Cancel,
    Client,
    JobState,
    KeyPair,
    Retrying,
    Sending,
    Sent,
    Timeouts,
)
from tests.interhuman.examples import JOB
from tests.interhuman.stub import (
    CERTIFICATE,
    MAX_SECONDS,
    Stub,
    answering,
    build_reply,
    deaf,
    full_listener,
    read_request,
    silent,
    wait_until,
)

PATIENT = Timeouts(connect=120, send=120, v1=120, submit=120, other=120, poll=120)


def client(url, credential=None):
    return Client(credential or ApiKey("ih_live_sandbox"), base_url=url, timeouts=PATIENT)


class EventLog:
    """Collects the events of a call; `seen` is set once one of `kind` has come."""

    def __init__(self, kind=Sent):
        self.events = []
        self.kind = kind
        self.seen = threading.Event()

    def __call__(self, event):
        self.events.append(event)
        if isinstance(event, self.kind):
            self.seen.set()


def test_a_call_that_was_cancelled_before_it_began_sends_nothing(clip_file):
    cancel = Cancel()
    cancel.cancel()
    with Stub(silent) as stub:
        with pytest.raises(Cancelled) as caught:
            client(stub.url).analyze(clip_file, cancel=cancel)
        assert stub.connection_count == 0
    assert not caught.value.maybe_billed


def test_it_ends_while_the_connection_is_being_made(worker, clip_file):
    cancel = Cancel()
    with full_listener() as url:
        work = worker(lambda: client(url).analyze(clip_file, cancel=cancel))
        wait_until(lambda: cancel._handles)
        cancel.cancel()
        outcome = work.end()
    assert isinstance(outcome, Cancelled)
    assert not outcome.maybe_billed


def test_it_ends_while_tls_is_being_agreed(worker, clip_file):
    cancel = Cancel()
    with Stub(deaf) as stub:
        url = stub.url.replace("http://", "https://")
        work = worker(lambda: client(url).analyze(clip_file, cancel=cancel))
        assert stub.reached.wait(MAX_SECONDS)
        cancel.cancel()
        assert isinstance(work.end(), Cancelled)


@pytest.mark.parametrize("tls", [False, True])
def test_it_ends_while_the_upload_streams(worker, big_file, tls, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))

    def slow(stub, connection):
        while connection.recv(65536) and not stub.leaving.wait(0.01):
            pass

    cancel, log = Cancel(), EventLog(Sending)
    with Stub(slow, tls=tls, receive_buffer=65536) as stub:
        work = worker(lambda: client(stub.url).analyze(big_file, watch=log, cancel=cancel))
        wait_until(lambda: log.events and log.events[-1].sent > 2**20)
        cancel.cancel()
        outcome = work.end()
    assert isinstance(outcome, Cancelled)
    assert not outcome.maybe_billed
    assert Sent() not in log.events


def test_it_ends_while_the_server_takes_no_bytes(worker, big_file):
    cancel, log = Cancel(), EventLog(Sending)
    with Stub(deaf, receive_buffer=65536) as stub:
        work = worker(lambda: client(stub.url).analyze(big_file, watch=log, cancel=cancel))
        wait_until_still(log.events)
        cancel.cancel()
        outcome = work.end()
    assert isinstance(outcome, Cancelled)
    assert not outcome.maybe_billed


@pytest.mark.parametrize("tls", [False, True])
def test_it_ends_while_the_answer_is_awaited_and_says_what_may_be_billed(
    worker, clip_file, tls, monkeypatch
):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    cancel, log = Cancel(), EventLog(Sent)
    with Stub(silent, tls=tls) as stub:
        work = worker(lambda: client(stub.url).analyze(clip_file, watch=log, cancel=cancel))
        assert stub.reached.wait(MAX_SECONDS)
        assert log.seen.wait(MAX_SECONDS)
        cancel.cancel()
        outcome = work.end()
        assert stub.connection_count == 1
    assert isinstance(outcome, Cancelled)
    assert outcome.maybe_billed


@pytest.mark.parametrize("length", [b"Content-Length: 5000\r\n", b""], ids=["length", "no length"])
def test_it_ends_while_the_answer_arrives(worker, clip_file, length):
    def half(stub, connection):
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n" + length + b"\r\n")
        connection.sendall(b'{"signals": [')
        stub.reached.set()
        stub.leaving.wait(MAX_SECONDS)

    cancel = Cancel()
    with Stub(half) as stub:
        work = worker(lambda: client(stub.url).analyze(clip_file, cancel=cancel))
        assert stub.reached.wait(MAX_SECONDS)
        wait_until(lambda: cancel._handles)
        cancel.cancel()
        outcome = work.end()
    assert isinstance(outcome, Cancelled)
    assert outcome.maybe_billed


def test_it_ends_in_the_pause_before_a_repeat(worker, clip_file):
    cancel, log = Cancel(), EventLog(Retrying)
    busy = build_reply(b"{}", "Retry-After: 50", status="429 Too Many Requests")
    with Stub(answering(busy)) as stub:
        work = worker(lambda: client(stub.url).analyze(clip_file, watch=log, cancel=cancel))
        assert log.seen.wait(MAX_SECONDS)
        cancel.cancel()
        outcome = work.end()
        assert stub.connection_count == 1
    assert isinstance(outcome, Cancelled)
    assert not outcome.maybe_billed


def test_it_ends_between_two_reads_of_a_job_which_goes_on(worker):
    cancel, log = Cancel(), EventLog(JobState)
    running = build_reply(f'{{"job_id": "{JOB}", "status": "running"}}'.encode())
    with Stub(answering(running)) as stub:
        work = worker(lambda: client(stub.url).follow(JOB, watch=log, cancel=cancel))
        assert log.seen.wait(MAX_SECONDS)
        cancel.cancel()
        outcome = work.end()
    assert isinstance(outcome, Cancelled)
    assert (outcome.job_id, outcome.maybe_billed) == (JOB, True)
    assert "goes on" in outcome.what


def test_it_ends_while_a_read_of_a_job_is_awaited(worker):
    cancel = Cancel()
    with Stub(silent) as stub:
        work = worker(lambda: client(stub.url).follow(JOB, cancel=cancel))
        assert stub.reached.wait(MAX_SECONDS)
        cancel.cancel()
        outcome = work.end()
    assert isinstance(outcome, Cancelled)
    assert outcome.job_id == JOB


def test_it_ends_while_a_token_is_minted(worker, clip_file):
    cancel = Cancel()
    pair = KeyPair("sandbox", "sandbox")
    with Stub(silent) as stub:
        work = worker(lambda: client(stub.url, pair).analyze(clip_file, cancel=cancel))
        assert stub.reached.wait(MAX_SECONDS)
        cancel.cancel()
        outcome = work.end()
    assert isinstance(outcome, Cancelled)
    assert not outcome.maybe_billed


def test_one_cancel_stops_every_call_that_was_given_it(worker, clip_file):
    cancel = Cancel()
    with Stub(silent) as stub:
        api = client(stub.url)
        works = [worker(lambda: api.analyze(clip_file, cancel=cancel)) for _ in range(3)]
        wait_until(lambda: stub.connection_count == 3)
        cancel.cancel()
        assert [type(work.end()) for work in works] == [Cancelled] * 3


def test_a_cancel_leaves_other_calls_alone_and_comes_too_late_for_an_ended_one(clip_file):
    cancel = Cancel()
    with Stub(answering(build_reply(b'{"signals": []}'))) as stub:
        api = client(stub.url)
        assert api.analyze(clip_file, cancel=cancel).signals == ()
        cancel.cancel()
        cancel.cancel()
        assert cancel.cancelled
        assert not cancel._handles
        assert api.analyze(clip_file).signals == ()


def test_the_defaults_wait_as_long_as_an_analysis_takes():
    limits = Timeouts()
    assert (limits.connect, limits.v1, limits.submit, limits.other) == (10, 600, 300, 30)


def wait_until_still(events):
    """Until nothing has been added for a while, after something was."""
    count, since = 0, time.monotonic()

    def still():
        nonlocal count, since
        if len(events) != count:
            count, since = len(events), time.monotonic()
        return count > 1 and time.monotonic() - since > 0.5

    wait_until(still)
