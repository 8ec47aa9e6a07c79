"""Every download, made in the browser, of the spans that pass the filters."""

import re

import pytest
from playwright.sync_api import expect

from lib import exports
from tests.browser.conftest import visit
from tests.browser.room import open_session

LABEL = b"Hand-written sample"
PACKED = ("xlsx",)  # its label lies in a compressed part: tests/exports reads it


@pytest.fixture(scope="module")
def files(browser, app, tmp_path_factory):
    """The file of each format, by its key, of the sample's three hesitations."""
    folder = tmp_path_factory.mktemp("downloads")
    with visit(browser) as page:
        open_session(page, app, type="hesitation", section="Downloads")
        page.get_by_text("Only what passes the filters: 3 of 28 spans").click()
        expect(page.get_by_text("In the files: 3 of 28 spans")).to_be_visible()
        found = {}
        for one in exports.FORMATS:
            with page.expect_download() as caught:
                page.get_by_role("button", name=one.label).click()
            found[one.key] = folder / caught.value.suggested_filename
            caught.value.save_as(found[one.key])
        assert page.strangers == page.faults == []
    return found


@pytest.mark.parametrize("one", exports.FORMATS, ids=lambda one: one.key)
def test_each_format_is_handed_over_with_its_label(files, one):
    assert files[one.key].name == f"signal-review-sample-filtered{one.suffix}"
    assert one.key in PACKED or LABEL in files[one.key].read_bytes()


def test_a_download_holds_what_passes_the_filters(files):
    lines = files["csv"].read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + 3
    assert all("hesitation" in line and "3 of 28 spans" in line for line in lines[1:])


def test_the_report_opens_from_a_disk_without_a_request(browser, files):
    with visit(browser) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(files["html"].as_uri())
        expect(page.locator("body")).to_contain_text(LABEL.decode())
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if not re.match("data:|blob:", url)] == [
            files["html"].as_uri()
        ]
        assert page.faults == []
