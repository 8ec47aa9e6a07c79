"""The same recording, options and way of sending: what there is of it, and that it begins once."""

import threading
from dataclasses import replace

import pytest

from lib.background import queue, run
from lib.background.parts_plan import plan_of_way
from lib.background.queue import AnalysisQueue, ExistingAnalysis
from lib.errors import LibraryError, RecordingError
from lib.model import MIB, Recording, V1Options, V2Options
from lib.recordings.cuts import Stretch
from lib.recordings.plan import find_ways
from lib.recordings.store import sha256_of
from lib.recordings.ways import Part, Way, Wishes
from lib.sandbox import Fault
from tests import answers
from tests.background.conftest import BOUND, content_of, ended, reached, until


@pytest.fixture
def content(recording):
    """The SHA-256 of the recording."""
    return content_of(recording)


@pytest.fixture
def begin(runner, recordings, recording, content):
    def begin(options=None, *, again=False, by=runner, **sending):
        with recording.open("rb") as file:
            ticket = recordings.add(file, "talk.mp4")
        return by.begin(
            ticket=ticket,
            name="talk.mp4",
            options=options or V1Options(),
            content=content,
            again=again,
            **sending,
        )

    return begin


@pytest.fixture
def existing(runner, content):
    def find(options=None, *, generated=True, **sending):
        plan = plan_of_way(**sending) if sending else None
        fingerprint = run.analysis_fingerprint(content, options or V1Options(), plan)
        analyses = runner.find_existing([fingerprint], generated=generated)
        return analyses.get(fingerprint, ExistingAnalysis())

    return find


@pytest.fixture
def slow_upload(sandbox):
    """Let the sandbox take long for the first recording."""
    sandbox.fail(Fault("/v1/upload/analyze", call=1, delay=BOUND))


def test_the_bytes_are_read_from_the_start_whatever_was_read_before(recording, content):
    with recording.open("rb") as file:
        file.read(100)
        assert sha256_of(file) == content
    assert len(content) == 64


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (V1Options(), V1Options(), True),
        (V1Options(goals=("energy", "clarity")), V1Options(goals=("clarity", "energy")), True),
        (V1Options(), V1Options(context=" "), True),
        (V1Options(), V1Options(include=()), False),
        (V1Options(), V1Options(context="x"), False),
        (V1Options(include=()), V2Options(include=()), False),
        (V2Options(), V2Options(model="inter-2-audio"), False),
    ],
    ids=range(7),
)
def test_options_that_ask_for_the_same_are_the_same(first, second, same):
    assert (run.analysis_fingerprint("0a", first) == run.analysis_fingerprint("0a", second)) is same
    assert run.analysis_fingerprint("0a", first) != run.analysis_fingerprint("0b", first)


@pytest.mark.parametrize(
    ("options", "fingerprint"),
    [
        (V1Options(), "5c8b4ed344fd9f67e659af45d2f6103903e81fbdc925828cbc73fbbde6610f3b"),
        (V2Options(), "04ec7b0c75811ef5143efedd1ae925fdd0909be0b88ffa3866373c04b2cd8441"),
    ],
    ids=["v1", "v2"],
)
def test_what_older_versions_sent_as_it_is_is_known_again(options, fingerprint):
    assert run.analysis_fingerprint("0a", options) == fingerprint


CALL = Recording("a", 400 * MIB, "mp4", 4200.0, "h264", "aac", 1280, 720, 25.0, 96_000, 2)
WISHES = (
    Wishes(),
    Wishes(stretch=Stretch(0.0, 3600.0)),
    Wishes(stretch=Stretch(600.0, 4200.0)),
    Wishes(sound_track=1),
    Wishes(sound_track=None),
    Wishes(overlap=5.0),
)


def fingerprints_of(wishes, options=V1Options()):  # noqa: B008  frozen
    ways = find_ways(CALL, options=options, wishes=wishes)
    return [run.analysis_fingerprint("0a", options, plan_of_way(way, wishes)) for way in ways]


def test_each_stretch_and_each_way_of_sending_it_has_a_fingerprint_of_its_own():
    each = [mark for wishes in WISHES for mark in fingerprints_of(wishes)]
    assert len(set(each)) == len(each) > 2 * len(WISHES)
    assert run.analysis_fingerprint("0a", V1Options()) not in each
    assert each == [mark for wishes in WISHES for mark in fingerprints_of(wishes)]


