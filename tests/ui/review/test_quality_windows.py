"""How the section on quality names windows: none like another, and one alone by its own times."""

import pytest

from lib.ui.review import quality_windows, session_frames
from tests import answers


def session_of(name, *times):
    timeline = [{"start": start, "end": end, "values": answers.scores()} for start, end in times]
    answer = answers.v1(conversation_quality={"timeline": timeline})
    return answers.session(answer, session_id=f"windows {name}")


def test_windows_of_one_time_are_told_apart_by_number():
    session = session_of("alike", (0, 10), (10, 20), (0, 10))
    assert quality_windows._labels(session) == [
        "0:00 – 0:10 (1 of 2)",
        "0:00 – 0:10 (2 of 2)",
        "0:10 – 0:20",
    ]


@pytest.mark.parametrize(
    ("places", "text"), [([0], "0:10 – 0:05"), ([0, 1], "0:05 – 0:20"), ([1, 2], "0:08 – 0:30")]
)
def test_one_window_has_its_times_as_sent_and_several_the_first_and_the_last(places, text):
    session = session_of("odd", (10, 5), (8, 20), (9, 30))
    windows = session_frames.session_tables(session)["quality"].iloc[places]
    assert quality_windows._times(session, windows) == text
