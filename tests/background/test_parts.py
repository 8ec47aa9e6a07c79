"""Recordings that are prepared and sent in parts, against a real sandbox."""

import itertools
import re
import threading
from dataclasses import replace
from functools import partial

import pytest

from lib.background import preparer
from lib.errors import (
    DamagedRecordingError,
    EmptyStretchError,
    PreparationCancelledError,
    PreparationError,
    Problem,
    RecordingError,
)
from lib.model import Gap, V1Options, V2Options
from lib.recordings.cuts import CutRule, Stretch
from lib.recordings.encoding_ladder import choose_encoding
from lib.recordings.ways import NO_WISHES, Part, Way, Wishes
from lib.sandbox import Fault
from tests.background.conftest import BOUND, content_of, ended, reached, until
from tests.clips import clip, damage
from tests.clock_clips import clock_clip
from tests.speech import speech

SECONDS = 12.0
ENDS = (0.0, 4.0, 8.0, 12.0)


def cut(model="inter-1", ends=ENDS):
    """A way to send a recording of 12 s, cut at these seconds."""
    stretches = [Stretch(start, end) for start, end in itertools.pairwise(ends)]
    parts = tuple(Part(stretch, stretch, 0) for stretch in stretches)
    return Way("parts", model, "copy", "mp4", parts, 320, 240)


@pytest.fixture
def talk(tmp_path):
    """A clip of 12 s with a keyframe each second."""
    return clip(tmp_path / "talk.mp4", seconds=SECONDS, keyframe_seconds=1.0)


@pytest.fixture
def begin(runner, recordings, talk):
    def begin(options=None, *, way=None, path=None, wishes=NO_WISHES):
        with (path or talk).open("rb") as file:
            ticket = recordings.add(file, "My talk.mp4")
        return runner.begin(
            ticket=ticket,
            name="My talk.mp4",
            options=options or V1Options(),
            content=content_of(path or talk),
            way=way or cut(),
            wishes=wishes,
        )

    return begin


def gaps(session):
    return [part.outcome.kind if isinstance(part.outcome, Gap) else "" for part in session.parts]


@pytest.mark.parametrize("options", [V1Options(), V2Options()], ids=["v1", "v2"])
def test_a_recording_in_parts_ends_as_one_session(
    runner, begin, library, recordings, posts, options
):
    run = ended(runner, begin(options))
    assert (run.phase, run.prepared) == ("done", 1.0)
    session = library.load(run.session_id)
    assert [(part.phase, part.options) for part in run.parts] == [("done", options)] * 3
    assert (session.title, session.recording_name) == ("My talk", "My talk.mp4")
    assert gaps(session) == ["", "", ""]
    assert session.duration == pytest.approx(SECONDS, abs=0.1)
    assert session.stitch.seams == pytest.approx((4.0, 8.0), abs=0.15)
    assert session.parts[-1].end == pytest.approx(SECONDS, abs=0.15)
    assert session.analysis.signals is not None
    assert (
        recordings.path_of_session(session.id).read_bytes()
        == recordings.path(run.ticket).read_bytes()
    )
    assert not [part for part in run.parts if recordings.path(part.ticket)]
    assert posts() == 3


def test_a_part_that_is_refused_leaves_a_gap_that_can_be_filled(
    runner, begin, library, sandbox, posts
):
    sandbox.fail(Fault("/v1/upload/analyze", call=2, error_id="ih4005"))
    run = ended(runner, begin())
    assert run.phase == "done"
    session = library.load(run.session_id)
    assert sorted(gaps(session)) == ["", "", "refused"]
    [part] = [part for part in run.parts if part.phase == "failed"]
    gap = session.parts[part.part.number].outcome
    assert gap.reason == part.failure.what != ""
    assert [each.id for each in runner.all_runs()] == [part.id, run.id]
    assert runner.retry(part.id)
    until(lambda: gaps(library.load(run.session_id)) == ["", "", ""])
    until(lambda: [each.id for each in runner.all_runs()] == [run.id])
    assert posts() == 4


def test_where_no_part_has_an_answer_the_run_fails_and_may_begin_anew(
    runner, begin, library, sandbox, posts
):
    for call in (1, 2, 3):
        sandbox.fail(Fault("/v1/upload/analyze", call=call, error_id="ih4005"))
    run = ended(runner, begin())
    assert (run.phase, run.session_id) == ("failed", None)
    assert run.failure.error_id == "ih4005"
    assert [each.id for each in runner.all_runs()] == [run.id]
    assert runner.retry(run.id)
    run = reached(runner, run.id, "done")
    assert gaps(library.load(run.session_id)) == ["", "", ""]
    assert posts() == 6


