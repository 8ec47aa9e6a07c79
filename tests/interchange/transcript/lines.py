"""What the tests of the reader share: reading a text in few words."""

from lib.interchange import transcript
from lib.interchange.transcript import Choices


def read(text, name="a.srt", duration=None, **choices):
    content = text if isinstance(text, bytes) else text.encode()
    return transcript.read(content, name=name, choices=Choices(**choices), duration=duration)


def lines(text, name="a.srt", duration=None, **choices):
    """Each line as (start, end, speaker, text)."""
    return [tuple(line) for line in read(text, name, duration, **choices).lines]


def words(text, name="a.srt", **choices):
    return [line.text for line in read(text, name, **choices).lines]
