import io

import av
import pytest

from lib import media
from lib.model import Recording
from tests.clips import clip

GOOD = Recording("a.mp4", 1000, "mp4/mov", 60.0, "h264", "aac")


def changed(**changes):
    fields = {name: getattr(GOOD, name) for name in Recording.__slots__}
    return Recording(**{**fields, **changes})


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
    found = media.probe(path, name="x", size=path.stat().st_size)
    assert found.container == container
    assert (found.video_codec, found.audio_codec) == codecs
    assert found.duration == pytest.approx(4.0, abs=0.1)


def test_an_open_file_is_read_as_well_as_a_path(tmp_path):
    path = clip(tmp_path / "x.mp4")
    opened = io.BytesIO(path.read_bytes())
    opened.seek(17)
    size = path.stat().st_size
    assert media.probe(opened, name="x", size=size) == media.probe(path, name="x", size=size)


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
    assert media.probe(path, name="x", size=1).duration == pytest.approx(4.0, abs=0.1)


@pytest.mark.parametrize("content", [b"", b"no media at all", b"\0" * 5000, b"ftypmp42" * 50])
def test_what_is_no_media_is_said_to_be_unreadable(tmp_path, content):
    path = tmp_path / "x.mp4"
    path.write_bytes(content)
    with pytest.raises(media.UnreadableRecordingError):
        media.probe(path, name="x", size=len(content))


def test_a_codec_nobody_knows_is_called_unknown(tmp_path):
    path = clip(tmp_path / "x.mp4")
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz"))
    found = media.probe(path, name="x", size=1)
    assert (found.video_codec, found.audio_codec) == ("unknown", "aac")
    assert not media.plays_in_browser(found)


@pytest.mark.parametrize("suffix", ["m3u8", "mp4"])
@pytest.mark.parametrize("opened", [False, True])
def test_a_playlist_is_not_followed_to_other_files(tmp_path, suffix, opened):
    other = clip(tmp_path / "other.ts", video="mpeg2video", audio="mp2")
    path = tmp_path / f"x.{suffix}"
    lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:4", "#EXTINF:4,", str(other), "#EXT-X-ENDLIST", ""]
    path.write_text("\n".join(lines))
    with pytest.raises(media.UnreadableRecordingError):
        media.probe(io.BytesIO(path.read_bytes()) if opened else path, name="x", size=1)


def test_a_clip_that_was_cut_off_is_unreadable(tmp_path):
    path = clip(tmp_path / "x.mp4")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(media.UnreadableRecordingError):
        media.probe(path, name="x", size=1)


@pytest.mark.parametrize(
    ("recording", "api", "model", "said"),
    [
        (changed(size=media.MAX_BYTES + 1), "v1", "", "at most"),
        (changed(duration=2.9), "v1", "", "3 s at least"),
        (changed(duration=1801.0), "v2", "inter-2", "30 minutes at most"),
        (changed(container="gif"), "v1", "", "does not take this kind"),
        (changed(container="wav"), "v2", "inter-2", "does not take this kind"),
        (changed(container="avi"), "v2", "inter-2-audio", "does not take this kind"),
        (changed(video_codec=None), "v1", "", "no picture"),
        (changed(audio_codec=None), "v2", "inter-2", "no sound"),
        (changed(audio_codec=None), "v2", "inter-2-audio", "no sound"),
    ],
)
def test_what_the_api_would_refuse_is_refused_with_a_remedy(recording, api, model, said):
    verdict = media.judge(recording, api=api, model=model)
    assert [finding for finding in verdict.refusals if said in finding.what]
    assert all(finding.remedy for finding in verdict.refusals)
    assert verdict.warnings == ()


@pytest.mark.parametrize(
    ("recording", "api", "model", "said"),
    [
        (changed(audio_codec=None), "v1", "", "no sound"),
        (changed(duration=1801.0), "v1", "", "longer than 30 minutes"),
        (changed(duration=None), "v1", "", "length"),
        (changed(video_codec="hevc"), "v1", "", "will not show"),
        (changed(container="avi", video_codec="mpeg4"), "v2", "inter-2", "will not show"),
    ],
)
def test_what_is_doubtful_is_only_a_warning(recording, api, model, said):
    verdict = media.judge(recording, api=api, model=model)
    assert verdict.refusals == ()
    assert said in verdict.warnings[0].what


@pytest.mark.parametrize(
    ("recording", "api", "model"),
    [
        (GOOD, "v1", ""),
        (GOOD, "v2", "inter-2"),
        (changed(size=media.MAX_BYTES, duration=3.0), "v1", ""),
        (changed(container="wav", video_codec=None), "v2", "inter-2-audio"),
    ],
)
def test_a_good_recording_passes_without_a_word(recording, api, model):
    assert media.judge(recording, api=api, model=model) == media.Verdict()
