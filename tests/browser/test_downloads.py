"""Every download, made in the browser, of the spans that pass the filters."""

import re

import pytest
from playwright.sync_api import expect

from lib import exports
from lib.sandbox import Fault
from tests.browser.review_page import open_section, open_session
from tests.browser.visitors import visit

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
        paths = {}
        for format_ in exports.FORMATS:
            with page.expect_download() as caught:
                page.get_by_role("button", name=format_.label).click()
            paths[format_.key] = folder / caught.value.suggested_filename
            caught.value.save_as(paths[format_.key])
        assert page.strangers == page.faults == []
    return paths


@pytest.mark.parametrize("format_", exports.FORMATS, ids=lambda format_: format_.key)
def test_each_format_is_handed_over_with_its_label(files, format_):
    assert files[format_.key].name == f"Sample-a-product-interview-sample-filtered{format_.suffix}"
    assert format_.key in PACKED or LABEL in files[format_.key].read_bytes()


def test_a_download_holds_what_passes_the_filters(files):
    lines = files["csv"].read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + 3
    assert all("hesitation" in line and "3 of 28 spans" in line for line in lines[1:])


def test_the_report_opens_from_a_disk_without_a_request(browser, files):
    with visit(browser) as page:
        urls = []
        page.on("request", lambda request: urls.append(request.url))
        page.goto(files["html"].as_uri())
        expect(page.locator("body")).to_contain_text(LABEL.decode())
        expect(page.locator(".chart")).to_have_count(3)
        expect(page.locator(".chart:has(.js-plotly-plot .main-svg)")).to_have_count(3)
        page.wait_for_load_state("networkidle")
        assert [url for url in urls if not re.match("data:|blob:", url)] == [files["html"].as_uri()]
        assert page.faults == []


def test_the_report_scrolls_sideways_on_a_phone_within_its_tables_alone(browser, files):
    with visit(browser, viewport={"width": 390, "height": 844}) as page:
        page.goto(files["html"].as_uri())
        expect(page.locator(".chart:has(.js-plotly-plot .main-svg)")).to_have_count(3)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        wide = "[...document.querySelectorAll('.wide')].some(box => box.scrollWidth > 390)"
        assert page.evaluate(wide)


# As an API may write it: its own spaces, ends of lines, digits and escapes, half a character too.
ANSWER = (
    '{"signals" : [ {"type":"interest",\t"start": 1.50, "end":2e0, "probability":"high",\r\n'
    '"rationale":"caf\u00e9 \\u00e9 \\ud800 \u2028 \U0001f600 </script>" } ],'
    '"engagement_state":[], "later": 0.10000000000000000001 }\n\n'
).encode()


def test_the_raw_answer_is_handed_over_byte_for_byte(page, elsewhere, sandbox, recording):
    sandbox.fail(Fault("/v1/upload/analyze", call=1, body=ANSWER))
    page.goto(elsewhere.url)
    page.locator("input[type=file]").first.set_input_files(recording)
    page.get_by_role("button", name="Analyze", exact=True).click()
    page.wait_for_url(re.compile(r"/review\?session="))
    open_section(page, "Raw answer")
    with page.expect_download() as caught:
        page.get_by_role("button", name="The answer as received (JSON)").click()
    assert caught.value.path().read_bytes() == ANSWER
    assert caught.value.suggested_filename.endswith("-answer.json")
