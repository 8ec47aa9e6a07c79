"""Where a credential goes and where it never does, and how an upload is sent."""

import logging
import traceback
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from lib.errors import BadAnswer, Busy, JobGone, NotConnected, StillRunning
from lib.interhuman import ApiKey, Client, KeyPair, Retry, Sending, Timeouts
from lib.interhuman.upload import BLOCK_BYTES
from tests.interhuman import stub as stub_module
from tests.interhuman.examples import JOB, V1, to_json
from tests.interhuman.stub import (
    CERTIFICATE,
    Stub,
    answering,
    build_reply,
    full_listener,
    read_request,
)

KEY = "ih_live_s3cret"


def client(url, credential=None):
    return Client(credential or ApiKey(KEY), base_url=url, retry=Retry(attempts=1))


def recording(blocks, *replies):
    """A script that answers, and appends all it receives to `blocks`."""
    answer = answering(*replies)

    class RecordingConnection:
        def __init__(self, connection):
            self._connection = connection

        def recv(self, size):
            block = self._connection.recv(size)
            blocks.append(block)
            return block

        def __getattr__(self, name):
            return getattr(self._connection, name)

    return lambda stub, connection: answer(stub, RecordingConnection(connection))


def test_the_key_travels_in_the_authorization_header_and_nowhere_else(clip_file):
    blocks = []
    with Stub(recording(blocks, build_reply(to_json(V1).encode()))) as stub:
        client(stub.url).analyze(clip_file)
    sent = b"".join(blocks)
    assert sent.count(KEY.encode()) == 1
    assert f"\r\nAuthorization: Bearer {KEY}\r\n".encode() in sent
    assert sent.startswith(b"POST /v1/upload/analyze HTTP/1.1\r\n")
    assert b"talk" not in sent


