"""Names of files of any kind, at each place where one goes into the app or comes out of it."""

import io
import json
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from requests_toolbelt.multipart.decoder import MultipartDecoder

from lib import exports
from lib.errors import TranscriptError
from lib.interchange import session_json, transcript
from lib.interhuman.upload import Upload
from lib.library import MAX_TITLE, archive_bounds
from lib.library.zip_archive import read_archive, write_archive
from lib.plain_text import file_name, file_stem, one_line
from lib.recordings.store import RecordingStore
from tests import answers
from tests.exports import sessions

NAMES = {
    "up": "../../../etc/passwd",
    "up, backslashes": "..\\..\\windows\\system32\\a.mp4",
    "absolute": "/etc/passwd",
    "drive": "C:\\Users\\ana\\a.mp4",
    "share": "\\\\host\\share\\a.mp4",
    "nul": "a\0b.mp4",
    "nul before the suffix": "a.mp4\0.exe",
    "right to left": "a\u202e4pm.exe",
    "marks": "\u200e\ufeffa\u2066b\u2069.mp4",
    "lines": "a\r\nContent-Type: text/html\r\n\r\nb.mp4",
    "separators": "a\u2028b\u2029c\x85d.mp4",
    "control": "a\x1b[31mb\x7f.mp4",
    "long": "a" * 300 + ".mp4",
    "long, of many bytes": "会" * 300 + ".mp4",
    "long suffix": "a." + "b" * 300,
    "device": "CON",
    "device with a suffix": "nul.mp4",
    "device with a number": "aux.COM1.mp4",
    "dots at the end": "a.mp4...",
    "spaces at the end": "a.mp4   ",
    "spaces": "   ",
    "emoji": "🙂👩‍👩‍👧.mp4",
    "dash": "-rf --help.mp4",
    "per cent": "%2e%2e%2f%00%n%s.mp4",
    "quotes": "a\"'`;b.mp4",
    "stars": "*?<>|:.mp4",
    "html": "<img src=x onerror=alert(1)>.mp4",
    "one dot": ".",
    "two dots": "..",
    "dots": ".....",
    "half a pair": "\ud83d.mp4",
    "formula": "=cmd|' /c calc'!A0.mp4",
    "tilde": "~/.ssh/id_rsa",
    "variables": "$HOME/{0}%(x)s.mp4",
    "empty": "",
}
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
every_name = pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)


def is_safe_everywhere(name):
    """Whether every system takes a file of this name, in the folder where it is put."""
    return bool(
        name.isprintable()
        and not set('/\\:*?"<>|%\0') & set(name)
        and not name.startswith(("-", ".", " ", "~"))
        and not name.endswith((".", " "))
        and not RESERVED.fullmatch(name)
        and len(name.encode()) <= 255
    )


@every_name
@pytest.mark.parametrize("session_id", ["0123456789abcdef", "sandbox-0123456789abcdef", "../../x"])
def test_a_download_of_any_title_is_named_as_every_system_takes_it(name, session_id):
    suffixes = [*(format_.suffix for format_ in exports.FORMATS), ".json", ".csv", ".zip"]
    for title in (name, file_stem(name)):
        stem = file_name(title, session_id, "verdicts", "filtered")
        assert all(is_safe_everywhere(stem + suffix) for suffix in suffixes)
        assert is_safe_everywhere(file_name(title, session_id) + ".json")


@every_name
def test_a_session_of_a_recording_of_any_name_has_a_title_in_one_line(name):
    title = file_stem(name)[:MAX_TITLE] or "Recording"
    assert "\n" not in title
    assert "\r" not in title
    title.encode()


@every_name
def test_a_recording_of_any_name_stays_in_its_folder(name, tmp_path):
    outside = tmp_path / "outside"
    store = RecordingStore(outside / "recordings", keep_for=60)
    try:
        ticket = store.add(io.BytesIO(b"recording"), name)
        path = store.path(ticket)
        assert path.parent == store.folder
        assert path.read_bytes() == b"recording"
        assert is_safe_everywhere(path.name)
        store.assign(ticket, name)
        assert store.path_of_session(name) == path
        assert [each.name for each in outside.iterdir()] == ["recordings"]
        assert [each.name for each in tmp_path.iterdir()] == ["outside"]
        store.remove_sessions(name)
        assert store.path(ticket) is None
    finally:
        store.close()


