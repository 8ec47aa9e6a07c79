"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

PER_PAGE = 10
Item = TypeVar("Item")


def page_of(items: Sequence[Item], *, key: str) -> Sequence[Item]:
    """The items of the page that is chosen; the choice is drawn where there are several.

    A list grows and shrinks while it is looked at: past its end is its last page.
    """
    if len(items) <= PER_PAGE:
        return items
    pages = -(-len(items) // PER_PAGE)
    if st.session_state.get(key, 1) > pages:
        st.session_state[key] = pages
    first = (st.pagination(pages, key=key) - 1) * PER_PAGE
    return items[first : first + PER_PAGE]
