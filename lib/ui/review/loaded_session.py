"""A session with what people added to it, read from the library once in a run of the page.

The page reads and hands down. A fragment that runs alone, after somebody used a widget of it, reads
anew: meanwhile others may have added to the session.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from lib import frames
from lib.errors import LibraryError, Problem
from lib.model import Review, Session
from lib.ui.review import blindness
from lib.ui.shell import services


@dataclass(frozen=True)
class LoadedSession:
    """A session, and what people added to it as it stood when it was first needed."""

    session: Session

    @property
    def whole_review(self) -> Review:
        """What people added; nothing where the library cannot be reached (see `problem`)."""
        return self._answer[0]

    @cached_property
    def review(self) -> Review:
        """What people added, as far as this tab may show it: see `blindness`."""
        return blindness.shown_to_viewer(self.session, self.whole_review)

    @cached_property
    def whole_added(self) -> Review:
        """The notes and verdicts: a long transcript is not read for them where it was not yet."""
        if "_answer" in self.__dict__:
            return self.whole_review
        try:
            return services.review(self.session.id, with_transcript=False)
        except LibraryError:
            return Review()

    @cached_property
    def added(self) -> Review:
        """The notes and verdicts that this tab may show."""
        return blindness.shown_to_viewer(self.session, self.whole_added)

    @cached_property
    def opened(self) -> frozenset[int]:
        """The spans of which nothing is hidden from a reviewer who judges blind."""
        return blindness.opened_spans(self.session, self.whole_added)

    @property
    def problem(self) -> Problem | None:
        """Why what people added cannot be read, if it cannot."""
        return self._answer[1]

    @cached_property
    def _answer(self) -> tuple[Review, Problem | None]:
        try:
            return services.review(self.session.id), None
        except LibraryError as error:
            return Review(), error.problem

    @cached_property
    def review_tables(self) -> dict[str, pd.DataFrame]:
        """What may be shown of it as frames: notes, verdicts and transcript."""
        return self._tables(self.review)

    @cached_property
    def whole_tables(self) -> dict[str, pd.DataFrame]:
        """All of it as frames, for files."""
        return self._tables(self.whole_review)

    @cached_property
    def coded(self) -> pd.DataFrame:
        """What may be shown of what was coded."""
        return self._coded(self.review)

    @cached_property
    def whole_coded(self) -> pd.DataFrame:
        """All that was coded, for files."""
        return self._coded(self.whole_review)

    def _coded(self, review: Review) -> pd.DataFrame:
        length = frames.axis_length(self.session.analysis, self.session.duration)
        return frames.coded(review, length)

    def _tables(self, review: Review) -> dict[str, pd.DataFrame]:
        length = frames.axis_length(self.session.analysis, self.session.duration)
        return {
            "notes": frames.notes(review, length),
            "verdicts": frames.verdicts(review),
            "transcript": frames.transcript(review, length),
        }


_current: ContextVar[LoadedSession | None] = ContextVar("loaded_session", default=None)


@contextmanager
def load_once(session: Session) -> Iterator[LoadedSession]:
    """Yield the session as this run has loaded it; the first to ask in a run loads it."""
    current = _current.get()
    if current is not None and current.session.id == session.id:
        yield current
        return
    loaded = LoadedSession(session)
    token = _current.set(loaded)
    try:
        yield loaded
    finally:
        _current.reset(token)


def fragment(draw: Callable[[LoadedSession], None]) -> Callable[[LoadedSession], None]:
    """Make a function that draws a loaded session a fragment of the page.

    Streamlit calls a fragment that runs alone with the arguments of the page's run. So it is given
    the session, which does not change, and what people added is loaded again.
    """

    @st.fragment
    @functools.wraps(draw)
    def draw_session(session: Session) -> None:
        with load_once(session) as loaded:
            draw(loaded)

    def draw_fragment(loaded: LoadedSession) -> None:
        draw_session(loaded.session)

    return draw_fragment
