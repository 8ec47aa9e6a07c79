"""What was coded is in every export, apart from signals; none of it is markup or a formula."""

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from lib import exports, frames
from lib.exports import csv_table, html_report
from lib.exports.bundle import code_agreement
from lib.model import Review
from tests.codebooks import book, coded
from tests.exports import sessions

SPANS = (
    coded("a", start=2.0, end=3.52),
    coded("b", "Bo", start=3.0, end=5.0),
    coded("c", "Bo", "nod", start=4.0, end=4.0),
    coded("d", "=1+1", "<b>x</b>", start=6.0, end=7.0),
)


@pytest.fixture(scope="module")
def files():
    bundle = sessions.full_session(
        coded=frames.coded(Review(coded=SPANS, codebooks=(book(),)), 60.0)
    )
    written = {form.key: form.write(bundle) for form in exports.FORMATS}
    return {**written, "codes": csv_table.write_codes(bundle)}


def test_elan_has_a_tier_for_each_coder_and_code(files):
    tiers = {tier.get("TIER_ID"): tier for tier in ET.fromstring(files["eaf"]).iter("TIER")}
    assert {name for name in tiers if name.startswith("codes: ")} == {
        "codes: Ana: pause-filler",
        "codes: Bo: pause-filler",
        "codes: Bo: nod at a moment",
        "codes: =1+1: <b>x</b>",
    }
    assert tiers["codes: Bo: pause-filler"].get("ANNOTATOR") == "Bo"


def test_praat_has_points_for_what_was_coded_at_a_moment(files):
    text = files["textgrid"].decode()
    tier = text[: text.index('"codes: Bo: nod at a moment"')].rpartition("class = ")[2]
    assert tier.startswith('"TextTier"')


def test_the_workbook_has_codes_and_how_far_coders_agree(files):
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    rows = list(book["codes"].values)
    assert rows[0][:5] == ("id", "coder", "code", "start", "end")
    assert rows[1][:5] == ("a", "Ana", "pause-filler", 2, 3.52)
    compared = [row[:3] for row in book["code agreement"].values]
    assert ("pause-filler", "Ana", "Bo") in compared


def test_codes_are_compared_with_all_signals_whatever_the_filter_of_the_export():
    spans = frames.coded(Review(coded=SPANS, codebooks=(book(),)), 60.0)
    whole = sessions.full_session(coded=spans)
    whole = replace(whole, signals=whole.signals.assign(type="hesitation"))
    filtered = replace(whole, signals=whole.signals.head(0), all_signals=whole.signals)
    expected = code_agreement(whole)
    assert expected["other"].str.startswith("signals").any()
    assert code_agreement(filtered).equals(expected)


def test_the_report_tells_of_codes_as_plain_text(files):
    text = files["html"].decode()
    assert "Agreement of coders" in text
    assert "&lt;b&gt;x&lt;/b&gt;" in text
    assert "<b>x</b>" not in text
    assert "0:03.520" in text


def test_the_report_says_neither_all_where_it_is_not_nor_all_coders_where_they_are_more():
    spans = [coded(str(place), f"Coder {place}") for place in range(9)]
    spans[8] = coded("8", "Coder 8", end=3.6)  # a tenth of a second more
    bundle = sessions.full_session(coded=frames.coded(Review(coded=tuple(spans)), 60.0))
    text = html_report.write(bundle).decode()
    assert text.count("Of 9 coders, the 8 with the most spans are compared.") == 1
    two = sessions.full_session(coded=frames.coded(Review(coded=tuple(spans[7:])), 60.0))
    text = html_report.write(two).decode()
    assert "more than 99 %" in text
    assert "are compared." not in text


def test_subtitles_have_codes_among_the_signals(files):
    text = files["vtt"].decode()
    assert "code-0\n00:00:02.000 --> 00:00:03.520\nAna: pause-filler" in text
    assert "=1+1: &lt;b&gt;x&lt;/b&gt;" in text
    starts = [line.partition(" ")[0] for line in text.splitlines() if " --> " in line]
    assert starts == sorted(starts)


def test_the_table_of_codes_is_a_row_a_span_without_formulas(files):
    rows = list(csv.DictReader(io.StringIO(files["codes"].decode("utf-8-sig"))))
    assert [row["coder"] for row in rows] == ["Ana", "Bo", "Bo", "'=1+1"]
    assert (rows[0]["start"], rows[0]["end"], rows[0]["codebook"]) == ("2.0", "3.52", "Gestures")
    assert rows[0]["model"] == ""  # a person coded it, and no model
    assert rows[0]["session"]


def test_a_session_without_codes_is_as_it_was(files):
    plain = sessions.full_session()
    assert b"codes" not in next(f for f in exports.FORMATS if f.key == "eaf").write(plain)
    book = openpyxl.load_workbook(
        io.BytesIO(next(f for f in exports.FORMATS if f.key == "xlsx").write(plain))
    )
    assert "codes" not in book.sheetnames
