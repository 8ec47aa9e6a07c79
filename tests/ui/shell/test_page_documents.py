"""The documents that the browser loads: one for each page, which says where the app is."""

import asyncio
from pathlib import Path

from lib.ui.shell import page_documents

PAGES = Path(__file__).parents[3] / "pages"


def test_each_page_but_the_first_has_a_document():
    pages = {f"/{path.stem}" for path in PAGES.glob("*.py")}
    assert set(page_documents.PATHS) == pages - {"/analyze"}
    assert [route.path for route in page_documents.page_routes()] == list(page_documents.PATHS)


def test_a_document_says_where_the_app_is_before_any_script_looks_for_it():
    (route, *_) = page_documents.page_routes()
    document = asyncio.run(route.endpoint(None)).body.decode()
    first, second = (part.partition("</script>")[0] for part in document.split("<script")[1:3])
    assert "BACKEND_BASE_URL" in first
    assert "BACKEND_BASE_URL" not in second
    assert 'type="module"' in document
