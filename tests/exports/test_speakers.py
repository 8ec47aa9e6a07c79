"""Who spoke during a span, in every format that has a row a span."""

import csv
import io

import openpyxl

from lib.exports import csv_table, html_report, xlsx
from lib.model import Line, Review
from tests.exports import sessions

HOSTILE = '=1+1 <img src=x onerror="alert(1)">'
LINES = (
    Line(10.0, 16.03, "Müller, Anna", "So."),  # of the first span 62 %, of the second 20.6 %
    Line(14.0, 15.3, HOSTILE, "Yes."),
    Line(0.0, 60.0, "", "Who?"),
)
TEXTS = [f"Müller, Anna 62 % | {HOSTILE} 20 %", f"Müller, Anna 21 % | {HOSTILE} 6 %", ""]


def spoken(lines=LINES):
    return sessions.full_session(review=Review(transcript=lines))


def csv_rows(bundle):
    text = csv_table.write(bundle).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_of_the_csv_says_who_spoke_for_what_share():
    rows = csv_rows(spoken())
    assert [row["spoken_by"] for row in rows] == TEXTS
    names = list(rows[0])
    assert names[names.index("modality") + 1] == "spoken_by"


def test_a_name_that_a_spreadsheet_would_run_stays_text():
    assert csv_rows(spoken((Line(0.0, 60.0, "=1+1", "So."),)))[0]["spoken_by"] == "'=1+1 100 %"


def test_without_a_transcript_that_names_speakers_there_is_no_column():
    for lines in ((), LINES[2:]):
        assert "spoken_by" not in csv_rows(spoken(lines))[0]
        book = openpyxl.load_workbook(io.BytesIO(xlsx.write(spoken(lines))))
        assert "speakers" not in book.sheetnames
        assert "spoken_by" not in [cell.value for cell in book["signals"][1]]
        assert "spoken by" not in html_report.write(spoken(lines)).decode()


def test_a_workbook_has_a_sheet_with_a_row_a_span_and_speaker():
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(spoken())))
    head, *rows = book["speakers"].iter_rows(values_only=True)
    assert head == ("signal", "speaker", "seconds", "share")
    assert rows[:2] == [(0, "Müller, Anna", 4.03, 0.62), (0, HOSTILE, 1.3, 0.2)]
    assert len(rows) == 4
    assert {cell.data_type for cell in book["speakers"]["B"][1:]} == {"s"}
    columns = {
        column[0].value: [cell.value for cell in column[1:]] for column in book["signals"].columns
    }
    assert columns["spoken_by"] == [*TEXTS[:2], None]


def test_the_report_names_each_on_a_line_of_its_own():
    page = html_report.write(spoken()).decode()
    assert ">spoken by</th>" in page
    assert (
        "<td>Müller, Anna 62\xa0%\n=1+1 &lt;img src=x onerror=&quot;alert(1)&quot;&gt; 20\xa0%</td>"
        in page
    )