def test_where_the_cuts_lie_makes_no_other_analysis():
    plan = plan_of_way(find_ways(CALL, options=V1Options())[0])
    first, second, *rest = plan.parts
    moved = (
        replace(first, core=Stretch(0.0, 250.5), sent=Stretch(0.0, 250.5)),
        replace(second, core=Stretch(250.5, second.core.end)),
    )
    assert run.analysis_fingerprint("0a", V1Options(), plan) == run.analysis_fingerprint(
        "0a", V1Options(), replace(plan, parts=(*moved, *rest))
    )


def cut(start, end):
    """What sends a stretch of the recording alone."""
    stretch = Stretch(start, end)
    way = Way("parts", "inter-1", "copy", "mp4", (Part(stretch, stretch, 0),), 320, 240)
    return {"way": way, "wishes": Wishes(stretch=stretch)}


def test_another_stretch_has_no_result_and_the_same_one_has(
    runner, begin, existing, library, posts
):
    whole = ended(runner, begin())
    assert existing(**cut(0.0, 4.0)) == ExistingAnalysis()
    part = ended(runner, begin(**cut(0.0, 4.0)))
    assert existing(**cut(0.0, 4.0)).result.session_id == part.session_id
    assert existing(**cut(0.0, 5.0)) == ExistingAnalysis()
    assert existing().result.session_id == whole.session_id
    assert library.load(part.session_id).fingerprint == part.fingerprint
    assert posts() == 2


def test_a_stretch_under_way_is_not_sent_twice(runner, begin, existing, sandbox, posts):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, delay=BOUND))
    first = begin(**cut(0.0, 4.0))
    assert begin(**cut(0.0, 4.0)) == first == existing(**cut(0.0, 4.0)).run_id
    assert ended(runner, begin(**cut(0.0, 5.0))).phase == "done"
    assert posts() == 2
    runner.cancel(first)


@pytest.mark.parametrize("version", ["this", "before plans counted"])
def test_a_stretch_that_waits_for_its_recording_receives_it(
    runner, begin, recordings, recording, content, version, monkeypatch
):
    with monkeypatch.context() as patched:
        patched.setattr(recordings, "path", lambda ticket: None)
        if version != "this":
            old = run.analysis_fingerprint(content, V1Options())
            patched.setattr(queue, "analysis_fingerprint", lambda *_: old)
        run_id = begin(**cut(0.0, 4.0))
        assert ended(runner, run_id).phase == "interrupted"
    with pytest.raises(RecordingError):
        runner.provide_recording(run_id, "ticket", "0a" * 32)
    with recording.open("rb") as file:
        ticket = recordings.add(file, "talk.mp4")
    assert runner.provide_recording(run_id, ticket, content)
    assert ended(runner, run_id).phase == "done"


def test_a_recording_has_its_result_under_the_same_options_only(runner, begin, existing, library):
    assert existing() == ExistingAnalysis()
    run = ended(runner, begin())
    result = existing().result
    assert (result.session_id, result.title, result.origin) == (run.session_id, "talk", "sandbox")
    assert result.created_at == library.load(run.session_id).created_at
    assert existing(V2Options()) == ExistingAnalysis()
    assert library.load(run.session_id).fingerprint == run.fingerprint


def test_what_the_sandbox_made_up_is_no_result_where_the_api_is_asked(
    runner, begin, existing, library
):
    run = ended(runner, begin())
    assert existing(generated=False) == ExistingAnalysis()
    real = replace(answers.session(session_id="real"), fingerprint=run.fingerprint)
    library.save(real)
    assert existing(generated=False).result.session_id == "real"
    assert existing().result.session_id == run.session_id  # the newest


def test_a_result_whose_session_is_deleted_is_none(runner, begin, existing, library):
    library.delete_all((ended(runner, begin()).session_id,))
    assert existing() == ExistingAnalysis()


@pytest.mark.usefixtures("slow_upload")
def test_a_recording_under_way_is_not_begun_anew_but_when_asked_to(runner, begin, existing, posts):
    first = begin()
    reached(runner, first, "analysing")
    assert existing().run_id == begin() == first
    assert ended(runner, begin(again=True)).phase == "done"
    assert not runner.find_run(first).ended
    assert posts() == 2
    runner.cancel(first)


