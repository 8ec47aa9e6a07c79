"""A session of parts tells its seams, its gaps and its parts' own scores in every format."""

import csv
import io
import re

import openpyxl
import pytest

from lib import exports
from lib.model import Gap, Review
from lib.ui.review import downloads, filters
from lib.ui.shell import services
from tests import answers, parts

REFUSED = Gap("refused", "<b>Too</b> dark.")
SEAMS = "3 parts, seams at 0:20, 0:40"
EVERY = pytest.mark.parametrize("form", exports.FORMATS, ids=lambda form: form.key)


@pytest.fixture
def written(monkeypatch):
    """Write a session in a format, as the page does."""
    monkeypatch.setattr(services, "review", lambda _: Review())
    monkeypatch.setattr(filters, "count_text", lambda *_: "all spans")

    def write(form, session):
        signals = downloads.session_frames.session_tables(session)["signals"]
        return downloads._write(form, session, signals, "")

    return write


@pytest.fixture
def text_of(written):
    """All that a file of a session says, as text."""

    def text(form, session):
        content = written(form, session)
        if form.key != "xlsx":
            return content.decode("utf-8-sig")
        book = openpyxl.load_workbook(io.BytesIO(content))
        return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)

    return text


@EVERY
def test_every_format_tells_the_seams(form, text_of):
    assert SEAMS in text_of(form, parts.session(*parts.three(), session_id=f"seams-{form.key}"))


@EVERY
def test_every_format_tells_the_gap(form, text_of):
    session = parts.session(*parts.three(gap=REFUSED), session_id=f"gap-{form.key}")
    text = text_of(form, session)
    assert f"{SEAMS}; no answer to part 2" in text
    if form.key != "csv":  # a row of it has no room for each part
        assert re.search(r"refused", text)
        assert "<b>Too</b>" not in text or form.key in {"textgrid", "xlsx"}


@EVERY
def test_a_span_over_a_seam_says_so_with_both_rationales(form, text_of):
    text = text_of(form, parts.session(*parts.three(), session_id=f"over-{form.key}"))
    assert "Part 1: interest high" in text
    assert "Part 2: interest low" in text
    assert "over the seam at 0:20, joined from parts 1 and 2" in text
    assert "joined from parts 1 and 2: sent as" not in text  # no other times than it is drawn at


def test_the_session_of_one_piece_says_nothing_of_parts(written):
    form = exports.FORMATS[0]
    content = written(form, answers.session(session_id="one-piece")).decode("utf-8-sig")
    assert {row["parts"] for row in csv.DictReader(io.StringIO(content))} == {""}


def test_the_workbook_has_a_sheet_of_parts_and_scores_of_each(written):
    form = next(form for form in exports.FORMATS if form.key == "xlsx")
    session = parts.session(*parts.three(gap=REFUSED), session_id="sheets")
    book = openpyxl.load_workbook(io.BytesIO(written(form, session)))
    assert [row[:3] for row in book["parts"].values][1:] == [(1, 0, 20), (2, 20, 40), (3, 40, 60)]
    overall = [row[:3] for row in book["overall"].values]
    assert overall[0] == ("part", "score", "value")
    assert {row[0] for row in overall[1:]} == {1, 3}
    about = dict(row[:2] for row in book["about"].values)
    assert "overall quality" not in about  # it is there, for each part
    assert about["part 1"] == "0:00 to 0:20; 0:00 to 0:20, mp4, 1 MB; answered"


def test_the_report_has_seams_in_its_charts_and_parts_in_tables(text_of):
    form = next(form for form in exports.FORMATS if form.key == "html")
    text = text_of(form, parts.session(*parts.three(gap=REFUSED), session_id="report"))
    assert text.count('"text":"part 2: no answer"') >= 3
    assert "<h2>Parts (3)</h2>" in text
    assert "<h2>Scores (12)</h2>" in text


@pytest.mark.parametrize("key", ["eaf", "textgrid"])
def test_annotation_tools_get_a_tier_of_parts(key, text_of):
    form = next(form for form in exports.FORMATS if form.key == key)
    text = text_of(form, parts.session(*parts.three(gap=REFUSED), session_id=f"tier-{key}"))
    assert "part 1: answered" in text
    assert "part 2: refused, " in text


def test_feedback_is_told_of_each_part():
    def spoken(text, start):
        return parts.part({"signals": [], "feedback": {"message": text}}, start, start + 20)

    session = parts.session(spoken("Pause less.", 0), spoken("Ask more.", 20))
    about = downloads.about_session(session, "")
    assert about["feedback"] == "part 1: Pause less.; part 2: Ask more."
