"""What was deleted or changed is in none of the files of an SQLite library, open as it is."""

import json
import random
import zlib

import pytest
import sqlalchemy as sa

from lib.library import AcceptedJob, Library, database, sqlite_url
from lib.model import Line
from tests import answers, reviews
from tests.reviews import note, verdict

MARK = "Find-me-if-you-can"
LONG = MARK + random.Random(7).randbytes(20_000).hex()  # more than a page, and not to be packed


@pytest.fixture
def library(tmp_path):
    library = Library(sqlite_url(tmp_path / "library.db"))
    for index in range(30):  # so that pages are shared, and given back
        library.save(answers.session(session_id=f"before-{index}"))
        library.write_note(f"before-{index}", note(text=f"Note {index}" * 20))
    yield library
    library.close()


@pytest.fixture
def is_left(tmp_path):
    """Whether any of these pieces is in the files of the library."""

    def is_in_files(pieces):
        files = [path.read_bytes() for path in tmp_path.iterdir()]
        return any(piece in content for piece in pieces for content in files)

    return is_in_files


def pieces(packed):
    """Parts of a packed column, each small enough to lie on one page most of the time."""
    return [packed[start : start + 64] for start in range(0, len(packed), 64)]


def titled(library):
    library.save(answers.session(title=MARK))
    return [MARK.encode()]


def answered(library):
    signal = {"type": "interest", "start": 0, "end": 1, "rationale": LONG}
    session = answers.session(answers.v1(signals=[signal]))
    library.save(session)
    return pieces(zlib.compress(session.analysis.raw.encode()))


def indexed(library):
    signal = {"type": "interest", "start": 0, "end": 1, "rationale": "zebrafish quagmire"}
    library.save(answers.session(answers.v1(signals=[signal]), title="Xylophone"))
    # An index keeps of a word what it has not in common with the one before it.
    return [b"zebrafish", b"ebrafish", b"quagmire", b"uagmire", b"xylophone", b"ylophone"]


def noted(library):
    library.write_note("abc", note(text=LONG[:9000], reviewer=MARK))
    return [MARK.encode(), LONG[5000:5100].encode()]


def found(library):
    library.save(answers.session())
    library.write_note("abc", note(text="ZEBRAFISH QUAGMIRE", reviewer=MARK))  # small in the index
    return [b"zebrafish", b"ebrafish", b"quagmire", b"uagmire"]


def heard(library):
    library.save(answers.session())
    library.write_transcript("abc", [Line(0.0, 1.0, "", "ZEBRAFISH QUAGMIRE")])
    return [b"zebrafish", b"ebrafish", b"quagmire", b"uagmire"]


def judged(library):
    library.write_verdict("abc", verdict(corrected=MARK))
    return [MARK.encode()]


def transcribed(library):
    line = Line(0.0, 1.0, "", LONG)
    library.write_transcript("abc", [line])
    return pieces(zlib.compress(json.dumps([list(line)]).encode()))


def submitted(library):
    job = AcceptedJob("run", answers.JOB, "inter-2", MARK, None, reviews.AT, None)
    library.write_job(job)
    return [MARK.encode()]


ERASING = [
    (titled, lambda library: library.delete_all(("abc",))),
    (titled, lambda library: library.rename("abc", "Another")),
    (titled, lambda library: library.save(answers.session())),
    (answered, lambda library: library.delete_all(("abc",))),
    (answered, lambda library: library.save(answers.session())),
    (indexed, lambda library: library.delete_all(("abc",))),
    (indexed, lambda library: library.save(answers.session())),
    (noted, lambda library: library.delete_all(("abc",))),
    (noted, lambda library: library.remove_note("abc", "n1", MARK)),
    (judged, lambda library: library.delete_all(("abc",))),
    (judged, lambda library: library.write_verdict("abc", verdict())),
    (judged, lambda library: library.remove_verdict("abc", 0, "Ana")),
    (transcribed, lambda library: library.delete_all(("abc",))),
    (transcribed, lambda library: library.remove_transcript("abc")),
    (transcribed, lambda library: library.write_transcript("abc", [Line(0.0, 1.0, "", "x")])),
    (found, lambda library: library.delete_all(("abc",))),
    (found, lambda library: library.remove_note("abc", "n1", MARK)),
    (found, lambda library: library.write_note("abc", note(text="x", reviewer=MARK))),
    (heard, lambda library: library.remove_transcript("abc")),
    (heard, lambda library: library.write_transcript("abc", [Line(0.0, 1.0, "", "x")])),
    (submitted, lambda library: library.delete_job("run")),
]


@pytest.mark.parametrize(("written", "erase"), ERASING, ids=range(len(ERASING)))
def test_nothing_is_left_of_what_was_erased(library, is_left, written, erase):
    pieces_written = written(library)
    assert is_left(pieces_written)
    erase(library)
    assert not is_left(pieces_written)


def test_nothing_is_left_of_many_sessions_that_went_at_once(library, is_left):
    pieces_written = [*answered(library), *indexed(library), *noted(library), *transcribed(library)]
    library.save(answers.session(session_id="two", title=MARK))
    assert is_left(pieces_written)
    library.delete_all(["abc", "two"])
    assert not is_left([*pieces_written, MARK.encode()])


def test_nothing_is_left_in_the_index_of_words_of_an_older_title(library, is_left):
    library.save(answers.session(title="Xylophone zebrafish"))
    assert is_left([b"ylophone", b"ebrafish"])
    library.rename("abc", "Another")
    assert not is_left([b"ylophone", b"ebrafish"])


def test_nothing_is_left_of_what_a_note_said_before(library, is_left):
    library.write_note("abc", note(text=LONG[:9000]))
    assert is_left([LONG[5000:5100].encode()])
    library.write_note("abc", note(text="Short"))
    assert not is_left([MARK.encode(), LONG[5000:5100].encode()])


def test_what_somebody_still_reads_is_erased_by_the_next_write(
    library, is_left, tmp_path, monkeypatch
):
    monkeypatch.setattr(database, "JOURNAL_WAIT_SECONDS", 0.1)
    pieces_written = titled(library)
    other = database.create_engine(f"sqlite:///{tmp_path}/library.db")
    with other.connect() as reader:
        reader.exec_driver_sql("BEGIN")
        reader.execute(sa.text("SELECT count(*) FROM sessions")).one()
        assert library.delete_all(("abc",)) == 1
        assert is_left(pieces_written)
    other.dispose()
    library.delete_job("nothing")
    assert not is_left(pieces_written)


def test_what_is_written_is_written_though_the_journal_cannot_be_emptied(library, caplog):
    @sa.event.listens_for(library._engine, "before_cursor_execute")
    def refuse(connection, cursor, statement, *_):
        if "wal_checkpoint" in statement:
            raise sa.exc.OperationalError(statement, {}, Exception())

    library.save(answers.session(title="Written"))
    assert library.load("abc").title == "Written"
    assert "not emptied" in caplog.text
