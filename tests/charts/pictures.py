"""What chart tests share: small sessions, and reading a figure as the browser will."""

import json

import numpy as np
import plotly.graph_objects as go

from lib import charts, frames
from lib.model import Analysis, Engagement, Quality, QualityWindow, Scores, Signal

EVEN = Scores(*[50.0] * 6)
HOSTILE = '<b>"%{x}"</b><a href="http://a.example">&amp;'


def analysis(signals=(), engagement=(), timeline=()):
    return Analysis("v1", "inter-1", tuple(signals), tuple(engagement), Quality(None, timeline))


def lanes(*signals, duration=60.0, digits=0, **more):
    frame = frames.signals(analysis(signals), duration)
    more = {"title": "Signals", **more}
    return charts.lanes(frames.lanes(frame), duration=duration, digits=digits, **more)


def engagement(*spans, duration=60.0, digits=0, **more):
    frame = frames.engagement(analysis(engagement=spans), duration)
    more = {"title": "Engagement", **more}
    return charts.engagement(frame, duration=duration, digits=digits, **more)


def quality(*windows, duration=60.0, digits=0, **more):
    frame = frames.quality(analysis(timeline=windows), duration)
    more = {"title": "Quality", **more}
    return charts.quality(frame, duration=duration, digits=digits, **more)


def some():
    """One full figure of each chart."""
    return [
        lanes(
            Signal("stress", 0, 10, "high"),
            Signal("interest", 5, 15),
            Signal("interest", 20, 20, "low"),
            Signal("awe", 20, 25, "medium"),
        ),
        engagement(Engagement("engaged", 0, 30), Engagement("asleep", 30, 30)),
        quality(
            QualityWindow(0, 10, Scores(61.4, 58, 55, 70, 64, 60)),
            QualityWindow(10, 20, EVEN),
            QualityWindow(30, 30, Scores(clarity=40)),
        ),
    ]


def nothing():
    """One empty figure of each chart."""
    return [lanes(note="<none>"), engagement(note="<none>"), quality(note="<none>")]


def checked(figure):
    """The figure with every property checked by plotly, from what is sent to the browser."""
    return go.Figure(json.loads(figure.to_json()))


def of_kind(figure, kind):
    return [trace for trace in figure.data if trace.type == kind]


def points(traces, *names):
    """Every point of the traces as a tuple of the named properties, in order."""
    return sorted(
        point
        for trace in traces
        for point in zip(*(np.asarray(trace[name]).tolist() for name in names), strict=True)
    )


def texts(node):
    """Every text of a figure as plain data, however deep."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key != "bdata":
                yield from texts(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from texts(value)
