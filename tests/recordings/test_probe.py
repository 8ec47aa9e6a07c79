"""What is in a recording, read in a process of its own."""

import os
import subprocess
import sys

import av
import pytest

from lib.errors import (
    CutRecordingError,
    EmptyRecordingError,
    NotARecordingError,
    ProbeLimitError,
)
from lib.recordings import container_probe
from lib.recordings import probe as probes
from lib.recordings.probe import probe
from tests.clips import clip, remux, state_length
from tests.clock_clips import clock_clip


def probe_file(path):
    return probe(path, name="x", size=path.stat().st_size)


@pytest.mark.parametrize(
    ("suffix", "video", "audio", "container", "codecs"),
    [
        ("mp4", "libx264", "aac", "mp4", ("h264", "aac")),
        ("mov", "libx264", "aac", "mov", ("h264", "aac")),
        ("avi", "mpeg4", "mp2", "avi", ("mpeg4", "mp2")),
        ("mkv", "libx264", "aac", "mkv", ("h264", "aac")),
        ("webm", "libvpx", "libopus", "webm", ("vp8", "opus")),
        ("ts", "mpeg2video", "mp2", "mpeg-ts", ("mpeg2video", "mp2")),
        ("wav", None, "pcm_s16le", "wav", (None, "pcm_s16le")),
        ("mp4", "libx264", None, "mp4", ("h264", None)),
    ],
)
def test_a_recording_is_looked_into(tmp_path, suffix, video, audio, container, codecs):
    path = clip(tmp_path / f"x.{suffix}", video=video, audio=audio)
    recording = probe(path, name="x", size=path.stat().st_size)
    assert recording.container == container
    assert (recording.video_codec, recording.audio_codec) == codecs
    assert recording.duration == pytest.approx(4.0, abs=0.1)


@pytest.mark.parametrize(
    ("suffix", "video", "audio", "size", "tracks"),
    [
        ("mp4", "libx264", "aac", (64, 64, 10.0), 1),
        ("mkv", "libx264", None, (64, 64, 10.0), 0),
        ("wav", None, "pcm_s16le", (None, None, None), 1),
    ],
)
def test_size_rate_and_tracks_are_read(tmp_path, suffix, video, audio, size, tracks):
    recording = probe_file(clip(tmp_path / f"x.{suffix}", video=video, audio=audio))
    assert (recording.width, recording.height, recording.frame_rate) == size
    assert recording.sound_tracks == tracks
    assert bool(recording.sound_bit_rate) == bool(tracks)


def test_a_length_the_header_does_not_state_is_read_from_the_packets(tmp_path):
    whole = clip(tmp_path / "x.webm", video="libvpx", audio="libopus")
    # What a browser's recorder writes: no duration, no cues.
    path = remux(whole, tmp_path / "live.webm", live="1")
    with av.open(str(path)) as container:
        assert container.duration is None
    assert probe_file(path).duration == pytest.approx(4.0, abs=0.1)


@pytest.mark.parametrize(("stated", "read"), [(1.0, 8.0), (7.0, 7.0), (43_200.0, 43_200.0)])
def test_a_header_that_states_less_than_is_sent_is_not_believed(tmp_path, stated, read):
    recording = probe_file(state_length(clip(tmp_path / "x.mkv", seconds=8.0), stated))
    assert recording.duration == pytest.approx(read, abs=0.1)
    assert recording.states_length == (stated == read)


def test_what_is_short_as_its_header_states_is_so(tmp_path):
    recording = probe_file(clip(tmp_path / "x.mp4", seconds=2.0))
    assert recording.duration == pytest.approx(2.0, abs=0.05)
    assert recording.states_length


def test_a_length_is_counted_from_the_first_time(tmp_path):
    late = clock_clip(tmp_path / "x.webm", video="libvpx", audio="libopus", start=5)
    path = remux(late, tmp_path / "live.webm", live="1")
    assert probe_file(path).duration == pytest.approx(4.0, abs=0.1)


