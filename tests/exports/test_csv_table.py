import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.exports import csv_table
from lib.model import Signal
from tests.exports import sessions


@pytest.fixture(autouse=True)
def _long_fields():
    before = csv.field_size_limit(10**7)  # characters the reader accepts; the writer has no limit
    yield
    csv.field_size_limit(before)


ABOUT = {
    "session": "s1",
    "app": "Signal Review 0.1.0",
    "label": "",
    "api": "v1",
    "model": "inter-1",
}
COLUMNS = [
    "session",
    "app",
    "label",
    "api",
    "model",
    "author",
    "filter",
    "resolution",
    "id",
    "type",
    "group",
    "start",
    "end",
    "length",
    "start_clock (h:mm:ss.mmm)",
    "end_clock (h:mm:ss.mmm)",
    "probability",
    "modality",
    "flag",
    "rationale",
    "agree",
    "disagree",
    "unsure",
    "corrected",
    "notes",
]


def written(*signals, about=ABOUT):
    return csv_table.write(sessions.bare(*signals, about=about))


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_a_row_is_a_signal_and_carries_where_it_comes_from():
    about = {**ABOUT, "label": "Sandbox: generated, not measured"}
    data = written(
        Signal("stress", 12.0, 18.5, "medium", "A sigh, twice.", ("audio", "visual")),
        Signal("interest", 3.25, 61.0),
        about=about,
    )
    first, second = rows(data)
    assert list(first) == COLUMNS
    assert first == {
        **about,
        "author": "",
        "filter": "",
        "resolution": "",
        "id": "0",
        "type": "stress",
        "group": "friction",
        "start": "12.0",
        "end": "18.5",
        "length": "6.5",
        "start_clock (h:mm:ss.mmm)": "0:00:12.000",
        "end_clock (h:mm:ss.mmm)": "0:00:18.500",
        "probability": "medium",
        "modality": "audio, visual",
        "flag": "",
        "rationale": "A sigh, twice.",
        **dict.fromkeys(("agree", "disagree", "unsure"), "0"),
        **dict.fromkeys(("corrected", "notes"), ""),
    }
    assert second["probability"] == "not given"
    assert second["rationale"] == ""
    assert second["flag"] == "ends after the recording"
    assert second["label"] == "Sandbox: generated, not measured"


def test_seconds_are_exactly_as_sent():
    times = (0.1 + 0.2, 21.36)
    (row,) = rows(written(Signal("stress", *times)))
    assert (float(row["start"]), float(row["end"])) == times
    assert row["length"] == "21.06"
    (row,) = rows(written(Signal("stress", 0.1, 0.3)))
    assert row["length"] == "0.2"


def test_an_empty_table_is_a_header():
    data = written()
    assert data.decode() == ",".join(COLUMNS) + "\r\n"
    assert list(pd.read_csv(io.BytesIO(data)).columns) == COLUMNS


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@A", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A"]
)
def test_no_text_can_begin_a_formula(start):
    about = dict.fromkeys(ABOUT, start)
    (row,) = rows(written(Signal(start, 0, 1, start, start, (start,)), about=about))
    texts = [*about, "type", "probability", "modality", "rationale"]
    assert {row[name] for name in texts} == {f"'{start}"}


def test_a_number_below_zero_is_no_formula():
    (row,) = rows(written(Signal("stress", -2.5, 1)))
    assert (row["start"], row["start_clock (h:mm:ss.mmm)"]) == ("-2.5", "'-0:00:02.500")


def test_what_is_not_said_of_the_session_is_empty():
    (row,) = rows(written(Signal("stress", 0, 1), about={}))
    assert (row["session"], row["model"]) == ("", "")


HARMLESS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: not text.startswith(csv_table.FORMULA_STARTS)
)


@given(HARMLESS)
@settings(deadline=None)
def test_all_other_text_comes_back_as_it_was_sent(text):
    data = written(Signal("stress", 0, 1, None, text), Signal("awe", 1, 2))
    first, second = rows(data)
    assert first["rationale"] == text
    assert second["type"] == "awe"


@pytest.mark.parametrize(
    "text",
    ['say "no", twice', "two\nlines", "two\r\nlines", "a\rb", "ünï – 会議 🙂", "1,2;3\t4", " x "],
)
def test_pandas_reads_the_text_back_too(text):
    data = written(Signal("stress", 0.25, 1, "low", text), Signal("awe", 1, 2))
    frame = pd.read_csv(io.BytesIO(data), keep_default_na=False)
    assert frame["rationale"].tolist() == [text, ""]
    assert frame["start"].tolist() == [0.25, 1]
    assert frame["type"].tolist() == ["stress", "awe"]


def test_exporting_changes_no_table():
    bundle = sessions.bare(Signal("stress", 0, 1, "low", None))
    before = bundle.signals.copy(deep=True)
    csv_table.write(bundle)
    pd.testing.assert_frame_equal(bundle.signals, before)


def test_a_session_carries_what_people_said_of_each_span():
    records = rows(csv_table.write(sessions.full_session()))
    opinions = [[row[name] for name in ("agree", "disagree", "unsure")] for row in records]
    assert opinions == [["1", "1", "0"], ["0", "0", "0"], ["0", "0", "1"]]
    assert records[0]["notes"] == "Ben: Not a sigh. | Ada: It is."
    assert records[0]["corrected"] == "Ben: tension"
    assert (records[1]["notes"], records[2]["corrected"]) == ("", "")


def test_a_session_says_of_each_row_where_it_comes_from():
    row = rows(csv_table.write(sessions.full_session()))[-1]
    about_values = {row[name] for name in csv_table.ABOUT_COLUMNS}
    assert about_values == {*sessions.MUST_SAY, "made up by the sandbox", "5 s"}


@pytest.mark.parametrize("text", sessions.HOSTILE)
def test_hostile_text_comes_back_and_is_no_formula(text):
    (row,) = rows(csv_table.write(sessions.hostile(text)))
    sent = text.encode("utf-8", "replace").decode()
    assert row["rationale"] in {sent, f"'{sent}"}
    assert not row["rationale"].startswith(csv_table.FORMULA_STARTS)


@given(sessions.sessions)
@settings(deadline=None)
def test_any_session_has_a_row_a_span(bundle):
    assert len(rows(csv_table.write(bundle))) == len(bundle.signals)
