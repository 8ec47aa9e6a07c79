"""Sessions: what the library keeps."""

import streamlit as st

from lib.ui import frame, kept, opened, shelf

frame.show()
st.header("Sessions", anchor=False)
opened.sample_link()
shelf.bring_in()
shelf.show()
kept.show()
