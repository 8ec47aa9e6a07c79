"""The plan of a run, and the parts of the session that it makes, without a queue."""

import itertools
import json

from hypothesis import given
from hypothesis import strategies as st

from lib.background.parts_plan import (
    UNDER_WAY,
    PartsPlan,
    PlannedPart,
    PreparedPart,
    cut_surroundings,
    move_cuts,
    pack_part,
    pack_plan,
    plan_of_way,
    session_parts,
    unpack_part,
    unpack_plan,
)
from lib.interhuman import parser, stitch
from lib.model import MIB, Gap, Recording, V2Options
from lib.recordings.cuts import Stretch
from lib.recordings.encoding_ladder import Encoding
from lib.recordings.plan import find_ways
from lib.recordings.step import Step, describe_step
from lib.recordings.ways import Part, Way, Wishes

ANSWER = parser.parse_answer('{"signals": [], "engagement_state": []}', api="v1")
REFUSED = Gap("refused", "Too dark.")


def planned(*edges, end=None):
    """A plan of copied parts that touch at these seconds; the last one goes on to `end`."""
    cores = [Stretch(*pair) for pair in itertools.pairwise(edges)]
    ends = [*(core.end for core in cores[:-1]), end]
    return PartsPlan(
        tuple(
            PlannedPart(core, core, Step("copy", "mp4", core.start, last))
            for core, last in zip(cores, ends, strict=True)
        )
    )


def held(number, start, end):
    return PreparedPart(number, start, end, "mp4")


def test_a_recording_that_is_sent_as_it_is_has_no_plan():
    whole = Stretch(0.0, 60.0)
    assert plan_of_way(None) is None
    assert plan_of_way(Way("as it is", "v1", None, "mp4", (Part(whole, whole, 9),), 1, 1)) is None


def test_a_plan_and_a_part_come_out_of_their_columns_as_they_went_in():
    encoding = Encoding(360, 12, 110_000, 24_000)
    core, sent = Stretch(0.0, 30.0), Stretch(0.0, 35.0)
    way = Way("smaller", "v1", "encode", "mp4", (Part(core, sent, 9),), 640, 360, encoding)
    plan = plan_of_way(way)
    assert plan.parts[0].step.encoding == encoding
    assert unpack_plan(pack_plan(plan)) == plan
    assert unpack_part(pack_part(held(2, 1.5, 4.25))) == held(2, 1.5, 4.25)


CALL = Recording("a", 400 * MIB, "mp4", 4200.0, "h264", "aac", 1280, 720, 25.0, 96_000, 1)


def call_plan(**wishes):
    """The plan of a call of 70 minutes in three parts, cut on windows of 5 s."""
    chosen = Wishes(**wishes)
    way = find_ways(CALL, options=V2Options(), wishes=chosen, window=5.0)[1]
    return plan_of_way(way, chosen)


def test_cuts_move_into_pauses_that_are_near_and_what_is_prepared_with_them():
    plan = call_plan(overlap=10.0)
    assert [part.core.start for part in plan.parts] == [0.0, 1400.0, 2800.0]
    assert [near.start for near in cut_surroundings(plan)] == [1369.0, 2769.0]
    moved = move_cuts(plan, [Stretch(1409.0, 1411.0), Stretch(2781.0, 2784.0)])
    assert [part.core.start for part in moved.parts] == [0.0, 1410.0, 2800.0]
    assert [part.sent.start for part in moved.parts] == [0.0, 1400.0, 2790.0]
    assert [(part.step.start, part.step.end) for part in moved.parts] == [
        (0.0, 1420.0),
        (1400.0, 2810.0),
        (2790.0, None),
    ]
    assert move_cuts(moved, []) == plan
    assert unpack_plan(pack_plan(moved)) == moved


def test_a_stretch_ends_where_it_did_once_cuts_have_moved():
    plan = call_plan(stretch=Stretch(300.0, 3900.0))
    moved = move_cuts(plan, [Stretch(1499.0, 1501.0), Stretch(2704.0, 2706.0)])
    assert moved.parts[0].step.start == 300.0
    assert moved.parts[-1].step.end == moved.parts[-1].core.end == 3900.0
    assert moved != plan


def test_a_plan_of_an_older_version_and_one_of_one_part_have_cuts_that_stay():
    plan = planned(0.0, 20.0, 40.0)
    older = json.dumps({"parts": json.loads(pack_plan(plan))["parts"]})
    assert unpack_plan(older) == plan == move_cuts(plan, [Stretch(19.0, 21.0)])
    assert cut_surroundings(plan) == ()
    assert call_plan(stretch=Stretch(0.0, 60.0)).rule is None


def test_a_part_counts_from_where_its_own_file_begins():
    # A cut at 20 s lands on the keyframe before, and the file before it ends a little late.
    plan = planned(0.0, 20.0, 40.0)
    made = {0: held(0, 0.0, 20.1), 1: held(1, 16.667, 40.2)}
    parts = session_parts(plan, made, {0: ANSWER, 1: REFUSED})
    assert [(part.start, part.core_start, part.core_end) for part in parts] == [
        (0.0, 0.0, 20.0),
        (16.667, 20.0, 40.2),
    ]
    assert [part.outcome for part in parts] == [ANSWER, REFUSED]


def test_a_file_that_begins_late_moves_the_seam_and_not_its_answer():
    made = {0: held(0, 0.0, 20.5), 1: held(1, 20.4, 40.0)}
    first, second = session_parts(planned(0.0, 20.0, 40.0), made, {0: ANSWER})
    assert (first.core_end, second.core_start, second.start) == (20.4, 20.4, 20.4)


def test_what_is_not_prepared_yet_is_under_way_as_it_was_planned():
    plan = planned(0.0, 20.0, 40.0)
    _, second = session_parts(plan, {0: held(0, 0.0, 20.0)}, {0: ANSWER})
    assert second.outcome == UNDER_WAY
    assert (second.start, second.end, second.core_end) == (20.0, 40.0, 40.0)
    assert second.sent == describe_step(plan.parts[1].step)


def test_a_stretch_of_a_recording_ends_where_it_was_asked_to():
    plan = planned(100.0, 200.0, end=200.0)
    [part] = session_parts(plan, {0: held(0, 95.0, 203.0)}, {0: ANSWER})
    assert (part.start, part.core_start, part.core_end, part.end) == (95.0, 100.0, 200.0, 203.0)


times = st.floats(0.0, 100.0, allow_nan=False)


@given(st.lists(st.tuples(times, times), min_size=1, max_size=6))
def test_whatever_files_came_out_their_parts_follow_each_other(spans):
    plan = planned(*(10.0 * number for number in range(len(spans) + 1)))
    made = {
        number: held(number, min(span), max(span))
        for number, span in enumerate(spans)
        if number % 3 != 2
    }
    parts = session_parts(plan, made, {})
    stitch.check_parts(parts)
    for number, part in made.items():
        assert parts[number].start == part.start  # else all times of its answer were moved