@pytest.mark.usefixtures("slow_upload")
def test_many_who_begin_the_same_at_once_begin_one_run(
    runner, begin, client, library, recordings, recording
):
    other = AnalysisQueue(lambda: client, library, recordings)  # as another process
    other._worker.wake = lambda: None
    ids = []

    def click(by):
        ids.append(begin(by=by))

    clicks = [threading.Thread(target=click, args=(by,)) for by in (runner, other) * 3]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join(BOUND)
    assert len(ids) == 6
    assert len(set(ids)) == len(runner.all_runs()) == 1
    (copy,) = [file for file in recordings._files() if file.stat().st_size > 100]
    assert copy.name == runner.find_run(ids[0]).ticket
    runner.cancel(ids[0])


def test_a_recording_that_a_run_waits_for_is_given_to_it(
    runner, begin, existing, recordings, posts
):
    path_of, recordings.path = recordings.path, lambda ticket: None
    run_id = begin()
    assert ended(runner, run_id).phase == "interrupted"
    assert (existing().run_id, existing().phase) == (run_id, "interrupted")
    recordings.path = path_of
    assert begin() == run_id
    assert ended(runner, run_id).phase == "done"
    assert posts() == 1


def test_another_recording_than_the_one_a_run_waits_for_is_refused(runner, begin, recordings):
    path_of, recordings.path = recordings.path, lambda ticket: None
    run_id = begin()
    assert ended(runner, run_id).phase == "interrupted"
    recordings.path = path_of
    with pytest.raises(RecordingError) as caught:
        runner.provide_recording(run_id, "ticket", "0a" * 32)
    assert "not the recording that was to be analyzed" in caught.value.problem.what
    assert runner.find_run(run_id).phase == "interrupted"


def test_a_sending_in_doubt_stands_in_the_way_of_another(sandbox, runner, begin, existing, posts):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, cut="before"))
    run_id = begin()
    assert ended(runner, run_id).phase == "unconfirmed"
    assert (existing().run_id, existing().phase) == (run_id, "unconfirmed")
    assert begin() == run_id
    assert posts() == 1


def test_a_job_nobody_waits_for_stands_in_the_way_of_another(sandbox, runner, begin, existing):
    sandbox.fail(Fault("/v2/upload/jobs", call=1, delay=3))
    run_id = begin(V2Options())
    until(lambda: runner.find_run(run_id).job)
    runner.cancel(run_id)
    assert ended(runner, run_id).phase == "cancelled"
    assert existing(V2Options()).run_id == begin(V2Options()) == run_id


def test_what_failed_stands_in_nobody_s_way(sandbox, runner, begin, existing):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, error_id="ih4002"))
    run_id = begin()
    assert ended(runner, run_id).phase == "failed"
    assert existing() == ExistingAnalysis()
    assert begin() != run_id


def test_an_answer_that_is_not_saved_yet_is_known(runner, begin, existing, library, monkeypatch):
    def full(session):
        raise LibraryError

    save = library.save
    monkeypatch.setattr(library, "save", full)
    run = ended(runner, begin())
    assert existing().run_id == run.id
    monkeypatch.setattr(library, "save", save)
    runner.save_again(run)
    assert existing().result.session_id == runner.find_run(run.id).session_id


def test_all_that_failed_begin_anew_and_what_a_quota_stopped_goes_on(
    sandbox, runner, start, begin, posts
):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, error_id="ih4005"))
    sandbox.fail(Fault("/v1/upload/analyze", call=2, status=429, error_id="ih3003"))
    failed = start()
    ended(runner, failed)
    waiting = start()
    until(lambda: runner.find_run(waiting).paused)
    later = start()
    until(lambda: runner.find_run(later).notice)
    assert runner.retry_all() == 1
    assert {ended(runner, run_id).phase for run_id in (failed, waiting, later)} == {"done"}
    assert posts() == 5
    assert runner.retry_all() == 0


def test_a_file_that_was_refused_does_not_begin_anew_with_the_others(sandbox, runner, start, posts):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, error_id="ih4002"))
    refused = ended(runner, start())
    assert refused.refuses_file
    assert runner.retry_all() == 0
    assert posts() == 1


def test_a_run_without_a_result_can_be_removed_with_its_recording(
    sandbox, runner, start, recordings
):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, error_id="ih4002"))
    run = ended(runner, start())
    assert runner.remove(run.id)
    assert runner.find_run(run.id) is None
    assert recordings.path(run.ticket) is None
    assert not runner.remove(run.id)
    done = ended(runner, start())
    assert not runner.remove(done.id)
    assert runner.find_run(done.id)
