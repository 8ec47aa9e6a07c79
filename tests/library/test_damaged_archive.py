"""What is wrong with an archive, or meant to do harm, costs a sentence or a count."""

import io
import json
import struct
import tracemalloc
import zipfile
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib.errors import ArchiveError, ArchiveTooLargeError
from lib.library import Library, archive_bounds
from lib.library.archive_bounds import PAGE
from lib.library.zip_archive import Counts
from tests import answers
from tests.budget import examples
from tests.library.archives import read_archive, session_file, zip_files

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
    session_file(id=""),
    session_file(id="x" * 201),
    session_file(id="a\0b"),
    session_file(id="\ud800"),
    session_file(id="sample"),
    session_file(id=7),
    session_file(title=None),
    session_file(recording_name=["x"]),
    session_file(created_at="yesterday"),
    session_file(created_at="0001-01-01T00:00:00+14:00"),
    session_file(origin="measured"),
    session_file(origin={}),
    session_file(api="v3"),
    session_file(answers.session(answers.v2()), api="v3"),
    session_file(model=None),
    session_file(duration="30"),
    session_file(duration=True),
    session_file(duration=10**400),
    session_file(duration=float("nan")),
    session_file(correlation_id=3),
    session_file().replace(b'"version": 2', b'"version": 3'),
    session_file().replace(b'"signal-review/session"', b'"another"'),
    session_file().replace(b'"answer"', b'"question"'),
    session_file().replace(b'"review": {', b'"review": 5, "y": {'),
    json.dumps({**json.loads(session_file()), "answer": "no json"}).encode(),
    json.dumps({"format": "signal-review/review", "version": 2, "session": {"id": "a"}}).encode(),
]


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_a_file_that_cannot_be_read_costs_no_other(other, bad):
    good = session_file(id="good")
    assert read_archive(other, zip_files(bad, good)) == Counts(sessions=1, unread=1)
    assert other.ids() == ("good",)


def test_names_in_an_archive_are_never_used(other, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    content = zip_files(session_file(), name="/../../../../tmp/evil.json")
    assert read_archive(other, content) == Counts(sessions=1)
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before] == []


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(other):
    bomb = zip_files(session_file() + b" " * 200_000, session_file(id="good"))
    small = replace(PAGE, file_bytes=100_000)
    assert read_archive(other, bomb, bounds=small) == Counts(sessions=1, unread=1)


def test_a_file_that_lies_of_its_size_is_not_unpacked(other):
    packed = bytearray(zip_files(session_file(title="x" * 200_000)))
    entry = packed.index(b"PK\x01\x02")
    struct.pack_into("<L", packed, entry + 24, 1000)  # the unpacked size it claims
    assert read_archive(other, bytes(packed)) == Counts(unread=1)


@pytest.mark.parametrize("count", [20_001, 300_000])
def test_more_files_than_may_be_are_refused_before_any_is_looked_at(other, monkeypatch, count):
    packed = zip_files(session_file()) + archive_bounds.ENTRY_MARK * count
    monkeypatch.setattr(archive_bounds.zipfile, "ZipFile", lambda _: pytest.fail("looked at"))
    with pytest.raises(ArchiveTooLargeError, match="more than 20,000 files"):
        read_archive(other, packed)


def test_marks_of_entries_are_counted_across_blocks():
    mark = archive_bounds.ENTRY_MARK
    for before in range(archive_bounds.BLOCK_BYTES - 4, archive_bounds.BLOCK_BYTES + 1):
        stream = io.BytesIO(b"x" * before + mark + b"y" + mark)
        assert archive_bounds._count_marks(stream) == 2


def test_files_that_unpack_to_too_much_together_are_refused_unread(other, monkeypatch):
    packed = zip_files(*(session_file(id=f"s{number}") for number in range(5)))
    monkeypatch.setattr(archive_bounds, "read_entry", None)
    with pytest.raises(ArchiveTooLargeError, match="would unpack to") as caught:
        read_archive(other, packed, bounds=replace(PAGE, total_bytes=5000))
    assert "Export fewer sessions" in caught.value.next_step