@every_name
def test_a_name_that_is_asked_for_as_a_ticket_finds_no_file(name, tmp_path):
    store = RecordingStore(tmp_path / "recordings", keep_for=60)
    try:
        assert store.path(name) is None
        assert store.path(f"{'0' * 32}{name}") is None
        store.remove(name)
    finally:
        store.close()


@every_name
def test_what_is_sent_to_the_api_names_nobody_s_file(name, tmp_path):
    store = RecordingStore(tmp_path / "recordings", keep_for=60)
    try:
        path = store.path(store.add(io.BytesIO(b"recording"), name))
        with Upload(path, (("goal", name),)).opened(lambda _: None) as (body, kind):
            parts = MultipartDecoder(body.read(), kind).parts
        assert len(parts) == 2
        disposition = parts[-1].headers[b"Content-Disposition"].decode()
        assert re.fullmatch(r'form-data; name="file"; filename="recording(\.\w+)?"', disposition)
        assert parts[0].content == name.encode("utf-8", "replace")
    finally:
        store.close()


@every_name
def test_a_session_file_of_any_name_and_of_any_recording_is_read(name):
    session = replace(answers.session(title=name), recording_name=name)
    for content in (session_json.write_session(session), json.dumps(answers.v1()).encode()):
        read = session_json.read_session(content, name=name).session
        for text in (read.title, read.recording_name):
            assert text == one_line(text)
            assert len(text) <= session_json.MAX_NAME_CHARACTERS


@every_name
def test_a_transcript_of_any_name_is_read(name):
    content = b"1\n00:00:01,000 --> 00:00:02,000\nYes.\n"
    reading = transcript.read(content, name=f"{name}.srt")
    assert [line.text for line in reading.lines] == ["Yes."]
    with pytest.raises(TranscriptError):
        transcript.read(content, name=f"{name}.srt\0")


@every_name
def test_a_file_of_any_format_names_a_recording_of_any_name(name):
    about = {**sessions.ABOUT, "title": name, "recording": name}
    bundle = replace(sessions.full_session(), about=about, media=name)
    written = {format_.key: format_.write(bundle) for format_ in exports.FORMATS}
    root = ET.fromstring(written["eaf"])
    for media in root.iter("MEDIA_DESCRIPTOR"):
        linked = media.get("RELATIVE_MEDIA_URL").removeprefix("./")
        assert re.fullmatch(r"[\w.~%-]+", linked, re.ASCII)
        assert linked.strip(".")
    assert b"<img src=x" not in written["html"]
    text = written["csv"].decode("utf-8-sig")
    assert not re.search(r"(^|[,\n])\"?=cmd", text)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/library.db"


@every_name
def test_an_archive_s_entries_of_any_name_are_read_and_written_nowhere(name, library, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    content = session_json.write_session(answers.session(title=name))
    packed = io.BytesIO()
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.json", content)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(_entry(name), content)
        archive.writestr(_entry(f"inside {name}.zip"), inner.getvalue())
    counts = read_archive(library, packed, bounds=archive_bounds.PAGE)
    assert counts.sessions + counts.unread == 2 - name.endswith("/")
    assert sorted(tmp_path.rglob("*")) == before


def _entry(name):
    return zipfile.ZipInfo(name.encode("utf-8", "replace").decode() or "empty")


@every_name
def test_an_archive_that_is_written_has_names_of_its_own(name, library):
    library.save(replace(answers.session(title=name), recording_name=name))
    packed = io.BytesIO()
    write_archive(library, packed)
    with zipfile.ZipFile(packed) as archive:
        (entry,) = archive.namelist()
        assert is_safe_everywhere(entry.removeprefix("sessions/"))
        read = json.loads(archive.read(entry))["session"]
    assert read["title"] == one_line(name)[:MAX_TITLE] or not one_line(name)
