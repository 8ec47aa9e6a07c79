import email

import pytest

from lib.errors import LocalFileError
from lib.interhuman.progress import Sending, Sent
from lib.interhuman.upload import Upload
from lib.model import V1Options, V2Options


def read_form(path, fields=(), *, size=1000):
    """The parts of the form as an HTTP server would read them, and the events on the way."""
    events = []
    with Upload(path, tuple(fields)).opened(events.append) as (body, kind):
        blocks = []
        while block := body.read(size):
            blocks.append(block)
        assert body.done
        assert body.len == body.sent == sum(map(len, blocks))
    assert max(map(len, blocks)) <= size
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    return email.message_from_bytes(head + b"".join(blocks)).get_payload(), events


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "Jane Doe, final.mp4"
    path.write_bytes(bytes(range(1, 10)) * 500)
    return path


def test_the_form_carries_the_fields_and_then_the_file_whole(file):
    parts, _ = read_form(file, V2Options().fields())
    names = [part.get_param("name", header="content-disposition") for part in parts]
    assert names == ["model", "include[]", "include[]", "include[]", "file"]
    assert parts[-1].get_payload(decode=True) == file.read_bytes()


def test_the_users_file_name_is_never_sent(file):
    parts, _ = read_form(file)
    assert parts[-1].get_filename() == "recording.mp4"
    assert parts[-1].get_content_type() == "video/mp4"
    assert "Jane" not in parts[-1].as_string()


@pytest.mark.parametrize("suffix", ["", ".exe", '.mp4"x', ".m\r\nX-Evil: 1"])
def test_a_suffix_that_is_none_of_the_known_is_not_sent(tmp_path, suffix):
    path = tmp_path / f"talk{suffix}"
    path.write_bytes(b"abc")
    parts, _ = read_form(path)
    assert parts[-1].get_filename() == "recording"
    assert parts[-1].get_content_type() == "application/octet-stream"


def test_progress_rises_to_the_total_and_then_all_is_sent(file):
    _, events = read_form(file)
    *steps, last = events
    assert last == Sent()
    assert all(isinstance(step, Sending) for step in steps)
    assert steps[0].sent == 0
    assert [step.sent for step in steps] == sorted({step.sent for step in steps})
    assert steps[-1].sent == steps[-1].total > 4500


def test_v1_asks_for_both_quality_sections_and_for_feedback_as_told():
    assert V1Options().fields() == [
        ("include[]", "conversation_quality_overall"),
        ("include[]", "conversation_quality_timeline"),
    ]
    fields = V1Options(include=(), goals=("clarity", "rapport"), context=" A pitch. ").fields()
    assert fields == [
        ("goal_dimensions[]", "clarity"),
        ("goal_dimensions[]", "rapport"),
        ("conversation_context", "A pitch."),
    ]
    assert V1Options(include=(), context="  ").fields() == []


def test_v2_asks_for_all_three_sections_and_waits_only_when_told():
    assert V2Options().fields() == [
        ("model", "inter-2"),
        ("include[]", "signals"),
        ("include[]", "conversation_quality_overall"),
        ("include[]", "conversation_quality_timeline"),
    ]
    fields = V2Options(model="inter-2-audio", include=(), wait_seconds=20).fields()
    assert fields == [("model", "inter-2-audio"), ("wait_seconds", "20")]


def test_a_context_in_any_script_arrives_and_half_a_character_does_not_stop_it(file):
    parts, _ = read_form(file, V1Options(include=(), context="Gespräch 会話 \ud800").fields())
    assert parts[0].get_payload(decode=True).decode() == "Gespräch 会話 ?"


@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "nul"])
def test_a_file_that_cannot_be_sent_is_told_before_anything_is(tmp_path, kind):
    (tmp_path / "empty.mp4").touch()
    path = tmp_path / {"folder": "", "nul": "a\0b"}.get(kind, f"{kind}.mp4")
    with pytest.raises(LocalFileError):
        read_form(path)


def test_a_file_that_breaks_while_it_is_read_is_a_local_error(file, monkeypatch):
    with Upload(file, ()).opened(lambda _: None) as (body, _):

        def broken(size):
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(body._encoder, "read", broken)
        with pytest.raises(LocalFileError):
            body.read(10)
