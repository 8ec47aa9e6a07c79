"""A report without names has none anywhere in its file, and still tells who is who."""

from dataclasses import replace

import pytest

from lib import exports, frames
from lib.exports import ReportChoice, pseudonyms
from lib.exports.report_choice import NAMES_HIDDEN
from lib.frames import parts as frames_parts
from lib.model import Line, Note, Review, Verdict
from lib.ui.review import downloads, session_frames
from lib.ui.shell import services
from tests import answers
from tests.codebooks import book, coded
from tests.exports import sessions
from tests.reviews import claim

NAMES = ("Zaphira", "Quibbleton", "Wendolyn", "Zaphod", "Interviewquux", "Xantippe", "Ottokar")
UNKNOWN = ("Gwendolen", "Mirab")  # named by a filter alone: earlier in the transcript, or cut
CODEBOOK = "Ottokars Kodes"
LEFT_OUT = "… speakers and searched words left out, and what follows them"
NAMELESS = ReportChoice(names=False)
REVIEW = Review(
    notes=(
        Note("n1", "Quibbleton", "Look here.", 12.0, 18.0, 0, sessions.NOW.replace(hour=11)),
        Note("n2", "Zaphira", "And here.", 3.0, 3.0, None, sessions.NOW, imported=True),
    ),
    verdicts=(
        Verdict(0, "Zaphira", "agree", "", sessions.NOW.replace(hour=12)),
        Verdict(0, "Quibbleton", "disagree", "tension", sessions.NOW.replace(hour=13)),
    ),
    transcript=(
        Line(0.0, 2.5, "Wendolyn", "Hello."),
        Line(2.0, 4.0, "", "What?"),
        Line(4.0, 5.0, "Zaphod", "Yes."),
        Line(5.0, 6.0, "Wendolyn", "No."),
    ),
    claims=(
        claim(reviewer="Quibbleton", filter="text “Zaphod”", written_at=sessions.NOW),
        claim("c2", "Xantippe", written_at=sessions.NOW.replace(hour=20)),
        claim(
            "c3",
            "Xantippe (imported)",
            filter="type stress; spoken by Gwendolen, spoken by Zaphod; odd, spoken by Mirab…",
            written_at=sessions.NOW.replace(hour=21),
        ),
    ),
    coded=(
        coded("k1", "Ottokar", written_at=sessions.NOW.replace(hour=22)),
        coded("k2", "Zaphira", written_at=sessions.NOW.replace(hour=23), imported=True),
    ),
    codebooks=(book(name=CODEBOOK),),
)


@pytest.fixture
def report(monkeypatch):
    """The text of a report on a session in which names stand wherever they can."""
    monkeypatch.setattr(services, "review", lambda _: REVIEW)
    session = replace(
        answers.session(), id="named", title="Interviewquux", recording_name="Interviewquux.mp4"
    )
    signals = session_frames.session_tables(session)["signals"]
    html = next(form for form in exports.FORMATS if form.key == downloads.REPORT)

    def write(choice):
        text = "3 of 3 spans: type stress; text “zAPHOD and Interviewquux”; from 0:10"
        return downloads._write(html, session, signals, text, report=choice).decode()

    return write


def test_a_report_without_names_has_none_anywhere_in_its_file(report):
    names = (*NAMES, *UNKNOWN, CODEBOOK)
    assert all(name in report(ReportChoice()) for name in names)
    text = report(NAMELESS)
    assert [name for name in names if name.casefold() in text.casefold()] == []
    assert "Names inside what people wrote or said stay as they are" in text


def test_whoever_is_one_has_one_number_in_the_whole_file(report):
    text = report(NAMELESS)
    for cell in (
        "Reviewer 1 (imported)</td><td>And here.",  # the first to write, though not in the table
        "Reviewer 2: Look here.",
        "corrected by Reviewer 2: tension",
        "Reviewer 1</td><td>agree",
        "Speaker 1</td><td>Hello.",
        "</td><td>What?",
        "Speaker 2</td><td>Yes.",
        "Speaker 1</td><td>No.",
        f"<p>Reviewer 2, 2026-11-03 09:00 UTC · 2 of 3 spans: {LEFT_OUT}</p>",
        "<p>Reviewer 3, 2026-11-03 20:00 UTC",
        "<p>Reviewer 3, 2026-11-03 21:00 UTC",  # as whose name ends in "(imported)"
        "Reviewer 4</td>",
        "Codebook 1, version 1",
        f"3 of 3 spans: type stress; {LEFT_OUT}",
    ):
        assert cell in text


def test_names_in_what_the_app_says_of_parts_are_replaced():
    rows = frames_parts.parts_table(())
    row = {**dict.fromkeys(rows.columns, 0), "reason": "Wendolyn.mp4 is too long", "sent": ""}
    bundle = sessions.full_session(
        about={**sessions.ABOUT, "title": "Wendolyn", "part 1": "refused: Wendolyn.mp4 is long"},
        media="Wendolyn.mp4",
        parts=frames.parts_table(()).reindex([0]).assign(**row),
    )
    hidden = pseudonyms.hide_names(bundle)
    assert hidden.parts["reason"].tolist() == ["the recording is too long"]
    assert hidden.about["part 1"] == "refused: the recording is long"
    assert (hidden.about["title"], hidden.about["recording"], hidden.media) == ("Session", "", "")


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("1 of 2 spans: from 0:10; to 1:00", "1 of 2 spans: from 0:10; to 1:00"),
        ("type stress; spoken by 1; from 0:10", f"type stress; {LEFT_OUT}"),
        ("text “spoken by 0”; spoken by 1", LEFT_OUT),
        ("Spoken By x", LEFT_OUT),
    ],
)
def test_a_filter_ends_where_names_could_begin_and_nothing_in_it_is_replaced(line, hidden):
    lines = (Line(0.0, 1.0, "0", "Hello."), Line(1.0, 2.0, "1", "Yes."))
    bundle = sessions.full_session(
        about={**sessions.ABOUT, "filter": line, "part 1": "0:00 to 0:10"},
        review=Review(transcript=lines),
        claims=[claim(filter=line)],
    )
    nameless = pseudonyms.hide_names(bundle)
    assert nameless.about["filter"] == nameless.claims[0].filter == hidden
    assert nameless.about["part 1"] == "0:00 to 0:10"
    assert nameless.transcript["speaker"].tolist() == ["Speaker 1", "Speaker 2"]


def test_what_stays_as_written_names_codes_too():
    assert "codes and their definitions" in NAMES_HIDDEN


def test_a_name_within_a_word_is_no_name():
    assert pseudonyms._replace_names("Annabel, Anna", {"Anna": "Speaker 1"}) == "Annabel, Speaker 1"


def test_what_people_wrote_and_said_is_not_touched():
    told = replace(sessions.REVIEW, notes=(replace(sessions.REVIEW.notes[0], text="Ask Ada."),))
    hidden = pseudonyms.hide_names(sessions.full_session(review=told))
    assert hidden.notes["text"].tolist() == ["Ask Ada."]
    assert hidden.notes["reviewer"].tolist() == ["Reviewer 1"]
