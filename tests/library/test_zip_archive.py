"""A library goes into a zip and out of it, whole, whatever database it lives in."""

import io
import json
import struct
import zipfile
import zlib
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lib.errors import ArchiveError, LibraryFullError, SessionFileError
from lib.interchange import session_json
from lib.library import Library, sqlite_url, zip_archive
from lib.library.zip_archive import Counts
from lib.model import ORIGIN_LABELS
from tests import answers, reviews
from tests.budget import examples
from tests.reviews import note


@pytest.fixture
def other(tmp_path):
    made = Library(sqlite_url(tmp_path / "other.db"))
    yield made
    made.close()


def written(library):
    stream = io.BytesIO()
    zip_archive.write_archive(library, stream)
    return stream.getvalue()


def brought(library, content):
    return zip_archive.read_archive(library, io.BytesIO(content))


def files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        return {name: found.read(name) for name in found.namelist()}


def zipped(*contents, name="x.json", method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for index, content in enumerate(contents):
            made.writestr(f"{index}-{name}", content)
    return stream.getvalue()


def fill(library):
    session = answers.session()
    analysis = replace(session.analysis, correlation_id="c-1")
    library.save(replace(session, analysis=analysis, fingerprint="0a" * 32))
    library.save(answers.session(answers.v2(), session_id="two", origin="imported", duration=None))
    library.add_review("abc", reviews.review())
    library.add_review("sample", reviews.review())


def content_of(session=None, **changes):
    found = json.loads(session_json.write_session(session or answers.session(), reviews.review()))
    found["session"] |= changes
    return json.dumps(found).encode()


def test_a_library_moves_to_another_one_with_all_there_is(library, other):
    fill(library)
    assert brought(other, written(library)) == Counts(sessions=2, reviews=1)
    for session_id in ("abc", "two", "sample"):
        assert other.load(session_id) == library.load(session_id)
        assert other.review(session_id) == library.review(session_id)
    assert other.summaries() == library.summaries()


def test_an_archive_counts_what_it_holds(library):
    fill(library)
    assert zip_archive.write_archive(library, io.BytesIO()) == Counts(sessions=2, reviews=1)


def test_an_empty_library_is_an_archive_as_well(library, other):
    assert brought(other, written(library)) == Counts()


def test_an_archive_is_plain_json_one_file_a_session(library):
    fill(library)
    found = files(written(library))
    assert sorted(found) == [
        "reviews/000001.json",
        "sessions/000001.json",
        "sessions/000002.json",
    ]
    session, review, _ = session_json.read_session(found["sessions/000001.json"], name="x.json")
    assert session.title == "Interview"
    assert review == reviews.review()


def test_sessions_stand_in_an_archive_oldest_first(library):
    for age in (1, 3, 2):
        session = answers.session(session_id=f"s{age}")
        library.save(replace(session, created_at=session.created_at - timedelta(days=age)))
    found = [json.loads(content)["session"]["id"] for content in files(written(library)).values()]
    assert found == ["s3", "s2", "s1"]


def test_the_same_library_makes_the_same_archive(library):
    fill(library)
    assert written(library) == written(library)
    with zipfile.ZipFile(io.BytesIO(written(library))) as found:
        assert {entry.date_time for entry in found.infolist()} == {zip_archive.ENTRY_TIME}
    assert zip_archive.ENTRY_TIME == (1980, 1, 1, 0, 0, 0)


def test_what_is_there_already_stays_as_it_is(library, other):
    fill(library)
    other.save(answers.session(title="Mine"))
    other.write_note("abc", note("mine"))
    other.write_note("sample", note("mine"))
    assert brought(other, written(library)) == Counts(sessions=1, present=2)
    assert other.load("abc").title == "Mine"
    assert other.review("abc").notes == other.review("sample").notes == (note("mine"),)
    assert brought(other, written(library)) == Counts(present=3)


def test_a_deleted_session_comes_back_without_what_was_written_since(library, other):
    fill(library)
    other.write_note("abc", note("stray"))
    brought(other, written(library))
    assert other.review("abc") == reviews.review()


RAW = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TITLES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SESSIONS = st.lists(
    st.builds(
        lambda index, title, origin, raw, duration, at, correlation: replace(
            answers.session(
                answers.v1(signals=[{"type": "x", "start": 0, "end": 1, "rationale": raw}]),
                session_id=f"id {index} é",
                title=title,
                origin=origin,
                duration=duration,
            ),
            created_at=at,
            recording_name=title,
        ),
        st.integers(0, 50),
        TITLES,
        st.sampled_from(sorted(ORIGIN_LABELS)),
        RAW,
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.datetimes(timezones=st.just(UTC)),
        st.none() | RAW,
    ),
    max_size=3,
    unique_by=lambda session: session.id,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=examples(40),
)
@given(sessions=SESSIONS, found=st.lists(reviews.REVIEWS, min_size=4, max_size=4))
def test_from_library_to_library_and_back_nothing_changes(library, sessions, found):
    first, last = Library("sqlite://"), Library("sqlite://")
    for session, review in zip(sessions, found, strict=False):
        first.save(session)
        first.add_review(session.id, review)
    first.add_review("sample", found[-1])
    library.delete_all((*library.ids(), "sample"))
    content = written(first)
    brought(library, content)
    assert files(written(library)) == files(content)
    brought(last, written(library))
    assert written(last) == content
    for session in first.ids():
        assert last.load(session) == first.load(session)
    first.close()
    last.close()


def test_an_answer_goes_through_to_the_letter(library, other):
    raw = '{ "signals" : [],\n\t"odd":"caf\u00e9 \\ud83d\\ude00 1.50 \ud800" }'
    session = answers.session()
    library.save(replace(session, analysis=replace(session.analysis, raw=raw)))
    brought(other, written(library))
    assert other.load("abc").analysis.raw == raw


@pytest.mark.parametrize("answer", [b"\0", zlib.compress(b"{}")], ids=["damaged", "unreadable"])
def test_a_session_whose_answer_cannot_be_read_costs_no_other(library, execute, other, answer):
    fill(library)
    execute("UPDATE answers SET answer = :answer WHERE session_id = 'abc'", answer=answer)
    stream = io.BytesIO()
    assert zip_archive.write_archive(library, stream) == Counts(sessions=1, reviews=1, unread=1)
    assert brought(other, stream.getvalue()) == Counts(sessions=1, reviews=1)


def test_a_single_file_of_an_archive_can_be_brought_in_by_the_page(library):
    fill(library)
    content = files(written(library))["sessions/000002.json"]
    assert (
        session_json.read_session(content, name="x.json")[0].analysis
        == library.load("two").analysis
    )
    with pytest.raises(SessionFileError):
        session_json.read_session(files(written(library))["reviews/000001.json"], name="x.json")


def test_what_measures_nothing_is_labelled_whatever_an_archive_says(other):
    generated = answers.session(answers.v1(sandbox="Generated"), origin="api")
    brought(other, zipped(content_of(generated)))
    assert other.load("abc").origin == "sandbox"


BAD = [
    b"",
    b"no json",
    b"[" * 100_000,
    b"[]",
    b"3",
    b"{}",
    b"\xff\xfe\x00",
    b'{"session": []}',
    b"9" * 5000,
    content_of(id=""),
    content_of(id="x" * 201),
    content_of(id="a\0b"),
    content_of(id="\ud800"),
    content_of(id="sample"),
    content_of(id=7),
    content_of(title=None),
    content_of(recording_name=["x"]),
    content_of(created_at="yesterday"),
    content_of(created_at="0001-01-01T00:00:00+14:00"),
    content_of(origin="measured"),
    content_of(origin={}),
    content_of(api="v3"),
    content_of(answers.session(answers.v2()), api="v3"),
    content_of(model=None),
    content_of(duration="30"),
    content_of(duration=True),
    content_of(duration=10**400),
    content_of(duration=float("nan")),
    content_of(correlation_id=3),
    content_of().replace(b'"version": 2', b'"version": 3'),
    content_of().replace(b'"signal-review/session"', b'"another"'),
    content_of().replace(b'"answer"', b'"question"'),
    content_of().replace(b'"review": {', b'"review": 5, "y": {'),
    json.dumps({**json.loads(content_of()), "answer": "no json"}).encode(),
    json.dumps({"format": "signal-review/review", "version": 2, "session": {"id": "a"}}).encode(),
]


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_a_file_that_cannot_be_read_costs_no_other(other, bad):
    good = content_of(id="good")
    assert brought(other, zipped(bad, good)) == Counts(sessions=1, unread=1)
    assert other.ids() == ("good",)


def test_names_in_an_archive_are_never_used(other, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    content = zipped(content_of(), name="/../../../../tmp/evil.json")
    assert brought(other, content) == Counts(sessions=1)
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before] == []


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(other, monkeypatch):
    monkeypatch.setattr(zip_archive, "MAX_FILE_BYTES", 100_000)
    bomb = zipped(content_of() + b" " * 200_000, content_of(id="good"))
    assert brought(other, bomb) == Counts(sessions=1, unread=1)


def test_a_file_that_lies_of_its_size_is_not_unpacked(other, monkeypatch):
    monkeypatch.setattr(zip_archive, "MAX_FILE_BYTES", 100_000)
    packed = bytearray(zipped(content_of(title="x" * 200_000)))
    entry = packed.index(b"PK\x01\x02")
    struct.pack_into("<L", packed, entry + 24, 1000)  # the unpacked size it claims
    assert brought(other, bytes(packed)) == Counts(unread=1)


def test_files_that_lie_over_each_other_are_refused(other):
    packed = bytearray(zipped(content_of(), content_of(id="two")))
    entry = packed.index(b"PK\x01\x02")
    struct.pack_into("<L", packed, entry + 20, len(packed))  # the packed size it claims
    with pytest.raises(ArchiveError):
        brought(other, bytes(packed))


def test_a_file_packed_in_another_way_or_under_a_key_is_left_out(other):
    assert brought(other, zipped(content_of(), method=zipfile.ZIP_LZMA)) == Counts(unread=1)
    packed = bytearray(zipped(content_of()))
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        packed[packed.index(sign) + place] |= 1  # encrypted
    assert brought(other, bytes(packed)) == Counts(unread=1)


@pytest.mark.parametrize(
    "content", [b"", b"no zip", b"PK\x05\x06", content_of(), zipped(b"x")[:-30]], ids=range(5)
)
def test_what_is_no_archive_says_so(other, content):
    with pytest.raises(ArchiveError) as caught:
        brought(other, content)
    assert caught.value.problem.next_step


PACKED = zipped(content_of(), content_of(id="two"))


@settings(max_examples=examples(200))
@given(st.lists(st.tuples(st.integers(0, len(PACKED) - 1), st.integers(0, 255)), max_size=8))
@example([(len(PACKED) - 6, 255), (len(PACKED) - 5, 255), (len(PACKED) - 4, 255)])
def test_a_damaged_archive_costs_a_sentence_or_a_count(changes):
    packed = bytearray(PACKED)
    for place, value in changes:
        packed[place] = value
    library = Library("sqlite://")
    try:
        counts = brought(library, bytes(packed))
        assert counts.sessions == library.count()
    except ArchiveError:
        assert library.count() == 0
    library.close()


def test_an_import_that_stopped_goes_on_when_it_is_started_again(library, other, monkeypatch):
    fill(library)
    content = written(library)

    def full(session, review):
        if other.count():
            raise LibraryFullError
        return add_session(session, review)

    add_session = other.add_session
    with monkeypatch.context() as patch:
        patch.setattr(other, "add_session", full)
        with pytest.raises(LibraryFullError):
            brought(other, content)
    assert other.count() == 1
    assert brought(other, content) == Counts(sessions=1, present=1, reviews=1)
    assert files(written(other)) == files(content)


def test_an_archive_of_some_sessions_holds_them_alone_and_what_was_added_to_them(library, other):
    fill(library)
    stream = io.BytesIO()
    assert zip_archive.write_archive(library, stream, ["two", "nobody"]) == Counts(sessions=1)
    brought(other, stream.getvalue())
    assert other.ids() == ("two",)
    assert other.ids_without_session() == ()
    stream = io.BytesIO()
    zip_archive.write_archive(library, stream, ["abc"])
    brought(other, stream.getvalue())
    assert other.review("abc") == reviews.review()


def test_an_archive_of_no_sessions_is_empty(library):
    fill(library)
    assert zip_archive.write_archive(library, io.BytesIO(), []) == Counts()
