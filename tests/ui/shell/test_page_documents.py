"""The documents that the browser loads: one for each page, which says where the app is."""

import asyncio
from pathlib import Path

from plotly.offline import get_plotlyjs_version
from starlette.requests import Request

from lib.ui.shell import page_documents

PAGES = Path(__file__).parents[3] / "pages"


def document_of(path):
    (route,) = [route for route in page_documents.page_routes() if route.path == path]
    request = Request({"type": "http", "path": path, "headers": []})
    return asyncio.run(route.endpoint(request)).body.decode()


def test_each_page_but_the_first_has_a_document():
    pages = {f"/{path.stem}" for path in PAGES.glob("*.py")}
    assert set(page_documents.PATHS) == pages - {"/analyze"}
    assert [route.path for route in page_documents.page_routes()] == list(page_documents.PATHS)


def test_a_document_says_where_the_app_is_before_any_script_looks_for_it():
    document = document_of("/review")
    first, second = (part.partition("</script>")[0] for part in document.split("<script")[1:3])
    assert "BACKEND_BASE_URL" in first
    assert "BACKEND_BASE_URL" not in second
    assert 'type="module"' in document


def test_the_document_of_the_review_alone_asks_for_the_code_of_charts():
    code = "app/static/plotly-basic.min.js"
    assert [path for path in page_documents.PATHS if code in document_of(path)] == ["/review"]


def test_the_code_of_charts_is_that_of_the_figures():
    code = (PAGES.parent / "static" / "plotly-basic.min.js").read_text(encoding="utf-8")
    assert f"(basic - minified) v{get_plotlyjs_version()}" in code[:100]
