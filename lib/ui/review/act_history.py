"""What was done to a review in this tab, one act after the other, to be undone and redone.

An act is what stood in the library before it and what stands there after it: what somebody else
has changed since then is not touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from lib import timecode
from lib.model import Act, Added, Claim, CodedSpan, Note, Opinion, Session

if TYPE_CHECKING:
    from lib.library import Library

Direction = Literal["undo", "redo"]
MAX_TYPE = 60  # characters of a type, and of a claim, in a line
LIMIT = 200  # acts that can be undone
NOTHING = {"undo": "There is nothing to undo.", "redo": "There is nothing to redo."}
_DONE = {"undo": "Undone", "redo": "Redone"}
_OPINIONS: dict[Opinion, str] = {
    "agree": "agree with",
    "disagree": "disagree with",
    "unsure": "unsure about",
}


@dataclass(frozen=True)
class History:
    """The acts that can be undone and redone, the next one last."""

    undo: tuple[Act, ...] = ()
    redo: tuple[Act, ...] = ()

    def add(self, act: Act) -> Self:
        """The history after an act, which leaves nothing to redo; after none, the same."""
        if act.before == act.after:
            return self
        return type(self)((*self.undo, act)[-LIMIT:])


def step(
    library: Library, session: Session, history: History, direction: Direction, *, digits: int
) -> tuple[History, str]:
    """Undo or redo one act; the history after it, and what was done in a line of plain text.

    An act on what was changed meanwhile leaves the history, and nothing is written.

    Raises:
        AppError: the library refuses it, or cannot be reached.
    """
    acts = history.undo if direction == "undo" else history.redo
    if not acts:
        return history, NOTHING[direction]
    *rest, act = acts
    old, new = (act.after, act.before) if direction == "undo" else (act.before, act.after)
    changed = library.exchange(session.id, old, new)
    again = (act,) if changed else ()
    if direction == "undo":
        history = History(tuple(rest), (*history.redo, *again))
    else:
        history = History((*history.undo, *again), tuple(rest))
    text = act_text(session, act, digits=digits)
    if changed:
        return history, f"{_DONE[direction]}: {text}"
    noun = _noun(act.after or act.before)
    why = f"The {noun} was changed in the meantime, and stays as it is."
    return history, f"Not {_DONE[direction].lower()}: {text}. {why}"


def act_text(session: Session, act: Act, *, digits: int) -> str:
    """An act in a few words: "disagree with frustration at 0:32", "removal of the note at 0:32"."""
    one = act.after or act.before
    if isinstance(one, Note):
        time = timecode.format_time(one.start, digits=digits)
        name = f"note at {time}"
        return _changed_text(act, name, f"change of the {name}", f"removal of the {name}")
    if isinstance(one, Claim):
        name = f"claim “{_short(one.text)}”"
        return _changed_text(act, name, f"change of the {name}", f"removal of the {name}")
    if one is None:
        return ""
    if isinstance(one, CodedSpan):
        time = timecode.format_time(one.start, digits=digits)
        name = f"code {_short(one.code)} at {time}"
        return _changed_text(act, name, f"change of the {name}", f"removal of the {name}")
    signals = session.analysis.signals or ()
    name = f"{_OPINIONS[one.opinion]} "
    if one.signal < len(signals):
        span = signals[one.signal]
        name += f"{_short(span.type)} at {timecode.format_time(span.start, digits=digits)}"
    else:
        name += "a span that is gone"
    return _changed_text(act, name, f"change to {name}", f"withdrawal of {name}")


def _noun(one: Added | None) -> str:
    if isinstance(one, Note):
        return "note"
    if isinstance(one, Claim):
        return "claim"
    return "coded span" if isinstance(one, CodedSpan) else "verdict"


def _short(kind: str) -> str:
    return kind if len(kind) <= MAX_TYPE else f"{kind[:MAX_TYPE]}…"


def _changed_text(act: Act, added: str, changed: str, removed: str) -> str:
    if act.before is None:
        return added
    return removed if act.after is None else changed
