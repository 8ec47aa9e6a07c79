"""Parts of Streamlit that it does not document: no other file of lib imports its inner modules.

* StreamlitPage: the type of what `st.navigation` returns, which has no public name. Held by all
  of tests/pages, which go through the entry file.
* get_static_dir: the folder with the document that the browser loads, and the name by which that
  document's scripts are told where the app is. Held by
  test_no_page_asks_for_what_is_not_there in tests/browser/test_journeys.py.
"""

from __future__ import annotations

import functools
from pathlib import Path

from streamlit.file_util import get_static_dir
from streamlit.navigation.page import StreamlitPage

__all__ = ["StreamlitPage", "read_document"]


@functools.cache
def read_document() -> str:
    """The HTML document that the browser loads at any address of the app."""
    return (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")
