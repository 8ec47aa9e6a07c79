import pytest
import requests

from lib.sandbox import KEY, KEY_ID, KEY_SECRET, Sandbox
from lib.sandbox.errors import Refused
from lib.sandbox.tokens import Tokens

UPLOAD = "interhumanai.upload"
STREAM = "interhumanai.stream"
PAIR = {"key_id": KEY_ID, "key_secret": KEY_SECRET, "scopes": [UPLOAD]}
UNKNOWN_JOB = "/v2/upload/jobs/00000000000000000000000000000000"


def request_status(sandbox, path, **options):
    method = "GET" if "jobs" in path else "POST"
    answer = requests.request(method, sandbox.url + path, timeout=20, **options)
    return answer.status_code, answer.json().get("error_id")


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [
        (None, (401, "ih2002")),
        ("Bearer ", (401, "ih2002")),
        ("Bearer", (401, "ih2002")),
        ("Basic ih_live_sandbox", (401, "ih2001")),
        ("Bearer ih_live_other", (401, "ih2001")),
        ("Bearer ih_live_noscope", (403, "ih2003")),
        (f"Bearer {KEY}", (404, "ih4021")),
        (f"bearer {KEY}", (404, "ih4021")),
    ],
)
def test_a_job_can_be_read_only_with_the_key(sandbox, authorization, expected):
    headers = {"Authorization": authorization} if authorization else {}
    assert request_status(sandbox, UNKNOWN_JOB, headers=headers) == expected


@pytest.mark.parametrize("path", ["/v1/upload/analyze", "/v2/upload/analyze"])
def test_an_upload_needs_a_credential_before_anything_else(sandbox, path):
    assert request_status(sandbox, path) == (401, "ih2002")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"key_secret": None}, (400, "ih2005")),
        ({"key_secret": ""}, (400, "ih2005")),
        ({"key_secret": "wrong"}, (401, "ih2001")),
        ({"key_id": "other"}, (401, "ih2001")),
        ({"key_id": None}, (401, "ih2002")),
        ({"scopes": []}, (400, "ih4005")),
        ({"scopes": None}, (400, "ih4005")),
        ({"scopes": UPLOAD}, (400, "ih4005")),
        ({"scopes": ["interhumanai.upload.inter-2-deep"]}, (403, "ih2003")),
        ({"scopes": [UPLOAD, "interhumanai.everything"]}, (403, "ih2003")),
        ({"scopes": [[]]}, (403, "ih2003")),
    ],
)
def test_a_pair_that_is_not_right_gets_no_token(sandbox, change, expected):
    assert request_status(sandbox, "/v1/auth", json={**PAIR, **change}) == expected


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 50_000, b" " * 70_000])
def test_a_body_that_cannot_be_read_gets_no_token(sandbox, body):
    assert request_status(sandbox, "/v1/auth", data=body) == (400, "ih4005")


@pytest.mark.parametrize("body", ["[]", "null", "3", '"key"'])
def test_a_body_without_a_pair_gets_no_token(sandbox, body):
    assert request_status(sandbox, "/v1/auth", data=body) == (400, "ih2005")


@pytest.fixture
def tokens(clock):
    return Tokens(seconds=900.0, clock=clock)


def test_a_token_lets_in_until_it_ends(clock):
    with Sandbox(token_seconds=120.0, clock=clock) as sandbox:
        answer = requests.post(f"{sandbox.url}/v1/auth", json=PAIR, timeout=20).json()
        assert answer["expires_in"] == 120
        token = {"Authorization": f"Bearer {answer['access_token']}"}
        clock.now += 119.0
        assert request_status(sandbox, UNKNOWN_JOB, headers=token) == (404, "ih4021")
        clock.now += 1.0
        assert request_status(sandbox, UNKNOWN_JOB, headers=token) == (401, "ih2001")


def test_ended_tokens_are_forgotten(tokens, clock):
    tokens.issue(frozenset())
    clock.now += 901.0
    valid = tokens.issue(frozenset())
    assert list(tokens._valid) == [valid]


def test_every_token_is_another(tokens):
    assert len({tokens.issue(frozenset()) for _ in range(50)}) == 50


def test_a_legacy_scope_is_issued_as_the_one_of_its_endpoint(tokens):
    answer = tokens.exchange({**PAIR, "scopes": ["interhumanai.upload.inter-2-audio"]})
    assert answer["scope"] == UPLOAD
    assert tokens.admit(f"Bearer {answer['access_token']}") is None


def test_a_token_without_the_upload_scope_cannot_upload(tokens):
    token = tokens.exchange({**PAIR, "scopes": [STREAM]})["access_token"]
    with pytest.raises(Refused, match="ih2003"):
        tokens.admit(f"Bearer {token}")
