"""The list of sessions: found, chosen, opened, renamed, deleted, and moved as files.

`asked` is what is looked for, `lines` what stands in a line, `chosen` what is chosen and `bar` what
can be done to it, `acts` what is done, `moving` what goes out of the library and comes into it.
"""

from __future__ import annotations

import streamlit as st

from lib.library import Query
from lib.ui import messages, queue, shared
from lib.ui.shelf import acts, asked, bar, lines, moving

__all__ = ["moving", "show"]


@st.fragment
def show() -> None:
    """Draw the sessions that are asked for, a page at a time, or the runs that have no result."""
    acts.follow()
    with messages.told():
        state = asked.state()
        if state != asked.RESULTS:
            queue.listed(ended=state == asked.ENDED)
            return
        total = shared.library().count()
        if total == 0:
            _nothing_yet()
            return
        query = asked.show()
        found = shared.library().count(query)
        bar.show(query, found, total)
        if found == 0:
            _nothing_found()
            return
        _page(query, found)


def _page(query: Query, found: int) -> None:
    above = st.container()  # the page is chosen below its lines, and known before them
    place = asked.page(-(-found // lines.PER_PAGE))
    first = (place - 1) * lines.PER_PAGE
    with above:
        lines.show(shared.library().summaries(query, offset=first, limit=lines.PER_PAGE))


def _nothing_yet() -> None:
    st.info(
        "**No sessions yet.** Analyze a recording, bring a result file in, or open the sample.",
        icon=":material/inbox:",
    )


def _nothing_found() -> None:
    st.info(
        "**No session is found.** Use other words, or fewer filters.",
        icon=":material/search_off:",
    )
