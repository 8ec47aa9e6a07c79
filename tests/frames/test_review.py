"""Notes, verdicts and transcripts as tables."""

from datetime import UTC, datetime

import pytest

from lib import frames
from lib.model import Line, Note, Review, Verdict

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
NOTED = Review(
    notes=(
        Note("n1", "Ada", "Look at this.", 3.0, 3.0, None, NOW),
        Note("n2", "Ben", "Not a pause.", 4.0, 99.0, 2, NOW),
    ),
    verdicts=(Verdict(2, "Ben", "disagree", "interest", NOW),),
    transcript=(Line(0.0, 2.5, "Ada", "Hello."), Line(9.0, 8.0, "", "What?")),
)
EMPTY = Review()


def test_notes_stand_as_written_and_what_is_odd_is_flagged():
    table = frames.notes(NOTED, 30.0)
    assert table["id"].tolist() == ["n1", "n2"]
    assert table["end"].tolist() == [3.0, 99.0]
    assert table["draw_end"].tolist() == [3.0, 30.0]
    assert table["signal"].isna().tolist() == [True, False]
    assert table["flag"].tolist() == ["", "ends after the recording"]


def test_verdicts_stand_as_given():
    (row,) = frames.verdicts(NOTED).to_dict("records")
    assert (row["signal"], row["reviewer"]) == (2, "Ben")
    assert (row["opinion"], row["corrected"]) == ("disagree", "interest")
    assert (row["written_at"], row["mode"]) == (NOW, "open")


def test_a_line_in_the_wrong_order_is_kept_and_drawn_in_order():
    table = frames.transcript(NOTED, 30.0)
    assert table["speaker"].tolist() == ["Ada", ""]
    assert table["start"].tolist() == [0.0, 9.0]
    assert table["draw_start"].tolist() == [0.0, 8.0]
    assert table["flag"].tolist() == ["", "ends before it starts"]


@pytest.mark.parametrize(
    ("build", "schema"),
    [
        (lambda review: frames.notes(review, None), frames.NOTES),
        (frames.verdicts, frames.VERDICTS),
        (lambda review: frames.transcript(review, None), frames.TRANSCRIPT),
    ],
)
@pytest.mark.parametrize("review", [EMPTY, NOTED])
def test_empty_or_full_a_table_has_the_columns_of_its_schema(build, schema, review):
    found = {name: str(kind) for name, kind in build(review).dtypes.items()}
    assert found == schema
