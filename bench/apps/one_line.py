"""The yardstick of a cold start."""

import streamlit as st

st.write("ready")
