"""Which spans have a still in the report, and what is said of those that have none."""

import pytest

from lib.errors import PreparationError
from lib.recordings.stills import MAX_STILLS, Still, Stills
from lib.ui.review import report_stills, session_frames
from lib.ui.shell import services
from tests import answers

SESSION = answers.session(session_id="stills")


@pytest.fixture
def made(monkeypatch, tmp_path):
    """What comes of making stills, at which times."""
    asked = []
    monkeypatch.setattr(services, "recording_path", lambda _: tmp_path / "a.mp4")

    def made(result):
        def make(_, times):
            asked.append(list(times))
            if isinstance(result, Exception):
                raise result
            return result

        monkeypatch.setattr(report_stills, "make_stills", make)
        return asked

    return made


def test_a_still_is_that_of_the_middle_of_its_span(made):
    asked = made(Stills((Still(18.0, 18.1, b"x"), Still(6.0, 6.0, b"y"))))
    stills, note = report_stills.span_stills(SESSION, (1, 2))
    signals = session_frames.session_tables(SESSION)["signals"]
    assert asked == [[(signals["start"][one] + signals["end"][one]) / 2 for one in (1, 2)]]
    assert ([(one.signal, one.shown) for one in stills], note) == ([(2, 18.1), (1, 6.0)], "")


def test_spans_of_one_middle_have_a_still_each(made):
    signals = [{"type": name, "start": 2, "end": 4} for name in ("awe", "joy")]
    session = answers.session(answers.v1(signals=signals), session_id="same middle")
    made(Stills((Still(3.0, 3.0, b"x"), Still(3.0, 3.0, b"x"))))
    stills, _ = report_stills.span_stills(session, (0, 1))
    assert [one.signal for one in stills] == [0, 1]


def test_a_picture_of_another_time_is_no_still_of_a_span(made):
    made(Stills((Still(18.0, 1.9, b"x"), Still(6.0, 6.0, b"y"))))
    stills, note = report_stills.span_stills(SESSION, (1, 2))
    assert [(one.signal, one.shown) for one in stills] == [(1, 6.0)]
    assert note == "1 of 2 spans have a picture."


@pytest.mark.parametrize(
    ("result", "note"),
    [
        (Stills((), has_picture=False), report_stills.SOUND),
        (Stills((), stopped="time"), "0 of 2 spans have a still: the rest would take too long."),
        (Stills((), stopped="size"), "0 of 2 spans have a still: the rest would be too large."),
        (Stills(()), "0 of 2 spans have a picture."),
        (PreparationError(), report_stills.UNREADABLE),
    ],
)
def test_why_there_is_no_still_is_said(made, result, note):
    made(result)
    assert report_stills.span_stills(SESSION, (1, 2)) == ((), note)


def test_a_recording_that_is_gone_has_none(monkeypatch):
    monkeypatch.setattr(services, "recording_path", lambda _: None)
    assert report_stills.span_stills(SESSION, (1,)) == ((), report_stills.GONE)


def test_so_many_spans_are_said_to_be_too_many(made):
    made(Stills(()))
    _, note = report_stills.span_stills(SESSION, tuple(range(MAX_STILLS + 1)))
    assert note == f"0 of the first {MAX_STILLS} of {MAX_STILLS + 1} spans have a still."
