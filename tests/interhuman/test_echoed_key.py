"""The API, or a gateway before it, echoes our key: nothing behind the transport ever holds it."""

import dataclasses
import json
import logging
import traceback

import pytest

from lib.errors import ApiError
from lib.interhuman import ApiKey, Client, KeyPair, Retry, Timeouts
from lib.interhuman.http_errors import Answer
from tests.interhuman.echoes import ECHOES, KEY, answers, found
from tests.interhuman.examples import JOB, V1, to_json
from tests.interhuman.stub import Stub, answering, build_reply

NAMES = tuple(answers(""))


def client(stub, credential=None):
    timeouts = Timeouts(poll=0.01)
    return Client(
        credential or ApiKey(KEY), base_url=stub.url, timeouts=timeouts, retry=Retry(attempts=1)
    )


def reply(status, answer, echo):
    headers = (f"X-Correlation-ID: {echo}", f"Retry-After: {echo}", f"Location: /{echo}")
    return build_reply(json.dumps(answer).encode(), *headers, status=f"{status} {echo}")


def every_text(outcome):
    """All that a caller could show, store or log of what came of a call."""
    if isinstance(outcome, ApiError):
        return [repr(vars(outcome)), repr(outcome.problem), *traceback.format_exception(outcome)]
    return [repr(outcome), json.dumps(dataclasses.asdict(outcome), default=str)]


def outcome_of(call):
    try:
        return call()
    except ApiError as error:
        return error


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("echo", ECHOES)
def test_no_answer_brings_the_key_further_than_the_transport(clip_file, caplog, name, echo):
    caplog.set_level(logging.DEBUG)
    status, answer = answers(ECHOES[echo])[name]
    with Stub(answering(reply(status, answer, ECHOES[echo]))) as stub:
        api = client(stub)
        calls = [
            lambda: api.analyze(clip_file),
            lambda: api.submit(clip_file),
            lambda: api.follow(JOB, timeout=0.01),
        ]
        outcomes = [outcome_of(call) for call in calls]
    texts = [text for outcome in outcomes for text in every_text(outcome)]
    assert found("\n".join([*texts, caplog.text])) == []
    assert "[removed]" in "".join(texts)


@pytest.mark.parametrize("echo", ["whole", "its end"])
def test_an_answer_is_read_around_an_echo_and_otherwise_as_received(clip_file, echo):
    sent = to_json({**V1, "note": ECHOES[echo]}).replace(", ", ",  ")
    with Stub(answering(build_reply(sent.encode()))) as stub:
        analysis = client(stub).analyze(clip_file)
    assert len(analysis.signals) == 2
    assert analysis.raw.partition('"note"')[0] == sent.partition('"note"')[0]


@pytest.mark.parametrize(
    "sent",
    [
        f"{KEY} is no status line\r\n\r\n",
        f"HTTP/1.1 {KEY} Odd\r\n\r\n",
        f"HTTP/1.1 200 OK\r\nno colon: here\r\n{KEY}\r\n\r\n{{}}",
        f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{KEY}\r\n",
        f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n{KEY}",
        f"HTTP/1.1 200 OK\r\nContent-Length: {KEY}\r\n\r\n{{}}",
    ],
)
def test_nothing_of_an_answer_that_cannot_be_read_is_logged_or_quoted(clip_file, caplog, sent):
    caplog.set_level(logging.DEBUG)
    with Stub(answering(sent.encode())) as stub:
        outcome = outcome_of(lambda: client(stub).analyze(clip_file))
    assert isinstance(outcome, ApiError)
    assert found("\n".join([*every_text(outcome), caplog.text])) == []
    assert caplog.records


def test_the_parts_of_a_pair_and_its_token_are_removed_and_the_token_stays_whole(clip_file):
    key_id, secret = "key-id-99", "k3y-secret-0123456789"
    token = "eyJ0b2tlbiI6Im9mIGtleS1pZC05OSJ9.c2lnbmF0dXJl"
    granted = {"access_token": token, "expires_in": 900, "for": key_id}
    echo = build_reply(json.dumps({"message": f"{secret} {token} {key_id}"}).encode())
    received = []

    def script(stub, connection):
        received.append(connection.recv(65536))
        auth = b"/v1/auth" in received[-1]
        connection.sendall(build_reply(json.dumps(granted).encode()) if auth else echo)
        connection.close()

    with Stub(script) as stub:
        outcome = outcome_of(lambda: client(stub, KeyPair(key_id, secret)).follow(JOB, timeout=0))
    assert f"Bearer {token}".encode() in received[1]
    text = "\n".join(every_text(outcome))
    assert [part for part in (key_id, secret, token) if found(text, part)] == []


def test_a_refused_exchange_names_neither_part_of_the_pair():
    body = json.dumps({"message": "no pair key-id-99 / k3y-secret-0123456789"}).encode()
    with Stub(answering(build_reply(body, status="401 No"))) as stub:
        pair = KeyPair("key-id-99", "k3y-secret-0123456789")
        outcome = outcome_of(client(stub, pair).check)
    assert outcome.server_message == "no pair [removed] / [removed]"


def test_the_repr_of_an_answer_holds_no_token():
    assert "t0ken" not in repr(Answer(200, b'{"access_token": "t0ken"}'))
