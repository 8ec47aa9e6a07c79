"""Sessions: what the library keeps."""

import streamlit as st

from lib.ui import frame, kept, opened, shelf

frame.show()
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.header("Sessions", anchor=False)
    opened.sample_link()
shelf.moving.show()
shelf.show()
kept.show()
