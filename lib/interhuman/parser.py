"""Parse the API's JSON answers to model.Analysis; what cannot be read is counted, item by item.

No HTTP here. Source: the API's upload reference, V1 and V2.
"""

import json
import re
from typing import Any, Literal

from lib.errors import ApiError, BadAnswer, JobFailed, StillRunning
from lib.interhuman import error_ids, section_parsers, typed_answer
from lib.model import V1_MODEL, Analysis, Api, Engagement, Signal, Unread

V1_SECTIONS = ("signals", "engagement_state", "engagement_states", "conversation_quality")
V1_MEMBERS = (*V1_SECTIONS, "feedback")
RESULT_MEMBERS = ("windows", "window_seconds", "duration_seconds")
UNKNOWN_MODEL = "unknown"  # a V2 result without its envelope does not name its model

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_MAX_INT_DIGITS = 400  # no float holds as many


def parse_answer(
    text: str | bytes,
    *,
    api: Literal["v1", "v2"] | None = None,
    correlation_id: str | None = None,
) -> Analysis:
    """The analysis in an answer of V1, in a job of V2, or in a job's bare `result`.

    Without `api` the members of the answer decide which it is. What cannot be read is left out and
    counted in `unread`; the rest stays, in the order of the answer. Times stay as sent, reversed
    and out of range ones too. `raw` is `text`, whole.

    Raises:
        BadAnswer: The text is no JSON object, or holds nothing of an answer.
        JobFailed: It is a V2 job that failed.
        StillRunning: It is a V2 job that has not ended.
    """
    raw = text.decode("utf-8-sig", "replace") if isinstance(text, bytes) else text
    analysis = typed_answer.parse_documented(raw, api=api, correlation_id=correlation_id)
    if analysis is not None:  # nearly always
        return analysis
    data = decode_object(raw)
    if (api or _detect_api(data)) == "v1":
        return _parse_v1(data, raw, correlation_id)
    return _parse_v2(data, raw, correlation_id)


def parse_window_signals(text: str) -> tuple[Signal, ...]:
    """The signals of a V2 answer once for each window, also where a merged list was sent.

    In the order of the windows; empty where there is none, or the answer cannot be read. What
    cannot be read is left out: `parse_answer` counts it.
    """
    signals = typed_answer.parse_window_signals(text)
    if signals is not None:  # nearly always
        return signals
    try:
        windows = _parse_windows(_result_of_job(decode_object(text), None), [])
    except ApiError:
        return ()
    lists = [window.get("signals") for window in windows or ()]
    items = [item for items in lists if isinstance(items, list) for item in items]
    return section_parsers.parse_signals(items, [])


def decode_object(text: str) -> dict[str, Any]:
    """The JSON object in `text`, without the lone surrogates that no database or page takes.

    Raises:
        BadAnswer: It is empty, not JSON, cut short, nested too deep, or not an object.
    """
    if not text.strip():
        raise BadAnswer("The API sent an empty answer.")
    try:
        data = _loads(text.removeprefix("\ufeff"))
        if "\\u" in text and _SURROGATE.search(text):
            encoded = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
            data = json.loads(encoded)
    except (ValueError, RecursionError) as error:
        raise BadAnswer("The API's answer is not JSON, or was cut short.") from error
    if not isinstance(data, dict):
        raise BadAnswer("The API's answer does not have the documented form.")
    return data


def _loads(text: str) -> Any:  # noqa: ANN401  any JSON value
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:  # a number of thousands of digits: one bad item, not a bad answer
        return json.loads(text, parse_int=_parse_int)


def _parse_int(digits: str) -> int | float:
    return int(digits) if len(digits) < _MAX_INT_DIGITS else float("inf")


def _detect_api(data: dict[str, Any]) -> Api:
    if "job_id" in data or "result" in data or any(name in data for name in RESULT_MEMBERS):
        return "v2"
    if "status" in data and not any(name in data for name in V1_MEMBERS):
        return "v2"
    return "v1"


def _parse_v1(data: dict[str, Any], raw: str, correlation_id: str | None) -> Analysis:
    if not any(name in data for name in V1_MEMBERS):
        raise _no_analysis_error(data, correlation_id)
    unread: list[Unread] = []
    sent = data.get("signals")
    spans = data.get("engagement_state")
    if spans is None:
        spans = data.get("engagement_states")
    return Analysis(
        api="v1",
        model=V1_MODEL,
        signals=None if sent is None else section_parsers.parse_signals(sent, unread),
        engagement=None if spans is None else section_parsers.parse_engagement(spans, unread),
        quality=section_parsers.parse_quality(data.get("conversation_quality"), unread),
        feedback=section_parsers.parse_feedback(data.get("feedback"), unread),
        unread=tuple(unread),
        generated=bool(data.get("sandbox")),
        handwritten=bool(data.get(section_parsers.SAMPLE_MEMBER)),
        raw=raw,
        correlation_id=correlation_id,
    )


