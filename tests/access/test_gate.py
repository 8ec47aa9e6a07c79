"""The gate lets in whoever knows the passphrase, slows down whoever guesses, and knows a token."""

import hmac
import threading
import time

import pytest

from lib.access import gate
from lib.access.gate import Gate
from lib.errors import PassphraseError
from tests.clock import Clock

RIGHT = "three blue herons"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def closed(clock):
    return Gate(clock)


def guess(closed, times=1):
    """Enter so many wrong passphrases; what was said to the last."""
    for _ in range(times):
        with pytest.raises(PassphraseError) as caught:
            closed.admit("a guess", RIGHT)
    return caught.value


def test_the_passphrase_gives_a_token_that_is_valid(closed):
    assert closed.is_valid(closed.admit(RIGHT, RIGHT), RIGHT)


@pytest.mark.parametrize("entered", [f"{RIGHT}\n", f"  {RIGHT}", RIGHT])
def test_white_space_around_it_is_no_other_passphrase(closed, entered):
    assert closed.admit(entered, RIGHT)


def test_a_letter_with_an_accent_is_the_same_on_every_system(closed):
    assert closed.admit("caf\u0065\u0301 on the corner", "caf\u00e9 on the corner")


@pytest.mark.parametrize("entered", ["", "three blue heron", RIGHT.upper(), "\ud800", RIGHT * 999])
def test_another_passphrase_is_refused_with_a_next_step(closed, entered):
    with pytest.raises(PassphraseError) as caught:
        closed.admit(entered, RIGHT)
    assert "not the passphrase" in caught.value.what
    assert caught.value.next_step


def test_passphrases_are_compared_in_constant_time(closed, monkeypatch):
    compared = []
    same = hmac.compare_digest
    monkeypatch.setattr(
        gate.hmac, "compare_digest", lambda *two: compared.append(two) or same(*two)
    )
    guess(closed)
    assert [len(one) == len(two) for one, two in compared] == [True]  # whatever they stand for


def test_after_five_wrong_tries_even_the_right_one_waits(closed, clock):
    guess(closed, 5)
    with pytest.raises(PassphraseError, match="Too many") as caught:
        closed.admit(RIGHT, RIGHT)
    assert caught.value.next_step == "Wait 2 seconds, then try again."
    clock.now += 2
    assert closed.admit(RIGHT, RIGHT)


def test_four_wrong_tries_make_nobody_wait(closed):
    guess(closed, 4)
    assert closed.admit(RIGHT, RIGHT)


def test_each_further_wrong_try_waits_twice_as_long_up_to_a_minute(closed, clock):
    guess(closed, 5)
    waits = []
    for _ in range(8):
        begun = clock.now
        while "Too many" in guess(closed).what:
            clock.now += 1
        waits.append(clock.now - begun)
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]


def test_a_try_that_comes_too_early_makes_the_wait_no_longer(closed, clock):
    guess(closed, 5)
    guess(closed, 50)
    clock.now += 2
    assert closed.admit(RIGHT, RIGHT)


def test_who_comes_in_gives_nobody_five_more_tries(closed, clock):
    guess(closed, 5)
    clock.now += 2
    closed.admit(RIGHT, RIGHT)
    guess(closed)
    assert "Too many" in guess(closed).what


def test_after_a_calm_time_tries_are_free_again(closed, clock):
    guess(closed, 5)
    clock.now += gate.CALM_SECONDS + 1
    guess(closed, 4)
    assert closed.admit(RIGHT, RIGHT)


def test_many_at_once_have_five_tries_together(closed):
    said = []
    start = threading.Barrier(40)

    def try_once():
        start.wait()
        try:
            closed.admit("a guess", RIGHT)
        except PassphraseError as error:
            said.append(error.what)

    threads = [threading.Thread(target=try_once) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum("not the passphrase" in what for what in said) == 5


def test_a_token_ends(closed, monkeypatch):
    token = closed.admit(RIGHT, RIGHT)
    later = time.time() + gate.TOKEN_SECONDS
    monkeypatch.setattr(time, "time", lambda: later - 1)
    assert closed.is_valid(token, RIGHT)
    monkeypatch.setattr(time, "time", lambda: later + 2)
    assert not closed.is_valid(token, RIGHT)


def test_a_token_ends_with_its_passphrase_and_with_its_process(closed):
    token = closed.admit(RIGHT, RIGHT)
    assert not closed.is_valid(token, "another")
    assert not Gate().is_valid(token, RIGHT)


@pytest.mark.parametrize("forged", ["", "x", "admitted", "admitted.aaaa.bbbb", "é", "a" * 10**6])
def test_a_forged_token_is_none(closed, forged):
    assert not closed.is_valid(forged, RIGHT)


def test_a_token_that_was_changed_is_none(closed):
    token = closed.admit(RIGHT, RIGHT)
    stamp = token.split(".")[1]
    assert not closed.is_valid(token.replace(stamp, stamp[:-1] + "_"), RIGHT)
    assert not closed.is_valid(token[:-1] + ("A" if token[-1] != "A" else "Q"), RIGHT)


def test_a_token_holds_nothing_of_the_passphrase(closed):
    assert closed.admit(RIGHT, RIGHT).startswith("admitted.")
    assert RIGHT not in closed.admit(RIGHT, RIGHT)
