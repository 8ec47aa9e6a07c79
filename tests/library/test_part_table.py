"""A session of parts in the library, on both databases."""

import pytest

from lib.errors import LibraryDamagedError, StoredAnswerError
from lib.library import Query
from lib.model import Gap, Line
from tests import answers, parts
from tests.library.archives import archive_of, read_archive
from tests.reviews import note, verdict

REFUSED = Gap("refused", "The API could not read this part.")
COUNT = "SELECT count(*) FROM parts"


@pytest.mark.parametrize("gap", [None, REFUSED], ids=["whole", "gap"])
def test_a_session_of_parts_is_there_as_it_was_saved(library, gap):
    session = parts.session(*parts.three(gap=gap))
    library.save(session)
    assert library.load("parts") == session
    (line,) = library.summaries()
    assert (line.signals, line.quality, line.duration) == (len(session.analysis.signals), None, 60)
    assert line.parts == 3


def test_a_gap_that_was_filled_replaces_it(library, execute):
    library.save(parts.session(*parts.three(gap=REFUSED)))
    session = parts.session(*parts.three())
    library.save(session)
    assert library.load("parts") == session
    assert execute(COUNT) == [(3,)]


def test_both_rationales_of_a_span_over_a_seam_are_found(library):
    first = parts.part({"signals": [parts.signal("stress", 0, 20, "low", "A sigh.")]}, 0, 20)
    second = parts.part({"signals": [parts.signal("stress", 0, 9, "low", "A frown.")]}, 20, 40)
    library.save(parts.session(first, second))
    assert library.count(Query(words="sigh")) == library.count(Query(words="frown")) == 1


def test_deleting_a_session_deletes_its_parts(library, execute):
    library.save(parts.session(*parts.three()))
    assert library.delete_all(["parts"]) == 1
    assert execute(COUNT) == [(0,)]


def test_an_archive_carries_parts(library, other):
    for name, gap in (("one", None), ("two", REFUSED)):
        library.save(parts.session(*parts.three(gap=gap), session_id=name))
    library.save(answers.session())
    assert read_archive(other, archive_of(library)).sessions == 3
    for session_id in ("one", "two", "abc"):
        assert other.load(session_id) == library.load(session_id)


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM parts",
        "DELETE FROM parts WHERE number = 1",
        "UPDATE parts SET answer = NULL WHERE number = 1",
        "UPDATE parts SET core_end = 19 WHERE number = 0",
    ],
)
def test_parts_that_are_gone_or_do_not_fit_are_damage(library, execute, damage):
    library.save(parts.session(*parts.three()))
    execute(damage)
    with pytest.raises(LibraryDamagedError):
        library.load("parts")


def test_a_stored_answer_that_cannot_be_read_is_handed_over(library, execute):
    library.save(parts.session(*parts.three()))
    execute("UPDATE sessions SET api = 'v1'")
    with pytest.raises(StoredAnswerError):
        library.load("parts")


def noted(library):
    """The signals that notes and verdicts are on, by reviewer."""
    review = library.review("parts")
    notes = [(note.id, note.signal) for note in review.notes]
    return notes, [(one.signal, one.reviewer, one.opinion) for one in review.verdicts]


def test_notes_and_verdicts_follow_their_spans_when_a_gap_is_filled(library):
    first, _, third = parts.three(gap=REFUSED)
    library.save(parts.session(first, parts.part(REFUSED, 20, 40), third))
    for signal in (0, 2):
        library.write_note("parts", note(f"n{signal}", signal=signal))
        library.write_verdict("parts", verdict(signal, opinion="agree"))
    library.write_note("parts", note("alone", signal=None))
    library.write_note("parts", note("stray", signal=3))
    library.write_verdict("parts", verdict(3, "Bo"))
    library.write_transcript("parts", [Line(0.0, 4.0, "Ana", "Shall we?")])
    filled = parts.part(parts.v2_answer([parts.CALM, parts.KEEN, parts.CALM, parts.MILD]), 20, 40)
    library.save(parts.session(first, filled, third))
    spans = library.load("parts").analysis.signals
    assert [one.start for one in spans] == [5, 15, 25, 35, 45]
    notes, verdicts = noted(library)
    assert notes == [("n0", 0), ("n2", 4), ("alone", None), ("stray", None)]
    assert verdicts == [(0, "Ana", "agree"), (4, "Ana", "agree"), (2**31 - 4, "Bo", "agree")]
    assert library.review("parts").transcript == (Line(0.0, 4.0, "Ana", "Shall we?"),)
    assert library.count(Query(words="shall watch")) == 1


def test_verdicts_on_two_spans_that_became_one_are_the_last_one(library):
    first = parts.part(parts.v2_answer([parts.CALM, parts.KEEN]), 0, 10)
    third = parts.part(parts.v2_answer([parts.KEEN, parts.CALM]), 20, 30)
    library.save(parts.session(first, parts.part(REFUSED, 10, 20), third))
    library.write_verdict("parts", verdict(0, opinion="agree"))
    library.write_verdict("parts", verdict(1, opinion="disagree"))
    filled = parts.part(parts.v2_answer([parts.MILD, parts.MILD]), 10, 20)
    library.save(parts.session(first, filled, third))
    assert noted(library) == ([], [(0, "Ana", "disagree")])


def test_saving_a_session_of_one_piece_again_moves_nothing(library):
    library.save(answers.session(session_id="parts"))
    library.write_verdict("parts", verdict(2))
    library.save(answers.session(session_id="parts"))
    assert noted(library)[1] == [(2, "Ana", "agree")]


def test_where_what_is_stored_cannot_be_read_notes_stay_where_they_are(library, execute):
    library.save(parts.session(*parts.three(gap=REFUSED)))
    library.write_note("parts", note("n2", signal=2))
    execute("DELETE FROM parts WHERE number = 1")
    library.save(parts.session(*parts.three()))
    assert noted(library)[0] == [("n2", 2)]
