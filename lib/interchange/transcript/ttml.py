"""TTML and DFXP: paragraphs with times in XML, as broadcasters and YouTube's tools write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import isfinite

from lib.interchange.transcript import times, xml_events
from lib.interchange.transcript.extract import DraftLine, Extract
from lib.interchange.transcript.reading import Choices

_OFFSET = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(h|m|s|ms|f|t)", re.ASCII)
_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_DECLARATION = re.compile(r"^\s{0,9}<\?xml[^>]{0,200}\?>")
_START = re.compile(r"<(?:\w{1,20}:)?tt[\s>]")
_TIMED = ("begin", "end", "dur")
_DEFAULT_RATE = 30.0  # frames a second, where the file states none


def is_ttml(text: str) -> bool:
    """Whether the text begins as the format does."""
    return bool(_START.search(text[:4000]))


def read(text: str, choices: Choices) -> Extract:
    """The paragraphs that have times, in the order of the file; times are added up inwards."""
    document = _Document(choices)
    xml_events.feed([_DECLARATION.sub("", text, count=1)], document)
    return document.extract


@dataclass(slots=True)
class _Element:
    """An open element: its own times [s] from the start of the recording, and who speaks."""

    name: str
    begin: float | None
    end: float | None
    speaker: str
    readable: bool = True  # whether the times that it has could be read
    words: list[str] = field(default_factory=list)
    own_times: str = ""


class _Document:
    """Listens to the XML and keeps the paragraphs."""

    def __init__(self, choices: Choices) -> None:
        self.extract = Extract()
        self._choices = choices
        self._open: list[_Element] = []
        self._rate = _DEFAULT_RATE
        self._ticks = 0.0
        self._names: dict[str, str] = {}
        self._agent = ""
        self._count = 0
        self._heads = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tt":
            self._set_rates(attributes)
        elif name == "agent":
            self._agent = attributes.get("id", "")
        self._heads += name in ("head", "metadata")
        if name == "br":
            self._say("\n")
        above = self._open[-1] if self._open else _Element("", 0.0, None, "")
        self._open.append(self._element(name, attributes, above))
        self._count += name == "p"

    def end(self, name: str) -> None:
        element = self._open.pop()
        self._heads -= name in ("head", "metadata")
        words = "".join(element.words)
        if name == "name" and self._agent and words.strip():
            self._names[self._agent] = " ".join(words.split())
        elif name == "agent":
            self._agent = ""
        elif name in ("p", "span") and not self._heads:
            self._settle(element, words)
        elif words.strip() and not self._heads and name in ("body", "div", "tt"):
            self.extract.miss(f"paragraph {self._count}", words)

    def text(self, data: str) -> None:
        self._say(data)

    def _say(self, data: str) -> None:
        if self._open:
            self._open[-1].words.append(data)

    def _settle(self, element: _Element, words: str) -> None:
        """Make a line of a paragraph, or of a part of it that has times while it has none."""
        if (
            element.name == "span"
            and self._open
            and (not element.own_times or self._open[-1].own_times)
        ):
            self._open[-1].words.append(words)  # its words are part of what is around it
            return
        if not words.strip():
            self.extract.empty += element.name == "p" and bool(element.own_times)
            return
        begin, end = element.begin, element.end
        timed = bool(element.own_times) or any(around.own_times for around in self._open)
        if not timed or not element.readable or begin is None:
            self.extract.miss(f"paragraph {self._count}", words)
            return
        self.extract.forms["clock"] += 1
        speaker = " ".join(self._names.get(who, who) for who in element.speaker.split())
        self.extract.drafts.append(DraftLine(begin, end, speaker, words))

    def _element(self, name: str, attributes: dict[str, str], above: _Element) -> _Element:
        base = above.begin or 0.0
        speaker = attributes.get("agent", above.speaker)
        own = {key: attributes[key] for key in _TIMED if key in attributes}
        if not own or name not in ("body", "div", "p", "span"):
            return _Element(name, above.begin, above.end, speaker, above.readable)
        read = {key: self._seconds(value) for key, value in own.items()}
        readable = above.readable and None not in read.values()
        begin = base + (read.get("begin") or 0.0)
        end = read.get("end")
        lasts = read.get("dur")
        stop = above.end
        if end is not None:
            stop = base + end
        elif lasts is not None:
            stop = begin + lasts
        if stop is not None:
            stop = round(stop, 6)
        own_times = " ".join(own.values())
        return _Element(name, round(begin, 6), stop, speaker, readable, own_times=own_times)

    def _seconds(self, written: str) -> float | None:
        match = _OFFSET.fullmatch(written.strip())
        if match is None:
            rate = self._choices.frame_rate or self._rate
            return times.read(written, frame_rate=rate).seconds
        number, metric = float(match[1]), match[2]
        if metric == "f":
            return number / self._rate
        if metric == "t":
            return number / self._ticks if self._ticks else None
        return number * _SECONDS[metric]

    def _set_rates(self, attributes: dict[str, str]) -> None:
        rate = _number(attributes.get("frameRate"))
        above, _, below = attributes.get("frameRateMultiplier", "1 1").partition(" ")
        by, of = _number(above), _number(below)
        self._rate = (rate or _DEFAULT_RATE) * (by / of if by and of else 1.0)
        self._ticks = _number(attributes.get("tickRate")) or (rate or 0.0)


def _number(written: str | None) -> float | None:
    try:
        number = float(written or "")
    except ValueError:
        return None
    return number if isfinite(number) and 0 < number < 1e12 else None  # noqa: PLR2004  a rate
