"""Paging of long lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

ITEMS_PER_PAGE = 10
Item = TypeVar("Item")


def page_of(items: Sequence[Item], *, key: str) -> Sequence[Item]:
    """The items of the chosen page; draws the choice where there are several pages.

    A list grows and shrinks while it is shown: past its end is its last page.
    """
    if len(items) <= ITEMS_PER_PAGE:
        return items
    pages = -(-len(items) // ITEMS_PER_PAGE)
    if st.session_state.get(key, 1) > pages:
        st.session_state[key] = pages
    first = (st.pagination(pages, key=key) - 1) * ITEMS_PER_PAGE
    return items[first : first + ITEMS_PER_PAGE]