def with_picture(path, *, attached):
    """A sound with a picture of one frame, attached as the cover of an album is, or not."""
    with av.open(str(path), "w") as target:
        sound = target.add_stream("aac", rate=48_000)
        sound.layout = "mono"
        picture = target.add_stream("mjpeg", rate=1)
        picture.width = picture.height = 64
        picture.pix_fmt = "yuvj420p"
        if attached:
            picture.disposition = av.stream.Disposition.attached_pic
        frame = av.VideoFrame(64, 64, "yuvj420p")
        target.mux([*picture.encode(frame), *picture.encode()])
        for start in range(0, 4 * 48_000, 1024):
            samples = av.AudioFrame(format="fltp", layout="mono", samples=1024)
            samples.sample_rate, samples.pts = 48_000, start
            samples.planes[0].update(bytes(samples.planes[0].buffer_size))  # silence
            target.mux(sound.encode(samples))
        target.mux(sound.encode())
    return path


@pytest.mark.parametrize(("attached", "codec"), [(True, None), (False, "mjpeg")])
def test_the_cover_of_an_album_is_no_picture(tmp_path, attached, codec):
    recording = probe_file(with_picture(tmp_path / "x.mp4", attached=attached))
    assert (recording.video_codec, recording.audio_codec) == (codec, "aac")


@pytest.mark.parametrize(
    ("brand", "kind"), [(b"isom", "mp4"), (b"M4V ", "mp4"), (b"qt  ", "mov"), (b"3gp5", "3gp")]
)
def test_mp4_and_quicktime_are_told_apart_by_their_brand_not_by_their_suffix(tmp_path, brand, kind):
    path = clip(tmp_path / "x.mp4")
    path.write_bytes(path.read_bytes().replace(b"ftypisom", b"ftyp" + brand, 1))
    assert probe_file(path).container == kind


def test_a_film_without_a_brand_is_quicktime(tmp_path):
    path = clip(tmp_path / "x.mov")
    path.write_bytes(path.read_bytes().replace(b"ftypqt  ", b"freeqt  ", 1))
    assert probe_file(path).container == "mov"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyRecordingError),
        (b"no media at all", NotARecordingError),
        (b"\0" * 5000, NotARecordingError),
        (b"%PDF-1.7" + b" " * 999, NotARecordingError),
        (b"\x1aE\xdf\xa3" + b"\0" * 20, CutRecordingError),
    ],
)
def test_what_is_no_recording_says_why(tmp_path, content, error):
    path = tmp_path / "x.mp4"
    path.write_bytes(content)
    with pytest.raises(error):
        probe_file(path)


def test_a_codec_nobody_knows_is_called_unknown(tmp_path):
    path = clip(tmp_path / "x.mp4")
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz"))
    recording = probe_file(path)
    assert (recording.video_codec, recording.audio_codec) == ("unknown", "aac")


@pytest.mark.parametrize("suffix", ["m3u8", "mp4"])
def test_a_playlist_is_not_followed_to_other_files(tmp_path, suffix):
    other = clip(tmp_path / "other.ts", video="mpeg2video", audio="mp2")
    path = tmp_path / f"x.{suffix}"
    lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:4", "#EXTINF:4,", str(other), "#EXT-X-ENDLIST", ""]
    path.write_text("\n".join(lines))
    with pytest.raises(NotARecordingError):
        probe_file(path)


@pytest.mark.parametrize("index_first", [False, True])
def test_a_recording_whose_end_is_missing_says_so(tmp_path, index_first):
    options = {"movflags": "faststart"} if index_first else {}
    path = remux(clip(tmp_path / "whole.mp4"), tmp_path / "x.mp4", **options)
    probe_file(path)
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    with pytest.raises(CutRecordingError):
        probe_file(cut)


def element(identifier, content):
    """An element of Matroska: id, length, content."""
    return bytes.fromhex(identifier) + (len(content) | 1 << 56).to_bytes(8, "big") + content


