"""What the review room hands to the exports."""

from dataclasses import replace

import pytest

from lib import frames
from lib.model import Review, Verdict
from lib.ui import handover, shared
from tests import answers
from tests.exports import sessions


@pytest.fixture
def handed(monkeypatch):
    """The material of a session on which there are these verdicts, whole or in part."""

    def made(*verdicts, passing=None, said=""):
        session = answers.session()
        analysis = replace(session.analysis, signals=sessions.SIGNALS)
        session = replace(session, id="handed over", analysis=analysis)
        review = Review(verdicts=tuple(Verdict(*one, "", sessions.NOW) for one in verdicts))
        monkeypatch.setattr(shared, "review", lambda _: review)
        signals = frames.signals(analysis, session.duration)
        some = signals if passing is None else signals[signals["id"].isin(passing)]
        return handover._material(session, some, said, ())

    return made


def test_all_of_a_session_has_all_its_verdicts(handed):
    found = handed((0, "Ada", "agree"), (2, "Ada", "unsure"), (99, "Ada", "agree"))
    assert found.verdicts["signal"].tolist() == [0, 2, 99]


def test_what_passes_a_filter_has_the_verdicts_on_it(handed):
    judged = ((0, "Ada", "agree"), (2, "Ada", "unsure"), (2, "Ben", "agree"))
    found = handed(*judged, passing=[1, 2], said="2 of 3 spans")
    assert found.verdicts[["signal", "reviewer"]].to_numpy().tolist() == [[2, "Ada"], [2, "Ben"]]
