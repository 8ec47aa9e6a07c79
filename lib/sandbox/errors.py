"""The API's documented errors: ids, statuses, and the body they come in."""

from __future__ import annotations

from typing import NamedTuple

REFERENCE_URL = "https://docs.interhuman.ai/api-reference/error-handling"


class DocumentedError(NamedTuple):
    """The HTTP status and the sentence that belong to an error id."""

    status: int
    message: str


DOCUMENTED_ERRORS: dict[str, DocumentedError] = {
    "ih1001": DocumentedError(500, "An unexpected error occurred."),
    "ih1002": DocumentedError(503, "This instance already holds too many jobs."),
    "ih1003": DocumentedError(503, "The job store or the model backend is unavailable."),
    "ih1004": DocumentedError(500, "The job was interrupted."),
    "ih2001": DocumentedError(401, "The credential is invalid."),
    "ih2002": DocumentedError(401, "A credential is missing."),
    "ih2003": DocumentedError(403, "The credential lacks the required scope."),
    "ih2005": DocumentedError(400, "The key_secret is missing."),
    "ih2010": DocumentedError(401, "The client token has expired."),
    "ih2011": DocumentedError(401, "The client token is invalid."),
    "ih2014": DocumentedError(401, "The client token was revoked."),
    "ih3001": DocumentedError(429, "The request rate limit was reached."),
    "ih3002": DocumentedError(429, "Too many requests at the same time."),
    "ih3003": DocumentedError(429, "The usage quota of the account is used up."),
    "ih3006": DocumentedError(429, "The video seconds of the client token are spent."),
    "ih4001": DocumentedError(400, "The request holds no file."),
    "ih4002": DocumentedError(400, "The container of the file is not supported."),
    "ih4003": DocumentedError(413, "The file is larger than 32 MB."),
    "ih4004": DocumentedError(400, "The file is longer than allowed."),
    "ih4005": DocumentedError(400, "A parameter is invalid."),
    "ih4007": DocumentedError(400, "The file is shorter than 3 seconds."),
    "ih4020": DocumentedError(400, "The model is not served."),
    "ih4021": DocumentedError(404, "The job is unknown or has expired."),
    "ih5001": DocumentedError(422, "The file has no video stream."),
    "ih5002": DocumentedError(422, "The file is corrupted or unreadable."),
    "ih5003": DocumentedError(422, "The content of the file cannot be analyzed."),
    "ih5004": DocumentedError(422, "The media is malformed or truncated."),
    "ih5005": DocumentedError(422, "The content of the file cannot be analyzed."),
    "ih5006": DocumentedError(422, "The media is shorter than 3 seconds."),
    "ih5007": DocumentedError(422, "The content of the file cannot be analyzed."),
    "ih5008": DocumentedError(422, "The file has no audio stream."),
}
UNDOCUMENTED_ERROR = DocumentedError(500, "The request failed.")


class Refused(Exception):  # noqa: N818  it is an answer, not a failure of ours
    """An answer other than success; `message` replaces the documented sentence."""

    def __init__(self, error_id: str, message: str | None = None) -> None:
        super().__init__(error_id, message)
        self.error_id = error_id
        self.message = message


def http_status(error_id: str) -> int:
    """The documented HTTP status of `error_id`; 500 for an id that is not documented."""
    return DOCUMENTED_ERRORS.get(error_id, UNDOCUMENTED_ERROR).status


def error_body(error_id: str, *, correlation_id: str, message: str | None = None) -> dict[str, str]:
    """The JSON object that describes `error_id`, also inside a failed job."""
    documented = DOCUMENTED_ERRORS.get(error_id, UNDOCUMENTED_ERROR).message
    slug = documented.rstrip(".").lower().replace(" ", "-").replace("_", "-")
    return {
        "error_id": error_id,
        "correlation_id": correlation_id,
        "link": f"{REFERENCE_URL}#{error_id}-{slug}",
        "message": message or documented,
    }
