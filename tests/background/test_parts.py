"""Recordings that are prepared and sent in parts, against a real sandbox."""

import pytest

from lib.background import preparer
from lib.model import Gap, V1Options, V2Options
from lib.recordings.cuts import Stretch
from lib.recordings.ways import Part, Way
from lib.sandbox import Fault
from tests.background.conftest import BOUND, content_of, ended, reached, until
from tests.clips import clip

SECONDS = 12.0
ENDS = (0.0, 4.0, 8.0, 12.0)


def cut(model="inter-1", ends=ENDS):
    """A way to send a recording of 12 s, cut at these seconds."""
    stretches = [Stretch(start, end) for start, end in zip(ends[:-1], ends[1:], strict=True)]
    parts = tuple(Part(stretch, stretch, 0) for stretch in stretches)
    return Way("parts", model, "copy", "mp4", parts, 320, 240)


@pytest.fixture
def talk(tmp_path):
    """A clip of 12 s with a keyframe each second."""
    return clip(tmp_path / "talk.mp4", seconds=SECONDS, keyframe_seconds=1.0)


@pytest.fixture
def begin(runner, recordings, talk):
    def begin(options=None, *, way=None, path=None):
        with (path or talk).open("rb") as file:
            ticket = recordings.add(file, "My talk.mp4")
        return runner.begin(
            ticket=ticket,
            name="My talk.mp4",
            options=options or V1Options(),
            content=content_of(path or talk),
            way=way or cut(),
        )

    return begin


def gaps(session):
    return [part.outcome.kind if isinstance(part.outcome, Gap) else "" for part in session.parts]


@pytest.mark.parametrize("options", [V1Options(), V2Options()], ids=["v1", "v2"])
def test_a_recording_in_parts_ends_as_one_session(
    runner, begin, library, recordings, posts, options
):
    run = ended(runner, begin(options))
    assert (run.phase, run.prepared) == ("done", 1.0)
    session = library.load(run.session_id)
    assert [part.phase for part in run.parts] == ["done"] * 3
    assert (session.title, session.recording_name) == ("My talk", "My talk.mp4")
    assert gaps(session) == ["", "", ""]
    assert session.stitch.seams == pytest.approx((4.0, 8.0), abs=0.15)
    assert session.parts[-1].end == pytest.approx(SECONDS, abs=0.15)
    assert session.analysis.signals is not None
    assert (
        recordings.path_of_session(session.id).read_bytes()
        == recordings.path(run.ticket).read_bytes()
    )
    assert not [part for part in run.parts if recordings.path(part.ticket)]
    assert posts() == 3
