"""Decode an answer that is as documented in one go, into types. Knows msgspec; no HTTP here.

Much faster than to look at each item. It knows only what is right: where an answer is
anything else, it refuses all of it, and `parser` looks at it item by item. The values of both
are the same (test_typed_answer).
"""

from functools import partial
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from lib.interhuman import section_parsers
from lib.model import (
    V1_MODEL,
    Analysis,
    Engagement,
    Feedback,
    Quality,
    QualityWindow,
    Scores,
    Signal,
    Unread,
)

NOT_DECODED = (msgspec.MsgspecError, ValueError, RecursionError)
COMPLETED = "completed"


class Unlike(ValueError):  # noqa: N818  it names what happened
    """The answer is not wholly as documented."""


_Name = Annotated[str, msgspec.Meta(max_length=section_parsers.MAX_NAME_CHARACTERS)]


class _Signal(msgspec.Struct, gc=False):
    """The members of a model.Signal, in its order: one becomes the other as a tuple."""

    type: str
    start: float
    end: float
    probability: Literal["high", "medium", "low"] | None = None
    rationale: Annotated[str, msgspec.Meta(min_length=1)] | None = None
    modality: Annotated[tuple[_Name, ...], msgspec.Meta(max_length=section_parsers.MAX_NAMES)] = ()


class _Window(msgspec.Struct):
    start_seconds: float
    end_seconds: float
    engagement_status: str | None = None
    signals: list[_Signal] | None = None


class _QualityWindow(msgspec.Struct):
    start: float
    end: float
    values: Scores


class _Quality(msgspec.Struct):
    overall: Scores | None = None
    timeline: list[_QualityWindow] | None = None


class _Result(msgspec.Struct):
    windows: list[_Window] | None = None
    signals: list[_Signal] | None = None
    conversation_quality: _Quality | None = None
    duration_seconds: float | None = None
    window_seconds: float | None = None
    sandbox: Any = None


class _Answer(msgspec.Struct):
    """The members of V1's answer, then those that only V2 has; UNSET where one was not sent."""

    signals: list[_Signal] | None = None
    engagement_state: list[Engagement] | None = None
    engagement_states: list[Engagement] | None = None
    conversation_quality: _Quality | None = None
    feedback: Any = None
    sandbox: Any = None
    sample: Any = msgspec.field(default=None, name=section_parsers.SAMPLE_MEMBER)
    job_id: str | UnsetType = UNSET
    status: Any = UNSET
    model: Any = UNSET
    expires_at: Any = UNSET
    result: _Result | UnsetType | None = UNSET
    windows: Any = UNSET  # this and the next: of a result without its job
    window_seconds: Any = UNSET
    duration_seconds: Any = UNSET


class _WindowsAlone(msgspec.Struct):
    windows: list[_Window] | None = None


class _WindowsJob(msgspec.Struct):
    """A job of V2 of which the windows alone are wanted."""

    result: _WindowsAlone


_WINDOWS_DECODER = msgspec.json.Decoder(_WindowsJob)
_DECODER = msgspec.json.Decoder(_Answer)
# As Signal._make, which is Python and takes three times as long.
_make_signal = partial(tuple.__new__, Signal)


def parse_documented(
    text: str, *, api: Literal["v1", "v2"] | None, correlation_id: str | None
) -> Analysis | None:
    """The analysis in an answer of V1 or in a completed job of V2; None if anything in it is odd.

    The arguments are those of `parser.parse_answer`.
    """
    try:
        answer = _DECODER.decode(text.removeprefix("\ufeff"))
        if api != "v2" and _is_v1(answer):
            return _analysis_of_v1(answer, text, correlation_id)
        if api != "v1" and isinstance(answer.result, _Result):
            return _analysis_of_v2(answer, answer.result, text, correlation_id)
    except NOT_DECODED:
        pass
    return None


def parse_window_signals(text: str) -> tuple[Signal, ...] | None:
    """The signals of each window of a completed job of V2; None if anything of it is odd."""
    try:
        job = _WINDOWS_DECODER.decode(text.removeprefix("\ufeff"))
        windows = job.result.windows or ()
        signals = [signal for window in windows for signal in window.signals or ()]
        return _make_signals(signals, [])
    except NOT_DECODED:
        return None