def test_an_archive_is_not_unpacked_to_a_hundred_times_its_size(other, monkeypatch):
    monkeypatch.setattr(archive_bounds, "SMALL_BYTES", 100_000)
    bomb = zip_files(session_file() + b" " * 300_000)
    with pytest.raises(ArchiveTooLargeError):
        read_archive(other, bomb)
    assert len(bomb) * 100 < 300_000


def test_a_small_archive_may_pack_as_well_as_it_likes(other):
    content = zip_files(session_file() + b" " * 30_000_000)
    assert read_archive(other, content) == Counts(sessions=1)


def test_a_file_of_many_tiny_values_is_left_out(other):
    lists = b"[" + b"[]," * 600_000 + b"[]]"
    content = session_file().replace(b'"label"', b'"x": ' + lists + b', "label"')
    assert read_archive(other, zip_files(content, session_file())) == Counts(sessions=1, unread=1)


@pytest.mark.parametrize(("values", "counts"), [(9, Counts(1)), (600_000, Counts(unread=1))])
def test_tiny_values_that_an_answer_hides_are_found_as_well(other, values, counts):
    hidden = rb"\u005b\u005d\u002c" * values
    content = session_file().replace(b'"answer": "{', b'"answer": "{\\"x\\": [' + hidden + b"1],")
    assert hidden in content
    assert read_archive(other, zip_files(content)) == counts


def test_one_entry_at_a_time_is_in_memory(other):
    files = [session_file(id=f"s{number}") + b" " * 16_000_000 for number in range(4)]
    content = zip_files(*files)
    tracemalloc.start()
    try:
        assert read_archive(other, content).sessions == 4
        assert tracemalloc.get_traced_memory()[1] < 3 * 17_000_000
    finally:
        tracemalloc.stop()


def test_names_of_a_file_have_bounds(other):
    long = [session_file(model="m" * 201), session_file(correlation_id="c" * 201)]
    assert read_archive(other, zip_files(*long)) == Counts(unread=2)


def test_files_that_lie_over_each_other_are_refused(other):
    packed = bytearray(zip_files(session_file(), session_file(id="two")))
    entry = packed.index(b"PK\x01\x02")
    struct.pack_into("<L", packed, entry + 20, len(packed))  # the packed size it claims
    with pytest.raises(ArchiveError):
        read_archive(other, bytes(packed))


def test_a_file_packed_in_another_way_or_under_a_key_is_left_out(other):
    packed_otherwise = zip_files(session_file(), method=zipfile.ZIP_LZMA)
    assert read_archive(other, packed_otherwise) == Counts(unread=1)
    packed = bytearray(zip_files(session_file()))
    for sign, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        packed[packed.index(sign) + offset] |= 1  # encrypted
    assert read_archive(other, bytes(packed)) == Counts(unread=1)


@pytest.mark.parametrize(
    "content", [b"", b"no zip", b"PK\x05\x06", session_file(), zip_files(b"x")[:-30]], ids=range(5)
)
def test_what_is_no_archive_says_so(other, content):
    with pytest.raises(ArchiveError) as caught:
        read_archive(other, content)
    assert caught.value.problem.next_step


PACKED = zip_files(session_file(), session_file(id="two"))


@pytest.fixture(scope="module")
def library():
    """One for all examples, which each begin with it empty: creating it takes longest."""
    created = Library("sqlite://")
    yield created
    created.close()


@settings(max_examples=examples(200))
@given(
    changes=st.lists(st.tuples(st.integers(0, len(PACKED) - 1), st.integers(0, 255)), max_size=8)
)
@example(changes=[(len(PACKED) - 6, 255), (len(PACKED) - 5, 255), (len(PACKED) - 4, 255)])
def test_a_damaged_archive_costs_a_sentence_or_a_count(library, changes):
    library.delete_all(library.ids())
    packed = bytearray(PACKED)
    for offset, value in changes:
        packed[offset] = value
    try:
        counts = read_archive(library, bytes(packed))
        assert counts.sessions == library.count()
    except ArchiveError:
        assert library.count() == 0
