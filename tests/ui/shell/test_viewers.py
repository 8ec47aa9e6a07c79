"""Who has a review open is known for a while, in a bounded place."""

import pytest

from lib.ui.shell import viewers
from lib.ui.shell.viewers import Viewer, Viewers

ANA, BEN = Viewer("Ana"), Viewer("Ben", editing="n1")


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def known(clock):
    return Viewers(clock)


def test_one_sees_the_others_of_the_same_review_in_the_order_they_came(known):
    assert known.see("abc", "1", ANA) == ()
    assert known.see("abc", "2", BEN) == (ANA,)
    assert known.see("abc", "3", Viewer()) == (ANA, BEN)
    assert known.see("abc", "1", ANA) == (BEN, Viewer())
    assert known.see("other", "4", ANA) == ()


def test_who_does_not_ask_for_a_while_or_leaves_is_gone(known, clock):
    known.see("abc", "1", ANA)
    clock.now = viewers.PRESENT_SECONDS
    assert known.see("abc", "2", BEN) == (ANA,)
    clock.now += 1
    assert known.see("abc", "3", Viewer()) == (BEN,)
    known.leave("abc", "2")
    known.leave("abc", "nobody")
    assert known.see("abc", "3", Viewer()) == ()


def test_what_they_tell_is_told_anew_and_cut(known):
    known.see("abc", "1", ANA)
    known.see("abc", "1", Viewer(" A\nna " + "x" * 1000, "n" * 1000))
    (told,) = known.see("abc", "2", BEN)
    assert told.name == ("A na " + "x" * 1000)[:80]
    assert told.editing == "n" * 100


def test_their_number_is_bounded(known):
    for tab in range(viewers.MAX_VIEWERS + 5):
        known.see("abc", str(tab), ANA)
    assert len(known.see("abc", "0", ANA)) == viewers.MAX_VIEWERS - 1
    assert len(known.see("abc", "late", BEN)) == viewers.MAX_VIEWERS
    for number in range(viewers.MAX_REVIEWS):
        known.see(f"more-{number}", "1", ANA)
    assert known.see("abc", "0", ANA) == ()


def test_what_no_answer_can_hold_is_replaced(known):
    known.see("abc", "1", Viewer("A\ud83d", editing="\ud83d"))
    assert known.see("abc", "2", BEN) == (Viewer("A?", editing="?"),)
