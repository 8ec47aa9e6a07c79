"""The HTML documents that the browser loads at the address of a page.

Streamlit's own document looks for the app below the path that it was loaded from, and only then
above it: two errors in the browser's log at each page but the first. These say where the app is.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from lib.ui.shell import addresses, streamlit_internals

PATHS = ("/review", "/sessions")  # of the pages beside the first, as `navigation` declares them
# Relative to the address, so that a proxy may put the app below a path of its own.
_ROOT_SCRIPT = (
    "<script>window.__streamlit ??= {BACKEND_BASE_URL: new URL('.', location.href).href}</script>"
)


def page_routes() -> list[Route]:
    """A route for the document of each page beside the first."""
    return [Route(addresses.served(path), _send_document) for path in PATHS]


def page_document() -> str:
    """The document of each page beside the first."""
    return streamlit_internals.read_document().replace("<head>", f"<head>{_ROOT_SCRIPT}", 1)


async def _send_document(_: Request) -> Response:
    return HTMLResponse(page_document(), headers={"Cache-Control": "no-cache"})
