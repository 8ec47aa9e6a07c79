"""The queue on the Analyze page, and what there is already of a recording, by AppTest."""

import io
import time
from dataclasses import replace

import pytest
import sqlalchemy as sa

from lib.background import run, worker
from lib.errors import LibraryError, Problem
from lib.model import Review, V1Options
from lib.recordings.store import sha256_of
from lib.recordings.uploads import FinishedUpload
from lib.sandbox import Fault
from lib.ui.runs import queue_view, run_actions
from lib.ui.shell import paging, services
from tests import answers
from tests.clips import clip
from tests.pages.conftest import fields, words
from tests.pages.test_analyze import bring, labels, named, wait_until_ended

BOUND = 30  # seconds until a test gives up
WHAT = Problem("It <b>broke</b>.", "Do this next.", "ih4002", "c-1")


def until(app, wanted):
    """Run the app until its words or buttons are as wanted."""
    deadline = time.monotonic() + BOUND
    while time.monotonic() < deadline:
        if wanted(app.run()):
            assert not app.exception
            return app
        time.sleep(0.05)
    raise AssertionError(*lines(app), *labels(app))


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def run_buttons(app):
    """The buttons of the runs in the queue."""
    return [button.label for button in app.button if (button.key or "").startswith("run_")]


def links(app):
    return [link.proto.label for link in app.get("page_link")]


def lines(app):
    """The lines of the queue and of what was chosen."""
    bodies = [element.proto.body for element in app.get("html")]
    return [body for body in bodies if body.startswith('<div class="sr-run">')]


@pytest.fixture
def real(app, sandbox, monkeypatch):
    """The app with credentials, which uses a sandbox of the test as its API."""
    app.secrets["interhuman"] = {"api_key": "ih_live_sandbox", "base_url": sandbox.url}
    return app


@pytest.fixture
def several(tmp_path):
    """Three different recordings."""
    return [clip(tmp_path / f"talk {number}.mp4", shade=9 * number) for number in range(3)]


def drop(app, *paths):
    return app.file_uploader[0].set_value([named(path) for path in paths]).run()


def test_a_library_that_was_never_written_is_not_opened(app, tmp_path):
    app.run()
    assert not (tmp_path / "library.db").exists()
    assert "Queue" not in words(app)


def test_where_nothing_can_be_sent_no_number_is_offered(app, tmp_path):
    for name in ("one.mp4", "two.mp4"):
        (tmp_path / name).write_bytes(b"no film")
    app.run()
    drop(app, tmp_path / "one.mp4", tmp_path / "two.mp4")
    assert app.button(key="analyze_all").label == "Analyze"
    assert app.button(key="analyze_all").disabled


def test_several_recordings_go_through_the_queue_to_their_sessions(app, library, several):
    app.run()
    drop(app, *several)
    assert len(lines(app)) == 3
    press(app, "Analyze 3 recordings")
    assert "job" not in app.query_params
    until(app, lambda app: "3 done" in words(app))
    results = [*["Open the review"] * 3, "See all in Sessions"]
    assert links(app) == [*results, "Open the sample session"]
    app.session_state["queue_past"] = False
    app.run()
    assert sorted(row.title for row in library.summaries()) == ["talk 0", "talk 1", "talk 2"]
    assert lines(app) == []  # nothing is left of what was chosen, and what is finished is folded


def test_what_cannot_be_sent_is_left_out_and_says_why(app, tmp_path, several, library):
    (tmp_path / "broken.mp4").write_bytes(b"no film")
    (tmp_path / "twin.mp4").write_bytes(several[1].read_bytes())
    short = clip(tmp_path / "short.mp4", seconds=1.0)
    app.run()
    drop(app, several[0], tmp_path / "broken.mp4", several[1], tmp_path / "twin.mp4", short)
    assert "This file is not a recording" in words(app)
    assert "at least 3 s" in words(app)
    assert "It is the same file as talk 1.mp4." in words(app)
    assert ["cannot be sent" in line or "left out" in line for line in lines(app)] == [
        *(True, True, True),
        *(False, False),
    ]
    assert "Cannot be sent: 3." in words(app)
    press(app, "Analyze 2 recordings")
    until(app, lambda app: "2 done" in words(app))
    assert library.count() == 2