def test_a_part_that_cannot_be_prepared_leaves_a_gap(runner, begin, library, posts, monkeypatch):
    original = preparer.prepare

    def prepare(source, target, step, **more):
        if step.start == 4.0:
            raise EmptyStretchError
        return original(source, target, step, **more)

    monkeypatch.setattr(preparer, "prepare", prepare)
    run = ended(runner, begin())
    assert run.phase == "done"
    session = library.load(run.session_id)
    assert gaps(session) == ["", "not sent", ""]  # the API refused nothing
    assert session.parts[1].outcome.reason == EmptyStretchError().what
    assert posts() == 2


def test_cancelled_while_it_is_prepared_what_was_sent_stays(
    runner, begin, library, posts, monkeypatch
):
    original, second = preparer.prepare, threading.Event()

    def prepare(source, target, step, *, cancelled, **more):
        if step.start == 4.0:
            second.set()
            until(cancelled)
            raise PreparationCancelledError
        return original(source, target, step, cancelled=cancelled, **more)

    monkeypatch.setattr(preparer, "prepare", prepare)
    run_id = begin()
    assert second.wait(BOUND)
    until(lambda: runner.find_run(run_id).session_id)
    assert gaps(library.load(runner.find_run(run_id).session_id)) == ["", "not sent", "not sent"]
    runner.cancel(run_id)
    run = ended(runner, run_id)
    assert run.phase == "done"
    session = library.load(run.session_id)
    assert [part.outcome.reason for part in session.parts[1:]] == ["It was cancelled."] * 2
    assert posts() == 1


def cancel_at_second_part(runner, begin, monkeypatch):
    """A run of three parts, cancelled once the first one has its answer, which has ended."""
    original = preparer.prepare

    def prepare(source, target, step, *, cancelled, **more):
        if step.start == 4.0:
            until(cancelled)
            raise PreparationCancelledError
        return original(source, target, step, cancelled=cancelled, **more)

    monkeypatch.setattr(preparer, "prepare", prepare)
    run_id = begin()
    until(lambda: runner.find_run(run_id).session_id)
    runner.cancel(run_id)
    run = ended(runner, run_id)
    until(lambda: len(runner.open_parts(run.session_id)) == 2)
    monkeypatch.setattr(preparer, "prepare", original)
    return run


def test_what_was_cancelled_before_it_was_prepared_can_be_sent_later(
    runner, begin, library, posts, monkeypatch
):
    run = cancel_at_second_part(runner, begin, monkeypatch)
    second, third = runner.open_parts(run.session_id)
    assert (second.phase, third.phase, second.part.number) == ("cancelled", "cancelled", 1)
    assert runner.retry(third.id)
    until(lambda: gaps(library.load(run.session_id)) == ["", "not sent", ""])
    assert runner.find_run(second.id).phase == "cancelled"
    assert posts() == 2


def test_cancelled_before_any_answer_it_is_cancelled(runner, begin, posts, monkeypatch):
    began = threading.Event()

    def prepare(source, target, step, *, cancelled, **more):
        began.set()
        until(cancelled)
        raise PreparationCancelledError

    monkeypatch.setattr(preparer, "prepare", prepare)
    run_id = begin()
    assert began.wait(BOUND)
    runner.cancel(run_id)
    assert ended(runner, run_id).phase == "cancelled"
    assert posts() == 0


def test_a_session_that_is_deleted_meanwhile_stays_deleted(runner, begin, library, sandbox, posts):
    sandbox.fail(Fault("/v1/upload/analyze", call=3, delay=2.0))
    run_id = begin()
    session_id = until(lambda: runner.find_run(run_id).session_id)
    until(lambda: posts() == 3)
    library.delete_all([session_id])
    until(lambda: not runner._workflow.executions.all())
    assert library.load(session_id) is None
    assert runner.all_runs() == ()


def test_a_new_title_outlasts_the_answers_that_come_later(runner, begin, library, sandbox):
    sandbox.fail(Fault("/v1/upload/analyze", call=3, delay=2.0))
    run_id = begin()
    session_id = until(lambda: runner.find_run(run_id).session_id)
    assert library.rename(session_id, "Our talk")
    ended(runner, run_id)
    session = library.load(session_id)
    assert (session.title, gaps(session)) == ("Our talk", ["", "", ""])


