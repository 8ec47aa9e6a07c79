"""A browser sends recordings to the route in slices, with a token that a page made for each."""

import asyncio
import errno
import hashlib
import json
import os
import secrets
import shutil
import socket
import threading

import pytest
import streamlit as st
from itsdangerous import timed

from lib.library import sqlite_url
from lib.recordings import uploads as uploads_module
from lib.ui.shell import recording_routes, services, signed_addresses, upload_routes
from tests.loopback import serve

BYTES = secrets.token_bytes(2_500_000)
BOUND = 10  # seconds


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("LIBRARY_URL", sqlite_url(tmp_path / "library.db"))
    st.cache_resource.clear()
    with serve([*upload_routes.upload_routes(), *recording_routes.recording_routes()]) as client:
        yield client
    services.recordings().close()
    st.cache_resource.clear()


@pytest.fixture
def plan(client):
    return signed_addresses.new_plan("talk.mp4", len(BYTES))


def address(plan):
    return signed_addresses.UPLOAD + signed_addresses.upload_token(plan)


def put(client, plan, data, offset=0, **headers):
    return client.put(address(plan), data=data, headers={"Upload-Offset": str(offset), **headers})


def content(plan):
    finished = services.uploads().finished(plan.id)
    assert services.recordings().path(finished.ticket).read_bytes() == BYTES
    return finished.content


def test_slices_become_a_recording(client, plan):
    assert client.head(address(plan)).headers["upload-offset"] == "0"
    first = put(client, plan, BYTES[:1_500_000])
    assert (first.status_code, first.json()) == (200, {"offset": 1_500_000, "finished": False})
    assert client.get(address(plan)).json() == first.json()
    last = put(client, plan, BYTES[1_500_000:], 1_500_000)
    assert last.json() == {"offset": len(BYTES), "finished": True}
    assert last.headers["cache-control"] == "no-store"
    assert content(plan) == hashlib.sha256(BYTES).hexdigest()


@pytest.mark.parametrize("sent", [0, 1, 70_000, 1_048_577, 2_499_999])
def test_broken_off_at_any_byte_it_goes_on_there(client, plan, sent):
    with socket.create_connection(("127.0.0.1", client.port)) as connection:
        head = f"PUT {address(plan)} HTTP/1.1\r\nHost: a\r\nUpload-Offset: 0\r\n"
        connection.sendall(f"{head}Content-Length: {len(BYTES)}\r\n\r\n".encode() + BYTES[:sent])
    at = client.get(address(plan)).json()["offset"]  # the server may not have read all of it
    assert at <= sent
    while not (answer := put(client, plan, BYTES[at:], at).json()).get("finished"):
        assert answer["offset"] > at  # some of it came after it was looked at
        at = answer["offset"]
    assert content(plan) == hashlib.sha256(BYTES).hexdigest()


def test_one_that_stands_still_is_over_and_goes_on_later(client, plan, monkeypatch):
    monkeypatch.setattr(upload_routes, "STALL_SECONDS", 0.2)
    with socket.create_connection(("127.0.0.1", client.port), timeout=BOUND) as connection:
        head = f"PUT {address(plan)} HTTP/1.1\r\nHost: a\r\nUpload-Offset: 0\r\n"
        connection.sendall(f"{head}Content-Length: 1000\r\n\r\n".encode() + BYTES[:500])
        assert b" 408 " in connection.recv(100)
    assert client.get(address(plan)).json()["offset"] == 500


def test_resumed_with_other_bytes_it_begins_anew(client, plan):
    put(client, plan, BYTES[:1000])
    other = put(client, plan, bytes(1000), 500)
    assert other.status_code == 422
    assert other.json()["offset"] == 0
    assert other.json()["next_step"]
    assert put(client, plan, BYTES).json()["finished"]


def test_a_slice_for_another_place_is_told_where_the_upload_stands(client, plan):
    put(client, plan, BYTES[:1000])
    for offset in (2000, 999_999):
        refused = put(client, plan, BYTES[2000:3000], offset)
        assert (refused.status_code, refused.json()["offset"]) == (409, 1000)


def test_more_bytes_than_were_planned_are_refused(client):
    small = signed_addresses.new_plan("talk.mp4", 10)
    refused = put(client, small, b"x" * 11)
    assert refused.status_code == 413
    assert client.get(address(small)).json()["offset"] == 0


