from datetime import UTC, datetime

import pytest

from lib.errors import (
    ApiError,
    BadAnswer,
    Busy,
    Cancelled,
    CredentialRefused,
    LocalFileError,
    NoAnswer,
    NotConnected,
    OutcomeUnknown,
    QuotaUsedUp,
    Refused,
    ServerFault,
)
from lib.interhuman.retry import Retry, may_repeat, parse_retry_after, pause_seconds

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "upload", "other"),
    [
        (NotConnected(), True, True),
        (NoAnswer(), False, True),
        (OutcomeUnknown(), False, True),
        (OutcomeUnknown(status=502), False, True),
        (Busy(status=429), True, True),
        (Busy(status=429, error_id="ih3001"), True, True),
        (Busy(status=429, error_id="ih3002"), True, True),
        (QuotaUsedUp(status=429, error_id="ih3003"), False, False),
        (QuotaUsedUp(status=429, error_id="ih3006"), False, False),
        (QuotaUsedUp(status=503, error_id="ih3003"), False, False),
        (Busy(status=503, error_id="ih1002"), True, True),
        (Busy(status=503, error_id="ih1003"), True, True),
        (Busy(status=503), False, True),
        (ServerFault(status=500, error_id="ih1002"), False, True),
        (ServerFault(status=500, error_id="ih1001"), False, True),
        (ServerFault(status=504), False, True),
        (Busy(status=408), False, True),
        (Refused(status=400), False, False),
        (CredentialRefused(status=401), False, False),
        (Refused(status=404), False, False),
        (BadAnswer(status=200), False, False),
        (LocalFileError(), False, False),
        (Cancelled(), False, False),
        (ApiError(), False, False),
    ],
    ids=lambda value: repr(value) if isinstance(value, bool) else f"{type(value).__name__} {value}",
)
def test_only_what_cannot_be_billed_twice_is_repeated(error, upload, other):
    assert may_repeat(error, upload=True) is upload
    assert may_repeat(error, upload=False) is other


def test_the_pause_doubles_within_its_bounds():
    retry = Retry(base=1.0, cap=6.0)
    for attempt, longest in [(1, 1.0), (2, 2.0), (3, 4.0), (4, 6.0), (500, 6.0)]:
        pauses = [pause_seconds(retry, attempt, None) for _ in range(50)]
        assert all(longest / 2 <= pause <= longest for pause in pauses)
        assert len(set(pauses)) > 1


@pytest.mark.parametrize(("retry_after", "waited"), [(0.0, 0.0), (7.0, 7.0), (3600.0, 60.0)])
def test_the_wish_of_the_api_goes_first_up_to_a_cap(retry_after, waited):
    assert pause_seconds(Retry(), 1, retry_after) == waited


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("5", 5.0),
        (" 0 ", 0.0),
        ("Mon, 02 Nov 2026 12:00:30 GMT", 30.0),
        ("Mon, 02 Nov 2026 11:00:00 GMT", 0.0),
        ("Mon, 02 Nov 2026 12:00:10 -0000", 10.0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("1.5", None),
        ("²", None),
        ("Mon, 99 Nov 2026 12:00:30 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header, seconds):
    assert parse_retry_after(header, now=NOW) == seconds


def test_a_retry_after_beyond_all_floats_is_capped():
    assert pause_seconds(Retry(), 1, parse_retry_after("9" * 400, now=NOW)) == 60.0