def test_the_same_file_chosen_twice_stands_there_once(app, recording):
    app.run()
    bring(app, recording)
    bring(app, recording)
    assert "Analyze" in labels(app)
    assert len(list(services.recordings()._folder.glob("*.mp4"))) == 1


def test_what_is_put_away_is_off_the_disk(app, several):
    app.run()
    drop(app, *several)
    app.button[[button.label for button in app.button].index("Remove")].click().run()
    assert len(lines(app)) == 2
    press(app, "Remove all")
    assert not list(services.recordings()._folder.glob("*.mp4"))


def analyzed(app, recording):
    """The Analyze page, once this recording has a result."""
    app.run()
    bring(app, recording)
    press(app, "Analyze")
    wait_until_ended(app)
    app.query_params.clear()
    app.switch_page("pages/analyze.py").run()
    return app


def test_a_recording_with_a_result_offers_it_first(app, recording, library):
    analyzed(app, recording)
    bring(app, recording, "other name.mp4")
    assert "already has a result" in words(app)
    assert f"{library.summaries()[0].created_at:%Y-%m-%d %H:%M} UTC" in words(app)
    assert "costs nothing in sandbox mode" in words(app)
    assert labels(app).index("Open the result") < labels(app).index("Analyze again")
    press(app, "Open the result")
    assert '<h1 class="sr-title">talk</h1>' in words(app)
    assert library.count() == 1


def test_analyzing_again_is_a_decision_of_its_own_and_costs(real, recording, library, sandbox):
    app = real
    fingerprint = run.analysis_fingerprint(
        sha256_of(io.BytesIO(recording.read_bytes())), V1Options()
    )
    library.add_session(answers.session(session_id="real"), Review())
    with library._engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE sessions SET fingerprint = '{fingerprint}'"))
    app.run()
    bring(app, recording)
    assert "Analyzing it again costs one more analysis." in words(app)
    press(app, "Analyze again")
    wait_until_ended(app)
    assert library.count() == 2
    assert len(sandbox.calls) == 1


def test_other_options_have_another_result(app, recording):
    analyzed(app, recording)
    bring(app, recording)
    assert "Analyze again" in labels(app)
    app.checkbox(key="analyze_timeline").uncheck().run()
    assert "Analyze" in labels(app)
    assert "already has a result" not in words(app)


def test_another_stretch_of_a_recording_has_another_result(app, recording):
    analyzed(app, recording)
    bring(app, recording)
    assert "Analyze again" in labels(app)
    app.text_input[0].set_value("0:02").run()
    assert "Analyze" in labels(app)
    assert "already has a result" not in words(app)


def test_what_the_sandbox_made_up_is_not_offered_for_a_measurement(real, recording, library):
    run = analyzed(real, recording)
    assert library.summaries()[0].origin == "sandbox"
    bring(run, recording)
    assert "Analyze" in labels(run)
    assert "already has a result" not in words(run)


def test_a_batch_leaves_out_what_has_a_result_unless_told_otherwise(app, several, library):
    analyzed(app, several[0])
    drop(app, *several)
    assert "Analyze 2 recordings" in labels(app)
    assert "has a result" in "".join(lines(app))
    app.checkbox(key="analyze_again").check().run()
    press(app, "Analyze 3 recordings")
    until(app, lambda app: "4 done" in words(app))
    assert library.count() == 4


def test_a_recording_under_way_is_shown_and_not_sent_again(real, recording, sandbox):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, delay=BOUND))
    real.run()
    bring(real, recording)
    press(real, "Analyze")
    run_id = real.query_params["job"]
    press(real, "More recordings")
    bring(real, recording)
    assert "already in the queue" in words(real)
    assert labels(real).index("Show it") < labels(real).index("Analyze again")
    press(real, "Show it")
    assert real.query_params["job"] == run_id
    press(real, "Cancel")
    assert len(services.analysis_queue().all_runs()) == 1


