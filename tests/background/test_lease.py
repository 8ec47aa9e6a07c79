"""Which processes still hold their runs."""

from types import SimpleNamespace

import pytest

from lib.background import lease
from lib.background.lease import Lease
from lib.errors import LibraryError


@pytest.fixture
def clock(monkeypatch):
    """A monotonic clock that the test moves, in seconds."""
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(lease, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


class Heartbeats:
    """A table in which other processes beat, each with its folder."""

    def __init__(self):
        self.others, self.reachable = {}, True

    def beat(self, node, folder, *, dead_after):
        assert dead_after == lease.LEASE_SECONDS
        return {node: folder, **self.others}

    def leave(self, node):
        if not self.reachable:
            raise LibraryError
        self.others = {"gone": node}


@pytest.fixture
def heartbeats():
    return Heartbeats()


@pytest.fixture
def held(heartbeats, clock):
    held = Lease(SimpleNamespace(heartbeats=heartbeats), SimpleNamespace(folder_id="here"))
    held.renew()
    return held


def beat_for(held, clock, seconds, holders=frozenset()):
    """Renew as the worker does for so long; what is expired at the end."""
    expired = None
    for _ in range(int(seconds / lease.HEARTBEAT_SECONDS)):
        clock.now += lease.HEARTBEAT_SECONDS
        assert held.is_due
        held.renew()
        expired = held.expired(holders)
    return expired


def test_a_lease_is_due_again_after_a_while(held, clock):
    assert not held.is_due
    clock.now += lease.HEARTBEAT_SECONDS
    assert held.is_due
    assert held.folders == {held.node: "here"}


def test_nobody_is_called_dead_before_others_had_time_to_beat(held, clock):
    assert held.expired({"other"}) is None
    assert beat_for(held, clock, lease.LEASE_SECONDS - 2, {"other"}) is None
    assert beat_for(held, clock, 2, {"other"}) == {"other"}


def test_a_process_that_was_not_heard_once_is_not_dead(held, clock, heartbeats):
    heartbeats.others = {"other": "there"}
    assert beat_for(held, clock, lease.LEASE_SECONDS, {"other"}) == set()
    heartbeats.others = {}
    assert beat_for(held, clock, 2, {"other"}) == set()
    assert beat_for(held, clock, 6, {"other"}) == set()
    assert beat_for(held, clock, 2, {"other"}) == {"other"}


def test_one_that_beats_again_is_given_its_time_anew(held, clock, heartbeats):
    beat_for(held, clock, lease.LEASE_SECONDS)
    assert beat_for(held, clock, 6, {"other"}) == set()
    heartbeats.others = {"other": "there"}
    assert beat_for(held, clock, 2, {"other"}) == set()
    heartbeats.others = {}
    assert beat_for(held, clock, 8, {"other"}) == set()
    assert beat_for(held, clock, 2, {"other"}) == {"other"}


@pytest.mark.parametrize("pause", ["sleep", "outage"])
def test_after_a_sleep_or_an_outage_others_get_time_to_beat(held, clock, pause):
    assert beat_for(held, clock, lease.LEASE_SECONDS, {"other"}) == {"other"}
    if pause == "sleep":
        clock.now += 2 * lease.HEARTBEAT_SECONDS + lease.MAX_DELAY_SECONDS
    else:
        held.doubt()
    assert beat_for(held, clock, lease.LEASE_SECONDS, {"other"}) is None
    assert beat_for(held, clock, 2, {"other"}) == {"other"}


def test_a_lease_that_cannot_be_given_back_expires(held, heartbeats):
    heartbeats.reachable = False
    held.release()
    heartbeats.reachable = True
    held.release()
    assert heartbeats.others == {"gone": held.node}
