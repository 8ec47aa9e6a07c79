"""The checks on the file itself, by what is in it."""

import io
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.sandbox import Limits, checks, containers
from lib.sandbox.checks import check_media
from lib.sandbox.errors import Refused

SUFFIXES = ("mp4", "mov", "mkv", "avi", "ts", "webm", "m4a", "mp3", "wav", "flac", "ogg")
ACCEPTED = {
    "inter-1": ("mp4", "mov", "mkv", "avi", "ts", "webm"),
    "inter-2": ("mp4", "mov", "mkv", "avi", "ts", "webm"),
    "inter-2-audio": ("mp4", "webm", "m4a", "mp3", "wav", "flac", "ogg"),
}
SIGNATURES = (
    b"\0\0\0\x20ftypisom",
    b"\0\0\0\x14ftypqt  ",
    b"\x1aE\xdf\xa3\x9fB\x82\x84webm",
    b"\x1aE\xdf\xa3",
    b"RIFF\0\0\0\0AVI ",
    b"RIFF\0\0\0\0WAVE",
    b"fLaC",
    b"OggS",
    b"ID3",
    b"G" + b"\0" * 187 + b"G",
)


def outcome(path, model, **limits):
    """The error id, or the media that was accepted."""
    with path.open("rb") as file:
        try:
            return check_media(file, model=model, limits=Limits(**limits))
        except Refused as refused:
            return refused.error_id


@pytest.mark.parametrize("model", ACCEPTED)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_model_takes_its_containers_and_no_others(clips, model, suffix):
    result = outcome(clips[suffix], model)
    if suffix in ACCEPTED[model]:
        assert result.container == {"ts": "mpeg-ts"}.get(suffix, suffix)
        assert result.seconds == pytest.approx(4.0, abs=0.1)
    else:
        assert result == "ih4002"


def test_what_is_not_media_is_an_unsupported_container(tmp_path):
    path = tmp_path / "notes.mp4"
    for text in (b"", b"a", b"Not a film.", b"#EXTM3U\nfile:///etc/hostname\n", b"\0" * 1000):
        path.write_bytes(text)
        assert outcome(path, "inter-1") == "ih4002"


@pytest.mark.parametrize("model", ["inter-1", "inter-2", "inter-2-audio"])
def test_a_file_cut_short_before_its_index_is_unreadable(clips, tmp_path, model):
    path = tmp_path / "cut.mp4"
    path.write_bytes(clips["mp4"].read_bytes()[:5000])
    assert outcome(path, model) == "ih5002"


@given(signature=st.sampled_from(SIGNATURES), rest=st.binary(max_size=600))
def test_a_broken_file_is_refused_and_nothing_worse(signature, rest):
    with pytest.raises(Refused, match=r"ih4002|ih4007|ih5001|ih5002"):
        check_media(io.BytesIO(signature + rest), model="inter-1", limits=Limits())


def test_a_stamped_transport_stream_is_one():
    assert containers.detect_container(b"\0\0\0\0G" + b"\0" * 191 + b"G") == "mpeg-ts"


@pytest.mark.parametrize("head", [b"\xff\xfb\x90\x64", b"\xff\xf3\x40\xc0", b"ID3\x04"])
def test_an_mp3_is_one_with_and_without_a_tag(head):
    assert containers.detect_container(head) == "mp3"


def test_a_raw_aac_stream_is_none_of_them():
    assert containers.detect_container(b"\xff\xf1\x50\x80") is None


@pytest.mark.parametrize("model", ["inter-1", "inter-2"])
def test_a_file_without_picture_is_refused(sound, model):
    assert outcome(sound, model) == "ih5001"


def test_a_file_without_sound_is_refused_by_v2_only(silent):
    assert outcome(silent, "inter-2") == "ih5008"
    assert outcome(silent, "inter-2-audio") == "ih5008"
    assert outcome(silent, "inter-1").audio is False


def test_a_file_that_is_too_short_is_refused(short):
    assert outcome(short, "inter-2") == "ih4007"
    assert outcome(short, "inter-2", min_seconds=1.0).seconds == pytest.approx(2.0, abs=0.1)


def test_a_file_that_is_too_long_is_refused(tmp_path):
    path = tmp_path / "long.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 1, 1000, 0, "NONE", "not compressed"))
        out.writeframes(b"\x80" * 1_801_000)
    assert outcome(path, "inter-2-audio") == "ih4004"
    assert outcome(path, "inter-2-audio", max_seconds=1801.0).seconds == 1801.0


def test_a_length_missing_from_the_header_is_read_from_the_packets(recorded):
    media = outcome(recorded, "inter-2")
    assert media.container == "webm"
    assert media.seconds == pytest.approx(4.0, abs=0.1)


def test_the_digest_is_that_of_the_whole_file(clips, tmp_path):
    longer = tmp_path / "longer.mp4"
    longer.write_bytes(clips["mp4"].read_bytes() + b"\0\0\0\x08free")
    first, second = outcome(clips["mp4"], "inter-1"), outcome(longer, "inter-1")
    assert first.seconds == second.seconds
    assert first.digest != second.digest


def test_packets_are_counted_while_a_length_is_looked_for(recorded, monkeypatch):
    monkeypatch.setattr(checks, "MAX_PACKETS", 10)
    assert outcome(recorded, "inter-2") == "ih5002"