def test_a_recording_that_an_analysis_waits_for_goes_on_with_it(app, stands, recording, library):
    fingerprint = run.analysis_fingerprint(
        sha256_of(io.BytesIO(recording.read_bytes())), V1Options()
    )
    run_id = stands("interrupted", fingerprint=fingerprint)
    app.run()
    bring(app, recording)
    assert "waiting for this recording" in words(app)
    press(app, "Analyze")
    assert app.query_params["job"] in (run_id, [run_id])
    wait_until_ended(app)
    assert services.analysis_queue().find_run(run_id).phase == "done"


def test_what_needs_somebody_is_told_and_offers_what_fits(app, stands):
    stands("failed", failure=WHAT)
    stands("unconfirmed", failure=WHAT)
    stands("interrupted", failure=WHAT)
    stands("failed", job=True)
    app.run()
    assert "4 need attention" in words(app)
    assert "".join(lines(app)).count("It &lt;b&gt;broke&lt;/b&gt;. Do this next.") == 3
    assert run_buttons(app) == [  # the newest first
        *("Wait for the result", "Remove", "Send it again", "Remove", "Try again", "Remove"),
    ]


def test_sending_again_says_that_it_may_be_billed_twice(real, stands):
    run_id = stands("unconfirmed", failure=WHAT)
    real.run()
    assert "billed twice" in real.button(key=f"run_send_it_again_{run_id}").help
    real.secrets["interhuman"] = {}
    real.run()
    assert "Nothing is billed" in real.button(key=f"run_send_it_again_{run_id}").help
    assert "Nothing is billed" in lines(real)[0]


def test_a_recording_given_again_lets_its_run_continue(app, stands, recording):
    run_id = stands("interrupted")
    app.run()
    uploader = app.file_uploader(key=f"run_recording_{run_id}_1_0")
    uploader.set_value(named(recording)).run()
    assert not app.exception
    until(app, lambda app: "1 done" in words(app))
    assert services.analysis_queue().find_run(run_id).phase == "done"


def test_where_the_server_serves_addresses_of_ours_a_recording_given_again_comes_in_slices(
    app, stands
):
    run_id = stands("interrupted")
    services.serving().set()
    app.run()
    assert not app.exception
    assert not app.file_uploader
    (field,) = [one for one in fields(app) if one["small"]]
    assert field["field"] == f"run_recording_{run_id}_1"
    assert field["label"] == "Provide the recording again"
    assert "up to 4 GiB" in field["hint"]


def test_a_recording_that_is_given_twice_stays_for_the_run_that_has_it(
    app, stands, recording, monkeypatch
):
    run_id = stands("interrupted")
    app.run()
    monkeypatch.setattr(worker.Worker, "wake", lambda _: None)  # so that it waits with its file
    recordings = services.recordings()
    with recording.open("rb") as file:
        tickets = [recordings.add(file, recording.name) for _ in range(2)]
    for ticket in (tickets[0], *tickets):  # a run of the page that is cut short is made up for
        upload = FinishedUpload(recording.name, recording.stat().st_size, ticket, "")
        assert run_actions._take_recording(run_id, upload) is None
    assert [recordings.path(ticket) is not None for ticket in tickets] == [True, False]


def test_another_recording_than_the_one_needed_is_refused(app, stands, recording):
    run_id = stands("interrupted", fingerprint="0a" * 32)
    app.run()
    app.file_uploader(key=f"run_recording_{run_id}_1_0").set_value(named(recording)).run()
    assert "not the recording that was to be analyzed" in words(app)
    assert not [*services.recordings().folder.glob("*.mp4")]
    assert services.analysis_queue().find_run(run_id).phase == "interrupted"


def test_what_was_sent_again_or_tried_again_ends_as_a_session(real, sandbox, several, library):
    app = real
    sandbox.fail(Fault("/v1/upload/analyze", call=1, cut="before"))
    sandbox.fail(Fault("/v1/upload/analyze", call=3, error_id="ih4005"))
    app.run()
    bring(app, several[0])
    press(app, "Analyze")
    wait_until_ended(app)
    assert "may bill" in words(app)
    press(app, "Choose another recording")
    assert "1 needs attention" in words(app)
    press(app, "Send it again")
    until(app, lambda app: "1 done" in words(app))
    bring(app, several[1])
    press(app, "Analyze")
    wait_until_ended(app)
    press(app, "Try again")
    wait_until_ended(app)
    assert library.count() == 2


