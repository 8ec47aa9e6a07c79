"""Whatever an answer is, it ends: in its time, within its size, and it is the final one."""

import gzip
import itertools
import zlib

import pytest

from lib.errors import BadAnswer, CredentialRefused, NoAnswer, NotConnected, OutcomeUnknown
from lib.interhuman import ApiKey, Client, Retry, Timeouts, early_response, transport
from tests.interhuman.examples import JOB, V1, V2, to_json
from tests.interhuman.stub import CERTIFICATE, MAX_SECONDS, Stub, build_reply, read_request

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
MEBIBYTE = bytes(1024 * 1024)
INTERIM = {
    "100": b"HTTP/1.1 100 Continue\r\n\r\n",
    "102": b"HTTP/1.1 102 Processing\r\nX-Wait: long\r\n\r\n",
    "103": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n",
    "several": b"HTTP/1.1 102 Processing\r\n\r\n" * 3 + b"HTTP/1.0 199 Odd\r\nA: b\r\n\r\n",
}


def client(stub, **timeouts):
    limits = Timeouts(**{"v1": 0.3, "submit": 0.3, "other": 0.3, "poll": 0.01, **timeouts})
    retry = Retry(attempts=1)
    return Client(ApiKey("ih_live_s3cret"), base_url=stub.url, timeouts=limits, retry=retry)


def sending(blocks, *, rest=0.0):
    """A script that reads the request, then sends block by block until nobody takes them."""

    def script(stub, connection):
        read_request(connection)
        for block in blocks:
            connection.sendall(block)
            if stub.leaving.wait(rest):
                break
        connection.close()

    return script


def packed():
    """A body of a few MB that unpacks to 4 GB, should all of it be read."""
    yield HEAD + b"Content-Encoding: gzip\r\n\r\n"
    packer = zlib.compressobj(9, wbits=31)
    for _ in range(4096):
        yield packer.compress(MEBIBYTE)


def packed_twice():
    body = gzip.compress(gzip.compress(MEBIBYTE * 80))
    yield HEAD + b"Content-Encoding: gzip, gzip\r\n"
    yield b"Content-Length: %d\r\n\r\n" % len(body) + body


def plain():
    yield HEAD + b"\r\n"
    yield from itertools.repeat(b" " * 65536, 4096)


def chunks():
    yield CHUNKED
    yield from itertools.repeat(b"10000\r\n" + b" " * 65536 + b"\r\n", 4096)


@pytest.mark.parametrize("blocks", [packed, packed_twice, plain, chunks])
def test_no_more_of_an_answer_is_read_than_fits(clip_file, blocks):
    with Stub(sending(blocks())) as stub, pytest.raises(BadAnswer) as caught:
        client(stub, v1=MAX_SECONDS).analyze(clip_file)
    assert caught.value.what == "The API's answer is larger than 64 MiB, so it was not read."
    assert caught.value.maybe_billed
    assert "bill" in caught.value.next_step


def test_of_a_refusal_that_does_not_fit_the_status_is_told(clip_file):
    refusal = b"HTTP/1.1 401 Unauthorized\r\n\r\n"
    with (
        Stub(sending([refusal, *[b" " * 65536] * 2048])) as stub,
        pytest.raises(CredentialRefused) as caught,
    ):
        client(stub, v1=MAX_SECONDS).analyze(clip_file)
    assert not caught.value.maybe_billed


def test_a_job_whose_answer_does_not_fit_costs_nothing_more(monkeypatch):
    monkeypatch.setattr(transport, "MAX_ANSWER_BYTES", len(MEBIBYTE))
    with Stub(sending([HEAD + b"\r\n", *[b" " * 65536] * 17])) as stub:
        with pytest.raises(BadAnswer, match="larger than 1 MiB") as caught:
            client(stub, other=MAX_SECONDS).follow(JOB)
        assert stub.connection_count == 4
    assert caught.value.job_id == JOB


@pytest.mark.parametrize("more", [0, 1])
def test_an_answer_as_large_as_the_limit_is_read_and_a_byte_more_is_not(
    clip_file, more, monkeypatch
):
    body = to_json(V1).encode()
    monkeypatch.setattr(transport, "MAX_ANSWER_BYTES", len(body) - more)
    with Stub(sending([build_reply(gzip.compress(body), "Content-Encoding: gzip")])) as stub:
        if more:
            with pytest.raises(BadAnswer):
                client(stub).analyze(clip_file)
        else:
            assert client(stub).analyze(clip_file).raw == body.decode()


