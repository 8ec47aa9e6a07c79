"""The client against the sandbox, over real sockets, next to the vendor's own SDK."""

import asyncio
import uuid

import pytest
from interhumanai import InterhumanClient

from lib.errors import (
    CredentialRefused,
    JobFailed,
    JobGone,
    LocalFileError,
    RecordingRefused,
    ScopeMissing,
    StillRunning,
)
from lib.interhuman import (
    ApiKey,
    Client,
    JobState,
    KeyPair,
    Retry,
    Retrying,
    Sending,
    Sent,
    Timeouts,
)
from lib.model import SCORES, V1Options, V2Options
from lib.sandbox import KEY, KEY_ID, KEY_SECRET, KEY_WITHOUT_SCOPE, Fault, Sandbox
from tests.clips import clip
from tests.interhuman.examples import JOB

ALL_V1 = ["conversation_quality_overall", "conversation_quality_timeline"]


def client(sandbox, credential=None, **options):
    options = {"timeouts": Timeouts(poll=0.02), "retry": Retry(base=0.0), **options}
    return Client(credential or ApiKey(KEY), base_url=sandbox.url, **options)


@pytest.fixture(scope="session")
def talks(tmp_path_factory):
    """Several files, so that several answers are compared."""
    folder = tmp_path_factory.mktemp("talks")
    return [clip(folder / f"talk{n}.mp4", seconds=9 + 7 * n, shade=40 * n) for n in range(4)]


def spans(signals):
    return [(s.type, s.start, s.end, s.probability, s.rationale) for s in signals]


def vendor_spans(signals):
    return [
        (
            s.type.value,
            s.start,
            s.end,
            s.probability.value if s.probability else None,
            s.rationale,
        )
        for s in signals
    ]


def values(scores):
    return tuple(getattr(scores, name) for name in SCORES)


def quality(block):
    timeline = [(row.start, row.end, row) for row in block.timeline]
    return values(block.overall), [
        (start, end, values(getattr(row, "scores", None) or row.values))
        for start, end, row in timeline
    ]


def test_v1_reads_what_the_vendors_sdk_reads(sandbox, talks):
    vendor = InterhumanClient(access_token=KEY, base_url=sandbox.url).upload
    signal_count = 0
    for talk in talks:
        theirs = asyncio.run(vendor.analyze(talk, include=ALL_V1, goal_dimensions=["clarity"]))
        ours = client(sandbox).analyze(talk, V1Options(goals=("clarity",)))
        assert spans(ours.signals) == vendor_spans(theirs.signals)
        assert [s.modality for s in ours.signals] == [tuple(s.modality) for s in theirs.signals]
        assert [(e.state, e.start, e.end) for e in ours.engagement] == [
            (e.state.value, e.start, e.end) for e in theirs.engagement_state
        ]
        assert quality(ours.quality) == quality(theirs.conversation_quality)
        assert ours.feedback.message == getattr(theirs.feedback, "message", None)
        assert ours.feedback.reason == getattr(theirs.feedback, "reason", None)
        assert ours.unread == ()
        assert ours.generated
        signal_count += len(ours.signals)
    assert signal_count > 0


def test_v2_reads_what_the_vendors_sdk_reads(sandbox, talks):
    vendor = InterhumanClient(access_token=KEY, base_url=sandbox.url).upload

    async def whole(talk):
        job = await vendor.submit(talk, model="inter-2", include=["signals", *ALL_V1])
        return (await vendor.wait_for_job(job, poll_interval=0.02)).result

    signal_count = 0
    for talk in talks:
        theirs = asyncio.run(whole(talk))
        ours = client(sandbox).analyze_v2(talk)
        assert spans(ours.signals) == vendor_spans(theirs.signals)
        assert [(e.state, e.start, e.end) for e in ours.engagement] == [
            (w.engagement_status.value, w.start_seconds, w.end_seconds) for w in theirs.windows
        ]
        assert quality(ours.quality) == quality(theirs.conversation_quality)
        assert (ours.duration, ours.window) == (theirs.duration_seconds, theirs.window_seconds)
        assert ours.unread == ()
        assert ours.generated
        signal_count += len(ours.signals)
    assert signal_count > 0


