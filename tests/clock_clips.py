"""Clips that show and beep their own time, and readers of what they show.

Each picture has its number as black and white stripes, which no coder blurs; a beep begins at each
full second, on a second track half a second later.
"""

from fractions import Fraction

import av
import numpy as np

from tests.clip_cache import encoded_once, read_once

WIDTH, HEIGHT = 160, 120
BEEP_SECONDS = 0.1
TICKS = 1000  # a second, of the pictures' clock
_BITS = 6  # stripes, the highest bit first


def even_times(seconds, rate=10):
    """When each picture is shown, at an even rate."""
    return [Fraction(number, rate) for number in range(round(seconds * rate))]


@encoded_once
def clock_clip(path, *, times=None, video="libx264", audio="aac", **options):
    """A clip with pictures at `times` (4 s at 10 a second), and beeps.

    Options: `seconds` of sound, `rate` and `layout` of it, `tracks` of sound, `size` and `pixels`
    of the picture, `start` [s] of both, `sound_start` [s], `rotation`.
    """
    seconds, tracks = options.get("seconds", 4.0), options.get("tracks", 1)
    times = even_times(seconds) if times is None else times
    rate, layout = options.get("rate", 48_000), options.get("layout", "mono")
    start = Fraction(options.get("start", 0))
    with av.open(str(path), "w", format=options.get("form")) as out:
        picture = _add_picture(out, video, options) if video else None
        sounds = [out.add_stream(audio, rate=rate) for _ in range(tracks if audio else 0)]
        for sound in sounds:
            sound.layout, sound.bit_rate = layout, options.get("bit_rate", 96_000)
        packets = _pictures(picture, times, start, options) if picture else []
        for number, sound in enumerate(sounds):
            packets += _beeps(sound, seconds, start + options.get("sound_start", 0), number)
        packets.sort(key=lambda one: one.dts * one.time_base)
        out.mux(packets)
    return path


def _add_picture(out, video, options):
    fixed = 25 if video in {"wmv2", "mpeg1video", "mpeg2video", "flv", "mpeg4", "h263"} else None
    picture = out.add_stream(video, rate=fixed or TICKS, options=_sharp(video))
    picture.width, picture.height = options.get("size", (WIDTH, HEIGHT))
    picture.pix_fmt = options.get("pixels", "yuv420p")
    picture.codec_context.gop_size = 10
    picture.bit_rate = 400_000
    if fixed is None:
        picture.time_base = picture.codec_context.time_base = Fraction(1, TICKS)
    if options.get("rotation"):
        picture.set_display_rotation(options["rotation"])
    return picture


def _sharp(video):
    return {"crf": "8", "preset": "ultrafast", "bf": "2"} if video.startswith("libx26") else {}


def _pictures(stream, times, start, options):
    packets = []
    width, height = options.get("size", (WIDTH, HEIGHT))
    fixed = stream.codec_context.framerate if stream.codec_context.framerate < TICKS else None
    shown = times if fixed is None else _at_rate(times, fixed)
    for time, number in shown if fixed else zip(times, range(len(times)), strict=True):
        pixels = np.zeros((height, width, 3), dtype=np.uint8)
        for bit in range(_BITS):
            if number >> (_BITS - 1 - bit) & 1:
                pixels[:, bit * width // _BITS : (bit + 1) * width // _BITS] = 255
        frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
        frame = frame.reformat(format=stream.codec_context.pix_fmt)
        clock = Fraction(1, TICKS) if fixed is None else 1 / Fraction(fixed)
        frame.pts, frame.time_base = round((time + start) / clock), clock
        packets += stream.encode(frame)
    return packets + stream.encode(None)


def _at_rate(times, rate):
    """The pictures as a coder of a fixed rate shows them."""
    last = times[-1] + Fraction(1, 10)
    for tick in range(int(last * rate)):
        time = Fraction(tick) / Fraction(rate)
        yield time, sum(one <= time for one in times) - 1


def _beeps(stream, seconds, start, number):
    rate, packets = stream.rate, []
    count = round(seconds * rate)
    place = np.arange(count)
    on = (place / rate + number / 2) % 1 < BEEP_SECONDS
    wave = (0.5 * np.sin(2 * np.pi * 1000 * place / rate) * on).astype(np.float32)
    size = stream.codec_context.frame_size or 1024
    channels = stream.layout.nb_channels
    resampler = av.AudioResampler(format=stream.format, layout=stream.layout, rate=rate)
    for first in range(0, count, size):
        block = np.tile(wave[first : first + size], (channels, 1))
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=stream.layout.name)
        frame.sample_rate, frame.pts = rate, first + round(start * rate)
        frame.time_base = Fraction(1, rate)
        for one in resampler.resample(frame):
            packets += stream.encode(one)
    return packets + stream.encode(None)


@read_once
def shown_numbers(path, *, turned=False):
    """When each picture is shown [s], and its number; `turned` reads one on its side."""
    with av.open(str(path)) as container:
        origin = (container.start_time or 0) / av.time_base
        return [
            (float(frame.pts * frame.time_base) - origin, _number(frame, turned))
            for frame in container.decode(video=0)
        ]


def _number(frame, turned):
    pixels = frame.reformat(format="rgb24").to_ndarray()[:, :, 0].astype(float)
    columns = pixels.mean(axis=1 if turned else 0)
    return sum(
        1 << (_BITS - 1 - bit)
        for bit in range(_BITS)
        if columns[round((bit + 0.5) * len(columns) / _BITS)] > 128
    )


@read_once
def beep_times(path, track=0):
    """When each beep begins [s]."""
    times, last = [], -1.0
    with av.open(str(path)) as container:
        origin = (container.start_time or 0) / av.time_base
        resampler = av.AudioResampler(format="flt", layout="mono")
        for decoded in container.decode(audio=track):
            if decoded.pts is None:  # what a decoder gives at the very end
                continue
            begin = float(decoded.pts * decoded.time_base) - origin
            for frame in resampler.resample(decoded):
                loud = np.flatnonzero(np.abs(frame.to_ndarray()[0]) > 0.1)
                for time in begin + loud / frame.sample_rate:
                    if time - last > 0.3:
                        times.append(time)
                    last = time
    return times
