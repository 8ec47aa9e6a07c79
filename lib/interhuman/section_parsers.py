"""Parse the sections of an answer item by item, whatever the version of the API.

Each section's parser takes decoded JSON and a list of `Unread`, to which it adds a line for what
it had to leave out. None of them raises, whatever the JSON is. Times and scores stay as sent.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import Any, TypeGuard, TypeVar

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

MAX_ITEMS = 20_000  # of a section that are read; in 30 minutes they are eleven a second
MAX_NAME_CHARACTERS = 300  # of a type, state, modality, goal or model
MAX_NAMES = 20  # of modalities of a signal, and of goals
TOO_MANY = f"is beyond the first {MAX_ITEMS:,}"  # the reason why an item is left out unread
SAMPLE_MEMBER = "signal_review_sample"  # marks the answer of the sample, wherever it comes back
KNOWN_TYPES = frozenset((*SUPPORTIVE, *FRICTION))
Item = TypeVar("Item")


class Unreadable(ValueError):  # noqa: N818  it names what happened
    """An item cannot be read; the text says why and quotes nothing of the item."""


def parse_signals(items: object, unread: list[Unread]) -> tuple[Signal, ...]:
    """Every signal that has a type, a start and an end, in the order of the answer.

    A probability, rationale or modality that cannot be read is left out of its signal and counted
    in a section of its own, whose total is the number of those that were sent.
    """
    bad_probabilities: list[str] = []
    bad_rationales: list[str] = []
    bad_modalities: list[str] = []
    modalities: dict[tuple[str, ...], tuple[str, ...]] = {}

    def parse(item: Any) -> Signal:  # noqa: ANN401  decoded JSON
        return _parse_signal(
            parse_object(item), bad_probabilities, bad_rationales, bad_modalities, modalities
        )

    parsed = parse_items("signals", items, parse, unread)
    if bad_probabilities:
        readable = sum(signal.probability is not None for signal in parsed)
        unread.append(_count_unread("probability", bad_probabilities, readable))
    if bad_rationales:
        readable = sum(signal.rationale is not None for signal in parsed)
        unread.append(_count_unread("rationale", bad_rationales, readable))
    if bad_modalities:
        readable = sum(bool(signal.modality) for signal in parsed)
        unread.append(_count_unread("modality", bad_modalities, readable))
    return parsed


def parse_engagement(
    items: object,
    unread: list[Unread],
    *,
    keys: tuple[str, str, str] = ("state", "start", "end"),
) -> tuple[Engagement, ...]:
    """Every span that has a state, a start and an end; `keys` are their names in the answer."""
    state, start, end = keys

    def span(item: Any) -> Engagement:  # noqa: ANN401  decoded JSON
        sent = parse_object(item)
        return Engagement(parse_word(sent, state), parse_time(sent, start), parse_time(sent, end))

    return parse_items("engagement", items, span, unread)


def parse_quality(block: object, unread: list[Unread]) -> Quality | None:
    """The quality section: overall scores and timeline, each None when not sent."""
    if block is None:
        return None
    if not isinstance(block, dict):
        unread.append(Unread("quality", 1, 1, "is not an object"))
        return None
    overall, timeline = block.get("overall"), block.get("timeline")
    bad_scores: list[str] = []
    windows = None
    if overall is not None and not isinstance(overall, dict):
        unread.append(Unread("quality_overall", 1, 1, "is not an object"))
        overall = None
    scores = None if overall is None else _parse_scores(overall, bad_scores)
    if timeline is not None:
        windows = parse_items(
            "quality_timeline",
            timeline,
            lambda item: _parse_quality_window(item, bad_scores),
            unread,
        )
    if bad_scores:
        rows = [row for row in (scores, *(window.scores for window in windows or ())) if row]
        readable = sum(getattr(row, name) is not None for row in rows for name in SCORES)
        unread.append(_count_unread("scores", bad_scores, readable))
    return Quality(overall=scores, timeline=windows)


def parse_feedback(block: object, unread: list[Unread]) -> Feedback | None:
    """The feedback section: a message, or the reason why there is none; None without both."""
    if block is None:
        return None
    sent = block if isinstance(block, dict) else {}
    message, reason = sent.get("message"), sent.get("reason")
    if not isinstance(message, str) and not isinstance(reason, str):
        unread.append(Unread("feedback", 1, 1, "has neither a message nor a reason"))
        return None
    primary, goals = sent.get("primary_signal"), parse_texts(sent, "active_dimensions")
    if primary is not None and not is_name(primary):
        unread.append(Unread("primary_signal", 1, 1, "is not a short text"))
    if not goals and sent.get("active_dimensions") not in (None, []):
        unread.append(Unread("active_dimensions", 1, 1, "is not a list of texts"))
    return Feedback(
        message=message if isinstance(message, str) else None,
        reason=reason if isinstance(reason, str) else None,
        active_dimensions=tuple(name.strip().lower() for name in goals),
        primary_signal=primary.strip().lower() if is_name(primary) else None,
    )


def parse_items(
    section: str, items: object, read: Callable[[Any], Item], unread: list[Unread]
) -> tuple[Item, ...]:
    """Parse each item with `read`; items it cannot read are counted in `section`.

    Those beyond the first MAX_ITEMS are counted too, and not looked at.
    """
    if not isinstance(items, list):
        unread.append(Unread(section, 1, 1, "is not a list"))
        return ()
    items = first_items(section, items, unread)
    readable: list[Item] = []
    reasons: list[str] = []
    for item in items:
        try:
            readable.append(read(item))
        except Unreadable as error:
            reasons.append(str(error))
    if reasons:
        unread.append(_count_unread(section, reasons, len(readable)))
    return tuple(readable)


def first_items(section: str, items: list[Any], unread: list[Unread]) -> list[Any]:
    """The items that are read, the first MAX_ITEMS; the others are counted in `section`."""
    if len(items) > MAX_ITEMS:
        unread.append(Unread(section, len(items) - MAX_ITEMS, len(items), TOO_MANY))
        return items[:MAX_ITEMS]
    return items


def is_name(value: object) -> TypeGuard[str]:
    """Whether it is a text of at most MAX_NAME_CHARACTERS: no name is longer."""
    return isinstance(value, str) and len(value) <= MAX_NAME_CHARACTERS


def parse_object(item: object) -> dict[str, Any]:
    """The item as an object, or Unreadable."""
    if not isinstance(item, dict):
        raise Unreadable("an item is not an object")
    return item


def parse_word(sent: dict[str, Any], key: str) -> str:
    """A word in lower case without blanks around it, or Unreadable."""
    text = sent.get(key)
    if not isinstance(text, str) or not (word := text.strip().lower()):
        raise Unreadable(f"{key} is not a text")
    if not is_name(text):
        raise Unreadable(f"{key} has more than {MAX_NAME_CHARACTERS} characters")
    return word


def parse_time(sent: dict[str, Any], key: str) -> float:
    """A finite number, or Unreadable."""
    value = sent.get(key)
    if type(value) is float and isfinite(value):  # nearly all of them: saves a call
        return value
    value = finite_number(value)
    if value is None:
        raise Unreadable(f"{key} is not a number")
    return value


def finite_number(value: object) -> float | None:
    """A finite number, or None; true and false are no numbers."""
    if type(value) is not float and type(value) is not int:
        return None
    try:
        return float(value) if isfinite(value) else None
    except OverflowError:  # an int that no float can hold
        return None


def parse_instant(text: object) -> datetime | None:
    """An ISO 8601 time as UTC, None if `text` is none. Without a zone it is read as UTC."""
    try:
        time = datetime.fromisoformat(text)  # type: ignore[arg-type]
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def parse_texts(sent: dict[str, Any], key: str) -> tuple[str, ...]:
    """A list of at most MAX_NAMES names, or nothing when any of it is something else."""
    items = sent.get(key)
    if not isinstance(items, list) or len(items) > MAX_NAMES or not all(map(is_name, items)):
        return ()
    return tuple(items)


def _parse_signal(
    sent: dict[str, Any],
    bad_probabilities: list[str],
    bad_rationales: list[str],
    bad_modalities: list[str],
    modalities: dict[tuple[str, ...], tuple[str, ...]],
) -> Signal:
    """A signal. Thousands are as documented, so each part first tries that without a call."""
    get = sent.get
    name, start, end = get("type"), get("start"), get("end")
    level, rationale, modality = get("probability"), get("rationale"), get("modality")
    if type(name) is not str or name not in KNOWN_TYPES:
        name = parse_word(sent, "type")
    if type(start) is not float or start - start != 0.0:  # not so for NaN and the infinities
        start = parse_time(sent, "start")
    if type(end) is not float or end - end != 0.0:
        end = parse_time(sent, "end")
    if level is not None and level not in PROBABILITIES:
        level = _parse_probability(level, bad_probabilities)
    if rationale is not None and type(rationale) is not str:
        bad_rationales.append("is not a text")
        rationale = None
    kinds = () if not modality else _parse_modality(modality, sent, modalities)
    if not kinds and modality is not None and modality != []:
        bad_modalities.append("is not a list of texts")
    return Signal(name, start, end, level, rationale or None, kinds)


def _parse_modality(
    modality: object, sent: dict[str, Any], modalities: dict[tuple[str, ...], tuple[str, ...]]
) -> tuple[str, ...]:
    """The modalities of a signal, none where it is no list of texts; each list is checked once."""
    if type(modality) is not list:
        return ()
    try:
        return modalities[tuple(modality)]
    except KeyError:
        return modalities.setdefault(tuple(modality), parse_texts(sent, "modality"))
    except TypeError:  # something in it has no hash, so it is no text
        return ()


def _parse_probability(level: object, problems: list[str]) -> str | None:
    level = level.strip().lower() if isinstance(level, str) else level
    if level == "":
        return None
    if isinstance(level, str) and level in PROBABILITIES:
        return level
    problems.append("is none of " + ", ".join(PROBABILITIES))
    return None


def _parse_quality_window(item: object, bad_scores: list[str]) -> QualityWindow:
    sent = parse_object(item)
    start, end = parse_time(sent, "start"), parse_time(sent, "end")
    values = sent.get("values")
    if not isinstance(values, dict):
        raise Unreadable("values is not an object")
    return QualityWindow(start, end, _parse_scores(values, bad_scores))


def _parse_scores(values: dict[str, Any], bad_scores: list[str]) -> Scores:
    scores = {name: finite_number(values.get(name)) for name in SCORES}
    bad_scores.extend(
        f"{name} is not a number"
        for name, score in scores.items()
        if score is None and values.get(name) is not None
    )
    return Scores(**scores)


def _count_unread(section: str, reasons: Sequence[str], readable: int) -> Unread:
    return Unread(section, len(reasons), len(reasons) + readable, reasons[0])
