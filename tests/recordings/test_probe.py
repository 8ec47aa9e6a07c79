import io

import av
import pytest

from lib.errors import UnreadableRecordingError
from lib.recordings.preflight import plays_in_browser
from lib.recordings.probe import probe
from tests.clips import clip


@pytest.mark.parametrize(
    ("suffix", "video", "audio", "container", "codecs"),
    [
        ("mp4", "libx264", "aac", "mp4/mov", ("h264", "aac")),
        ("mov", "libx264", "aac", "mp4/mov", ("h264", "aac")),
        ("avi", "mpeg4", "mp2", "avi", ("mpeg4", "mp2")),
        ("mkv", "libx264", "aac", "mkv/webm", ("h264", "aac")),
        ("webm", "libvpx", "libopus", "mkv/webm", ("vp8", "opus")),
        ("ts", "mpeg2video", "mp2", "mpeg-ts", ("mpeg2video", "mp2")),
        ("wav", None, "pcm_s16le", "wav", (None, "pcm_s16le")),
        ("mp4", "libx264", None, "mp4/mov", ("h264", None)),
    ],
)
def test_a_recording_is_looked_into(tmp_path, suffix, video, audio, container, codecs):
    path = clip(tmp_path / f"x.{suffix}", video=video, audio=audio)
    recording = probe(path, name="x", size=path.stat().st_size)
    assert recording.container == container
    assert (recording.video_codec, recording.audio_codec) == codecs
    assert recording.duration == pytest.approx(4.0, abs=0.1)


def test_an_open_file_is_read_as_well_as_a_path(tmp_path):
    path = clip(tmp_path / "x.mp4")
    opened = io.BytesIO(path.read_bytes())
    opened.seek(17)
    size = path.stat().st_size
    assert probe(opened, name="x", size=size) == probe(path, name="x", size=size)


def test_a_length_the_header_does_not_state_is_read_from_the_packets(tmp_path):
    path = tmp_path / "live.webm"
    clip(tmp_path / "x.webm", video="libvpx", audio="libopus")
    options = {"live": "1"}  # what a browser's recorder writes: no duration, no cues
    with (
        av.open(str(tmp_path / "x.webm")) as source,
        av.open(str(path), "w", container_options=options) as target,
    ):
        streams = {s.index: target.add_stream_from_template(s) for s in source.streams}
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                target.mux(packet)
    with av.open(str(path)) as container:
        assert container.duration is None
    assert probe(path, name="x", size=1).duration == pytest.approx(4.0, abs=0.1)


@pytest.mark.parametrize("content", [b"", b"no media at all", b"\0" * 5000, b"ftypmp42" * 50])
def test_what_is_no_media_is_said_to_be_unreadable(tmp_path, content):
    path = tmp_path / "x.mp4"
    path.write_bytes(content)
    with pytest.raises(UnreadableRecordingError):
        probe(path, name="x", size=len(content))


def test_a_codec_nobody_knows_is_called_unknown(tmp_path):
    path = clip(tmp_path / "x.mp4")
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz"))
    recording = probe(path, name="x", size=1)
    assert (recording.video_codec, recording.audio_codec) == ("unknown", "aac")
    assert not plays_in_browser(recording)


@pytest.mark.parametrize("suffix", ["m3u8", "mp4"])
@pytest.mark.parametrize("opened", [False, True])
def test_a_playlist_is_not_followed_to_other_files(tmp_path, suffix, opened):
    other = clip(tmp_path / "other.ts", video="mpeg2video", audio="mp2")
    path = tmp_path / f"x.{suffix}"
    lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:4", "#EXTINF:4,", str(other), "#EXT-X-ENDLIST", ""]
    path.write_text("\n".join(lines))
    with pytest.raises(UnreadableRecordingError):
        probe(io.BytesIO(path.read_bytes()) if opened else path, name="x", size=1)


def test_a_clip_that_was_cut_off_is_unreadable(tmp_path):
    path = clip(tmp_path / "x.mp4")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(UnreadableRecordingError):
        probe(path, name="x", size=1)
