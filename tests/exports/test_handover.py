"""What the review room hands to the exports."""

from dataclasses import replace

import pytest

from lib import exports, frames
from lib.frames import agreement
from lib.model import Feedback, Review, Verdict
from lib.ui.review import downloads
from lib.ui.shell import services
from tests import answers
from tests.exports import sessions
from tests.reviews import note


@pytest.fixture
def handed(monkeypatch):
    """The material of a session on which there are these verdicts and notes, whole or in part."""

    def made(*verdicts, notes=(), passing=None, said=""):
        session = answers.session()
        analysis = replace(session.analysis, signals=sessions.SIGNALS)
        session = replace(session, id="handed over", analysis=analysis)
        given = tuple(Verdict(*one, "", sessions.NOW) for one in verdicts)
        review = Review(notes=tuple(notes), verdicts=given)
        monkeypatch.setattr(services, "review", lambda _: review)
        signals = frames.signals(analysis, session.duration)
        some = signals if passing is None else signals[signals["id"].isin(passing)]
        return downloads._material(session, some, said)

    return made


def test_agreement_is_told_of_what_is_handed_over(handed):
    judged = ((0, "Ada", "agree"), (0, "Ben", "disagree"), (2, "Ben", "agree"), (2, "Ada", "agree"))
    whole = handed(*judged)
    found = downloads._agreement(whole.signals, whole.verdicts)
    assert found.types[["value", "agree", "n"]].to_numpy().tolist() == [
        ["interest", 2, 2],
        ["stress", 1, 2],
    ]
    assert found.probabilities["value"].tolist() == ["medium", "not given"]
    assert found.pairs.to_numpy().tolist() == [["Ada", "Ben", 0.0, 2, "spans both judged"]]
    part = handed(*judged, passing=[2], said="1 of 3 spans")
    found = downloads._agreement(part.signals, part.verdicts)
    assert found.types["value"].tolist() == ["interest"]
    assert found.pairs["n"].tolist() == [1]
    assert found.pairs["kappa"].isna().all()  # not defined: they said nothing but agree


def test_no_agreement_is_worked_out_where_nobody_judged(handed):
    material = handed()
    assert downloads._agreement(material.signals, material.verdicts) is None


def test_of_many_reviewers_those_with_the_most_verdicts_are_compared(handed):
    many = [f"r{place}" for place in range(agreement.MAX_COMPARED_REVIEWERS + 1)]
    judged = [(0, name, "agree") for name in many] + [(2, name, "unsure") for name in many[1:]]
    material = handed(*judged)
    pairs = downloads._agreement(material.signals, material.verdicts).pairs
    assert {*pairs["one"], *pairs["other"]} == set(many[1:])
    assert (
        len(pairs) == agreement.MAX_COMPARED_REVIEWERS * (agreement.MAX_COMPARED_REVIEWERS - 1) // 2
    )


def test_only_the_report_waits_for_pictures_and_agreement(handed, monkeypatch):
    material = handed((0, "Ada", "agree"))
    monkeypatch.setattr(downloads, "_material", lambda *_: material)
    monkeypatch.setattr(downloads, "_figures", lambda *_: ("pictures",))
    forms = (
        exports.Format(key, key, "", "", lambda one: (one.figures, one.agreement is not None))
        for key in ("csv", "html")
    )
    found = [downloads._write(form, answers.session(), None, "") for form in forms]
    assert found == [((), False), (("pictures",), True)]


def test_all_of_a_session_has_all_its_verdicts(handed):
    found = handed((0, "Ada", "agree"), (2, "Ada", "unsure"), (99, "Ada", "agree"))
    assert found.verdicts["signal"].tolist() == [0, 2, 99]


def test_what_passes_a_filter_has_the_verdicts_on_it(handed):
    judged = ((0, "Ada", "agree"), (2, "Ada", "unsure"), (2, "Ben", "agree"))
    found = handed(*judged, passing=[1, 2], said="2 of 3 spans")
    assert found.verdicts[["signal", "reviewer"]].to_numpy().tolist() == [[2, "Ada"], [2, "Ben"]]


def test_what_passes_a_filter_has_the_notes_on_it_and_those_on_time_alone(handed):
    on = [note(), note("n2", signal=2), note("n3", start=7.0, end=7.0, signal=None)]
    whole = handed(notes=on)
    assert whole.notes["id"].tolist() == ["n1", "n2", "n3"]
    part = handed(notes=on, passing=[1, 2], said="2 of 3 spans")
    assert part.notes["id"].tolist() == ["n2", "n3"]


@pytest.mark.parametrize(
    ("feedback", "told"),
    [
        (Feedback("Pause more.", None, ("clarity", "energy")), ("Pause more.", "clarity, energy")),
        (Feedback(None, "no speech", ()), ("No feedback: no speech", "")),
        (None, ("", "")),
    ],
)
def test_the_feedback_is_handed_over_with_its_goals(feedback, told):
    session = answers.session()
    session = replace(session, analysis=replace(session.analysis, feedback=feedback))
    about = downloads.about_session(session, "")
    assert (about["feedback"], about["goals of the feedback"]) == told
