"""Whether a request to a route of ours comes from a page of the app."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request


def is_of_same_origin(request: Request) -> bool:
    """Whether a page of the app sent this, as far as the browser says.

    The token is what guards a route; this keeps a token that got elsewhere from being used there.
    """
    if (site := request.headers.get("sec-fetch-site")) is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None:  # no browser
        return True
    hosts = (request.headers.get("host"), request.headers.get("x-forwarded-host"))
    return urlsplit(origin).netloc in hosts