def test_a_netrc_file_never_replaces_the_key(clip_file, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("default login other password other\n")
    monkeypatch.setenv("NETRC", str(netrc))
    blocks = []
    with Stub(recording(blocks, build_reply(to_json(V1).encode()))) as stub:
        client(stub.url).analyze(clip_file)
    assert f"Authorization: Bearer {KEY}\r\n".encode() in b"".join(blocks)


def test_a_token_exchange_carries_no_authorization_at_all(tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("default login other password other\n")
    monkeypatch.setenv("NETRC", str(netrc))
    blocks = []
    granted = b'{"access_token": "t", "expires_in": 900, "scope": "interhumanai.upload"}'
    with Stub(recording(blocks, build_reply(granted))) as stub:
        client(stub.url, KeyPair("kid", "s3cret")).check()
    assert b"Authorization" not in b"".join(blocks)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_not_followed(clip_file, status):
    with Stub(answering(build_reply(b'{"signals": []}'))) as elsewhere:
        away = build_reply(b"", f"Location: {elsewhere.url}/v1/upload/analyze", status=status)
        with Stub(answering(away)) as stub, pytest.raises(BadAnswer) as caught:
            client(stub.url).analyze(clip_file)
        assert elsewhere.connection_count == 0
    assert caught.value.status == int(status[:3])


def test_a_credential_is_in_no_error_no_log_and_no_repr(clip_file, caplog):
    caplog.set_level(logging.DEBUG)
    echo = f'{{"error_id": "ih9", "message": "Bad header: Bearer {KEY}"}}'.encode()
    with Stub(answering(build_reply(echo, f"X-Correlation-ID: {KEY}", status="400 Bad"))) as stub:
        api = client(stub.url)
        with pytest.raises(Exception, match="refused") as refused:
            api.analyze(clip_file)
    with pytest.raises(NotConnected) as unreachable:
        api.analyze(clip_file)
    texts = [repr(api), str(vars(refused.value)), caplog.text]
    for caught in (refused, unreachable):
        texts += traceback.format_exception(caught.value)
    assert caplog.records
    assert KEY not in "\n".join(texts)


def test_a_redirect_from_https_to_http_is_not_followed(clip_file, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    received = []
    with Stub(recording(received, build_reply(to_json(V1).encode()))) as plain:
        away = build_reply(b"", f"Location: {plain.url}/v1/upload/analyze", status="307 Away")
        with Stub(answering(away), tls=True) as stub:
            api = client(stub.url)
            for call in (
                lambda: api.analyze(clip_file),
                lambda: api.follow(JOB, timeout=0),
                api.check,
            ):
                with pytest.raises((BadAnswer, StillRunning)):
                    call()
            pair = client(stub.url, KeyPair("key-id-99", "k3y-secret-0123456789"))
            with pytest.raises(BadAnswer):
                pair.check()
    assert (plain.connection_count, received) == (0, [])


def test_a_certificate_that_is_not_trusted_stops_the_call_before_anything_is_sent(clip_file):
    received = []
    with (
        Stub(lambda stub, connection: received.append(connection.recv(1)), tls=True) as stub,
        pytest.raises(NotConnected) as caught,
    ):
        client(stub.url).analyze(clip_file)
    assert received == []
    assert "certificate" in caught.value.what
    assert "REQUESTS_CA_BUNDLE" in caught.value.next_step


YEAR = timedelta(days=365)
NOW = datetime.now(UTC)


@pytest.mark.parametrize(
    ("names", "times", "step"),
    [
        (["other.example"], {}, "for another host"),
        (["localhost"], {"not_before": NOW - 2 * YEAR, "not_after": NOW - YEAR}, "clock"),
        (["localhost"], {"not_before": NOW + YEAR, "not_after": NOW + 2 * YEAR}, "clock"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_said(clip_file, monkeypatch, names, times, step):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    monkeypatch.setattr(stub_module, "SERVER", stub_module.AUTHORITY.issue_cert(*names, **times))
    with Stub(answering(b""), tls=True) as stub, pytest.raises(NotConnected) as caught:
        client(stub.url).analyze(clip_file)
    assert "certificate" in caught.value.what
    assert step in caught.value.next_step


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 No TLS here\r\n\r\n", b"\x15\x03\x03"])
def test_an_end_that_does_not_speak_tls_is_not_said_to_have_a_bad_certificate(clip_file, answer):
    def plain(stub, connection):
        connection.recv(65536)
        connection.sendall(answer)
        connection.close()

    with Stub(plain) as stub, pytest.raises(NotConnected) as caught:
        client(stub.url.replace("http://", "https://")).analyze(clip_file)
    assert caught.value.what == "No secure connection to the API could be made."
    assert not caught.value.maybe_billed


def test_a_bundle_that_is_not_there_is_said(clip_file, tmp_path, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    with Stub(answering(b""), tls=True) as stub, pytest.raises(NotConnected) as caught:
        client(stub.url).analyze(clip_file)
    assert "REQUESTS_CA_BUNDLE" in caught.value.next_step
    assert str(tmp_path) not in caught.value.what + caught.value.next_step


@pytest.mark.parametrize("year", [2001, 2093])
def test_a_date_to_wait_for_goes_by_the_clock_of_the_api(clip_file, year):
    headers = (
        f"Date: Thu, 01 Jan {year} 10:00:00 GMT",
        f"Retry-After: Thu, 01 Jan {year} 10:00:07 GMT",
    )
    with (
        Stub(answering(build_reply(b"{}", *headers, status="429 Later"))) as stub,
        pytest.raises(Busy) as caught,
    ):
        client(stub.url).analyze(clip_file)
    assert caught.value.retry_after == 7.0


def test_a_ca_bundle_of_the_environment_is_honoured(clip_file, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    with Stub(answering(build_reply(to_json(V1).encode())), tls=True) as stub:
        assert len(client(stub.url).analyze(clip_file).signals) == 2


def test_a_proxy_of_the_environment_is_asked_for_a_tunnel_and_never_sees_the_key(
    clip_file, monkeypatch
):
    heads = []

    def refusing(stub, connection):
        heads.append(read_request(connection)[0])
        connection.sendall(build_reply(status="502 Bad Gateway"))
        connection.close()

    with Stub(refusing) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(NotConnected) as caught:
            client("https://api.example.invalid").analyze(clip_file)
    assert heads[0].startswith(b"CONNECT api.example.invalid:443 ")
    assert KEY.encode() not in b"".join(heads)
    assert not caught.value.maybe_billed


def test_a_proxy_never_stands_between_this_machine_and_itself(clip_file, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with Stub(answering(build_reply(to_json(V1).encode()))) as stub:
        assert len(client(stub.url).analyze(clip_file).signals) == 2


def test_an_upload_is_repeated_on_a_new_connection_for_a_kept_one_may_be_closing(clip_file):
    def keep_alive(stub, connection):
        while read_request(connection)[0]:
            busy = stub.connection_count == 1
            body = b'{"error_id": "ih3001"}' if busy else to_json(V1).encode()
            sent = build_reply(body, status="429 Too Many" if busy else "200 OK")
            connection.sendall(sent.replace(b"Connection: close", b"Connection: keep-alive"))

    with Stub(keep_alive) as stub:
        api = Client(ApiKey(KEY), base_url=stub.url, retry=Retry(base=0.0))
        assert len(api.analyze(clip_file).signals) == 2
        assert stub.connection_count == 2


def test_an_upload_is_sent_in_blocks_of_the_size_that_its_timeout_is_for(big_file):
    events = []
    with Stub(answering(build_reply(to_json(V1).encode()))) as stub:
        client(stub.url).analyze(big_file, watch=events.append)
    sent = [event.sent for event in events if isinstance(event, Sending)]
    assert {after - before for before, after in pairwise(sent[:-2])} == {BLOCK_BYTES}


def test_a_connection_that_hangs_ends_at_its_time_limit(worker, clip_file):
    with full_listener() as url:
        api = Client(
            ApiKey(KEY), base_url=url, timeouts=Timeouts(connect=0.2), retry=Retry(attempts=1)
        )
        outcome = worker(lambda: api.analyze(clip_file)).end()
    assert type(outcome) is NotConnected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.interhuman.ai",
        "ftp://api.interhuman.ai",
        "https://",
        "http://api.interhuman.ai",
        "https://user:hunter2@api.interhuman.ai",
        "https://api.interhuman.ai/?key=hunter2",
        "https://api.interhuman.ai/#hunter2",
    ],
)
def test_an_address_that_could_leak_a_credential_is_refused_without_being_shown(url):
    with pytest.raises(ValueError, match="address") as caught:
        client(url)
    assert "hunter2" not in str(caught.value)


def test_the_last_slash_of_an_address_does_not_matter():
    with Stub(answering(build_reply(b'{"error_id": "ih4021"}', status="404 Not Found"))) as stub:
        with pytest.raises(JobGone):
            client(f"{stub.url}/").follow(JOB)
        client(f" {stub.url}// ").check()