def _parse_v2(data: dict[str, Any], raw: str, correlation_id: str | None) -> Analysis:
    result = _result_of_job(data, correlation_id)
    unread: list[Unread] = []
    windows = _parse_windows(result, unread)
    signals, per_window = _parse_signals(result, windows, unread)
    model = data.get("model")
    return Analysis(
        api="v2",
        model=model if section_parsers.is_name(model) and model else UNKNOWN_MODEL,
        signals=signals,
        engagement=_parse_engagement(windows, unread),
        quality=section_parsers.parse_quality(result.get("conversation_quality"), unread),
        duration=_parse_length(result, "duration_seconds", unread),
        window=_parse_length(result, "window_seconds", unread),
        per_window=per_window,
        unread=tuple(unread),
        generated=bool(result.get("sandbox") or data.get("sandbox")),
        raw=raw,
        correlation_id=correlation_id,
        job_id=_text_or_none(data, "job_id"),
        expires_at=section_parsers.parse_instant(data.get("expires_at")),
    )


def _result_of_job(data: dict[str, Any], correlation_id: str | None) -> dict[str, Any]:
    """The `result` of a completed job, or the error that its status stands for."""
    job_id, status = _text_or_none(data, "job_id"), _text_or_none(data, "status")
    result = data.get("result")
    if status == "failed" or (result is None and isinstance(data.get("error"), dict)):
        raise _failed_job_error(data, correlation_id)
    if isinstance(result, dict):
        return result
    if any(name in data for name in RESULT_MEMBERS):
        return data
    if status is not None and status != "completed":
        raise StillRunning(job_id=job_id, correlation_id=correlation_id)
    raise _no_analysis_error(data, correlation_id)


def _failed_job_error(data: dict[str, Any], correlation_id: str | None) -> JobFailed:
    error = data.get("error")
    error = error if isinstance(error, dict) else {}
    error_id = _text_or_none(error, "error_id")
    what, next_step = error_ids.SENTENCES.get(error_id or "", ("", ""))
    return JobFailed(
        what,
        next_step,
        error_id=error_id,
        correlation_id=_text_or_none(error, "correlation_id") or correlation_id,
        job_id=_text_or_none(data, "job_id"),
        server_message=_text_or_none(error, "message"),
        refuses_file=error_id in error_ids.RECORDING,
    )


def _no_analysis_error(data: dict[str, Any], correlation_id: str | None) -> BadAnswer:
    return BadAnswer(
        "The API's answer contains no analysis.",
        error_id=_text_or_none(data, "error_id"),
        correlation_id=_text_or_none(data, "correlation_id") or correlation_id,
        job_id=_text_or_none(data, "job_id"),
        server_message=_text_or_none(data, "message"),
    )


def _parse_windows(result: dict[str, Any], unread: list[Unread]) -> list[dict[str, Any]] | None:
    sent = result.get("windows")
    if sent is None:
        return None
    return list(section_parsers.parse_items("windows", sent, section_parsers.parse_object, unread))


def _parse_signals(
    result: dict[str, Any], windows: list[dict[str, Any]] | None, unread: list[Unread]
) -> tuple[tuple[Signal, ...] | None, bool]:
    """The merged list if it was sent, else those of the windows; whether they are per window."""
    merged = result.get("signals")
    if merged is not None:
        return section_parsers.parse_signals(merged, unread), False
    if windows is None:
        return None, False
    lists = [window.get("signals") for window in windows]
    if lists and all(items is None for items in lists):  # not sent, which is not "nothing found"
        return None, False
    flat = [item for items in lists if isinstance(items, list) for item in items]
    malformed = sum(items is not None and not isinstance(items, list) for items in lists)
    if malformed:
        unread.append(Unread("window_signals", malformed, len(lists), "is not a list"))
    return section_parsers.parse_signals(flat, unread), True


def _parse_engagement(
    windows: list[dict[str, Any]] | None, unread: list[Unread]
) -> tuple[Engagement, ...] | None:
    key = "engagement_status"
    with_status = [window for window in windows or () if window.get(key) is not None]
    if windows is None or (windows and not with_status):
        return None
    return section_parsers.parse_engagement(
        with_status, unread, keys=(key, "start_seconds", "end_seconds")
    )


def _parse_length(result: dict[str, Any], key: str, unread: list[Unread]) -> float | None:
    """A length in seconds above zero, or None."""
    sent = result.get(key)
    length = section_parsers.finite_number(sent)
    if length is not None and length > 0:
        return length
    if sent is not None:
        unread.append(Unread(key, 1, 1, "is not a number above zero"))
    return None


def _text_or_none(data: dict[str, Any], key: str) -> str | None:
    text = data.get(key)
    return text if isinstance(text, str) and text else None