def many_blocks(path, count):
    """A WebM without a duration, of very many blocks of one byte."""
    picture = element("E0", element("B0", b"\0\x40") + element("BA", b"\0\x40"))
    track = element("D7", b"\1") + element("73C5", b"\1") + element("83", b"\1")
    tracks = element("1654AE6B", element("AE", track + element("86", b"V_VP8") + picture))
    block = b"\xa3\x85\x81\0\0\x80\0"
    cluster = element("1F43B675", element("E7", b"\0") + block * count)
    head = element("1A45DFA3", element("4282", b"webm"))
    segment = bytes.fromhex("18538067") + b"\x01" + b"\xff" * 7
    path.write_bytes(head + segment + tracks + cluster)
    return path


def test_packets_are_counted_while_a_length_is_looked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(container_probe, "MAX_PACKETS", 100)
    assert (
        container_probe.read_container(many_blocks(tmp_path / "few.webm", 90))["container"]
        == "webm"
    )
    assert container_probe.read_container(many_blocks(tmp_path / "many.webm", 110)) == "limit"


def test_a_recording_that_takes_too_long_is_refused_until_there_is_time(tmp_path, monkeypatch):
    path = clip(tmp_path / "x.mp4")
    with monkeypatch.context() as hurry:
        hurry.setattr(probes, "MAX_SECONDS", 0.001)
        with pytest.raises(ProbeLimitError) as caught:
            probe_file(path)
    assert "may be busy" in caught.value.what
    assert caught.value.next_step.startswith("Try again")
    assert probe_file(path).container == "mp4"


def test_a_busy_machine_has_many_times_the_time_that_a_file_may_take_of_a_processor():
    assert probes.MAX_SECONDS >= 10 * container_probe.MAX_CPU_SECONDS


def test_what_takes_too_much_of_the_processor_is_told_from_a_busy_machine(tmp_path, monkeypatch):
    path = clip(tmp_path / "x.mp4")

    def killed(*_, **__):
        raise subprocess.CalledProcessError(-9, "container")

    monkeypatch.setattr(probes, "run_module", killed)
    with pytest.raises(ProbeLimitError) as caught:
        probe_file(path)
    assert caught.value.what == ProbeLimitError.default_what


@pytest.mark.parametrize(
    ("limit", "value", "spend"),
    [
        ("MAX_MEMORY_BYTES", 110 << 20, "bytearray(150 << 20)"),
        ("MAX_CPU_SECONDS", 1, "import time\nwhile time.process_time() < 5:\n    pass"),
    ],
)
def test_memory_and_time_of_the_process_that_reads_are_bounded(limit, value, spend):
    code = (
        "from lib.recordings import container\n"
        f"container.{limit} = {value}\n"
        f"container._limit_resources()\n{spend}"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode


def test_the_process_that_reads_bounds_itself(tmp_path):
    code = (
        "import resource, runpy\n"
        "runpy.run_module('lib.recordings.container_probe', run_name='__main__')\n"
        "print([resource.getrlimit(of)[0] for of in (resource.RLIMIT_DATA, resource.RLIMIT_CPU)])"
    )
    command = [sys.executable, "-c", code, str(clip(tmp_path / "x.mp4"))]
    done = subprocess.run(command, capture_output=True, check=True)
    bounds = [container_probe.MAX_MEMORY_BYTES, container_probe.MAX_CPU_SECONDS]
    assert done.stdout.endswith(f"}}{bounds}\n".encode())


def test_a_file_is_read_once_and_without_our_environment(tmp_path, monkeypatch):
    calls, run = [], subprocess.run

    def counted(*arguments, **options):
        calls.append(options["env"])
        return run(*arguments, **options)

    monkeypatch.setenv("INTERHUMAN_API_KEY", "ih_live_secret")
    monkeypatch.setattr(subprocess, "run", counted)
    path = clip(tmp_path / "x.mp4")
    assert probe_file(path) == probe_file(path)
    assert len(calls) == 1
    assert "ih_live_secret" not in calls[0].values()
    assert calls[0].keys() <= os.environ.keys()
