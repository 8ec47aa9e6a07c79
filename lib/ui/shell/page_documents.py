"""The HTML documents that the browser loads at the address of a page.

Streamlit's own document looks for the app below the path that it was loaded from, and only then
above it: two errors in the browser's log at each page but the first. These say where the app is.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from lib.ui.shell import signed_addresses, streamlit_internals

REVIEW = "/review"
PATHS = (REVIEW, "/sessions")  # of the pages beside the first, as `navigation` declares them
# Relative to the address, so that a proxy may put the app below a path of its own.
_ROOT_SCRIPT = (
    "<script>window.__streamlit ??= {BACKEND_BASE_URL: new URL('.', location.href).href}</script>"
)
# While Streamlit's own code arrives and starts; plotly_code.ts waits for it.
_CHART_SCRIPT = """<script>
window.signalReviewPlotly = new Promise((done, fail) => {
  const script = document.createElement("script");
  Object.assign(script, { src: "app/static/plotly-basic.min.js", onload: done, onerror: fail });
  document.head.append(script);
});
window.signalReviewPlotly.catch(() => {});
</script>"""


def page_routes() -> list[Route]:
    """A route for the document of each page beside the first."""
    return [Route(signed_addresses.served(path), _send_document) for path in PATHS]


def page_document(*, charts: bool) -> str:
    """The document of each page beside the first, with code for charts if it has any."""
    more = _ROOT_SCRIPT + _CHART_SCRIPT * charts
    return streamlit_internals.read_document().replace("<head>", f"<head>{more}", 1)


async def _send_document(request: Request) -> Response:
    document = page_document(charts=request.url.path.rstrip("/").endswith(REVIEW))
    return HTMLResponse(document, headers={"Cache-Control": "no-cache"})
