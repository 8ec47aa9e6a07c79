"""A credential is taken out of bytes in every form, and everything else stays as it was."""

import base64
import json
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.interhuman.redactor import Redactor
from tests.budget import examples
from tests.interhuman.echoes import ECHOES, KEY, found
from tests.interhuman.examples import V1, V2, to_json

REDACTOR = Redactor([KEY])
ALPHABET = st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.+/=~")


def escaped(text):
    """Each character as JSON may also write it."""
    return "".join(f"\\u{ord(character):04x}" for character in text)


@pytest.mark.parametrize("echo", ECHOES)
def test_a_key_is_removed_in_every_form(echo):
    cleaned = REDACTOR.clean(to_json({"message": ECHOES[echo]}).encode()).decode()
    assert found(cleaned) == []
    assert "[removed]" in json.loads(cleaned)["message"]


@pytest.mark.parametrize("echo", ECHOES)
def test_a_key_that_is_escaped_in_json_is_removed(echo):
    for text in (escaped(ECHOES[echo]), ECHOES[echo].replace("/", "\\/")):
        cleaned = REDACTOR.clean(f'{{"a": "{text}", "b": "\\"\\\\u0041\\n"}}'.encode())
        assert found(json.loads(cleaned)["a"]) == []
        assert json.loads(cleaned)["b"] == '"\\u0041\n'


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode, quote_from_bytes])
def test_a_key_is_removed_from_base64_of_either_alphabet_and_from_a_url(encode):
    key = b"~~?" * 6  # each eight letters hold one that every form writes in its own way
    form = encode(key).encode() if encode is quote_from_bytes else encode(key)
    cleaned = Redactor([key.decode()]).clean(b'{"message": "Basic %s."}' % form)
    assert cleaned == b'{"message": "Basic [removed]."}'


def test_what_stands_around_it_stays():
    sent = f"before {KEY} between {KEY[:10]}, {KEY[5:20]} after".encode()
    expected = b"before [removed] between [removed], [removed] after"
    assert REDACTOR.clean(sent) == expected


@pytest.mark.parametrize(
    "sent",
    [
        to_json(V1).encode(),
        to_json(V2).encode(),
        b'{"a": "\\u0041\\/\\u00e9 \\\\u0042"}',
        b"\xff\xfe\x00",
        b"",
        f'"{KEY[:7]} {KEY[-7:]}"'.encode(),
    ],
)
def test_what_holds_no_secret_stays_as_it_was_received(sent):
    assert REDACTOR.clean(sent) is sent
    assert Redactor([]).clean(sent) is sent


def test_a_short_secret_is_removed_from_a_refusal_where_it_is_a_word():
    redactor = Redactor(["ih_live_x1", "s3"])
    sent = b"Bad key ih_live_x1 of pair p / s3, not s33"
    assert redactor.clean(sent, refusal=True) == b"Bad key [removed] of pair p / [removed], not s33"
    assert redactor.clean(b'{"s3": 1}') == b'{"s3": 1}'
    assert redactor.clean_text("s3") == "[removed]"
    assert redactor.clean_text(None) is None


@settings(max_examples=examples(300))
@given(
    key=st.text(ALPHABET, min_size=8, max_size=60),
    before=st.text(),
    after=st.text(),
    cut=st.tuples(st.integers(0, 60), st.integers(8, 60)),
)
def test_no_part_of_any_key_is_left(key, before, after, cut):
    start = min(cut[0], len(key) - 8)
    part = key[start : start + cut[1]]
    sent = (before + part + after).encode("utf-8", "replace")
    cleaned = Redactor([key]).clean(sent)
    assert all(key[at : at + 8].encode() not in cleaned for at in range(len(key) - 7))