def test_a_token_for_more_than_the_app_takes_now_is_refused(client, plan, monkeypatch):
    assert put(client, plan, BYTES[:1000]).status_code == 200
    monkeypatch.setenv("RECORDINGS_MAX_GIGABYTES", "0.001")
    refused = put(client, plan, BYTES[1000:2000], 1000)
    assert refused.status_code == 413
    assert "takes at most" in refused.json()["what"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "1e3"}, 400),
        ({"Upload-Offset": "٣"}, 400),
        ({"Upload-Offset": "9" * 4000}, 400),
        ({"Upload-Offset": ""}, 400),
        ({"Content-Length": str(upload_routes.MAX_SLICE_BYTES + 1)}, 413),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_what_is_not_said_right_is_refused(client, plan, headers, status):
    with socket.create_connection(("127.0.0.1", client.port), timeout=BOUND) as connection:
        said = {"Host": "a", "Upload-Offset": "0", "Content-Length": "1", **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        connection.sendall(f"PUT {address(plan)} HTTP/1.1\r\n{lines}\r\nx".encode())
        assert f" {status} ".encode() in connection.recv(100)
    assert client.get(address(plan)).json()["offset"] == 0


def test_a_body_without_a_length_is_refused(client, plan):
    assert put(client, plan, iter([b"x"])).status_code == 411


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://127.0.0.1:PORT"}]
)
def test_a_page_of_the_app_may_send(client, plan, headers):
    headers = {name: text.replace("PORT", str(client.port)) for name, text in headers.items()}
    assert put(client, plan, BYTES[:10], **headers).status_code == 200


def test_a_forged_token_or_one_for_something_else_sends_nothing(client, plan):
    token = signed_addresses.upload_token(plan)
    play = services.address_signer().sign("play", [plan.id, "a.mp4", 5], "")
    forged = token.replace(token[5], "A" if token[5] != "A" else "B", 1)
    for other in ("x", play, forged, services.address_signer().sign("upload", "x", "")):
        refused = client.put(
            signed_addresses.UPLOAD + other, data=b"x", headers={"Upload-Offset": "0"}
        )
        assert refused.status_code == 403
        assert refused.json()["next_step"]
    assert client.get(signed_addresses.PLAY + token).status_code == 404


def test_a_token_ends(client, plan, monkeypatch):
    where, now = address(plan), timed.time.time()
    monkeypatch.setattr(timed.time, "time", lambda: now + services.UPLOAD_SECONDS + 2)
    assert client.put(where, data=b"x", headers={"Upload-Offset": "0"}).status_code == 403


def test_a_changed_passphrase_ends_it(client, plan, monkeypatch):
    where = address(plan)
    monkeypatch.setenv("ACCESS_PASSPHRASE", "three blue herons")
    assert client.get(where).status_code == 403


def test_a_token_is_good_for_one_file(client, plan):
    put(client, plan, BYTES)
    for offset, data in ((0, BYTES), (len(BYTES), b"")):
        again = put(client, plan, data, offset)
        assert again.status_code == 410
        assert again.json()["next_step"]
    assert client.get(address(plan)).json()["finished"]  # for a browser that missed the answer
    content(plan)


def test_what_is_cancelled_is_gone(client, plan):
    put(client, plan, BYTES[:10])
    assert client.delete(address(plan)).status_code == 204
    assert put(client, plan, BYTES[10:], 10).status_code == 410
    assert not list(services.recordings().folder.glob("upload-*"))


def test_a_full_disk_says_so_and_the_upload_goes_on_once_there_is_room(client, plan, monkeypatch):
    put(client, plan, BYTES[:1000])
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(uploads_module.shutil, "disk_usage", lambda _: usage._replace(free=5))
    full = put(client, plan, BYTES[1000:], 1000)
    assert (full.status_code, full.json()["offset"]) == (507, 1000)
    assert "no room" in full.json()["what"]
    monkeypatch.undo()
    monkeypatch.setenv("LIBRARY_URL", "")
    assert put(client, plan, BYTES[1000:], 1000).json()["finished"]


def test_a_disk_that_is_full_while_the_next_block_comes_says_so(client, plan, monkeypatch):
    write, whole = os.write, upload_routes.BLOCK_BYTES

    def full(file, data):
        if len(data) < whole:
            raise OSError(errno.ENOSPC, "full")
        return write(file, data)

    monkeypatch.setattr(uploads_module.os, "write", full)
    answer = put(client, plan, BYTES)
    at = answer.json()["offset"]
    assert answer.status_code == 507
    assert at > 0
    assert at < len(BYTES)
    monkeypatch.undo()
    monkeypatch.setenv("LIBRARY_URL", "")
    assert put(client, plan, BYTES[at:], at).json()["finished"]
    assert content(plan) == hashlib.sha256(BYTES).hexdigest()


def test_the_next_block_comes_while_one_is_written():
    block, came, written = bytes(upload_routes.BLOCK_BYTES), threading.Event(), []

    class Body:
        async def stream(self):
            yield block
            came.set()
            yield b"the end"

    class Part:
        def write(self, data):
            assert came.wait(BOUND)
            written.append(bytes(data))

    asyncio.run(upload_routes._write(Body(), Part()))
    assert written == [block, b"the end"]


def test_an_empty_file_is_a_recording_as_well(client):
    empty = signed_addresses.new_plan("talk.mp4", 0)
    assert put(client, empty, b"").json() == {"offset": 0, "finished": True}


@pytest.mark.parametrize("name", ["a.mp4", "../../etc/passwd", "a.<b>", "x" * 5000, "é.mp4\r\nX"])
def test_a_name_goes_into_no_address(client, name):
    plan = signed_addresses.new_plan(name, 1)
    assert plan.name in ("recording.mp4", "recording")
    assert json.dumps(address(plan)).isascii()
    assert put(client, plan, b"x").json()["finished"]
