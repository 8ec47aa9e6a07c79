"""Who has which review open now, as far as their browsers say so, in the memory of this process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from lib.interchange.limits import MAX_ID_CHARACTERS, MAX_NAME_CHARACTERS
from lib.plain_text import one_line, replace_surrogates

PRESENT_SECONDS = 12.0  # after which who has not asked again is gone
MAX_VIEWERS = 50  # of one review; whoever comes beyond is not told of
MAX_REVIEWS = 1000  # whose viewers are known


@dataclass(frozen=True)
class Viewer:
    """Somebody with a review open: their name, and the id of the note they change; "" for none."""

    name: str = ""
    editing: str = ""


@dataclass(frozen=True)
class _Seen:
    viewer: Viewer
    at: float  # on the clock


class Viewers:
    """The viewers of each review; safe to use from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._reviews: OrderedDict[str, dict[str, _Seen]] = OrderedDict()  # by session, by tab

    def see(self, session_id: str, tab: str, viewer: Viewer) -> tuple[Viewer, ...]:
        """Note that a tab has the review open; the viewers in other tabs, who came first first."""
        now = self._clock()
        with self._lock:
            present = self._present(session_id, now)
            if tab in present or len(present) < MAX_VIEWERS:
                present[tab] = _Seen(_bounded(viewer), now)
            self._keep(session_id, present)
            return tuple(seen.viewer for key, seen in present.items() if key != tab)

    def leave(self, session_id: str, tab: str) -> None:
        """Forget a tab that has left the review."""
        with self._lock:
            present = self._present(session_id, self._clock())
            present.pop(tab, None)
            self._keep(session_id, present)

    def _present(self, session_id: str, now: float) -> dict[str, _Seen]:
        known = self._reviews.pop(session_id, {})
        return {tab: seen for tab, seen in known.items() if now - seen.at <= PRESENT_SECONDS}

    def _keep(self, session_id: str, present: dict[str, _Seen]) -> None:
        if present:
            self._reviews[session_id] = present
        while len(self._reviews) > MAX_REVIEWS:
            self._reviews.popitem(last=False)  # whose viewers asked last of all long ago


def _bounded(viewer: Viewer) -> Viewer:
    name, editing = one_line(viewer.name), replace_surrogates(viewer.editing)
    return Viewer(name[:MAX_NAME_CHARACTERS], editing[:MAX_ID_CHARACTERS])