DRIPS = {
    "status line": [*b"HTTP/1.1 200 OK\r\n" * 9],
    "headers": [HEAD, *[b"A: b\r\n"] * 99],
    "body": [HEAD + b"Content-Length: 999\r\n\r\n", *[b" "] * 999],
    "body without length": [HEAD + b"\r\n", *[b" "] * 999],
    "chunks": [CHUNKED, *[b"1\r\n \r\n"] * 999],
    "line of a chunk": [CHUNKED, *[b"0"] * 999],
    "packed": [HEAD + b"Content-Encoding: gzip\r\n\r\n", *[gzip.compress(b"")] * 999],
    "interim answers": [INTERIM["100"]] * 999,
}


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize("drip", DRIPS)
def test_an_answer_that_comes_bit_by_bit_ends_at_its_time_limit(clip_file, drip, tls, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    blocks = [bytes([block]) if isinstance(block, int) else block for block in DRIPS[drip]]
    with Stub(sending(blocks, rest=0.1), tls=tls) as stub:
        with pytest.raises(OutcomeUnknown) as caught:
            client(stub).analyze(clip_file)
        with pytest.raises(NoAnswer) as unpaid:
            client(stub, other=0.2).check()
    assert caught.value.what == "The API did not answer in full within 0.3 seconds."
    assert unpaid.value.what == "The API did not answer in full within 0.2 seconds."
    assert (caught.value.maybe_billed, unpaid.value.maybe_billed) == (True, False)


def test_a_proxy_that_answers_bit_by_bit_ends_the_call_too(clip_file, monkeypatch):
    drip = sending([bytes([byte]) for byte in b"HTTP/1.1 200 Connection established" * 9], rest=0.1)
    with Stub(drip) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        proxy.url = "https://api.example.invalid"
        with pytest.raises(NotConnected):
            client(proxy, connect=0.3).analyze(clip_file)


def test_an_upload_that_is_taken_bit_by_bit_ends_at_its_time_limit(big_file):
    def slow(stub, connection):
        while connection.recv(65536) and not stub.leaving.wait(0.05):
            pass

    with (
        Stub(slow, receive_buffer=65536) as stub,
        pytest.raises(OutcomeUnknown) as caught,
    ):
        client(stub, upload=0.3, send=MAX_SECONDS).analyze(big_file)
    assert caught.value.what == "The recording could not be sent within 0.3 seconds."
    assert caught.value.maybe_billed


@pytest.mark.parametrize("interim", INTERIM)
def test_an_interim_answer_is_not_the_answer(clip_file, interim):
    reply = build_reply(to_json(V1).encode())
    with Stub(sending([INTERIM[interim] + reply])) as stub:
        assert len(client(stub).analyze(clip_file).signals) == 2
    with Stub(sending([INTERIM[interim], build_reply(to_json(V2).encode())])) as stub:
        assert client(stub).follow(JOB).job_id == JOB


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize("interim", INTERIM)
def test_an_interim_answer_does_not_end_an_upload(big_file, interim, tls, monkeypatch):
    sizes = []

    def resting(stub, connection):
        connection.recv(65536)
        half = len(INTERIM[interim]) // 2
        connection.sendall(INTERIM[interim][:half])
        stub.leaving.wait(0.3)
        connection.sendall(INTERIM[interim][half:])
        stub.leaving.wait(0.3)
        size = 65536
        while size < big_file.stat().st_size:
            size += len(connection.recv(65536))
        sizes.append(size)
        connection.sendall(build_reply(to_json(V1).encode()))

    monkeypatch.setattr(early_response, "STALL_SECONDS", 0.05)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    with Stub(resting, tls=tls) as stub:
        assert client(stub, v1=MAX_SECONDS).analyze(big_file).api == "v1"
    assert sizes


def test_a_refusal_after_an_interim_answer_ends_an_upload(big_file, monkeypatch):
    def refusing(stub, connection):
        connection.recv(65536)
        refusal = build_reply(b'{"error_id": "ih4003"}', status="413 Payload Too Large")
        connection.sendall(INTERIM["several"] + refusal)
        stub.leaving.wait(MAX_SECONDS)

    monkeypatch.setattr(early_response, "STALL_SECONDS", 0.05)
    with Stub(refusing) as stub, pytest.raises(Exception, match="larger than 32 MiB"):
        client(stub, v1=MAX_SECONDS).analyze(big_file)
