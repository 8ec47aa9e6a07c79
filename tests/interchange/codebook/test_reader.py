"""Codebooks from files: they come whole, or not at all with a sentence that says why."""

import pytest
from hypothesis import given

from lib.errors import CodebookError
from lib.interchange.codebook import limits, reader, writer
from lib.model import Code
from tests import codebooks
from tests.codebooks import NOD, PAUSE

TABLE = (
    "name,definition,color,key,kind,matches\n"
    "pause-filler,An um or an uh.,#0072B2,H,stretch,hesitation\n"
    "nod,The head goes down and up.,#e69f00,n,point,\n"
)
YAML = """
name: Gestures
codes:
  - name: pause-filler
    definition: An um or an uh.
    color: "#0072b2"
    key: h
    matches: [hesitation]
  - {name: nod, definition: The head goes down and up., color: "#e69f00", key: n, kind: point}
"""
TEMPLATE = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT FORMAT="3.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<LANGUAGE LANG_DEF="x" LANG_ID="eng" LANG_LABEL="English"/>
<CONTROLLED_VOCABULARY CV_ID="Gestures"><DESCRIPTION LANG_REF="eng">Hands</DESCRIPTION>
<CV_ENTRY_ML CVE_ID="e1"><CVE_VALUE DESCRIPTION="Both hands" LANG_REF="eng">open palms</CVE_VALUE>
<CVE_VALUE DESCRIPTION="Beide" LANG_REF="deu">offene Hände</CVE_VALUE></CV_ENTRY_ML>
<CV_ENTRY_ML CVE_ID="e2"><CVE_VALUE DESCRIPTION="" LANG_REF="eng">other</CVE_VALUE></CV_ENTRY_ML>
</CONTROLLED_VOCABULARY>
<CONTROLLED_VOCABULARY CV_ID="Gaze" DESCRIPTION="">
<CV_ENTRY DESCRIPTION="Looks &amp; stays">away</CV_ENTRY><CV_ENTRY>other</CV_ENTRY>
</CONTROLLED_VOCABULARY>
</ANNOTATION_DOCUMENT>"""


def read(text, name="Gestures.csv"):
    return reader.read_codebook(text if isinstance(text, bytes) else text.encode(), name=name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TABLE, "Gestures.csv"),
        (TABLE.replace(",", ";"), "Gestures.CSV"),
        (TABLE.replace(",", "\t").encode("utf-16"), "Gestures.tsv"),
        (b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode(), "Gestures.csv"),
        (YAML, "anything.yaml"),
        (YAML, "anything.yml"),
    ],
)
def test_a_codebook_comes_whole(text, name):
    assert read(text, name) == reader.CodebookFile("Gestures", (PAUSE, NOD))


def test_a_template_of_elan_gives_its_vocabularies():
    found = read(TEMPLATE, "hands.etf")
    names = [(code.name, code.definition) for code in found.codes]
    assert names == [
        ("open palms", "Both hands"),
        ("other (Gestures)", ""),
        ("away", "Looks & stays"),
        ("other (Gaze)", ""),
    ]
    assert found.name == "hands"
    assert found.remarks[0] == "Of several languages the first was read."


def test_what_is_left_open_is_filled_in_and_said():
    found = read("name,key\nnod,2\nshake,\n")
    assert [code.key for code in found.codes] == ["2", "1"]
    assert len({code.color for code in found.codes}) == 2
    assert all(code.color for code in found.codes)
    assert found.remarks == (
        "Colors were given to 2 codes without one.",
        "Keys were given to 1 code without one.",
    )


def test_codes_beyond_all_keys_have_none_and_it_is_said():
    found = read("name\n" + "".join(f"code {number}\n" for number in range(40)))
    assert [code.key for code in found.codes].count("") == 5
    assert found.remarks[-1] == "No key was left for 5 codes: code with the mouse."


def test_columns_of_others_are_left_out_and_said():
    found = read("Label,weight,Colour,key\nnod,3,#0f0,n\n")
    assert found.codes == (Code("nod", "", "#00ff00", "n"),)
    assert found.remarks == ("1 column has a name that no codebook has, and stayed out.",)
    assert "left out: weight." in read("- {name: nod, weight: 3}", "a.yaml").remarks[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty."),
        ("\0\0\0", "The file is not text"),
        ("speaker,text\nAna,Hello\n", "no column “name”"),
        ("name,name\na,b\n", "two columns of one name"),
        ("name\n", "There is no code in it."),
        ('name,key\n"nod,n\n', "a quotation mark is opened"),
        ("name,key\nnod,n,shake\n", "Row 2 has more cells"),
        ("name,key\n,n\n", "Row 2 has no name."),
        ("name,kind\nnod,moment\n", "Row 2 has a kind that is neither stretch nor point."),
        ("name,color\nnod,red\n", "The code “nod” has the color “red”"),
        ("name,color\nnod,#0g0000\n", "The code “nod” has the color"),
        ("name,key\nnod,ab\n", "the key “ab”, which is not one letter or digit"),
        ("name,key\nnod,?\n", "the key “?”, which is not one letter or digit"),
        ("name,key\nnod,C\n", "the key “c”, which starts and ends coding"),
        ("name,key\nnod,n\nshake,N\n", "2 codes have the key “n”."),
        ("name\nnod\n nod \n", "2 codes have the name “nod”."),
        (f"name\n{'x' * 81}\n", "has a name of 81 characters"),
        (f"name,definition\nnod,{'x' * 2001}\n", "a definition of 2,001 characters"),
        ("name,matches\nnod," + ";".join(map(str, range(51))), "matches more than 50 types"),
        ("name\n" + "".join(f"{number}\n" for number in range(201)), "at most 200"),
        (b"name\n" + b"x" * limits.MAX_BYTES, "larger than 1 MiB"),
    ],
)
def test_a_table_that_cannot_be_kept_says_why(text, said):
    with pytest.raises(CodebookError) as failed:
        read(text)
    assert said in failed.value.what
    assert failed.value.next_step


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\ncodes: [*b,*b,*b]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "refers to another place of itself"),
        ("codes: &self [*self]", "refers to another place of itself"),
        ("[" * 5000, "far more than a codebook needs"),
        ("codes: [" + "a," * 21_000 + "]", "far more than a codebook needs"),
        ("codes: [nod", "no YAML in UTF-8"),
        ("codes: nod", "no list of codes"),
        ("name: [x]\ncodes: [nod]", "no list of codes"),
        ("", "no list of codes"),
        (b"\xff\xfe\x00", "no YAML in UTF-8"),
        ("- [nod]", "Code 1 is neither a name"),
        ("- {name: [nod]}", "Code 1 has a name that is no text"),
        ("- {name: nod, matches: [[x]]}", "Code 1 matches something that is no name"),
        ("- {key: n}", "Code 1 has no name."),
        (r'- {name: "nod\0"}', "holds a sign that is no text"),
        ("- {name: nod, matches: [a;b]}", "matches a type with “;” in its name"),
    ],
)
def test_yaml_that_cannot_be_kept_says_why(text, said):
    with pytest.raises(CodebookError, match=r".") as failed:
        read(text, "a.yaml")
    assert said in failed.value.what


def test_yaml_makes_nothing_but_texts():
    with pytest.raises(CodebookError):
        read("- !!python/object/apply:os.system ['true']", "a.yaml")
    assert [code.name for code in read("[no, 1, 1.0e3]", "a.yaml").codes] == ["no", "1", "1.0e3"]


ENTITIES = '<!DOCTYPE a [<!ENTITY b "&#65;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTITIES + "<ANNOTATION_DOCUMENT>&c;</ANNOTATION_DOCUMENT>", "entities of its own"),
        ("<html/>", "no template of ELAN"),
        ("<ANNOTATION_DOCUMENT>", "its XML cannot be read"),
        ("<ANNOTATION_DOCUMENT/>", "no controlled vocabulary"),
        ("", "its XML cannot be read"),
        (TEMPLATE.replace(">away<", "> <"), "An entry of the vocabulary “Gaze” has no value."),
        (
            "<ANNOTATION_DOCUMENT>" + "<CV_ENTRY>x</CV_ENTRY>" * 300 + "</ANNOTATION_DOCUMENT>",
            "more than 200 codes",
        ),
        ("<ANNOTATION_DOCUMENT>" + "<a>" * 300, "far more than a codebook needs"),
    ],
)
def test_a_template_that_cannot_be_kept_says_why(text, said):
    with pytest.raises(CodebookError) as failed:
        read(text, "a.etf")
    assert said in failed.value.what


@pytest.mark.parametrize("name", ["a.pdf", "table", ""])
def test_a_file_of_another_kind_is_refused(name):
    with pytest.raises(CodebookError):
        read(TABLE, name)


@given(codebooks.CODES)
def test_what_is_written_is_read_as_it_was(codes):
    whole = codebooks.book(codes=codes)
    for write, suffix in ((writer.write_csv, "csv"), (writer.write_yaml, "yaml")):
        found = reader.read_codebook(write(whole), name=f"Gestures.{suffix}")
        assert found == reader.CodebookFile("Gestures", tuple(codes))


def test_no_cell_is_a_formula():
    code = Code("=1+1", "@x", "#000000", "1")
    text = writer.write_csv(codebooks.book(codes=(code,))).decode("utf-8-sig")
    assert text.splitlines()[1] == "'=1+1,'@x,#000000,1,stretch,"
