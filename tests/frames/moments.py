"""What tests of moments share: a session in short, and its moments."""

from lib import frames
from lib.model import Analysis, Engagement, Quality, QualityWindow, Scores, Signal

EVEN = Scores(*[50.0] * 6)
SEVERAL, ENGAGEMENT, SWING, CALM = (rule.name for rule in frames.RULES)


def analysis_of(signals, engagement, windows):
    """An analysis whose sections are written as tuples of their values."""
    return Analysis(
        "v1",
        "inter-1",
        tuple(Signal(*values) for values in signals),
        tuple(Engagement(*values) for values in engagement),
        Quality(None, tuple(QualityWindow(*values) for values in windows)),
    )


def find_moments(signals=(), engagement=(), windows=(), *, duration=600.0, digits=0):
    analysis = analysis_of(signals, engagement, windows)
    return frames.moments(
        frames.signals(analysis, duration),
        frames.engagement(analysis, duration),
        frames.quality(analysis, duration),
        duration=duration,
        digits=dict.fromkeys(("signals", "engagement", "quality"), digits),
    )


def rows(frame):
    return list(frame[["start", "end", "reason"]].itertuples(index=False, name=None))


def scored(**more):
    return Scores(**{"quality_index": 60.0, "clarity": 60.0, "rapport": 71.0} | more)
