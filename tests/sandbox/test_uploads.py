"""The upload routes: their forms, their bounds, and what every answer carries."""

import http.client
import json

import pytest
import requests

from lib.sandbox import KEY, Limits, Sandbox

V1 = "/v1/upload/analyze"
V2 = "/v2/upload/analyze"


def send(sandbox, route, headers, path=None, **fields):
    files = {"file": ("any name", path.read_bytes())} if path else {"other": ("x", b"x")}
    if route == V2:
        fields = {"model": "inter-2", **fields}
    return requests.post(sandbox.url + route, headers=headers, data=fields, files=files, timeout=20)


def error_id(answer):
    return answer.status_code, answer.json()["error_id"]


@pytest.mark.parametrize("route", [V1, V2])
def test_a_request_without_a_file_says_so(sandbox, headers, route):
    assert error_id(send(sandbox, route, headers)) == (400, "ih4001")


@pytest.mark.parametrize("route", [V1])
@pytest.mark.parametrize("body", [{"data": b"raw"}, {"json": {}}, {"data": {"file": "text"}}])
def test_a_request_that_is_no_form_of_files_holds_no_file(sandbox, headers, route, body):
    answer = requests.post(sandbox.url + route, headers=headers, timeout=20, **body)
    assert error_id(answer) == (400, "ih4001")


def test_a_form_that_cannot_be_read_is_a_bad_parameter(sandbox, headers):
    headers = {**headers, "Content-Type": "multipart/form-data"}
    answer = requests.post(sandbox.url + V1, headers=headers, data=b"x", timeout=20)
    assert error_id(answer) == (400, "ih4005")


@pytest.mark.parametrize(
    ("route", "fields"),
    [
        (V1, {"include[]": "signals"}),
        (V1, {"include[]": ["conversation_quality_overall", "all"]}),
        (V1, {"goal_dimensions[]": "charm"}),
        (V2, {"include[]": "everything"}),
        (V2, {"model": "inter-3"}),
        (V2, {"model": ""}),
        (V2, {"wait_seconds": "121"}),
        (V2, {"wait_seconds": "-1"}),
        (V2, {"wait_seconds": "1.5"}),
        (V2, {"wait_seconds": "9" * 9000}),
    ],
)
def test_a_bad_parameter_is_refused(sandbox, headers, movie, route, fields):
    assert error_id(send(sandbox, route, headers, movie, **fields)) == (400, "ih4005")


def test_a_missing_model_is_a_bad_parameter(sandbox, headers, movie):
    with movie.open("rb") as file:
        answer = requests.post(sandbox.url + V2, headers=headers, files={"file": file}, timeout=20)
    assert error_id(answer) == (400, "ih4005")


@pytest.mark.parametrize("route", [V1, V2])
@pytest.mark.parametrize(
    ("kind", "expected"),
    [("short", (400, "ih4007")), ("sound", (422, "ih5001")), ("notes", (400, "ih4002"))],
)
def test_the_checks_on_the_file_fail_the_upload(
    sandbox, headers, route, kind, expected, request, tmp_path
):
    if kind == "notes":
        path = tmp_path / "notes.mp4"
        path.write_text("Not a film.")
    else:
        path = request.getfixturevalue(kind)
    assert error_id(send(sandbox, route, headers, path)) == expected


def test_the_same_file_gets_the_same_answer_under_any_name(sandbox, movie, headers):
    answers = [
        requests.post(sandbox.url + V1, headers=headers, files={"file": part}, timeout=20).json()
        for part in (("a.mp4", movie.read_bytes()), ("b.avi", movie.read_bytes(), "video/avi"))
    ]
    assert answers[0] == answers[1]


def test_another_file_gets_another_answer(sandbox, movie, clips, headers):
    first, second = (send(sandbox, V1, headers, path).json() for path in (movie, clips["mp4"]))
    assert first != second


def test_a_file_as_large_as_allowed_is_taken_and_one_byte_more_is_not(movie, headers):
    size = movie.stat().st_size
    for allowed, expected in ((size, 200), (size - 1, 413)):
        with Sandbox(v1_seconds=0.0, limits=Limits(max_bytes=allowed)) as sandbox:
            answer = send(sandbox, V1, headers, movie)
        assert answer.status_code == expected
    assert answer.json()["error_id"] == "ih4003"


def test_an_announced_body_that_is_too_large_is_refused_unread(sandbox):
    connection = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=20)
    connection.putrequest("POST", V1)
    connection.putheader("Authorization", f"Bearer {KEY}")
    connection.putheader("Content-Type", "multipart/form-data; boundary=b")
    connection.putheader("Content-Length", "33700000")
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["error_id"]) == (413, "ih4003")
    connection.close()
    assert sandbox.calls[-1].received == 0


def test_a_body_of_unknown_size_is_read_only_up_to_the_limit(headers):
    headers = {**headers, "Content-Type": "multipart/form-data; boundary=b"}
    part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'

    def body():
        yield part
        for _ in range(40):
            yield b"\0" * 65_536

    with Sandbox(limits=Limits(max_bytes=100_000)) as sandbox:
        answer = requests.post(sandbox.url + V1, headers=headers, data=body(), timeout=20)
        assert error_id(answer) == (413, "ih4003")
        assert sandbox.calls[0].received < 500_000


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("POST", "/v0/upload/analyze", 404),
        ("POST", "/v1/auth/", 404),
        ("GET", "/v2/upload/jobs", 404),
        ("GET", "/v1/upload/analyze", 405),
    ],
)
def test_what_is_not_served_is_refused_in_the_documented_shape(sandbox, method, path, status):
    answer = requests.request(method, sandbox.url + path, timeout=20)
    assert answer.status_code == status
    assert set(answer.json()) == {"error_id", "correlation_id", "link", "message"}
    assert answer.headers["X-Correlation-ID"] == answer.json()["correlation_id"]


def test_every_answer_has_its_own_correlation_id(sandbox, movie, headers):
    answers = [
        send(sandbox, V1, headers, movie),
        send(sandbox, V2, headers, movie),
        send(sandbox, V2, headers),
        send(sandbox, V1, {}),
    ]
    assert [answer.status_code for answer in answers] == [200, 202, 400, 401]
    ids = {answer.headers["X-Correlation-ID"] for answer in answers}
    assert len(ids) == 4
    for refused in answers[2:]:
        assert refused.headers["X-Correlation-ID"] == refused.json()["correlation_id"]
