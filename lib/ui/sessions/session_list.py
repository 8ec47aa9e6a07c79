"""The list of sessions: found, chosen, opened, renamed, deleted, and moved as files.

`asked` is what is looked for, `lines` what stands in a line, `chosen` what is chosen and `bar` what
can be done to it, `acts` what is done, `moving` what goes out of the library and comes into it.
"""

from __future__ import annotations

import streamlit as st

from lib.library import Query
from lib.ui.runs import queue_view
from lib.ui.sessions import query_form, row_actions, row_payload, selection_bar
from lib.ui.shell import messages, services


@st.fragment
def draw_sessions() -> None:
    """Draw the sessions that are asked for, a page at a time, or the runs that have no result."""
    row_actions.do_kept_action()
    with messages.shown_errors():
        state = query_form.draw_state()
        if state != query_form.RESULTS:
            queue_view.draw_runs(ended=state == query_form.ENDED)
            return
        total = services.library().count()
        if total == 0:
            _nothing_yet()
            return
        query = query_form.draw_query()
        found = services.library().count(query)
        selection_bar.draw_bar(query, found, total)
        if found == 0:
            _nothing_found()
            return
        _page(query, found)


def _page(query: Query, found: int) -> None:
    above = st.container()  # the page is chosen below its lines, and known before them
    place = query_form.draw_page_choice(-(-found // row_payload.PER_PAGE))
    first = (place - 1) * row_payload.PER_PAGE
    with above:
        row_payload.draw_rows(
            services.library().summaries(query, offset=first, limit=row_payload.PER_PAGE)
        )


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
