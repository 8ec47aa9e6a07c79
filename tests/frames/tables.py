"""What tests of tables share: small analyses, and their signals as a table."""

from lib import frames
from lib.model import Analysis, Scores, Signal

EVEN = Scores(*[50.0] * 6)


def analysis(signals=None, engagement=None, quality=None, **more):
    return Analysis("v1", "inter-1", signals, engagement, quality, **more)


def signals(*sent, duration=60.0):
    return frames.signals(analysis(sent), duration)


def spans_of(*times, kind="stress", duration=None):
    return signals(*(Signal(kind, start, end) for start, end in times), duration=duration)