def test_a_job_that_nobody_waits_for_is_cancelled_and_can_be_waited_for(app, stands):
    stands("cancelled", job=True)
    app.run()
    assert "1 cancelled" in words(app)
    assert "The API continues the job and keeps its result until 2099-" in lines(app)[0]
    assert run_buttons(app) == ["Wait for the result"]


def test_a_run_can_be_removed_from_the_queue(app, stands):
    stands("failed", failure=WHAT)
    app.run()
    press(app, "Remove")
    assert "Queue" not in words(app)
    assert services.analysis_queue().all_runs() == ()


def test_what_failed_is_all_retried_at_once(real, sandbox, several):
    app = real
    for call in (1, 2):
        sandbox.fail(Fault("/v1/upload/analyze", call=call, error_id="ih4005"))
    app.run()
    drop(app, *several[:2])
    press(app, "Analyze 2 recordings")
    until(app, lambda app: "2 need attention" in words(app))
    assert "ih4005" in "".join(lines(app))
    press(app, "Retry all failed")
    until(app, lambda app: "2 done" in words(app))


def test_a_file_that_was_refused_is_not_tried_again(real, sandbox, several):
    app = real
    for call, error_id in ((1, "ih4002"), (2, "ih4005"), (3, "ih4005")):
        sandbox.fail(Fault("/v1/upload/analyze", call=call, error_id=error_id))
    app.run()
    drop(app, *several)
    press(app, "Analyze 3 recordings")
    until(app, lambda app: "3 need attention" in words(app))
    assert run_buttons(app).count("Try again") == 2
    press(app, "Retry all failed")
    until(app, lambda app: "2 done" in words(app))
    assert "1 needs attention" in words(app)
    assert "Try again" not in run_buttons(app)


def test_where_every_file_was_refused_nothing_is_offered_to_be_retried(app, stands):
    for _ in range(2):
        stands("failed", failure=replace(WHAT, refuses_file=True))
    app.run()
    assert "2 need attention" in words(app)
    assert [label for label in labels(app) if label in ("Retry all failed", "Try again")] == []


def test_sounds_in_a_batch_go_to_the_model_for_them_with_the_one_button(
    app, tmp_path, several, library
):
    app.run()
    drop(app, several[0], clip(tmp_path / "s.wav", video=None, audio="pcm_s16le"))
    assert "Sent to inter-2-audio (V2) as it is" in words(app)
    press(app, "Analyze 2 recordings")
    until(app, lambda app: "2 done" in words(app))
    models = {library.load(each).analysis.model for each in library.ids()}
    assert models == {"inter-1", "inter-2-audio"}


@pytest.fixture
def long(real, sandbox, several):
    """The app with three analyses under way that do not end by themselves."""
    sandbox.fail(Fault("/v1/upload/analyze", call=None, delay=BOUND))
    real.run()
    drop(real, *several)
    press(real, "Analyze 3 recordings")
    return real


def test_all_are_cancelled_at_once_and_it_is_said_what_that_may_cost(long):
    app = long
    until(app, lambda app: "The API already has 3 of them and may bill them" in words(app))
    assert "including those of other viewers" in words(app)
    press(app, "Cancel all 3")
    until(app, lambda app: "3 cancelled" in words(app))


def test_one_is_cancelled_and_the_others_go_on(long):
    app = long
    until(app, lambda app: "3 under way" in words(app))
    press(app, "Cancel")
    until(app, lambda app: "2 under way, 1 cancelled" in words(app))
    assert sum(run.ended for run in services.analysis_queue().all_runs()) == 1


def test_a_used_up_quota_is_said_once_and_goes_on_when_told_to(real, sandbox, several, library):
    app = real
    sandbox.fail(Fault("/v1/upload/analyze", call=1, status=429, error_id="ih3003"))
    app.run()
    drop(app, several[0])
    press(app, "Analyze")
    until(app, lambda app: "Continue" in labels(app))
    assert "quota" in words(app)
    app.query_params.clear()
    app.run()
    drop(app, *several[1:])
    press(app, "Analyze 2 recordings")
    until(
        app,
        lambda app: "Waiting recordings (3) are kept, and sent once you continue." in words(app),
    )
    assert len(app.error) == 1
    press(app, "Continue")
    until(app, lambda app: "3 done" in words(app))


