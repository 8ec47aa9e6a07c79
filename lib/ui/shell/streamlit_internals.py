"""Parts of Streamlit that it does not document: no other file of lib imports its inner modules.

* StreamlitPage: the type of what `st.navigation` returns, which has no public name. Held by all
  of tests/pages, which go through the entry file.
* UploadedFile: the type of what `st.file_uploader` returns; only it tells a file from one that is
  gone. Held by tests/ui/analyze/test_uploader.py.
* get_script_run_ctx and MemoryUploadedFileManager: nothing public gives back the memory of an
  upload before its session ends. Held by
  test_an_upload_is_not_held_in_memory_once_it_is_taken_over in tests/pages/test_queue.py.
* get_static_dir: the folder with the document that the browser loads, and the name by which that
  document's scripts are told where the app is. Held by
  test_no_page_asks_for_what_is_not_there in tests/browser/test_journeys.py.
"""

from __future__ import annotations

import functools
from pathlib import Path

from streamlit.file_util import get_static_dir
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

__all__ = ["StreamlitPage", "UploadedFile", "get_script_run_ctx", "read_document", "release_upload"]


@functools.cache
def read_document() -> str:
    """The HTML document that the browser loads at any address of the app."""
    return (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")


def release_upload(file: UploadedFile) -> None:
    """Give back the memory of an upload, which Streamlit keeps until its session ends."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