def test_sections_that_were_not_asked_for_are_none(sandbox, recording):
    v1 = client(sandbox).analyze(recording, V1Options(include=()))
    assert (v1.quality, v1.feedback) == (None, None)
    v2 = client(sandbox).analyze_v2(recording, V2Options(include=()))
    assert v2.quality is None
    assert v2.per_window


def test_a_direct_key_is_checked_without_an_analysis(sandbox):
    client(sandbox).check()
    assert [(call.method, call.status) for call in sandbox.calls] == [("GET", 404)]


def test_a_key_pair_is_checked_by_a_fresh_token(sandbox):
    api = client(sandbox, KeyPair(KEY_ID, KEY_SECRET))
    api.check()
    api.check()
    assert [call.path for call in sandbox.calls] == ["/v1/auth", "/v1/auth"]


@pytest.mark.parametrize(
    ("credential", "kind"),
    [
        (ApiKey("ih_live_wrong"), CredentialRefused),
        (ApiKey(KEY_WITHOUT_SCOPE), ScopeMissing),
        (KeyPair(KEY_ID, "wrong"), CredentialRefused),
    ],
)
def test_a_credential_that_may_not_upload_fails_its_check(sandbox, credential, kind):
    with pytest.raises(kind) as caught:
        client(sandbox, credential).check()
    assert caught.value.correlation_id
    assert "wrong" not in f"{caught.value!r} {caught.value} {caught.value.server_message}"
    assert len(sandbox.calls) == 1


def test_the_events_of_a_v1_call_come_in_order(sandbox, recording):
    events = []
    client(sandbox).analyze(str(recording), watch=events.append)
    *steps, last = events
    assert last == Sent()
    assert {type(step) for step in steps} == {Sending}
    assert steps[0].sent == 0
    assert steps[-1].sent == steps[-1].total > recording.stat().st_size


def test_a_job_is_told_at_submit_and_at_each_read(recording):
    with Sandbox(job_seconds=0.4) as sandbox:
        events = []
        analysis = client(sandbox).analyze_v2(recording, watch=events.append)
    states = [event for event in events if isinstance(event, JobState)]
    assert {state.job_id for state in states} == {analysis.job_id}
    assert {state.expires_at for state in states} == {analysis.expires_at}
    assert list(dict.fromkeys(state.status for state in states)) == [
        "queued",
        "running",
        "completed",
    ]
    assert len(states) == len(sandbox.calls)


def test_a_job_that_ends_within_its_submit_is_not_asked_for_again(sandbox, recording):
    analysis = client(sandbox).analyze_v2(recording, V2Options(wait_seconds=30))
    assert [call.path for call in sandbox.calls] == ["/v2/upload/analyze"]
    assert analysis.correlation_id


def test_a_submitted_job_can_be_followed_by_its_id_alone(sandbox, recording):
    job = client(sandbox).submit(recording)
    assert (job.model, job.status, job.ended) == ("inter-2", "queued", False)
    assert client(sandbox).follow(job.job_id).job_id == job.job_id


def test_a_wait_that_runs_out_keeps_the_job(recording):
    with Sandbox(job_seconds=1.0) as sandbox:
        api = client(sandbox)
        job = api.submit(recording)
        with pytest.raises(StillRunning) as caught:
            api.follow(job.job_id, timeout=0.1)
        assert caught.value.job_id == job.job_id
        assert api.follow(job.job_id).job_id == job.job_id


@pytest.mark.parametrize("wait_seconds", [0, 30])
def test_a_job_that_fails_says_why(recording, wait_seconds):
    doomed = Fault("/v2/upload/analyze", job_error="ih1004")
    with (
        Sandbox(job_seconds=0.0, faults=[doomed]) as sandbox,
        pytest.raises(JobFailed) as caught,
    ):
        client(sandbox).analyze_v2(recording, V2Options(wait_seconds=wait_seconds))
    assert caught.value.error_id == "ih1004"
    assert caught.value.job_id
    assert caught.value.correlation_id


