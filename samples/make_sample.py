"""Make sample.mp4 and print when each line is spoken.

Run from the repository's root by a developer who has ffmpeg and espeak-ng:
`python -m samples.make_sample`. The app and its tests need neither. The same versions of the two
tools give the same file, byte for byte.
"""

from __future__ import annotations

import subprocess
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from samples.pen import ZOOM
from samples.scene import Moment, frame
from samples.script import LENGTH, LINES, SILENCE, Line

CLIP = Path(__file__).with_name("sample.mp4")
RATE = 22_050  # samples a second, as espeak-ng speaks
FPS = 20
VOICES = {"Ana": "en-us+f3", "Ben": "en-gb"}
LEVEL = 0.11  # loudness of a spoken line (root mean square, 1 is full scale)
AUDIBLE = 0.006  # below it a voice has not begun, or has ended
ROOM_TONE = 0.0006  # so that a pause is not a hole
LINGER = 0.7  # seconds a caption stays after its line

Sound = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Take:
    """A spoken line: its sound, from the first audible sample to the last."""

    line: Line
    sound: Sound

    @property
    def end(self) -> float:
        """When the line ends in the clip, in seconds."""
        return self.line.start + len(self.sound) / RATE


def speak(line: Line) -> Take:
    """Let espeak-ng say a line, trimmed and brought to one loudness."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "line.wav"
        manner = ["-v", VOICES[line.speaker], "-s", str(line.rate), "-p", str(line.pitch)]
        subprocess.run(["espeak-ng", *manner, "-w", path, line.text], check=True)
        with wave.open(str(path)) as source:
            samples = np.frombuffer(source.readframes(source.getnframes()), dtype="<i2")
    sound = samples / 32_768
    heard = np.flatnonzero(np.abs(sound) > AUDIBLE)
    sound = sound[heard[0] : heard[-1] + 1]
    gain = LEVEL / float(np.sqrt(np.mean(sound**2)))
    return Take(line, np.clip(sound * gain, -0.95, 0.95))


def track(takes: Sequence[Take], speaker: str) -> Sound:
    """Lay the lines of one speaker on the clip's time line."""
    sound = np.zeros(round(LENGTH * RATE))
    for take in takes:
        if take.line.speaker == speaker:
            first = round(take.line.start * RATE)
            sound[first : first + len(take.sound)] += take.sound
    return sound


def mouth(sound: Sound) -> Sound:
    """How far a mouth is open in each frame, from 0 to 1."""
    edges = [round(index * RATE / FPS) for index in range(round(LENGTH * FPS) + 1)]
    loud = np.array([np.sqrt(np.mean(sound[a:b] ** 2)) for a, b in pairwise(edges)])
    return np.clip(loud / (2 * LEVEL), 0.0, 1.0)


def moments(takes: Sequence[Take]) -> Iterator[Moment]:
    """What is heard in each frame, in order."""
    mouths = {name: mouth(track(takes, name)) for name in VOICES}
    for index in range(round(LENGTH * FPS)):
        time = index / FPS
        begun = [take for take in takes if take.line.start <= time < take.end + LINGER]
        speaker, caption = (begun[-1].line.speaker, begun[-1].line.text) if begun else ("", "")
        if not caption and SILENCE[0] < time < SILENCE[1]:
            caption = "Ben studies the plan. Nobody speaks."
        yield Moment(
            time,
            {name: float(values[index]) for name, values in mouths.items()},
            frozenset(take.line.speaker for take in begun if time < take.end),
            speaker,
            caption,
        )


def write_sound(path: Path, takes: Sequence[Take]) -> None:
    """Mix the voices over a faint room tone into a WAV file."""
    noise = np.random.default_rng(1).normal(0.0, ROOM_TONE, round(LENGTH * RATE))
    mix = np.clip(noise + sum(track(takes, name) for name in VOICES), -0.98, 0.98)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((mix * 32_767).astype("<i2").tobytes())


def encode(takes: Sequence[Take], path: Path) -> None:
    """Draw every frame and encode clip and sound; a key frame each second makes seeking instant."""
    with TemporaryDirectory() as folder:
        sound = Path(folder) / "sound.wav"
        write_sound(sound, takes)
        size = f"{640 * ZOOM}x{360 * ZOOM}"
        command = ["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"]
        command += ["-s", size, "-r", str(FPS), "-i", "-", "-i", str(sound)]
        command += ["-vf", "scale=960:540:flags=lanczos:out_color_matrix=bt709"]
        command += ["-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709"]
        command += ["-color_trc", "bt709"]
        command += ["-c:v", "libx264", "-preset", "veryslow", "-tune", "animation", "-crf", "31"]
        command += ["-g", str(FPS), "-keyint_min", str(FPS), "-sc_threshold", "0", "-threads", "2"]
        command += ["-af", "highpass=f=70,lowpass=f=8500", "-c:a", "aac", "-b:a", "48k"]
        command += ["-ar", "44100", "-map_metadata", "-1", "-fflags", "+bitexact"]
        command += ["-flags:v", "+bitexact", "-flags:a", "+bitexact"]
        command += ["-movflags", "+faststart", "-t", str(LENGTH), str(path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as ffmpeg:
            if ffmpeg.stdin is None:
                raise RuntimeError("ffmpeg was started without an input")
            for moment in moments(takes):
                ffmpeg.stdin.write(frame(moment).tobytes())
            ffmpeg.stdin.close()
    if ffmpeg.returncode:
        raise SystemExit(f"ffmpeg failed with code {ffmpeg.returncode}")


def main() -> None:
    """Make the clip and print the time line."""
    takes = [speak(line) for line in LINES]
    for take in takes:
        print(f"{take.line.start:5.1f} - {take.end:5.2f}  {take.line.speaker}: {take.line.text}")
    encode(takes, CLIP)
    print(f"{CLIP.name}: {CLIP.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
