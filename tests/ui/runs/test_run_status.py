"""What is said of a run where it stands, in the queue and on its own page."""

from dataclasses import replace

import pytest

from lib.background.parts_plan import PartsPlan, PlannedPart, PreparedPart
from lib.background.run import Run, Step
from lib.errors import Problem
from lib.model import V1Options
from lib.recordings.cuts import Stretch
from lib.recordings.step import Step as PreparationStep
from lib.settings import Settings
from lib.ui.runs import queue_view, run_status
from lib.ui.shell import services

WHAT = Problem("It <b>broke</b>.", "Do this next.", "ih4002", "c-1")
HOSTILE = '<img src=x onerror="pwned()">![a](http:x) $x$ :red[x].mp4'
RUN = Run(
    id="r",
    name="talk.mp4",
    ticket="",
    options=V1Options(),
    phase="queued",
    created_at=0.0,
    since=0.0,
    account="",
    folder="",
    attempt=1,
)


@pytest.fixture
def line(monkeypatch):
    """The line of the queue that a run with these values has."""
    monkeypatch.setattr(services, "settings", lambda: Settings(api_key="ih_live_key_of_a_test"))
    return lambda **values: queue_view._run_html(replace(RUN, **values))


@pytest.mark.parametrize(
    ("phase", "state"),
    [("failed", "failed"), ("unconfirmed", "not known"), ("interrupted", "needed again")],
)
def test_what_needs_somebody_says_why(line, phase, state):
    run = replace(RUN, phase=phase)
    assert run_status.run_group(run) == "needs"
    assert state in run_status.state_text(run)
    shown = line(phase=phase, failure=WHAT)
    assert run_status.state_text(run) in shown
    assert "It &lt;b&gt;broke&lt;/b&gt;. Do this next." in shown
    assert "ih4002 · c-1" in shown


def test_a_hostile_name_is_only_text(line):
    shown = line(phase="failed", name=HOSTILE, failure=WHAT)
    assert "<img" not in shown
    assert "&lt;img src=x" in shown


@pytest.mark.parametrize(
    ("phases", "counts"),
    [
        (["failed"], "1 needs attention"),
        (["done"] * 140 + ["failed"] * 30 + ["unconfirmed"] * 30, "60 need attention, 140 done"),
        (["cancelled", "queued", "saving", "checking"], "2 under way, 1 waiting, 1 cancelled"),
    ],
    ids=range(3),
)
def test_it_is_counted_how_many_stand_where(phases, counts):
    assert queue_view._counts_text([replace(RUN, phase=phase) for phase in phases]) == counts


def test_how_much_is_sent_is_a_share_where_the_size_is_known_and_none_where_it_is_not():
    steps = (Step("queued", 0.0), Step("uploading", 1.0))
    half = replace(RUN, phase="uploading", sent=5, total=10, steps=steps)
    assert run_status.state_text(half) == "uploading 50%"
    assert "(50%)" in run_status.steps_html(half)
    assert "width:50.0%" in run_status.progress_html(half)
    unknown = replace(half, total=0)
    assert run_status.state_text(unknown) == "uploading"
    assert "%" not in run_status.steps_html(unknown)
    assert "sr-waiting" in run_status.progress_html(unknown)


PLAN = PartsPlan(
    tuple(
        PlannedPart(stretch, stretch, PreparationStep("copy", "mp4"))
        for stretch in (Stretch(0.0, 600.0), Stretch(600.0, 1200.0), Stretch(1200.0, 4200.0))
    )
)


def part(number, phase, **values):
    held = PreparedPart(number, 600.0 * number, 600.0 * (number + 1), "mp4")
    return replace(RUN, id=f"p{number}", parent="r", part=held, phase=phase, **values)


def test_how_much_is_prepared_is_a_share_with_the_time_that_is_left(monkeypatch):
    monkeypatch.setattr(run_status.time, "time", lambda: 100.0)
    steps = (Step("queued", 0.0), Step("preparing", 40.0))
    run = replace(RUN, phase="preparing", since=40.0, steps=steps, plan=PLAN, prepared=0.25)
    assert run_status.state_text(run) == "preparing 25%"
    assert "25%, about 3:00 left" in run_status.steps_html(run)
    assert "width:25.0%" in run_status.progress_html(run)
    assert run_status.time_left_text(replace(run, prepared=0.01)) == ""
    assert run_status.run_group(run) == "now"


def test_a_recording_in_parts_says_how_many_have_their_answer():
    parts = (part(0, "done"), part(1, "uploading", sent=1, total=4))
    run = replace(RUN, phase="analysing", plan=PLAN, prepared=1.0, parts=parts)
    assert run_status.state_text(run) == "analyzing, 1 of 3 parts"
    assert "1 of 3 parts" in run_status.steps_html(run)
    lines = run_status.parts_html(run)
    assert "0:00 to 10:00: done" in lines
    assert "10:00 to 20:00: uploading 25%" in lines
    assert "20:00 to 1:10:00: not prepared yet" in lines


def test_a_run_in_parts_counts_as_with_the_api_for_each_of_its_parts_that_is(monkeypatch):
    monkeypatch.setattr(services, "settings", lambda: Settings(api_key="ih_live_key_of_a_test"))
    parts = (part(0, "done"), part(1, "analysing"), part(2, "saving"))
    run = replace(RUN, phase="analysing", plan=PLAN, parts=parts)
    assert "already has 2 of them" in queue_view._billing_text([run])
