"""What the browser is told of a page of ours, and what strangers are not told at all."""

import base64
import hashlib
from functools import partial

import pytest
import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from lib.ui.shell import page_documents, security_headers, streamlit_internals
from lib.ui.shell.security_headers import content_policy
from tests.loopback import serve


def answer(_):
    return PlainTextResponse("here")


def own(_):
    return PlainTextResponse("here", headers={"Content-Security-Policy": "sandbox"})


@pytest.fixture
def client():
    routes = [Route("/", answer), Route("/own", own), Route("/_stcore/metrics", answer)]
    with serve(routes, security_headers.middleware()) as client:
        yield client


def directives(policy):
    return {name: values for name, *values in (one.split() for one in policy.split("; "))}


def test_every_answer_says_what_a_page_may_do(client):
    for path in ("/", "/not-there"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["content-security-policy"] == content_policy()


def test_a_route_with_a_policy_of_its_own_has_it(client):
    assert client.get("/own").headers["content-security-policy"] == "sandbox"


def test_no_other_host_and_no_script_in_a_page_is_allowed():
    allowed = directives(content_policy())
    assert allowed["object-src"] == ["'none'"]
    for values in allowed.values():
        for value in values:
            assert value in {"data:", "blob:"} or value.startswith("'")
    assert not {"'unsafe-inline'", "data:"} & set(allowed["script-src"])


@pytest.mark.parametrize(
    "document",
    [
        streamlit_internals.read_document,
        partial(page_documents.page_document, charts=False),
        partial(page_documents.page_document, charts=True),
    ],
)
def test_the_scripts_in_the_documents_are_allowed_by_what_is_in_them(document):
    scripts = [part.partition("</script>")[0] for part in document().split("<script>")[1:]]
    assert scripts
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in directives(content_policy())["script-src"]


def test_who_may_frame_the_app_is_a_setting(client, monkeypatch):
    monkeypatch.setenv("ACCESS_FRAMED_BY", "https://pages.example.org, https://b.example.org:8443")
    headers = client.get("/").headers
    assert "x-frame-options" not in headers
    assert directives(headers["content-security-policy"])["frame-ancestors"] == [
        "'self'",
        "https://pages.example.org",
        "https://b.example.org:8443",
    ]


def test_numbers_of_use_are_for_this_machine(client):
    for path in ("/_stcore/metrics", "/_stcore/metrics/"):
        assert client.get(path).text == "here"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.5"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=203.0.113.5"},
        {"Host": "review.example.org"},
        {"Host": "[2001:db8::1]:80"},
    ],
)
def test_strangers_get_no_numbers_of_use(client, headers):
    for path in ("/_stcore/metrics", "/_stcore/metrics/"):
        refused = client.get(path, headers=headers)
        assert refused.status_code == 404
        assert refused.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("peer", [("203.0.113.5", 5), None])
def test_another_machine_is_a_stranger_whatever_it_says(peer):
    scope = {"client": peer, "headers": [(b"host", b"localhost:8501")]}
    assert not security_headers._is_of_this_machine(scope)
    assert st.get_option("server.enableAgentApi") is False  # tells as much, if somebody sets it
