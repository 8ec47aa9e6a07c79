"""Sessions: what the library keeps."""

import streamlit as st

from lib.ui.sessions import import_export, session_list
from lib.ui.shell import links, page_chrome, retention_text

page_chrome.draw_chrome(compact=True)
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.header("Sessions", anchor=False)
    links.sample_link()
import_export.draw_import_export()
session_list.draw_sessions()
retention_text.draw_retention()
