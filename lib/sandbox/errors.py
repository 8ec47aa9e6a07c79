"""The API's documented errors: ids, statuses, and the body they come in. Knows no room."""

from __future__ import annotations

from typing import NamedTuple

LINK = "https://docs.interhuman.ai/api-reference/error-handling"


class Documented(NamedTuple):
    """The HTTP status and the sentence that belong to an error id."""

    status: int
    message: str


DOCUMENTED: dict[str, Documented] = {
    "ih1001": Documented(500, "An unexpected error occurred."),
    "ih1002": Documented(503, "This instance already holds too many jobs."),
    "ih1003": Documented(503, "The job store or the model backend is unavailable."),
    "ih1004": Documented(500, "The job was interrupted."),
    "ih2001": Documented(401, "The credential is invalid."),
    "ih2002": Documented(401, "A credential is missing."),
    "ih2003": Documented(403, "The credential lacks the required scope."),
    "ih2005": Documented(400, "The key_secret is missing."),
    "ih2010": Documented(401, "The client token has expired."),
    "ih2011": Documented(401, "The client token is invalid."),
    "ih2014": Documented(401, "The client token was revoked."),
    "ih3001": Documented(429, "The request rate limit was reached."),
    "ih3002": Documented(429, "Too many requests at the same time."),
    "ih3003": Documented(429, "The usage quota of the account is used up."),
    "ih3006": Documented(429, "The video seconds of the client token are spent."),
    "ih4001": Documented(400, "The request holds no file."),
    "ih4002": Documented(400, "The container of the file is not supported."),
    "ih4003": Documented(413, "The file is larger than 32 MB."),
    "ih4004": Documented(400, "The file is longer than allowed."),
    "ih4005": Documented(400, "A parameter is invalid."),
    "ih4007": Documented(400, "The file is shorter than 3 seconds."),
    "ih4020": Documented(400, "The model is not served."),
    "ih4021": Documented(404, "The job is unknown or has expired."),
    "ih5001": Documented(422, "The file has no video stream."),
    "ih5002": Documented(422, "The file is corrupted or unreadable."),
    "ih5003": Documented(422, "The content of the file cannot be analyzed."),
    "ih5004": Documented(422, "The media is malformed or truncated."),
    "ih5005": Documented(422, "The content of the file cannot be analyzed."),
    "ih5006": Documented(422, "The media is shorter than 3 seconds."),
    "ih5007": Documented(422, "The content of the file cannot be analyzed."),
    "ih5008": Documented(422, "The file has no audio stream."),
}
UNDOCUMENTED = Documented(500, "The request failed.")


class Refused(Exception):  # noqa: N818  it is an answer, not a failure of ours
    """An answer other than success; `message` replaces the documented sentence."""

    def __init__(self, error_id: str, message: str | None = None) -> None:
        super().__init__(error_id, message)
        self.error_id = error_id
        self.message = message


def status(error_id: str) -> int:
    """The documented HTTP status of `error_id`; 500 for an id that is not documented."""
    return DOCUMENTED.get(error_id, UNDOCUMENTED).status


def body(error_id: str, *, correlation_id: str, message: str | None = None) -> dict[str, str]:
    """The JSON object that describes `error_id`, also inside a failed job."""
    documented = DOCUMENTED.get(error_id, UNDOCUMENTED).message
    slug = documented.rstrip(".").lower().replace(" ", "-").replace("_", "-")
    return {
        "error_id": error_id,
        "correlation_id": correlation_id,
        "link": f"{LINK}#{error_id}-{slug}",
        "message": message or documented,
    }