def test_a_job_that_expired_is_gone(recording):
    with Sandbox(job_seconds=0.0, keep_seconds=0.0) as sandbox:
        job = client(sandbox).submit(recording)
        with pytest.raises(JobGone) as caught:
            client(sandbox).follow(job.job_id)
    assert (caught.value.error_id, caught.value.job_id) == ("ih4021", job.job_id)


@pytest.mark.parametrize("job_id", ["", "../../v1/auth", "a b", "a/b", "x?y", "ü", "a" * 200, "."])
def test_a_text_that_is_no_job_id_never_becomes_part_of_an_address(sandbox, job_id):
    with pytest.raises(JobGone):
        client(sandbox).follow(job_id)
    assert sandbox.calls == ()


def test_a_recording_that_the_api_refuses_says_why(sandbox, tmp_path):
    short = clip(tmp_path / "short.mp4", seconds=1.0)
    with pytest.raises(RecordingRefused) as caught:
        client(sandbox).analyze(short)
    assert (caught.value.error_id, caught.value.status) == ("ih4007", 400)
    assert not caught.value.maybe_billed
    assert len(sandbox.calls) == 1


def test_a_missing_file_is_told_before_anything_is_sent(sandbox, tmp_path):
    with pytest.raises(LocalFileError):
        client(sandbox).submit(tmp_path / "gone.mp4")
    assert sandbox.calls == ()


def test_a_repeat_carries_the_same_request_id_and_another_call_another(sandbox, recording):
    sandbox.fail(Fault("/v1/upload/analyze", status=429, body=b"{}"))
    events = []
    client(sandbox).analyze(recording, watch=events.append)
    client(sandbox).analyze(recording)
    first, again, other = [call.headers["x-client-request-id"] for call in sandbox.calls]
    assert first == again != other
    assert uuid.UUID(first).version == 4
    retries = [event for event in events if isinstance(event, Retrying)]
    assert [(event.attempt, event.wait) for event in retries] == [(2, 0.0)]
    assert [event.sent for event in events if isinstance(event, Sending)].count(0) == 2


def test_many_threads_share_one_token(sandbox, worker):
    api = client(sandbox, KeyPair(KEY_ID, KEY_SECRET))
    works = [worker(lambda: api.follow(JOB)) for _ in range(20)]
    assert [type(work.end()) for work in works] == [JobGone] * 20
    paths = [call.path for call in sandbox.calls]
    assert paths.count("/v1/auth") == 1
    assert len(paths) == 21


def test_a_token_that_is_refused_is_minted_anew_once(sandbox, recording):
    sandbox.fail(Fault("/v1/upload/analyze", error_id="ih2001"))
    events = []
    analysis = client(sandbox, KeyPair(KEY_ID, KEY_SECRET)).analyze(recording, watch=events.append)
    assert [call.path for call in sandbox.calls] == ["/v1/auth", "/v1/upload/analyze"] * 2
    assert analysis.api == "v1"
    assert [type(event) for event in events].count(Retrying) == 1


def test_a_token_that_is_refused_twice_is_given_up(sandbox, recording):
    sandbox.fail(Fault("/v1/upload/analyze", call=None, error_id="ih2001"))
    with pytest.raises(CredentialRefused):
        client(sandbox, KeyPair(KEY_ID, KEY_SECRET)).analyze(recording)
    assert [call.path for call in sandbox.calls] == ["/v1/auth", "/v1/upload/analyze"] * 2


def test_a_token_at_its_end_is_renewed_before_it_is_used(recording):
    with Sandbox(v1_seconds=0.0, token_seconds=20) as sandbox:  # each is within 30 s of its end
        api = client(sandbox, KeyPair(KEY_ID, KEY_SECRET))
        api.analyze(recording)
        api.analyze(recording)
        assert [call.path for call in sandbox.calls] == ["/v1/auth", "/v1/upload/analyze"] * 2
