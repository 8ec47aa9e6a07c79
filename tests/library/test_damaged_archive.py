"""What is wrong with an archive, or meant to do harm, costs a sentence or a count."""

import json
import struct
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib.errors import ArchiveError
from lib.library import Library, zip_archive
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


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(other, monkeypatch):
    monkeypatch.setattr(zip_archive, "MAX_FILE_BYTES", 100_000)
    bomb = zip_files(session_file() + b" " * 200_000, session_file(id="good"))
    assert read_archive(other, bomb) == Counts(sessions=1, unread=1)


def test_a_file_that_lies_of_its_size_is_not_unpacked(other, monkeypatch):
    monkeypatch.setattr(zip_archive, "MAX_FILE_BYTES", 100_000)
    packed = bytearray(zip_files(session_file(title="x" * 200_000)))
    entry = packed.index(b"PK\x01\x02")
    struct.pack_into("<L", packed, entry + 24, 1000)  # the unpacked size it claims
    assert read_archive(other, bytes(packed)) == Counts(unread=1)


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


@settings(max_examples=examples(200))
@given(st.lists(st.tuples(st.integers(0, len(PACKED) - 1), st.integers(0, 255)), max_size=8))
@example([(len(PACKED) - 6, 255), (len(PACKED) - 5, 255), (len(PACKED) - 4, 255)])
def test_a_damaged_archive_costs_a_sentence_or_a_count(changes):
    packed = bytearray(PACKED)
    for offset, value in changes:
        packed[offset] = value
    library = Library("sqlite://")
    try:
        counts = read_archive(library, bytes(packed))
        assert counts.sessions == library.count()
    except ArchiveError:
        assert library.count() == 0
    library.close()
