"""Only a page makes an address, for one purpose and for a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeTimedSerializer, timed

from lib.access.address_signer import AddressSigner

PASSPHRASE = "three blue herons"


@pytest.fixture
def signer():
    return AddressSigner()


def read(signer, token, purpose="play", passphrase=PASSPHRASE, max_age=60):
    return signer.read(purpose, token, passphrase, max_age=max_age)


@pytest.mark.parametrize("named", ["a session", "", 5, {"id": "x", "bytes": 1 << 40}])
def test_a_token_names_what_was_signed(signer, named):
    assert read(signer, signer.sign("play", named, PASSPHRASE)) == named


def test_a_token_fits_into_an_address(signer):
    token = signer.sign("play", "a/b c?d#e%" * 100, PASSPHRASE)
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


def test_a_token_is_worth_nothing_for_another_purpose(signer):
    assert read(signer, signer.sign("play", "x", PASSPHRASE), purpose="upload") is None


def test_a_changed_passphrase_and_another_process_end_it(signer):
    token = signer.sign("play", "x", PASSPHRASE)
    assert read(signer, token, passphrase="another one") is None
    assert read(signer, token, passphrase="") is None
    assert read(AddressSigner(), token) is None


def test_a_token_ends_after_its_time(signer, monkeypatch):
    token = signer.sign("play", "x", PASSPHRASE)
    now = timed.time.time()
    monkeypatch.setattr(timed.time, "time", lambda: now + 59)
    assert read(signer, token) == "x"
    monkeypatch.setattr(timed.time, "time", lambda: now + 62)
    assert read(signer, token) is None


@given(at=st.integers(0, 400), character=st.characters())
def test_a_token_with_another_character_names_nothing(at, character):
    signer = AddressSigner()
    token = signer.sign("play", "x", PASSPHRASE)
    place = at % len(token)
    forged = token[:place] + character + token[place + 1 :]
    # The last letter of base64 holds bits that count for nothing.
    assert forged == token or read(signer, forged) in (None, "x")
    assert forged == token or place == len(token) - 1 or read(signer, forged) is None


@pytest.mark.parametrize("token", ["", ".", "..", "x" * 5000, "\ud800", "é.é.é"])
def test_what_is_no_token_names_nothing(signer, token):
    assert read(signer, token) is None


def test_a_token_of_a_key_that_can_be_guessed_names_nothing(signer):
    for key in ("", "secret", PASSPHRASE):
        assert read(signer, URLSafeTimedSerializer(key, salt="play").dumps("x")) is None
