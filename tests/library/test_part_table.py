"""A session of parts in the library, on both databases."""

import pytest

from lib.errors import LibraryDamagedError, StoredAnswerError
from lib.library import Query
from lib.model import Gap
from tests import answers, parts
from tests.library.archives import archive_of, read_archive

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