def test_a_file_that_went_before_it_was_sent_is_prepared_again(
    runner, begin, library, recordings, sandbox, posts, monkeypatch
):
    original = preparer.prepare

    def prepare(source, target, step, **more):
        made = original(source, target, step, **more)
        monkeypatch.setattr(preparer, "prepare", original)
        lost.append(target)
        return made

    lost, adopt = [], recordings.adopt

    def adopt_and_lose(file, name):
        ticket = adopt(file, name)
        if file in lost:
            recordings.remove(ticket)
        return ticket

    monkeypatch.setattr(preparer, "prepare", prepare)
    monkeypatch.setattr(recordings, "adopt", adopt_and_lose)
    run_id = begin()
    run = reached(runner, run_id, "done")
    assert (run.attempt, posts()) == (2, 3)
    assert gaps(library.load(run.session_id)) == ["", "", ""]


RULE = CutRule(8.0, 1.0)
QUIET = ((4.6, 5.4), (12.6, 13.4))  # near 6 and 12 s, where even parts are cut


@pytest.fixture
def speaker(tmp_path):
    """A recording of 18 s, with pauses at 5 and 13 s."""
    return speech(tmp_path / "speaker.mp4", *QUIET, seconds=18.0, picture=True)


def even_way():
    """A way to send 18 s in three even parts, whose cuts may move."""
    return replace(cut(ends=(0.0, 6.0, 12.0, 18.0)), rule=RULE)


def starts(run):
    return [part.core.start for part in run.plan.parts]


def test_cuts_lie_in_pauses_of_speech_on_multiples_of_the_window(
    runner, begin, library, speaker, posts
):
    run = ended(runner, begin(way=even_way(), path=speaker))
    assert starts(run) == [0.0, 5.0, 13.0]
    session = library.load(run.session_id)
    assert session.stitch.seams == pytest.approx((5.0, 13.0), abs=0.15)
    for part, start in zip(run.parts, starts(run), strict=True):  # from the keyframe before
        assert start - 1.1 < part.part.start < start + 0.15
    assert posts() == 3


def test_pauses_that_cannot_be_heard_move_no_cut(runner, begin, speaker, monkeypatch):
    def fail(*_, **__):
        raise PreparationError

    monkeypatch.setattr(preparer, "find_pauses", fail)
    run = ended(runner, begin(way=even_way(), path=speaker))
    assert (run.phase, starts(run)) == ("done", [0.0, 6.0, 12.0])


def test_cancelled_while_pauses_are_looked_for_it_is_cancelled(
    runner, begin, speaker, posts, monkeypatch
):
    began = threading.Event()

    def find(*_, cancelled, **__):
        began.set()
        until(cancelled)
        raise PreparationCancelledError

    monkeypatch.setattr(preparer, "find_pauses", find)
    run_id = begin(way=even_way(), path=speaker)
    assert began.wait(BOUND)
    runner.cancel(run_id)
    assert ended(runner, run_id).phase == "cancelled"
    assert posts() == 0


def test_once_a_part_is_prepared_the_cuts_stay(
    runner, begin, library, speaker, sandbox, posts, monkeypatch
):
    for call in (1, 2, 3):
        sandbox.fail(Fault("/v1/upload/analyze", call=call, error_id="ih4005"))
    run = ended(runner, begin(way=even_way(), path=speaker))
    monkeypatch.setattr(preparer, "find_pauses", lambda *_, **__: (Stretch(6.9, 7.1),))
    assert runner.retry(run.id)
    again = reached(runner, run.id, "done")
    assert starts(again) == starts(run) == [0.0, 5.0, 13.0]
    assert posts() == 6


@pytest.fixture
def broken(tmp_path):
    """A recording of 12 s of which some seconds cannot be read."""
    whole = clock_clip(tmp_path / "broken.mp4", seconds=SECONDS, audio="libmp3lame")
    return damage(whole, 0.45, 0.55)


def encoded_way():
    return replace(cut(), work="encode", encoding=choose_encoding(4.0, height=64, picture=True))


def test_a_damaged_part_is_a_gap_that_names_the_seconds(runner, begin, library, broken):
    run = ended(runner, begin(way=encoded_way(), path=broken))
    session = library.load(run.session_id)
    assert gaps(session) == ["", "not sent", ""]
    assert "cannot be read from 0:0" in session.parts[1].outcome.reason
    [part] = [part for part in run.parts if part.phase == "failed"]
    assert "left out" in part.failure.next_step


