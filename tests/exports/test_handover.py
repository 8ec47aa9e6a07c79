"""What the review room hands to the exports."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from lib import exports, frames
from lib.frames import agreement
from lib.model import Feedback, Review, Verdict
from lib.ui.review import downloads, session_frames
from lib.ui.shell import services
from tests import answers
from tests.exports import sessions
from tests.measurement import measured
from tests.reviews import note


@pytest.fixture
def export_bundle(monkeypatch):
    """The bundle of a session on which there are these verdicts and notes, whole or in part."""

    def make_bundle(*verdicts, notes=(), passing=None, filter_text=""):
        session = answers.session()
        analysis = replace(session.analysis, signals=sessions.SIGNALS)
        session = replace(session, id="handed over", analysis=analysis)
        written = tuple(Verdict(*values, "", sessions.NOW) for values in verdicts)
        review = Review(notes=tuple(notes), verdicts=written)
        monkeypatch.setattr(services, "review", lambda _: review)
        signals = frames.signals(analysis, session.duration)
        passing_signals = signals if passing is None else signals[signals["id"].isin(passing)]
        return downloads._make_bundle(session, passing_signals, filter_text)

    return make_bundle


def test_agreement_is_told_of_what_is_handed_over(export_bundle):
    judged = ((0, "Ada", "agree"), (0, "Ben", "disagree"), (2, "Ben", "agree"), (2, "Ada", "agree"))
    whole = export_bundle(*judged)
    result = downloads._agreement(whole.signals, whole.verdicts)
    assert result.types[["value", "agree", "n"]].to_numpy().tolist() == [
        ["interest", 2, 2],
        ["stress", 1, 2],
    ]
    assert result.probabilities["value"].tolist() == ["medium", "not given"]
    assert result.pairs.to_numpy().tolist() == [
        ["Ada", "Ben", 0.0, 2, "spans both judged", 0.5, "", 0]
    ]
    assert result.reviewers["value"].tolist() == ["Ada", "Ben"]
    part = export_bundle(*judged, passing=[2], filter_text="1 of 3 spans")
    result = downloads._agreement(part.signals, part.verdicts)
    assert result.types["value"].tolist() == ["interest"]
    assert result.pairs["n"].tolist() == [1]
    assert result.pairs["kappa"].isna().all()  # not defined: they said nothing but agree


def test_no_agreement_is_worked_out_where_nobody_judged(export_bundle):
    bundle = export_bundle()
    assert downloads._agreement(bundle.signals, bundle.verdicts) is None


def test_of_many_reviewers_those_with_the_most_verdicts_are_compared(export_bundle):
    many = [f"r{number}" for number in range(agreement.MAX_COMPARED_REVIEWERS + 1)]
    judged = [(0, name, "agree") for name in many] + [(2, name, "unsure") for name in many[1:]]
    bundle = export_bundle(*judged)
    pairs = downloads._agreement(bundle.signals, bundle.verdicts).pairs
    assert {*pairs["one"], *pairs["other"]} == set(many[1:])
    assert (
        len(pairs) == agreement.MAX_COMPARED_REVIEWERS * (agreement.MAX_COMPARED_REVIEWERS - 1) // 2
    )


def test_only_the_report_waits_for_pictures_and_agreement(export_bundle, monkeypatch):
    bundle = export_bundle((0, "Ada", "agree"))
    monkeypatch.setattr(downloads, "_make_bundle", lambda *_: bundle)
    monkeypatch.setattr(downloads, "_figures", lambda *_: ("pictures",))
    forms = (
        exports.Format(
            key, key, "", "", lambda bundle: (bundle.figures, bundle.agreement is not None)
        )
        for key in ("csv", "html")
    )
    results = [downloads._write(form, answers.session(), None, "") for form in forms]
    assert results == [((), False), (("pictures",), True)]


def test_all_of_a_session_has_all_its_verdicts(export_bundle):
    bundle = export_bundle((0, "Ada", "agree"), (2, "Ada", "unsure"), (99, "Ada", "agree"))
    assert bundle.verdicts["signal"].tolist() == [0, 2, 99]


def test_what_passes_a_filter_has_the_verdicts_on_it(export_bundle):
    judged = ((0, "Ada", "agree"), (2, "Ada", "unsure"), (2, "Ben", "agree"))
    bundle = export_bundle(*judged, passing=[1, 2], filter_text="2 of 3 spans")
    assert bundle.verdicts[["signal", "reviewer"]].to_numpy().tolist() == [[2, "Ada"], [2, "Ben"]]


def test_what_passes_a_filter_has_the_notes_on_it_and_those_on_time_alone(export_bundle):
    on = [note(), note("n2", signal=2), note("n3", start=7.0, end=7.0, signal=None)]
    whole = export_bundle(notes=on)
    assert whole.notes["id"].tolist() == ["n1", "n2", "n3"]
    part = export_bundle(notes=on, passing=[1, 2], filter_text="2 of 3 spans")
    assert part.notes["id"].tolist() == ["n2", "n3"]
    assert (whole.about["left out"], part.about["left out"]) == ("", "notes on other spans: 1")


@pytest.mark.parametrize(
    ("feedback", "expected"),
    [
        (Feedback("Pause more.", None, ("clarity", "energy")), ("Pause more.", "clarity, energy")),
        (Feedback(None, "no speech", ()), ("No feedback: no speech", "")),
        (None, ("", "")),
    ],
)
def test_the_feedback_is_handed_over_with_its_goals(feedback, expected):
    session = answers.session()
    session = replace(session, analysis=replace(session.analysis, feedback=feedback))
    about = downloads.about_session(session, "")
    assert (about["feedback"], about["goals of the feedback"]) == expected


def test_what_could_not_be_read_and_the_primary_signal_are_handed_over():
    feedback = {"message": "Pause more.", "primary_signal": "hesitation"}
    spans = [{"type": "awe", "start": 0, "end": 1, "modality": "audio"}, "nonsense"]
    about = downloads.about_session(
        answers.session(answers.v1(signals=spans, feedback=feedback)), ""
    )
    assert about["primary signal of the feedback"] == "hesitation"
    assert about["not readable"] == (
        "1 of 2 signals could not be read and are left out; "
        "1 of 1 modalities could not be read and are left out"
    )


def test_what_was_measured_and_flagged_is_in_the_files(monkeypatch):
    monkeypatch.setattr(services, "review", lambda _: Review())
    signals = [{"type": "stress", "start": 12, "end": 18, "rationale": "Her voice rises."}]
    session = answers.session(answers.v1(signals=signals), session_id="measured", duration=60.0)
    table = session_frames.session_tables(session)["signals"]
    plain = downloads._make_bundle(session, table, "")
    assert plain.about["measured of the recording"] == ""
    assert plain.measurement.empty
    session = replace(session, recording_measurement=measured())
    table = session_frames.session_tables(session)["signals"]
    files = {form.key: downloads._write(form, session, table, "") for form in exports.FORMATS}
    line = "silent for 17 %, black for 33 %, loudness -23 LUFS"
    assert line in files["html"].decode()
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    assert ("measured of the recording", line) in set(book["about"].values)
    assert [row[:3] for row in book["recording"].values] == [
        ("kind", "start", "end"),
        ("silent", 10, 20),
        ("black", 30, 50),
    ]
    flag = "where the recording is silent (0:10 to 0:20)"
    flags = next(rows for rows in book["signals"].columns if rows[0].value == "flag")
    assert flag in flags[1].value
    (row,) = csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig")))
    assert flag in row["flag"]


def test_the_pictures_of_a_part_say_which_filter_and_how_many_of_how_many(export_bundle):
    bundle = export_bundle(passing=[1], filter_text="1 of 3 spans: type interest")
    titles = [figure.layout.title.text for figure in downloads._figures(answers.session(), bundle)]
    assert titles[0] == "Signals · 1 of 3 spans: type interest"
    whole = export_bundle()
    titles = [figure.layout.title.text for figure in downloads._figures(answers.session(), whole)]
    assert titles == ["Signals · 3 spans", "Engagement", "Quality"]


def test_times_are_handed_over_with_the_digits_of_their_own_table(monkeypatch):
    monkeypatch.setattr(services, "review", lambda _: Review())
    states = [{"state": "engaged", "start": 0, "end": 12.34}]
    session = answers.session(answers.v1(engagement_state=states), session_id="digits")
    signals = session_frames.session_tables(session)["signals"]
    bundle = downloads._make_bundle(session, signals, "")
    assert bundle.digits == {"signals": 1, "engagement": 2, "quality": 0}


def test_the_switch_for_decimal_commas_changes_the_csv_alone(monkeypatch):
    monkeypatch.setattr(services, "review", lambda _: Review())
    session = answers.session(session_id="european")
    signals = session_frames.session_tables(session)["signals"]
    files = {
        format_.key: [downloads._write(format_, session, signals, "", european=on) for on in (0, 1)]
        for format_ in exports.FORMATS
        if format_.key != downloads.REPORT
    }
    assert [key for key, (plain, european) in files.items() if plain != european] == ["csv"]
    assert b";12,0;18,5;" in files["csv"][1]
