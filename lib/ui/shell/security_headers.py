"""Headers of every answer that tell the browser what a page of ours may do, and who may frame it.

Nothing is fetched from another host, nothing is sent there, and no page of strangers stands around
the app. The numbers of use that Streamlit offers are for this machine alone.
"""

from __future__ import annotations

import functools
import hashlib
import ipaddress
import re
from base64 import b64encode

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.ui.shell import page_documents, services, streamlit_internals

METRICS = "/_stcore/metrics"
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")  # a proxy asks for somebody else
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # addresses hold the ids of sessions
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def middleware() -> list[Middleware]:
    """What stands around all routes, Streamlit's too."""
    return [Middleware(SecurityHeaders)]


class SecurityHeaders:
    """ASGI middleware that adds the headers, but for those that a route has set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or one connection of another kind as it is."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _headers(services.settings().framed_by).items():
                    headers.setdefault(name, value)
            await send(message)

        if _is_metrics(scope) and not _is_of_this_machine(scope):
            await PlainTextResponse("Not Found", 404)(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)


@functools.cache
def _headers(framed_by: tuple[str, ...]) -> dict[str, str]:
    headers = {**_HEADERS, "Content-Security-Policy": content_policy(framed_by)}
    if not framed_by:  # for older browsers; it cannot name another host
        headers["X-Frame-Options"] = "SAMEORIGIN"
    return headers


def content_policy(framed_by: tuple[str, ...] = ()) -> str:
    """The content policy of all pages, which these other origins may frame."""
    hashes = " ".join(_script_hashes())
    return "; ".join(
        (
            "default-src 'self'",
            # Scripts of components are blobs. Parts of Streamlit that we do not draw today make
            # functions of text; so do the browser tests, which are to run under this policy.
            f"script-src 'self' {hashes} 'unsafe-eval' 'wasm-unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            # Streamlit Community Cloud frames the app in a page of the app's own origin.
            " ".join(("frame-ancestors 'self'", *framed_by)),
        )
    )


def _script_hashes() -> list[str]:
    """Of the scripts that stand in the documents themselves."""
    documents = (streamlit_internals.read_document(), page_documents.page_document(charts=True))
    scripts = dict.fromkeys(text for page in documents for text in _INLINE_SCRIPT.findall(page))
    digests = (hashlib.sha256(text.encode()).digest() for text in scripts)
    return [f"'sha256-{b64encode(digest).decode()}'" for digest in digests]


def _is_metrics(scope: Scope) -> bool:
    return str(scope["path"]).rstrip("/").endswith(METRICS)


def _is_of_this_machine(scope: Scope) -> bool:
    """Whether somebody on this machine asks, and no proxy for somebody else."""
    headers = Headers(scope=scope)
    client, _ = scope.get("client") or ("", 0)
    host = re.sub(r":\d*$", "", headers.get("host", "")).strip("[]")
    return (
        _is_loopback(client)
        and _is_loopback(host)
        and not any(name in headers for name in _FORWARDED)
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
