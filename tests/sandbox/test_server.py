"""Starting and stopping the server, running it as a program, and the log of its calls."""

import logging
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import requests

from lib.sandbox import KEY, KEY_SECRET, Fault, Sandbox
from tests.sandbox.polling import wait_until

ROOT = Path(__file__).parents[2]
V1 = "/v1/upload/analyze"
STRICT = (sys.executable, "-X", "dev", "-W", "error")


def program(*arguments):
    return subprocess.Popen(
        [*STRICT, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def result(code):
    """What a program of its own prints; it must end well and complain of nothing."""
    with program("-c", code) as process:
        output, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (0, "")
    return output.split()


def test_it_serves_only_while_it_runs():
    with Sandbox() as sandbox:
        assert requests.get(sandbox.url, timeout=20).status_code == 404
    with pytest.raises(requests.ConnectionError):
        requests.get(sandbox.url, timeout=20)


def test_it_listens_on_loopback_and_on_the_port_asked_for():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with Sandbox(port=port) as sandbox:
        assert sandbox.url == f"http://127.0.0.1:{port}"
        assert requests.get(sandbox.url, timeout=20).status_code == 404


def test_a_port_that_is_taken_is_an_error_of_the_caller(sandbox):
    port = int(sandbox.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        Sandbox(port=port).start()


def test_it_starts_once():
    sandbox = Sandbox().start()
    sandbox.stop()
    sandbox.stop()
    with pytest.raises(RuntimeError, match="once"):
        sandbox.start()


def test_no_thread_is_left_when_it_has_stopped(movie, headers):
    before = set(threading.enumerate())
    with Sandbox(v1_seconds=0.0) as sandbox:
        files = {"file": movie.read_bytes() + b"\0" * 3_000_000}
        answer = requests.post(sandbox.url + V1, headers=headers, files=files, timeout=20)
        assert answer.status_code == 200
    wait_until(lambda: set(threading.enumerate()) <= before)  # workers end a little later


def test_it_stops_while_requests_hang(caplog):
    before = set(threading.enumerate())
    sandbox = Sandbox(faults=[Fault("/v1/auth", call=None, delay=600.0)]).start()
    address = ("127.0.0.1", int(sandbox.url.rpartition(":")[2]))
    beginnings = (
        b"",
        b"POST /v1/auth HTT",
        b"POST /v1/auth HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{}",
        b"POST /v1/auth HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
    )
    hanging = [socket.create_connection(address, timeout=20) for _ in beginnings]
    for connection, beginning in zip(hanging, beginnings, strict=True):
        connection.sendall(beginning)
    wait_until(lambda: len(sandbox.calls) == 2)
    sandbox.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(sandbox.url, timeout=20)
    for connection in hanging:
        connection.close()
    assert caplog.records == []  # no request had to be cancelled
    wait_until(lambda: set(threading.enumerate()) <= before)  # workers end a little later


def test_it_remembers_calls_in_order_without_credentials(headers, movie):
    with Sandbox(v1_seconds=0.0) as sandbox:
        assert sandbox.calls == ()
        files = {"file": movie.read_bytes()}
        marked = {**headers, "X-Client-Request-Id": "mine"}
        requests.post(sandbox.url + V1, headers=marked, files=files, timeout=20)
        requests.get(f"{sandbox.url}/nowhere?key={KEY}", timeout=20)
    first, second = sandbox.calls
    assert (first.method, first.path, first.status) == ("POST", V1, 200)
    assert first.headers["x-client-request-id"] == "mine"
    assert first.received > movie.stat().st_size
    assert (second.method, second.path, second.status) == ("GET", "/nowhere", 404)
    assert second.received == 0
    assert KEY not in f"{first} {second} {first.headers} {second.headers}"


def test_a_client_that_leaves_early_is_no_error(headers, caplog):
    with Sandbox() as sandbox:
        address = ("127.0.0.1", int(sandbox.url.rpartition(":")[2]))
        with socket.create_connection(address, timeout=20) as connection:
            connection.sendall(
                b"POST /v1/upload/analyze HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n"
                b"Authorization: Bearer " + KEY.encode() + b"\r\n"
                b"Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
            )
            wait_until(lambda: sandbox.calls and sandbox.calls[0].received)
        wait_until(lambda: sandbox.calls[0].status is not None)
        assert requests.get(sandbox.url, timeout=20).status_code == 404
    assert sandbox.calls[0].status == 499
    assert caplog.records == []


def test_nothing_secret_is_logged(headers, movie, caplog):
    caplog.set_level(logging.DEBUG)
    pair = {"key_id": "sandbox", "key_secret": "hunter2", "scopes": ["x"]}
    with Sandbox(v1_seconds=0.0) as sandbox:
        requests.post(f"{sandbox.url}/v1/auth", json=pair, timeout=20)
        requests.post(
            sandbox.url + V1, headers=headers, files={"file": movie.read_bytes()}, timeout=20
        )
        logging.getLogger("here").warning("a line, so that the log is known to be read")
    assert "here" in {record.name for record in caplog.records}
    assert not any(secret in caplog.text for secret in ("hunter2", KEY, f"{KEY_SECRET}:"))


def test_starting_it_reads_no_media_library_and_no_client():
    code = (
        "import sys; from lib.sandbox import Sandbox; sandbox = Sandbox().start(); sandbox.stop();"
        "print(*[name for name in ('av', 'lib.interhuman', 'uvicorn') if name in sys.modules])"
    )
    assert result(code) == ["uvicorn"]


def test_a_program_ends_though_its_sandbox_still_runs(movie):
    code = (
        "import requests; from pathlib import Path; from lib.sandbox import KEY, Sandbox;"
        f"media = Path({str(movie)!r}).read_bytes() + bytes(3_000_000);"
        f"url = Sandbox(v1_seconds=0.0).start().url + {V1!r};"
        "head = {'Authorization': 'Bearer ' + KEY};"
        "print(requests.post(url, headers=head, files={'file': media}, timeout=20).status_code)"
    )
    assert result(code) == ["200"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_alone_it_says_its_address_serves_and_ends_cleanly(number):
    with program("-m", "lib.sandbox", "--port", "0") as process:
        try:
            line = process.stdout.readline()
            url = line.split()[-1]
            assert requests.get(url, timeout=20).status_code == 404
            process.send_signal(number)
            rest, complaints = process.communicate(timeout=30)
        finally:
            process.kill()
    assert line.startswith("Sandbox ready at http://127.0.0.1:")
    assert (process.returncode, rest, complaints) == (0, "", "")


def test_alone_it_says_when_its_port_is_taken(sandbox):
    port = sandbox.url.rpartition(":")[2]
    with program("-m", "lib.sandbox", "--port", port) as process:
        output, complaint = process.communicate(timeout=30)
    assert (process.returncode, output) == (1, "")
    assert complaint.startswith(f"The sandbox cannot listen on port {port}: ")
    assert "Traceback" not in complaint