def test_what_is_with_the_api_already_does_not_count_as_waiting_for_a_quota(
    real, sandbox, several, library
):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, delay=60))
    sandbox.fail(Fault("/v1/upload/analyze", call=2, status=429, error_id="ih3003"))
    app = real
    app.run()
    drop(app, *several[:2])
    press(app, "Analyze 2 recordings")
    until(app, lambda app: "Continue" in labels(app))
    until(app, lambda app: "1 under way, 1 waiting" in words(app))
    assert "Waiting recordings (1) are kept, and sent once you continue." in words(app)
    press(app, "Cancel all 2")


@pytest.mark.parametrize(("phase", "waits"), [("queued", True), ("analysing", False)])
def test_only_what_was_not_sent_waits_for_a_quota(app, stands, library, monkeypatch, phase, waits):
    monkeypatch.setattr(worker.Worker, "wake", lambda self: None)
    run_id = stands(phase)
    library.quota_pauses.begin("", WHAT)
    app.query_params["job"] = run_id
    assert ("Continue" in labels(app.run())) == waits
    assert not app.exception


def test_a_busy_api_makes_the_queue_slower_and_it_says_so(real, sandbox, recording, monkeypatch):
    sandbox.fail(
        Fault("/v1/upload/analyze", call=1, error_id="ih3002", headers={"Retry-After": "60"})
    )
    app = real
    app.run()
    bring(app, recording)
    press(app, "Analyze")
    press(app, "More recordings")
    until(app, lambda app: "The queue is slower than usual. " in words(app))
    assert "Trying again in" in words(app)
    press(app, "Cancel")


def test_an_answer_that_was_not_saved_is_saved_from_the_queue(
    real, sandbox, library, recording, monkeypatch
):
    def full(self, session):
        raise LibraryError

    real.run()
    bring(real, recording)
    with monkeypatch.context() as patch:
        patch.setattr("lib.library.Library.save", full)
        press(real, "Analyze")
        wait_until_ended(real)
        press(real, "Choose another recording")
        assert "not saved" in lines(real)[0]
        assert "Try again" not in labels(real)
        press(real, "Save again")
        assert "cannot be reached" in words(real)
        bring(real, recording)
        assert "its result only has to be saved" in words(real)
    press(real, "Save again")
    assert "1 done" in words(real)
    assert len(sandbox.calls) == library.count() == 1


def test_two_hundred_runs_are_a_few_pages(app, stands):
    for _ in range(60):
        stands("failed", failure=WHAT)
    for number in range(140):
        stands("done", session_id=f"s{number}")
    app.run()
    assert "60 need attention, 140 done" in words(app)
    assert (
        len(lines(app)) == 2 * paging.ITEMS_PER_PAGE
    )  # of those that need attention, and of results


def test_the_results_of_a_batch_open_when_the_last_has_come(app, stands, library, monkeypatch):
    results = [*["Open the review"] * 2, "See all in Sessions"]
    stands("done", session_id="x", since=time.time())
    last = stands("analysing", job=True, since=time.time())
    app.run()
    app.session_state["queue_past"] = False  # as a browser sends it, which drew it folded
    assert not {*results} & {*links(app.run())}
    is_busy = queue_view._busy

    def end_after(runs):
        was = is_busy(runs)
        library.runs._update(last, sa.true(), {"phase": "done", "session_id": "y"})
        return was

    monkeypatch.setattr(queue_view, "_busy", end_after)
    app.run()
    assert links(app) == [*results, "Open the sample session"]


def test_a_queue_of_long_ago_with_nothing_left_to_do_is_not_shown(app, stands):
    stands("done", session_id="x", since=time.time() - queue_view.RECENT_SECONDS - 60)
    app.run()
    assert "Queue" not in words(app)
    assert "Open the sample session" in links(app)
