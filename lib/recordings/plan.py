"""The plan: in which ways a recording can be sent, best quality first. Pure.

What a way does to the accuracy of the analysis is not known: nothing here says so or guesses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lib.api_limits import MAX_BYTES, MAX_SECONDS, MIN_SECONDS
from lib.model import V1_MODEL, Options, Recording, V2Options
from lib.recordings.container_choice import copy_container
from lib.recordings.cuts import NEAR_SECONDS, CutRule, Stretch, cut_by_rule
from lib.recordings.encoding_ladder import (
    choose_encoding,
    expected_bytes,
    expected_cpu_seconds,
    fit_picture,
)
from lib.recordings.preflight import SOUND_MODEL, check_recording
from lib.recordings.ways import NO_WISHES, Kind, Part, Way, Wishes

_COPY_SHARE = 0.9  # of the limit: bit rates vary from part to part
_KEYFRAME_SECONDS = 20.0  # by which a part may begin earlier than asked for
_SHORTEST_COPY = 60.0  # a recording of which the limit is less than this long is made smaller
_SHARP_SECONDS = 240.0  # of a part, where parts must be encoded to be sharp
_SHARP_HEIGHT = 480  # pixels
_COPIED_BYTES_A_SECOND = 100_000_000


def find_ways(
    recording: Recording,
    *,
    options: Options,
    wishes: Wishes = NO_WISHES,
    window: float | None = None,
) -> tuple[Way, ...]:
    """The ways in which a recording can be sent, best quality first; empty when there is none.

    `window` [s] is that of the answers, None where not known. Sound alone is always for the model
    of sound, whatever the options say. Why there is no way, `preflight.check_recording` says: no
    sound, no picture, too short.
    """
    if recording.duration is None:
        stretch = None  # what has no length can only be sent as it is
    else:
        wish = wishes.stretch or Stretch(0.0, recording.duration)
        stretch = Stretch(max(0.0, wish.start), min(recording.duration, wish.end))
    ways = _unchanged_ways(recording, options, wishes)
    if stretch and stretch.seconds >= MIN_SECONDS:
        planner = _Planner(recording, stretch, wishes, window)
        if _takes_picture(recording, options) and (not ways or stretch.seconds > MAX_SECONDS):
            ways += planner.picture_ways(_model(options))
        if recording.audio_codec:
            ways += planner.sound_ways()
    return _drop_needless(ways)


def _drop_needless(ways: Sequence[Way]) -> tuple[Way, ...]:
    """The ways without those that are smaller and yet in as many parts: they are no choice."""
    fewest = min((len(way.parts) for way in ways if way.kind == "parts"), default=None)
    return tuple(
        way for way in ways if way.kind != "smaller" or fewest is None or len(way.parts) < fewest
    )


def _model(options: Options) -> str:
    return options.model if isinstance(options, V2Options) else V1_MODEL


def _takes_picture(recording: Recording, options: Options) -> bool:
    """Whether the recording has what a model of pictures needs, and such a model is asked for."""
    model = _model(options)
    return bool(
        recording.video_codec
        and model != SOUND_MODEL
        and (recording.audio_codec or model == V1_MODEL)
    )


def _unchanged_ways(recording: Recording, options: Options, wishes: Wishes) -> list[Way]:
    """The recording as it is, for the model of the options and, if that fails, that of sound."""
    if not _is_whole(recording, wishes) or _mixes(recording, wishes):
        return []
    sound_options = V2Options(model=SOUND_MODEL)
    alone = recording.video_codec is None
    for one in [options, sound_options] if alone else [options]:
        if not check_recording(recording, options=one).refusals:
            whole = Stretch(0.0, recording.duration or 0.0)
            part = Part(whole, whole, recording.size)
            size = (recording.width, recording.height)
            return [Way("as it is", _model(one), None, recording.container, (part,), *size)]
    return []


def _is_whole(recording: Recording, wishes: Wishes) -> bool:
    return wishes.stretch is None or (
        wishes.stretch.start <= 0 and wishes.stretch.end >= (recording.duration or 0.0)
    )


def _mixes(recording: Recording, wishes: Wishes) -> bool:
    """Whether another sound than the first is asked for, which the API would not find."""
    return recording.sound_tracks > 1 and wishes.sound_track != 0


@dataclass(frozen=True, slots=True)
class _Planner:
    """The ways that need preparing, of a stretch of a recording that is at least 3 s long."""

    recording: Recording
    stretch: Stretch
    wishes: Wishes
    window: float | None

    def picture_ways(self, model: str) -> list[Way]:
        copied = self._copied_picture(model)
        if copied and len(copied.parts) == 1:
            return [copied]
        small = self._encoded(model, "smaller", MAX_SECONDS, picture=True)
        if copied:
            return [copied, small]
        if len(small.parts) == 1 and small.encoding and small.encoding.height >= _SHARP_HEIGHT:
            return [small]
        return [self._encoded(model, "parts", _SHARP_SECONDS, picture=True), small]

    def sound_ways(self) -> list[Way]:
        alone = self.recording.video_codec is None
        if alone and _unchanged_ways(self.recording, V2Options(model=SOUND_MODEL), self.wishes):
            return []
        copied = self._copied_sound()
        if copied and len(copied.parts) == 1:
            return [copied]
        kind: Kind = "smaller" if alone else "sound"
        small = self._encoded(SOUND_MODEL, kind, MAX_SECONDS, picture=False)
        if copied and len(copied.parts) > len(small.parts):
            return [copied, small]
        return [copied or small]

    def _copied_picture(self, model: str) -> Way | None:
        recording = self.recording
        container = copy_container(
            recording.container, recording.video_codec, recording.audio_codec
        )
        rate = recording.size / (recording.duration or self.stretch.seconds)
        return self._copied(model, container, rate, picture=True)

    def _copied_sound(self) -> Way | None:
        recording = self.recording
        container = copy_container(recording.container, None, recording.audio_codec)
        if recording.video_codec is None:
            rate = recording.size / (recording.duration or self.stretch.seconds)
        elif recording.sound_bit_rate:
            rate = recording.sound_bit_rate / 8 * 1.05  # with what the container adds
        else:
            return None
        return self._copied(SOUND_MODEL, container, rate, picture=False)

    def _copied(
        self, model: str, container: str | None, rate: float, *, picture: bool
    ) -> Way | None:
        """Copied in one piece or in parts, at `rate` bytes/s; None where that cannot be."""
        if container is None or (_mixes(self.recording, self.wishes) and not self._one_track()):
            return None
        early = _KEYFRAME_SECONDS if picture else 0.0
        longest = min(MAX_SECONDS, _COPY_SHARE * MAX_BYTES / max(rate, 1.0)) - early
        whole = _is_whole(self.recording, self.wishes)
        if whole and self.stretch.seconds <= longest + early:
            longest = self.stretch.seconds
        if longest < min(_SHORTEST_COPY, self.stretch.seconds):
            return None
        parts, rule = self._parts(longest, rate)
        kind: Kind = "another container" if whole and len(parts) == 1 else "parts"
        return Way(
            kind if picture or not self.recording.video_codec else "sound",
            model,
            "copy",
            container,
            parts,
            self.recording.width if picture else None,
            self.recording.height if picture else None,
            work_seconds=sum(part.expected_bytes for part in parts) / _COPIED_BYTES_A_SECOND,
            rule=rule,
        )

    def _one_track(self) -> bool:
        return self.wishes.sound_track is not None

    def _encoded(self, model: str, kind: Kind, longest: float, *, picture: bool) -> Way:
        recording = self.recording
        parts, rule = self._parts(longest, 0.0)
        seconds = max(part.sent.seconds for part in parts)
        if rule:  # its cuts may yet move into pauses
            seconds = min(longest, seconds + 2 * NEAR_SECONDS + (self.window or 0.0))
        encoding = choose_encoding(seconds, height=recording.height, picture=picture)
        rate = expected_bytes(encoding, 1000.0) / 1000.0
        parts, _ = self._parts(longest, rate)
        pixels = (recording.width or 0) * (recording.height or 0) if picture else 0
        width, height = None, None
        if picture and recording.width and recording.height:
            width, height = fit_picture(encoding, recording.width, recording.height)
        return Way(
            kind,
            model,
            "encode",
            "mp4" if picture else "webm",
            parts,
            width,
            height,
            encoding,
            expected_cpu_seconds(
                encoding,
                sum(part.sent.seconds for part in parts),
                pixels=pixels,
                frame_rate=recording.frame_rate or 30.0,
            ),
            rule,
        )

    def _parts(self, longest: float, rate: float) -> tuple[tuple[Part, ...], CutRule | None]:
        """Parts of which none is sent longer than `longest`, at `rate` bytes/s, and their rule."""
        overlap = min(self.wishes.overlap, longest / 8)
        rule = CutRule(longest - 2 * overlap, self.window, overlap)
        if self.stretch.seconds <= longest:
            return (Part(self.stretch, self.stretch, round(self.stretch.seconds * rate)),), None
        return tuple(
            Part(core, sent, round(sent.seconds * rate))
            for core, sent in cut_by_rule(self.stretch, rule)
        ), rule
