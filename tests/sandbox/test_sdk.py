"""The vendor's own client works unchanged, so the sandbox speaks as the API does."""

import asyncio

import pytest
from interhumanai import InterhumanAPIError, InterhumanClient
from interhumanai.types import (
    Feedback,
    GoalDimension,
    IncludeFlag,
    NoFeedback,
    Scope,
    UploadJobIncludeFlag,
    UploadJobStatus,
    UploadModel,
)

from lib.sandbox import KEY, KEY_ID, KEY_SECRET, KEY_WITHOUT_SCOPE, Fault, Sandbox

HEARABLE = {"agreement", "confidence", "frustration", "hesitation", "interest", "uncertainty"}


def client(sandbox, key=KEY):
    return InterhumanClient(access_token=key, base_url=sandbox.url)


def refusal(call):
    with pytest.raises(InterhumanAPIError) as caught:
        asyncio.run(call)
    return caught.value


def test_a_key_pair_is_exchanged_once_and_the_token_uploads(sandbox, movie):
    vendor = InterhumanClient(key_id=KEY_ID, key_secret=KEY_SECRET, base_url=sandbox.url)

    async def twice():
        first = await vendor.upload.analyze(movie)
        return first, await vendor.upload.analyze(movie)

    before = len(sandbox.calls)
    first, second = asyncio.run(twice())
    paths = [call.path for call in sandbox.calls[before:]]
    assert paths == ["/v1/auth", "/v1/upload/analyze", "/v1/upload/analyze"]
    assert first == second


def test_a_token_states_its_scopes_and_its_life(sandbox):
    vendor = client(sandbox)
    token = asyncio.run(
        vendor.auth.create_token(
            key_id=KEY_ID,
            key_secret=KEY_SECRET,
            scopes=[Scope.UPLOAD, Scope.UPLOAD_INTER_2, Scope.STREAM],
        )
    )
    assert token.scope == "interhumanai.upload interhumanai.stream"
    assert token.expires_in == 900


def test_v1_answers_with_every_section_asked_for(sandbox, movie):
    result = asyncio.run(
        client(sandbox).upload.analyze(
            movie,
            include=[
                IncludeFlag.CONVERSATION_QUALITY_OVERALL,
                IncludeFlag.CONVERSATION_QUALITY_TIMELINE,
            ],
            goal_dimensions=[GoalDimension.RAPPORT],
        )
    )
    assert result.engagement_state[-1].end == 12.0
    assert [(window.start, window.end) for window in result.conversation_quality.timeline] == [
        (0.0, 10.0),
        (10.0, 12.0),
    ]
    assert isinstance(result.feedback, Feedback | NoFeedback)


def test_v1_answers_with_no_section_that_was_not_asked_for(sandbox, movie):
    result = asyncio.run(client(sandbox).upload.analyze(movie))
    assert result.conversation_quality is None
    assert result.feedback is None


def test_v1_sends_the_overall_block_its_reader_needs_with_a_timeline(sandbox, movie):
    include = [IncludeFlag.CONVERSATION_QUALITY_TIMELINE]
    result = asyncio.run(client(sandbox).upload.analyze(movie, include=include))
    assert result.conversation_quality.overall.quality_index > 0
    assert len(result.conversation_quality.timeline) == 2


def test_a_v2_job_is_submitted_awaited_and_read(sandbox, movie):
    vendor = client(sandbox)

    async def whole():
        submitted = await vendor.upload.submit(
            movie, model=UploadModel.INTER_2, include=list(UploadJobIncludeFlag)
        )
        return submitted, await vendor.upload.wait_for_job(submitted, poll_interval=0.02)

    submitted, ended = asyncio.run(whole())
    assert submitted.status is UploadJobStatus.QUEUED
    assert submitted.result is None
    assert ended.status is UploadJobStatus.COMPLETED
    assert ended.job_id == submitted.job_id
    assert (ended.expires_at - ended.created_at).total_seconds() == 3600
    assert ended.result.duration_seconds == 12.0
    assert [window.end_seconds for window in ended.result.windows] == [5.0, 10.0, 12.0]
    assert ended.result.signals is not None
    assert ended.result.conversation_quality.overall is not None
    assert len(ended.result.conversation_quality.timeline) == 3


def test_the_audio_model_reports_only_what_can_be_heard(sandbox, sound):
    job = asyncio.run(
        client(sandbox).upload.submit(
            sound, model=UploadModel.INTER_2_AUDIO, wait_seconds=5, include=["signals"]
        )
    )
    assert job.status is UploadJobStatus.COMPLETED
    assert {signal.type.value for signal in job.result.signals} <= HEARABLE


def test_a_job_that_ends_within_the_wait_comes_back_ended(movie):
    with Sandbox(job_seconds=0.1) as sandbox:
        vendor = client(sandbox).upload
        job = asyncio.run(vendor.submit(movie, model=UploadModel.INTER_2, wait_seconds=60))
    assert job.status is UploadJobStatus.COMPLETED
    assert job.result.signals is None
    assert job.result.conversation_quality is None


def test_a_failed_job_says_why(movie):
    doomed = Fault("/v2/upload/analyze", job_error="ih1004")
    with Sandbox(job_seconds=0.0, faults=[doomed]) as sandbox:
        vendor = client(sandbox).upload
        job = asyncio.run(vendor.submit(movie, model=UploadModel.INTER_2, wait_seconds=5))
        read = asyncio.run(vendor.get_job(job.job_id))
    assert job.status is UploadJobStatus.FAILED
    assert job.result is None
    assert job.error.error_id == "ih1004"
    assert job.error.message
    assert read == job


@pytest.mark.parametrize(
    ("key", "status", "error_id"),
    [("ih_live_wrong", 401, "ih2001"), (KEY_WITHOUT_SCOPE, 403, "ih2003")],
)
def test_a_refused_key_is_told_apart(sandbox, movie, key, status, error_id):
    vendor = client(sandbox, key).upload
    for call in (
        vendor.analyze(movie),
        vendor.submit(movie, model=UploadModel.INTER_2),
        vendor.get_job("0" * 32),
    ):
        error = refusal(call)
        assert (error.status, error.error_id) == (status, error_id)


def test_errors_arrive_with_all_their_members(sandbox, short):
    error = refusal(client(sandbox).upload.analyze(short))
    assert (error.status, error.error_id) == (400, "ih4007")
    assert error.link.startswith("https://docs.interhuman.ai/api-reference/error-handling#ih4007-")
    assert len(error.correlation_id) == 36
    assert set(error.body) == {"error_id", "correlation_id", "link", "message"}


def test_an_unknown_job_is_not_found(sandbox):
    error = refusal(client(sandbox).upload.get_job("0" * 32))
    assert (error.status, error.error_id) == (404, "ih4021")


def test_an_expired_job_is_not_found(movie):
    with Sandbox(job_seconds=0.0, keep_seconds=0.0) as sandbox:
        vendor = client(sandbox).upload
        job = asyncio.run(vendor.submit(movie, model=UploadModel.INTER_2))
        assert refusal(vendor.get_job(job)).error_id == "ih4021"


def test_the_model_that_is_not_served_is_refused(sandbox, movie):
    error = refusal(client(sandbox).upload.submit(movie, model=UploadModel.INTER_2_DEEP))
    assert (error.status, error.error_id) == (400, "ih4020")
