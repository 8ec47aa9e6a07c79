"""The yardstick of a click: an app with one filter and one line of text."""

import streamlit as st

chosen = st.pills("Filter", ["a", "b"], selection_mode="multi")
st.text(f"chosen: {', '.join(chosen) or 'none'}")