def test_the_rest_of_a_damaged_recording_is_sent_and_its_session_says_what_is_missing(
    runner, begin, library, broken
):
    wishes = Wishes(skip_damage=True)
    run = ended(runner, begin(way=encoded_way(), path=broken, wishes=wishes))
    session = library.load(run.session_id)
    assert gaps(session) == ["", "", ""]
    whole, lacking, other = (part.sent for part in session.parts)
    assert re.search(r", without 0:05\.. to 0:0[67]\.., which cannot be read$", lacking)
    assert "without" not in whole + other


def open_part(runner, session_id):
    """The run of the one part of a session that has no answer."""
    [part] = runner.open_parts(session_id)
    return part


def test_the_rest_of_a_damaged_part_fills_its_gap(
    runner, begin, library, broken, recordings, posts
):
    run = ended(runner, begin(way=encoded_way(), path=broken))
    part = open_part(runner, run.session_id)
    assert (part.phase, part.part.damaged, posts()) == ("failed", True, 2)
    assert runner.retry(part.id)  # the same once more: it is as damaged as before
    part = reached(runner, part.id, "failed")
    assert (part.part.damaged, posts()) == (True, 2)
    assert runner.retry(part.id, skip_damage=True)
    until(lambda: gaps(library.load(run.session_id)) == ["", "", ""])
    session = library.load(run.session_id)
    assert re.search(
        r", without 0:05\.. to 0:0[67]\.., which cannot be read$", session.parts[1].sent
    )
    assert session.parts[1].core_start == pytest.approx(4.0, abs=0.15)
    assert posts() == 3
    until(lambda: not runner.open_parts(session.id))
    assert not [*recordings.folder.glob(f"{preparer.DRAFT_PREFIX}*")]


def test_the_rest_of_a_damaged_part_that_was_cancelled_unprepared_can_be_sent(
    runner, begin, library, posts, monkeypatch
):
    original = preparer.prepare

    def prepare(source, target, step, **more):
        if not step.skip_damage:
            raise DamagedRecordingError("It cannot be read from 0:05.")
        return original(source, target, replace(step, skip_damage=False), **more)

    run = cancel_at_second_part(runner, begin, monkeypatch)
    monkeypatch.setattr(preparer, "prepare", prepare)
    part, _ = runner.open_parts(run.session_id)
    assert (part.phase, part.part.damaged) == ("cancelled", False)
    assert runner.retry(part.id)
    part = reached(runner, part.id, "failed")
    assert (part.part.damaged, posts()) == (True, 1)
    assert part.failure.what == "It cannot be read from 0:05."
    assert runner.retry(part.id, skip_damage=True)
    until(lambda: gaps(library.load(run.session_id)) == ["", "", "not sent"])
    assert posts() == 2


def lose_file_of_gap(runner, recordings, sandbox, begin):
    """The runs of a recording and of its part without an answer, whose file is gone since."""
    sandbox.fail(Fault("/v1/upload/analyze", call=2, error_id="ih4005"))
    run = ended(runner, begin())
    part = open_part(runner, run.session_id)
    recordings.remove(part.ticket)
    return run, part


def test_a_gap_whose_file_is_gone_is_prepared_again_and_nothing_else(
    runner, begin, library, recordings, sandbox, posts, monkeypatch
):
    run, part = lose_file_of_gap(runner, recordings, sandbox, begin)
    prepared, original = [], preparer.prepare

    def prepare(source, target, step, **more):
        prepared.append(step.start)
        return original(source, target, step, **more)

    monkeypatch.setattr(preparer, "prepare", prepare)
    assert runner.retry(part.id)
    until(lambda: gaps(library.load(run.session_id)) == ["", "", ""])
    assert prepared == [4.0 * part.part.number]
    assert posts() == 4
    assert runner.find_run(run.id).attempt == run.attempt


