"""The sections of an answer, read item by item. Knows lib.model; knows no API version.

Each reader takes decoded JSON and a list of `Unread` to which it adds a line for what it had to
leave out. None of them raises, whatever it is given. Times and scores are kept as sent.
"""

from collections.abc import Callable, Iterable
from math import isfinite
from typing import Any, TypeVar

from lib.model import (
    FRICTION,
    PROBABILITIES,
    SCORES,
    SUPPORTIVE,
    Engagement,
    Feedback,
    Quality,
    QualityWindow,
    Scores,
    Signal,
    Unread,
)

KNOWN_TYPES = frozenset((*SUPPORTIVE, *FRICTION))
Item = TypeVar("Item")


class Unreadable(ValueError):  # noqa: N818  it names what happened
    """One item cannot be read; the text says why and quotes nothing of the item."""


def signals(items: object, unread: list[Unread]) -> tuple[Signal, ...]:
    """Every signal that has a type, a start and an end, in the order of the answer.

    A probability or rationale that cannot be read is left out of its signal and counted in a
    section of its own, whose total is the number of those that were given.
    """
    odd_levels: list[str] = []
    odd_texts: list[str] = []
    seen: dict[tuple[str, ...], tuple[str, ...]] = {}

    def signal(item: Any) -> Signal:  # noqa: ANN401  decoded JSON
        return _signal(fields(item), odd_levels, odd_texts, seen)

    read = each("signals", items, signal, unread)
    if odd_levels:
        known = sum(signal.probability is not None for signal in read)
        unread.append(_unread("probability", odd_levels, known))
    if odd_texts:
        known = sum(signal.rationale is not None for signal in read)
        unread.append(_unread("rationale", odd_texts, known))
    return read


def engagement(
    items: object,
    unread: list[Unread],
    *,
    keys: tuple[str, str, str] = ("state", "start", "end"),
) -> tuple[Engagement, ...]:
    """Every span that has a state, a start and an end; `keys` are their names in the answer."""
    state, start, end = keys

    def span(item: Any) -> Engagement:  # noqa: ANN401  decoded JSON
        sent = fields(item)
        return Engagement(word(sent, state), time(sent, start), time(sent, end))

    return each("engagement", items, span, unread)


def quality(block: object, unread: list[Unread]) -> Quality | None:
    """Overall scores and timeline, each None when it was not sent."""
    if block is None:
        return None
    if not isinstance(block, dict):
        unread.append(Unread("quality", 1, 1, "is not an object"))
        return None
    overall, timeline = block.get("overall"), block.get("timeline")
    odd: list[str] = []
    windows = None
    if overall is not None and not isinstance(overall, dict):
        unread.append(Unread("quality_overall", 1, 1, "is not an object"))
        overall = None
    first = None if overall is None else _scores(overall, odd)
    if timeline is not None:
        windows = each("quality_timeline", timeline, lambda item: _slice(item, odd), unread)
    if odd:
        rows = [row for row in (first, *(one.scores for one in windows or ())) if row]
        known = sum(getattr(row, name) is not None for row in rows for name in SCORES)
        unread.append(_unread("scores", odd, known))
    return Quality(overall=first, timeline=windows)


def feedback(block: object, unread: list[Unread]) -> Feedback | None:
    """A message, or the reason why there is none; None when neither was sent."""
    if block is None:
        return None
    sent = block if isinstance(block, dict) else {}
    message, reason = sent.get("message"), sent.get("reason")
    if not isinstance(message, str) and not isinstance(reason, str):
        unread.append(Unread("feedback", 1, 1, "has neither a message nor a reason"))
        return None
    primary = sent.get("primary_signal")
    return Feedback(
        message=message if isinstance(message, str) else None,
        reason=reason if isinstance(reason, str) else None,
        active_dimensions=tuple(name.strip().lower() for name in texts(sent, "active_dimensions")),
        primary_signal=primary.strip().lower() if isinstance(primary, str) else None,
    )


