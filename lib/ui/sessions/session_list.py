"""The list of sessions, searched, selected, opened, renamed and deleted.

`query_form` is the search, `row_payload` the rows, `selection` which are selected, `selection_bar`
and `row_actions` what is done to them; `import_export` moves sessions as files.
"""

from __future__ import annotations

import streamlit as st

from lib.library import Query
from lib.ui.runs import queue_view
from lib.ui.sessions import query_form, row_actions, row_payload, selection_bar
from lib.ui.shell import problem_view, services


@st.fragment
def draw_sessions() -> None:
    """Draw the sessions that match, a page at a time, or the runs that have no result."""
    row_actions.do_kept_action()
    with problem_view.shown_errors():
        state = query_form.draw_state()
        if state != query_form.RESULTS:
            queue_view.draw_runs(ended=state == query_form.ENDED)
            return
        total = services.library().count()
        if total == 0:
            _nothing_yet()
            return
        query = query_form.draw_query()
        matches = services.library().count(query)
        selection_bar.draw_bar(query, matches, total)
        if matches == 0:
            _nothing_found()
            return
        _page(query, matches)


def _page(query: Query, matches: int) -> None:
    above = st.container()  # the page is chosen below its lines, and known before them
    page = query_form.draw_page_choice(-(-matches // row_payload.PER_PAGE))
    first = (page - 1) * row_payload.PER_PAGE
    with above:
        row_payload.draw_rows(
            services.library().summaries(query, offset=first, limit=row_payload.PER_PAGE)
        )


def _nothing_yet() -> None:
    st.info(
        "**No sessions yet.** Analyze a recording, import a result file, or open the sample.",
        icon=":material/inbox:",
    )


def _nothing_found() -> None:
    st.info(
        "**No sessions match.** Try other words or fewer filters.",
        icon=":material/search_off:",
    )