def test_a_gap_whose_recording_is_gone_takes_it_again_and_no_other(
    runner, begin, library, recordings, sandbox, posts, talk
):
    run, part = lose_file_of_gap(runner, recordings, sandbox, begin)
    recordings.remove(run.ticket)
    assert runner.retry(part.id)
    part = reached(runner, part.id, "interrupted")
    assert "this part" in part.failure.what
    with talk.open("rb") as file:
        ticket = recordings.add(file, "My talk.mp4")
    with pytest.raises(RecordingError, match="not the recording"):
        runner.provide_recording(part.id, ticket, "0a" * 32)
    assert not runner.uses(part.id, ticket)
    assert runner.provide_recording(part.id, ticket, content_of(talk))
    assert runner.uses(part.id, ticket)
    until(lambda: gaps(library.load(run.session_id)) == ["", "", ""])
    session = library.load(run.session_id)
    number = part.part.number
    assert session.parts[number].end - session.parts[number].start < 6  # not the whole of it
    assert recordings.path(ticket) is not None
    assert recordings.path_of_session(session.id) == recordings.path(ticket)
    assert posts() == 4


def test_a_part_without_a_file_is_not_sent_while_its_recording_is_under_way(
    runner, begin, library, recordings, posts, talk, monkeypatch
):
    original, going_on = preparer.prepare, threading.Event()

    def prepare(source, target, step, **more):
        if step.start == 4.0:
            raise EmptyStretchError
        if step.start == 8.0:
            assert going_on.wait(BOUND)
        return original(source, target, step, **more)

    monkeypatch.setattr(preparer, "prepare", prepare)
    run_id = begin()
    part = until(lambda: next((p for p in runner.find_run(run_id).parts if p.failure), None))
    assert runner.waits_for_recording(part)
    for skip_damage in (False, True):
        with pytest.raises(PreparationError, match="still under way"):
            runner.retry(part.id, skip_damage=skip_damage)
    library.runs.reopen(part.id, ("failed",), {"phase": "interrupted"})  # as if its file had gone
    ticket = runner.find_run(run_id).ticket
    with talk.open("rb") as file:
        other = recordings.add(file, "My talk.mp4")
    with pytest.raises(PreparationError, match="still under way"):
        runner.provide_recording(part.id, other, content_of(talk))
    assert runner.find_run(part.id).phase == "interrupted"
    library.runs.reopen(part.id, ("interrupted",), {"phase": "failed"})
    going_on.set()
    run = ended(runner, run_id)
    assert (run.attempt, run.ticket, posts()) == (1, ticket, 2)
    monkeypatch.setattr(preparer, "prepare", original)
    assert not runner.waits_for_recording(part)
    assert runner.retry(part.id)
    until(lambda: gaps(library.load(run.session_id)) == ["", "", ""])
    assert posts() == 3


KILLS = (  # in this order, each in a process of its own: it ends there without warning
    "after preparing 1",
    "after prepare 1",
    "after add part 1",
    "before save part 1",
    "after save part 1",
    "before settle parts 1",
    "after settle parts 1",
)


def is_gone(process, runner, run_id):
    """Whether a process was killed, or the run has ended without that; None where neither is."""
    return "killed" if process.exit_code else "ended" if runner.find_run(run_id).ended else None


def test_what_is_only_prepared_does_not_wait_for_a_quota(runner, begin, library, client, posts):
    library.quota_pauses.begin(client.account, Problem("The quota is used up.", "Renew it."))
    run_id = begin()
    run = reached(runner, run_id, "analysing")
    assert [part.phase for part in run.parts] == ["queued"] * 3
    assert posts() == 0
    runner.resume()
    assert gaps(library.load(ended(runner, run_id).session_id)) == ["", "", ""]


class TestKilled:
    """Where the processes that prepare and send it are killed one after another."""

    @pytest.fixture
    def runner(self, watcher):
        return watcher

    def test_nothing_is_sent_twice_without_being_asked_for(
        self, node, runner, begin, library, posts
    ):
        run_id = begin(V2Options())
        killed = []
        for point in KILLS:
            process = node(point)
            process.begin()
            if until(partial(is_gone, process, runner, run_id)) == "ended":
                break  # it was over before: what was prepared meanwhile was sent meanwhile
            killed.append(point)
        node()
        run = ended(runner, run_id)
        assert len(killed) >= len(KILLS) // 2
        assert posts() <= 3
        asked = [part for part in run.parts if part.phase == "unconfirmed"]
        if asked:  # killed while the API had it
            assert all(runner.send_again(part.id) for part in asked)
            until(lambda: all(part.phase == "done" for part in runner.find_run(run_id).parts))
        run = runner.find_run(run_id)
        assert run.phase == "done"
        assert gaps(library.load(run.session_id)) == ["", "", ""]
        assert posts() <= 3 + len(asked)