def each(
    section: str, items: object, read: Callable[[Any], Item], unread: list[Unread]
) -> tuple[Item, ...]:
    """What `read` makes of each item; the items it cannot read are counted in `section`."""
    if not isinstance(items, list):
        unread.append(Unread(section, 1, 1, "is not a list"))
        return ()
    kept: list[Item] = []
    lost: list[str] = []
    for item in items:
        try:
            kept.append(read(item))
        except Unreadable as error:
            lost.append(str(error))
    if lost:
        unread.append(_unread(section, lost, len(kept)))
    return tuple(kept)


def fields(item: object) -> dict[str, Any]:
    """The item as an object, or Unreadable."""
    if not isinstance(item, dict):
        raise Unreadable("an item is not an object")
    return item


def word(sent: dict[str, Any], key: str) -> str:
    """A word in lower case without blanks around it, or Unreadable."""
    text = sent.get(key)
    if not isinstance(text, str) or not (text := text.strip().lower()):
        raise Unreadable(f"{key} is not a text")
    return text


def time(sent: dict[str, Any], key: str) -> float:
    """A finite number, or Unreadable."""
    value = sent.get(key)
    if type(value) is float and isfinite(value):  # nearly all of them: spare a call
        return value
    value = number(value)
    if value is None:
        raise Unreadable(f"{key} is not a number")
    return value


def number(value: object) -> float | None:
    """A finite number, or None; true and false are no numbers."""
    if type(value) is not float and type(value) is not int:
        return None
    try:
        return float(value) if isfinite(value) else None
    except OverflowError:  # an int that no float can hold
        return None


def texts(sent: dict[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts, or nothing when any of it is something else."""
    items = sent.get(key)
    if not isinstance(items, list) or {*map(type, items)} != {str}:
        return ()
    return tuple(items)


def _signal(
    sent: dict[str, Any],
    odd_levels: list[str],
    odd_texts: list[str],
    seen: dict[tuple[str, ...], tuple[str, ...]],
) -> Signal:
    """One signal. Thousands come as documented, so each part first tries that without a call."""
    get = sent.get
    name, start, end = get("type"), get("start"), get("end")
    level, rationale, modality = get("probability"), get("rationale"), get("modality")
    if type(name) is not str or name not in KNOWN_TYPES:
        name = word(sent, "type")
    if type(start) is not float or start - start != 0.0:  # not so for NaN and the infinities
        start = time(sent, "start")
    if type(end) is not float or end - end != 0.0:
        end = time(sent, "end")
    if level is not None and level not in PROBABILITIES:
        level = _probability(level, odd_levels)
    if rationale is not None and type(rationale) is not str:
        odd_texts.append("is not a text")
        rationale = None
    return Signal(name, start, end, level, rationale or None, _known(modality, sent, seen))


def _known(
    modality: object, sent: dict[str, Any], seen: dict[tuple[str, ...], tuple[str, ...]]
) -> tuple[str, ...]:
    """The modalities, checked once for each list that occurs."""
    if type(modality) is not list or not modality:
        return ()
    try:
        return seen[tuple(modality)]
    except KeyError:
        return seen.setdefault(tuple(modality), texts(sent, "modality"))
    except TypeError:  # something in it has no hash, so it is no text
        return ()


def _probability(level: object, odd: list[str]) -> str | None:
    level = level.strip().lower() if isinstance(level, str) else level
    if level == "":
        return None
    if isinstance(level, str) and level in PROBABILITIES:
        return level
    odd.append("is none of " + ", ".join(PROBABILITIES))
    return None


def _slice(item: object, odd: list[str]) -> QualityWindow:
    sent = fields(item)
    start, end = time(sent, "start"), time(sent, "end")
    values = sent.get("values")
    if not isinstance(values, dict):
        raise Unreadable("values is not an object")
    return QualityWindow(start, end, _scores(values, odd))


def _scores(values: dict[str, Any], odd: list[str]) -> Scores:
    read = {name: number(values.get(name)) for name in SCORES}
    odd.extend(
        f"{name} is not a number"
        for name, score in read.items()
        if score is None and values.get(name) is not None
    )
    return Scores(**read)


def _unread(section: str, lost: Iterable[str], known: int) -> Unread:
    reasons = list(lost)
    return Unread(section, len(reasons), len(reasons) + known, reasons[0])
