"""Writes clips of one recording into a file: one, or several behind each other as a reel.

What comes out plays everywhere: mp4 with its index in front, H.264 in 8 bits of an even size, AAC.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from av.container import OutputContainer
from av.frame import Frame
from av.video.frame import VideoFrame

from lib import timecode
from lib.recordings.caption import blur_picture, draw_caption, draw_card
from lib.recordings.clip import CARD_SECONDS, Clip, ClipRequest
from lib.recordings.damage import Damage
from lib.recordings.decoder import Decoder, seconds_of
from lib.recordings.encoding_ladder import Encoding
from lib.recordings.keyframes import read_from_keyframe
from lib.recordings.picture_track import Edit, PictureTrack
from lib.recordings.remuxer import open_target
from lib.recordings.sound_track import SoundTrack
from lib.recordings.source import AnyPacket, Progress, Source, open_source
from lib.recordings.step import Step

ENCODING = Encoding(720, 30, 2_500_000, 128_000)


@contextmanager
def open_writer(
    path: Path, target: Path, request: ClipRequest, damage: Damage
) -> Iterator[ClipWriter]:
    """A writer of clips of the recording at `path` into `target`, finished at the end.

    Raises:
        EmptyStretchError: the recording has no such track.
    """
    with open_source(path, _step(request)) as source, open_target(target, "mp4") as out:
        if about := "; ".join(filter(None, (request.label, request.about))):
            out.metadata["comment"] = about
        writer = ClipWriter(path, source, out, request, damage)
        yield writer
        writer.finish()


class ClipWriter:
    """Adds one clip after the other."""

    def __init__(
        self,
        path: Path,
        source: Source,
        out: OutputContainer,
        request: ClipRequest,
        damage: Damage,
    ) -> None:
        self.seconds = Fraction(0)  # that were written
        self._path, self._out, self._request, self._damage = path, out, request, damage
        self._waiting: list[AnyPacket] = []
        self._picture = self._sound = None
        if source.picture:
            self._picture = PictureTrack(source.picture, ENCODING, out)
        if source.sounds:
            rate = ENCODING.sound_bit_rate
            self._sound = SoundTrack(source.sounds, out, codec="aac", bit_rate=rate, end=None)

    def add(self, clip: Clip, progress: Progress) -> bool:
        """Write a clip, in a reel behind its title; False where nothing was in it."""
        start, end = Fraction(clip.start), Fraction(clip.end)
        card = Fraction(CARD_SECONDS) if self._request.reel else Fraction(0)
        with open_source(self._path, _step(self._request, clip)) as source:
            stretch = _Stretch(self, clip, self.seconds, card)
            decoder, over = Decoder(source, start, self._damage), set()
            _, packets = read_from_keyframe(source, start, self._damage)
            for packet in packets:
                index = packet.stream.index
                for frame, time in decoder.decode(packet) if index not in over else ():
                    if time >= end - start:
                        over.add(index)
                        break
                    stretch.take(frame, time)
                    progress(min(1.0, max(0.0, float(time / (end - start)))))
                if len(over) == len(source.streams):
                    break
        read = end - start if over else min(stretch.latest, end - start)
        if stretch.latest <= 0:
            return False
        stretch.finish()
        self.seconds += card + read
        return True

    def finish(self) -> None:
        """Write the rest."""
        if self._picture:
            self.write(self._picture.finish(self.seconds))
        if self._sound and self.seconds:
            self.write(self._sound.finish())
        self._out.mux(self._waiting)

    def add_picture(self, frame: VideoFrame, time: Fraction, edit: Edit | None) -> None:
        """Write a picture that is shown from `time` on."""
        if self._picture:
            self.write(self._picture.add(frame, time, edit))

    def add_sound(self, frame: AudioFrame, time: Fraction) -> None:
        """Write a block of sound that is heard at `time`."""
        if self._sound:
            self.write(self._sound.add(0, frame, time))

    def add_card(self, clip: Clip, like: VideoFrame, time: Fraction) -> None:
        """Write the title of a clip as a picture of the size of those like this one."""
        if self._picture:
            size = self._picture.open_for(like)
            self.add_picture(draw_card(*size, card_lines(clip, self._request)), time, None)

    def edit_for(self, clip: Clip, begin: Fraction) -> Edit | None:
        """What is made of each picture of a clip that begins at this time of the file."""
        request = self._request

        def edit(picture: VideoFrame, time: Fraction) -> VideoFrame:
            if request.picture == "blurred":
                picture = blur_picture(picture)
            if request.captions:
                seconds = clip.start + max(0.0, float(time - begin))
                picture = draw_caption(picture, caption_lines(clip, request, seconds))
            return picture

        return edit if request.picture == "blurred" or request.captions else None

    def write(self, packets: Iterator[AnyPacket]) -> None:
        """Write packets, once all tracks are in the file."""
        self._waiting.extend(packets)
        if self._picture is None or self._picture.is_open:
            self._out.mux(self._waiting)
            self._waiting = []


class _Stretch:
    """The pictures and the sound of one clip; its file has been written up to `begin`."""

    def __init__(self, writer: ClipWriter, clip: Clip, begin: Fraction, card: Fraction) -> None:
        self.latest = Fraction(0)  # end of what was read, since the beginning of the clip
        self._writer, self._clip = writer, clip
        self._card_at = begin if card else None
        self._begin = begin + card
        self._length = Fraction(clip.end) - Fraction(clip.start)
        self._held: VideoFrame | None = None  # the last picture before the beginning
        self._edit = writer.edit_for(clip, self._begin)

    def take(self, frame: Frame, time: Fraction) -> None:
        """A picture or a block of sound, at a time since the beginning of the clip."""
        end = time + seconds_of(frame)
        self.latest = max(self.latest, end, time)
        if isinstance(frame, AudioFrame):
            sound = _cut_sound(frame, -time, self._length - time)
            if sound:
                self._writer.add_sound(sound, self._begin + max(Fraction(0), time))
        elif isinstance(frame, VideoFrame):
            if time <= 0:
                self._held = frame
                return
            self.finish()
            self._add_card(frame)
            self._writer.add_picture(frame, self._begin + time, self._edit)

    def finish(self) -> None:
        """Write the picture that is shown at the beginning, behind the title."""
        if self._held:
            self._add_card(self._held)
            self._writer.add_picture(self._held, self._begin, self._edit)
            self._held = None

    def _add_card(self, like: VideoFrame) -> None:
        if self._card_at is not None:
            self._writer.add_card(self._clip, like, self._card_at)
            self._card_at = None


def caption_lines(clip: Clip, request: ClipRequest, seconds: float) -> tuple[str, ...]:
    """What stands in the picture at this time of the recording [s]."""
    clock = f"{timecode.format_time(int(seconds), digits=0)} in the recording"
    return clip.caption, " · ".join(filter(None, (clock, request.label)))


def card_lines(clip: Clip, request: ClipRequest) -> tuple[str, ...]:
    """What stands on the title of a clip."""
    return tuple(filter(None, (*clip.caption.split(" · "), request.label)))


def _step(request: ClipRequest, clip: Clip | None = None) -> Step:
    return Step(
        "encode",
        "mp4",
        start=clip.start if clip else 0.0,
        end=clip.end if clip else None,
        picture=request.picture != "none",
        encoding=ENCODING,
    )


def _cut_sound(frame: AudioFrame, start: Fraction, end: Fraction) -> AudioFrame | None:
    """What of a block lies between two times since its own beginning [s]; None for nothing."""
    rate = frame.sample_rate
    first, last = max(0, round(start * rate)), min(frame.samples, round(end * rate))
    if first >= last:
        return None
    if (first, last) == (0, frame.samples):
        return frame
    values = 1 if frame.format.is_planar else frame.layout.nb_channels
    block: Any = np.ascontiguousarray(frame.to_ndarray()[:, first * values : last * values])
    cut = AudioFrame.from_ndarray(block, format=frame.format.name, layout=frame.layout.name)
    cut.sample_rate = rate
    return cut
