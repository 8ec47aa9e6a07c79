"""Parts as tables: their stretches, their own scores, and what a seam does to other tables."""

import pandas as pd

from lib import frames
from lib.model import Gap
from tests import answers, parts

DIGITS = dict.fromkeys(("signals", "engagement", "quality"), 0)
REFUSED = Gap("refused", "The API could not read this part.")


def tables(session):
    flags, length = session.stitch.flags, session.duration
    return (
        frames.signals(session.analysis, length, flags),
        frames.engagement(session.analysis, length, flags),
        frames.quality(session.analysis, length, flags),
    )


def test_each_part_is_a_row_and_a_gap_says_why():
    first, second, third = parts.three(gap=REFUSED)
    table = frames.parts_table((first, second, third))
    assert dict(table.dtypes.astype(str)) == frames.PARTS
    assert table["part"].tolist() == [1, 2, 3]
    assert table[["start", "end"]].to_numpy().tolist() == [[0, 20], [20, 40], [40, 60]]
    assert table["outcome"].tolist() == ["answered", "refused", "answered"]
    assert table["reason"].tolist() == ["", REFUSED.reason, ""]
    assert frames.gaps(table)["part"].tolist() == [2]


def test_without_parts_the_tables_are_empty_and_have_their_types():
    assert dict(frames.parts_table(()).dtypes.astype(str)) == frames.PARTS
    assert dict(frames.overall_of_parts(()).dtypes.astype(str)) == frames.OVERALL_OF_PARTS


def test_overall_scores_stand_for_their_part_and_none_is_made_of_them():
    session = parts.session(*parts.three(gap=REFUSED))
    table = frames.overall_of_parts(session.parts)
    assert table["part"].unique().tolist() == [1, 3]
    assert table.groupby("part").size().tolist() == [6, 6]
    assert frames.overall_scores(session.analysis).empty
    there = frames.section_availability(session.analysis, session.parts)
    assert (there["overall"], there["signals"]) == ("present", "present")
    assert frames.section_availability(session.analysis)["overall"] == "not asked for"


def test_of_sections_that_parts_have_of_their_own_the_best_counts():
    silent = parts.part({"signals": []}, 0, 20)
    unreadable = parts.part({"signals": [], "conversation_quality": {"overall": 7}}, 20, 40)
    session = parts.session(silent, unreadable)
    assert frames.section_availability(session.analysis, session.parts)["overall"] == "not readable"
    only = parts.session(silent)
    assert frames.section_availability(only.analysis, only.parts)["overall"] == "not asked for"


def test_a_span_over_a_seam_is_flagged_in_its_own_table_alone():
    signals, engagement, quality = tables(parts.session(*parts.three()))
    assert signals["flag"].tolist() == ["", "over the seam at 0:20, joined from parts 1 and 2", ""]
    assert not engagement["flag"].any()
    assert not quality["flag"].any()


def test_a_flag_of_the_stitch_stands_after_what_is_odd_about_the_times():
    late = parts.part({"signals": [{"type": "stress", "start": 5, "end": 50}]}, 0, 20)
    (flag,) = frames.signals(*_of(parts.session(late)))["flag"]
    assert flag == "ends after the recording; outside of its part"


def _of(session):
    return session.analysis, session.duration, session.stitch.flags


def test_a_gap_is_no_calm():
    stress = {"type": "stress", "start": 15, "end": 20}
    first = parts.part({"signals": []}, 0, 20)
    last = parts.part({"signals": [stress]}, 200, 300)
    whole = parts.session(first, parts.part(REFUSED, 20, 200), last)
    signals, engagement, quality = tables(whole)
    options = {"duration": 300.0, "digits": DIGITS}
    (calm,) = frames.moments(signals, engagement, quality, **options)["reason"]
    assert "without friction" in calm
    gaps = [(20.0, 200.0)]
    assert frames.moments(signals, engagement, quality, gaps=gaps, **options).empty
    later = frames.moments(signals, engagement, quality, gaps=[(20.0, 130.0)], **options)
    assert later["reason"].tolist() == ["stress after 1 min 25 s without friction"]


def test_the_tables_of_one_piece_know_no_flag():
    session = answers.session()
    table = frames.signals(session.analysis, 30.0)
    pd.testing.assert_frame_equal(table, frames.signals(session.analysis, 30.0, ()))
    assert not table["flag"].any()
