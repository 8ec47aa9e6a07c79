import json
import threading

import pytest

from lib.errors import ApiError, BadAnswer, Cancelled, CredentialRefused, ScopeMissing, ServerFault
from lib.interhuman.cancellation import Cancel
from lib.interhuman.credentials import ApiKey, KeyPair, Token, Tokens, parse_token

MAX_SECONDS = 20  # that a thread may take


def reply(**changes):
    granted = {
        "access_token": "eyJx",
        "token_type": "Bearer",
        "expires_in": 900,
        "scope": "interhumanai.upload",
    }
    return json.dumps({**granted, **changes}).encode()


@pytest.mark.parametrize(
    "credential", [ApiKey("ih_live_s3cret"), KeyPair("kid", "s3cret"), Token("s3cret", 900.0)]
)
def test_a_credential_never_shows_itself(credential):
    assert "s3cret" not in f"{credential!r} {credential}"
    assert "kid" not in f"{credential!r} {credential}"


@pytest.mark.parametrize("key", ["", "  ", "ih_live_a\nb", "ih live", "ih_live_ü", "ih\x00"])
def test_a_key_that_no_header_can_carry_is_refused_without_being_shown(key):
    with pytest.raises(CredentialRefused) as caught:
        ApiKey(key)
    assert not key.strip() or key.strip() not in f"{caught.value!r} {caught.value}"


def test_blanks_around_a_copied_credential_are_dropped():
    assert ApiKey(" ih_live_x\n").key == "ih_live_x"
    assert KeyPair(" kid ", "s\n") == KeyPair("kid", "s")


@pytest.mark.parametrize("pair", [("", "s"), ("k", " ")])
def test_half_a_pair_is_refused(pair):
    with pytest.raises(CredentialRefused):
        KeyPair(*pair)


def test_a_token_is_read_with_its_life():
    assert parse_token(reply()) == Token("eyJx", 900.0)
    assert parse_token(reply(scope=None)) == Token("eyJx", 900.0)


def test_the_granted_scope_has_the_last_word():
    assert parse_token(reply(scope="interhumanai.stream interhumanai.upload")).bearer == "eyJx"
    with pytest.raises(ScopeMissing):
        parse_token(reply(scope="interhumanai.uploads interhumanai.stream"))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        reply(access_token=""),
        reply(access_token=5),
        reply(access_token="a\r\nX-Evil: 1"),
        reply(expires_in="900"),
        reply(expires_in=True),
        reply(expires_in=float("nan")),
    ],
)
def test_an_answer_without_a_token_that_can_be_sent_is_a_bad_answer(sent):
    with pytest.raises(BadAnswer) as caught:
        parse_token(sent)
    assert "eyJx" not in str(caught.value)


class TokenSource:
    """Counts the tokens it gives; raises while there are errors left."""

    def __init__(self, *errors, seconds=900.0):
        self.count = 0
        self._errors = list(errors)
        self._seconds = seconds

    def __call__(self, cancel):
        self.count += 1
        if self._errors:
            raise self._errors.pop()
        return Token(f"t{self.count}", self._seconds)


def together(count, work):
    """Run `work` in so many threads at once; what each returned or raised."""
    gate = threading.Barrier(count)
    outcomes = []

    def run():
        gate.wait(MAX_SECONDS)
        try:
            outcomes.append(work())
        except ApiError as error:
            outcomes.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(MAX_SECONDS)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def test_twenty_threads_that_need_a_token_at_once_share_one():
    source = TokenSource()
    tokens = Tokens(source)
    assert together(20, lambda: tokens.get(Cancel())) == ["t1"] * 20
    assert source.count == 1


def test_a_mint_that_fails_is_tried_again_by_the_next_who_needs_it():
    source = TokenSource(ServerFault(), ServerFault())
    tokens = Tokens(source)
    outcomes = together(8, lambda: tokens.get(Cancel()))
    assert [isinstance(outcome, ServerFault) for outcome in outcomes].count(True) == 2
    assert outcomes.count("t3") == 6
    assert source.count == 3


def test_a_token_is_renewed_thirty_seconds_before_its_end():
    now = [100.0]
    tokens = Tokens(TokenSource(seconds=900.0), clock=lambda: now[0])
    assert tokens.get(Cancel()) == "t1"
    now[0] += 869.9
    assert tokens.get(Cancel()) == "t1"
    now[0] += 0.2
    assert tokens.get(Cancel()) == "t2"


def test_dropping_a_token_that_was_renewed_meanwhile_drops_nothing():
    tokens = Tokens(TokenSource())
    first = tokens.get(Cancel())
    tokens.drop(first)
    second = tokens.get(Cancel())
    tokens.drop(first)
    assert tokens.get(Cancel()) == second == "t2"
    tokens.drop()
    assert tokens.get(Cancel()) == "t3"


def test_who_waits_for_the_mint_of_another_can_be_cancelled():
    requested, go_on = threading.Event(), threading.Event()

    def slow(cancel):
        requested.set()
        go_on.wait(MAX_SECONDS)
        return Token("t1", 900.0)

    tokens, cancel, outcome = Tokens(slow), Cancel(), []

    def wait():
        try:
            tokens.get(cancel)
        except Cancelled as error:
            outcome.append(error)

    first = threading.Thread(target=tokens.get, args=(Cancel(),))
    first.start()
    assert requested.wait(MAX_SECONDS)
    second = threading.Thread(target=wait)
    second.start()
    cancel.cancel()
    second.join(MAX_SECONDS)
    assert not second.is_alive()
    assert len(outcome) == 1
    go_on.set()
    first.join(MAX_SECONDS)
    assert not first.is_alive()
