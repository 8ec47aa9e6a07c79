import io
import zipfile

import pytest

from lib.errors import TranscriptError
from lib.interchange.transcript import docx
from tests.interchange.transcript.lines import lines, read

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BREAK = "<w:r><w:br/></w:r>"


def run(text):
    return f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs):
    tabs = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr>'
    inner = "".join(part if part.startswith("<w:") else run(part) for part in runs)
    return f"<w:p>{tabs}{inner}</w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def package(xml, part="word/document.xml", method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        packed.writestr(part, xml)
    return file.getvalue()


def document(*parts):
    return package(f"<w:document {SPACE}><w:body>{''.join(parts)}</w:body></w:document>")


def test_the_new_form_of_teams_is_read():
    content = document(
        paragraph("Weekly sync"),
        paragraph("November 3, 2025, 10:03AM"),
        paragraph("Ana Ruiz", "   0:03", BREAK, "Thanks &amp; hello."),
        paragraph("Ben O'Hara", "   0:07", BREAK, "Surely. At 10:30", BREAK, "then"),
        paragraph("Ana Ruiz stopped transcription"),
    )
    reading = read(content, "a.docx", 30.0)
    assert [tuple(line) for line in reading.lines] == [
        (3.0, 7.0, "Ana Ruiz", "Thanks & hello."),
        (7.0, 30.0, "Ben O'Hara", "Surely. At 10:30 then"),
    ]
    assert [place.text for place in reading.places] == [
        "Weekly sync November 3, 2025, 10:03AM",
        "Ana Ruiz stopped transcription",
    ]
    assert (reading.format, reading.encoding, len(reading.notes)) == ("Word", None, 2)


def test_the_old_form_of_teams_is_read():
    content = document(
        paragraph("0:0:0.0 --&gt; 0:0:3.240", BREAK, "Ana Ruiz", BREAK, "Hello everyone"),
        paragraph("0:0:3.240 --&gt; 0:0:5.0", BREAK, "Ben", BREAK, "Hi."),
    )
    assert lines(content, "a.docx") == [
        (0.0, 3.24, "Ana Ruiz", "Hello everyone"),
        (3.24, 5.0, "Ben", "Hi."),
    ]
    assert "speaker's name" in read(content, "a.docx").notes[0]


def test_rows_of_times_without_names_keep_all_their_words():
    content = document(
        paragraph("0:00:00 --&gt; 0:00:03", BREAK, "Hello.", BREAK, "everyone"),
        paragraph("0:00:03 --&gt; 0:00:05", BREAK, "Hi."),
    )
    assert [line[3] for line in lines(content, "a.docx")] == ["Hello. everyone", "Hi."]
    content = document(
        paragraph("0:00:00 --&gt; 0:00:03", BREAK, "Hello", BREAK, "everyone"),
        paragraph("0:00:03 --&gt; 0:00:05", BREAK, "Hi"),
    )
    assert [line[3] for line in lines(content, "a.docx")] == ["Hello everyone", "Hi"]


def test_a_table_is_read_by_the_names_of_its_columns():
    content = document(
        paragraph("A talk"),
        table(("Time", "Speaker", "Text"), ("0:01", "Ana", "Hi"), ("0:05", "", "Yo")),
    )
    assert lines(content, "a.docx", 30.0) == [(1.0, 5.0, "Ana", "Hi"), (5.0, 30.0, "", "Yo")]
    assert [place.text for place in read(content, "a.docx").places] == ["A talk"]


def test_what_was_deleted_is_not_read_and_a_tab_parts_words():
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    content = document(
        paragraph("Ana 0:01"),
        paragraph(gone, "a", "<w:r><w:tab/></w:r>", "b"),
        "<w:p><w:r><w:t>c</w:t></w:r></w:p>",
    )
    assert lines(content, "a.docx") == [(1.0, 1.0, "Ana", "a b c")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (package("", "xl/workbook.xml"), "Excel workbook"),
        (package("", "a.srt"), "not a Word document"),
        (b"PK\x03\x04" + b"x" * 99, "damaged or locked"),
        (document(paragraph("Ana 0:01"))[:-30], "damaged or locked"),
        (document(paragraph("only words")), "No line of the file"),
        (package(f"<w:document {SPACE}>"), "damaged"),
        (package("<w:p>" * 1000), "far more"),
        (package("<a/>", method=zipfile.ZIP_LZMA), "damaged or locked"),
        (package('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "entities"),
        (package("<a " + "b" * 3_000_000), "far more"),
    ],
    ids=range(10),
)
def test_a_hostile_or_damaged_file_is_refused(content, said):
    with pytest.raises(TranscriptError, match=said):
        read(content, "a.docx")


def test_unpacking_ends_where_a_transcript_does(monkeypatch):
    monkeypatch.setattr(docx, "MAX_XML", 100_000)
    with pytest.raises(TranscriptError, match="far more"):
        read(document(paragraph("Ana 0:01"), *[paragraph("a" * 90)] * 1000), "a.docx")
