import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given, settings

from lib.exports import xlsx
from lib.model import Mark, Signal
from tests.budget import examples
from tests.exports import sessions
from tests.reviews import claim


def book(bundle):
    return openpyxl.load_workbook(io.BytesIO(xlsx.write(bundle)))


def rows(sheet):
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_every_table_has_a_sheet():
    assert book(sessions.full_session()).sheetnames == [
        "signals",
        "overall",
        "engagement",
        "quality",
        "notes",
        "verdicts",
        "moments",
        "transcript",
        "about",
    ]


def test_a_session_without_scores_and_transcript_has_no_sheet_of_them():
    names = book(sessions.bare()).sheetnames
    assert "overall" not in names
    assert "transcript" not in names


def test_a_number_is_a_number_and_what_was_not_sent_is_empty():
    workbook = book(sessions.full_session())
    first = rows(workbook["signals"])[0]
    assert (first["start"], first["end"], first["agree"]) == (12, 18.5, 1)
    assert first["notes"] == "Ben: Not a sigh. | Ada: It is."
    window = rows(workbook["quality"])[1]
    assert (window["clarity"], window["energy"], window["no_evidence"]) == (40, None, False)
    note = rows(workbook["notes"])[0]
    assert (note["signal"], note["written_at"]) == (None, "2026-11-03T09:00:00+00:00")
    assert "draw_start" not in rows(workbook["engagement"])[0]


def test_the_score_of_a_moment_is_a_number_of_three_decimals_at_most():
    moments = rows(book(sessions.scored(1.0666666666666667, 2.0, None))["moments"])
    assert [row["score"] for row in moments] == [1.067, 2, None]


def test_the_header_is_bold_and_stays_in_sight():
    for sheet in book(sessions.full_session()):
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.bold for cell in sheet[1])


def test_no_column_is_wider_than_can_be_read():
    sheet = book(sessions.full_session(Signal("stress", 0, 1, "low", "why " * 99)))["signals"]
    widths = {
        sheet[1][column].value: dimension.width
        for column, dimension in enumerate(dimensions(sheet))
    }
    assert widths["id"] < widths["start_clock (h:mm:ss.mmm)"] < widths["rationale"] < 62


def dimensions(sheet):
    return [sheet.column_dimensions[cell.column_letter] for cell in sheet[1]]


@pytest.mark.parametrize("text", sessions.HOSTILE)
def test_hostile_text_is_only_ever_text(text):
    for sheet in book(sessions.hostile(text)):
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
        assert not any(cell.hyperlink for cell in cells)


@pytest.mark.parametrize("text", ["=1+1", "http://a.example", "12", "]]> <b>&amp;", "a\nb", "🙂"])
def test_text_comes_back_as_it_was_sent(text):
    (row,) = rows(book(sessions.bare(Signal("stress", 0, 1, "low", text)))["signals"])
    assert row["rationale"] == text


@pytest.mark.parametrize("char", ["x", "🙂"])
def test_text_too_long_for_a_cell_is_cut_and_the_workbook_says_so(char):
    longest = xlsx.MAX_CELL_UNITS // len(char.encode("utf-16-le")) * 2
    fitting, over = (
        Signal("a", 0, 1, "low", char * longest),
        Signal("b", 0, 1, "low", char * 40_000),
    )
    workbook = book(sessions.bare(fitting, over))
    texts = [row["rationale"] for row in rows(workbook["signals"])]
    assert texts[0] == char * longest
    assert texts[1].endswith(f"{char}…")
    assert len(texts[1].encode("utf-16-le")) // 2 <= xlsx.MAX_CELL_UNITS
    about = {row["name"]: row["value"] for row in rows(workbook["about"])}
    assert about["texts longer than 32,767 characters, cut at …"] == "1"


def test_the_workbook_says_where_it_comes_from():
    workbook = book(sessions.full_session())
    values = [row["value"] for row in rows(workbook["about"])]
    assert set(sessions.MUST_SAY) <= set(values)
    assert workbook.properties.created == datetime(2026, 11, 3, 9)  # noqa: DTZ001  Excel has no zones
    assert workbook.properties.title == "Interview 7"


@given(sessions.sessions)
@settings(max_examples=examples(40))
def test_any_session_has_a_row_a_span(bundle):
    assert len(rows(book(bundle)["signals"])) == len(bundle.signals)


def test_the_sheet_about_says_which_sections_are_not_there_and_why():
    presence = {
        "signals": "nothing found",
        "engagement": "not asked for",
        "overall": "not readable",
        "timeline": "present",
    }
    sheet = book(sessions.bare(presence=presence))["about"]
    about = {row["name"]: row["value"] for row in rows(sheet)}
    assert about["signals"] == "nothing found"
    assert about["engagement"] == "not asked for, or not sent"
    assert about["overall quality"] == "not readable"
    assert "quality over time" not in about


def test_claims_have_a_row_for_each_span_and_one_where_they_rest_on_none():
    bundle = sessions.full_session()
    claims = (claim(signals=(0, 2), marks=(Mark(2, "for"),)), claim("c2", signals=(), filter=""))
    bundle = replace(bundle, claims=claims, all_verdicts=bundle.verdicts)
    first, second, third = rows(book(bundle)["claims"])
    assert (first["text"], first["spans"], first["of"]) == (claim().text, 2, 3)
    assert (first["signal"], first["side"]) == (0, "open")  # its verdicts differ
    assert (second["signal"], second["side"]) == (2, "for")
    assert (third["claim"], third["spans"], third["signal"]) == (2, 0, None)
