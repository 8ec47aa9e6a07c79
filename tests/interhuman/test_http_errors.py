import json

import pytest

from lib.errors import (
    BadAnswer,
    Busy,
    CredentialRefused,
    JobGone,
    OutcomeUnknown,
    QuotaUsedUp,
    RecordingRefused,
    Refused,
    ScopeMissing,
    ServerFault,
)
from lib.interhuman.http_errors import Answer, error_of_answer


def body(error_id=None, **members):
    return json.dumps({**({"error_id": error_id} if error_id else {}), **members}).encode()


@pytest.mark.parametrize(
    ("status", "error_id", "kind"),
    [
        (500, "ih1001", ServerFault),
        (503, "ih1002", Busy),
        (503, "ih1003", Busy),
        (401, "ih2001", CredentialRefused),
        (401, "ih2002", CredentialRefused),
        (403, "ih2003", ScopeMissing),
        (400, "ih2005", CredentialRefused),
        (401, "ih2014", CredentialRefused),
        (429, "ih3001", Busy),
        (429, "ih3002", Busy),
        (429, "ih3003", QuotaUsedUp),
        (429, "ih3006", QuotaUsedUp),
        (400, "ih4001", RecordingRefused),
        (413, "ih4003", RecordingRefused),
        (400, "ih4005", Refused),
        (400, "ih4020", Refused),
        (404, "ih4021", JobGone),
        (422, "ih5005", RecordingRefused),
        (422, "ih5008", RecordingRefused),
        (400, "ih9999", Refused),
        (429, "ih9999", Busy),
        (500, "ih9999", ServerFault),
        (301, None, BadAnswer),
        (400, None, Refused),
        (401, None, CredentialRefused),
        (403, None, Refused),
        (404, None, Refused),
        (408, None, Busy),
        (413, None, RecordingRefused),
        (422, None, RecordingRefused),
        (429, None, Busy),
        (500, None, OutcomeUnknown),
        (502, None, OutcomeUnknown),
        (503, None, OutcomeUnknown),
        (504, None, OutcomeUnknown),
    ],
)
def test_an_answer_to_an_upload_is_told_by_its_id_then_by_its_status(status, error_id, kind):
    error = error_of_answer(Answer(status, body(error_id)), upload=True)
    assert type(error) is kind
    assert (error.status, error.error_id) == (status, error_id)
    assert error.maybe_billed == (kind in (ServerFault, OutcomeUnknown, BadAnswer))
    assert error.maybe_billed == ("may bill it" in error.next_step)


@pytest.mark.parametrize(
    ("status", "kind"), [(500, ServerFault), (502, ServerFault), (503, Busy), (504, ServerFault)]
)
def test_a_gateway_fault_on_a_request_that_costs_nothing_bills_nothing(status, kind):
    error = error_of_answer(Answer(status, b"<html>"), upload=False)
    assert type(error) is kind
    assert not error.maybe_billed


def test_the_sentences_are_those_of_the_id():
    error = error_of_answer(Answer(413, body("ih4003")), upload=True)
    assert error.what == "The recording is larger than 32 MiB."


def test_an_unknown_id_shows_what_the_api_wrote():
    error = error_of_answer(Answer(400, body("ih4019", message="Odd.", detail="old")), upload=True)
    assert error.what == "The API refused the request."
    assert error.server_message == "Odd."


def test_the_older_body_with_a_detail_is_read():
    error = error_of_answer(Answer(400, body(detail="No file.", status_code=400)), upload=True)
    assert error.server_message == "No file."


def test_the_correlation_id_is_the_bodys_or_else_the_headers():
    both = Answer(400, body(correlation_id="in-body"), correlation_id="in-header")
    header = Answer(502, b"<html>", correlation_id="in-header")
    assert error_of_answer(both, upload=True).correlation_id == "in-body"
    assert error_of_answer(header, upload=True).correlation_id == "in-header"


@pytest.mark.parametrize(
    "sent", [b"", b"\xff\xfe", b"[1]", b"null", b"[" * 100_000, b'{"error_id": 7, "message": []}']
)
def test_a_body_that_cannot_be_read_leaves_the_status_to_tell(sent):
    error = error_of_answer(Answer(400, sent), upload=True)
    assert type(error) is Refused
    assert (error.error_id, error.server_message) == (None, None)
