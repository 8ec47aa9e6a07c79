"""One visitor who asks too much has to wait; the others do not."""

import pytest

from lib.ui.shell import recording_routes, request_limits, upload_routes
from lib.ui.shell.request_limits import RequestLimits
from tests.clock import Clock
from tests.loopback import serve


@pytest.fixture
def clock():
    return Clock(0.0)


@pytest.fixture
def limits(clock):
    return RequestLimits(None, clock)


def admitted(limits, visitor, times):
    return sum(limits.admit(visitor) for _ in range(times))


def test_a_visitor_has_a_burst_and_then_so_many_a_second(limits, clock):
    assert admitted(limits, "a", 1000) == request_limits.BURST
    assert admitted(limits, "b", 1) == 1
    clock.now += 0.5
    assert admitted(limits, "a", 1000) == request_limits.PER_SECOND / 2
    clock.now += 1000
    assert admitted(limits, "a", 1000) == request_limits.BURST


def test_of_many_visitors_the_last_are_known(limits, monkeypatch):
    monkeypatch.setattr(request_limits, "MAX_VISITORS", 2)
    for visitor in "abc":
        limits.admit(visitor)
    assert [*limits._visitors] == ["b", "c"]


@pytest.mark.parametrize(
    ("routes", "path"),
    [
        (upload_routes.upload_routes, "/recordings/upload/x"),
        (recording_routes.recording_routes, "/app/static/recordings/x"),
    ],
)
def test_each_route_of_ours_is_limited(routes, path, monkeypatch):
    monkeypatch.setattr(request_limits, "BURST", 2)
    monkeypatch.setattr(request_limits, "PER_SECOND", 0.001)
    with serve(routes()) as client:
        statuses = [client.get(path).status_code for _ in range(3)]
        assert statuses[:2] == [statuses[0]] * 2 != [429] * 2
        refused = client.get(path)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.json()["next_step"]