def _is_v1(answer: _Answer) -> bool:
    """Whether it has a section of V1, and no member that only V2 has."""
    sections = (
        answer.signals,
        answer.engagement_state,
        answer.engagement_states,
        answer.conversation_quality,
        answer.feedback,
    )
    of_v2 = (
        answer.job_id,
        answer.result,
        answer.windows,
        answer.window_seconds,
        answer.duration_seconds,
    )
    return any(part is not None for part in sections) and all(part is UNSET for part in of_v2)


def _analysis_of_v1(answer: _Answer, raw: str, correlation_id: str | None) -> Analysis:
    spans = answer.engagement_state
    if spans is None:
        spans = answer.engagement_states
    unread: list[Unread] = []
    return Analysis(
        api="v1",
        model=V1_MODEL,
        signals=_make_signals(answer.signals, unread),
        engagement=_check_states(spans, unread),
        quality=_make_quality(answer.conversation_quality, unread),
        feedback=_make_feedback(answer.feedback),
        unread=tuple(unread),
        generated=bool(answer.sandbox),
        handwritten=bool(answer.sample),
        raw=raw,
        correlation_id=correlation_id,
    )


def _analysis_of_v2(
    job: _Answer, result: _Result, raw: str, correlation_id: str | None
) -> Analysis:
    lengths = (result.duration_seconds, result.window_seconds)
    if (
        job.status != COMPLETED
        or not isinstance(job.model, str)
        or not (section_parsers.is_name(job.model) and job.model and job.job_id)
        or any(length is not None and length <= 0 for length in lengths)
    ):
        raise Unlike
    unread: list[Unread] = []
    windows, signals = result.windows, result.signals
    if windows is not None:
        windows = section_parsers.first_items("windows", windows, unread)
    per_window = signals is None and _have_signals(windows)
    if per_window:
        signals = [signal for window in windows or () for signal in window.signals or ()]
    return Analysis(
        api="v2",
        model=job.model,
        signals=_make_signals(signals, unread),
        engagement=_check_states(_engagement_of(windows), unread),
        quality=_make_quality(result.conversation_quality, unread),
        duration=result.duration_seconds,
        window=result.window_seconds,
        per_window=per_window,
        unread=tuple(unread),
        generated=bool(result.sandbox or job.sandbox),
        raw=raw,
        correlation_id=correlation_id,
        job_id=job.job_id or None,
        expires_at=section_parsers.parse_instant(job.expires_at),
    )


def _have_signals(windows: list[_Window] | None) -> bool:
    """Whether windows were sent, and lists of signals with them."""
    if not windows:
        return windows is not None
    return any(window.signals is not None for window in windows)


def _engagement_of(windows: list[_Window] | None) -> list[Engagement] | None:
    spans = [
        Engagement(window.engagement_status, window.start_seconds, window.end_seconds)
        for window in windows or ()
        if window.engagement_status is not None
    ]
    return None if windows is None or (windows and not spans) else spans


def _make_signals(items: list[_Signal] | None, unread: list[Unread]) -> tuple[Signal, ...] | None:
    if items is None:
        return None
    items = section_parsers.first_items("signals", items, unread)
    _check_words({item.type for item in items})
    return tuple(map(_make_signal, map(msgspec.structs.astuple, items)))


def _check_states(
    spans: list[Engagement] | None, unread: list[Unread]
) -> tuple[Engagement, ...] | None:
    if spans is None:
        return None
    spans = section_parsers.first_items("engagement", spans, unread)
    _check_words({span.state for span in spans})
    return tuple(spans)


def _check_words(words: set[str]) -> None:
    """Raise Unlike where one is empty or not as `section_parsers.parse_word` would write it."""
    if any(
        not word or word != word.strip().lower() or not section_parsers.is_name(word)
        for word in words
    ):
        raise Unlike


def _make_quality(block: _Quality | None, unread: list[Unread]) -> Quality | None:
    if block is None:
        return None
    timeline = block.timeline
    if timeline is not None:
        timeline = section_parsers.first_items("quality_timeline", timeline, unread)
    return Quality(
        overall=block.overall,
        timeline=None
        if timeline is None
        else tuple(QualityWindow(row.start, row.end, row.values) for row in timeline),
    )


def _make_feedback(block: object) -> Feedback | None:
    unread: list[Unread] = []
    feedback = section_parsers.parse_feedback(block, unread)
    if unread:
        raise Unlike
    return feedback
