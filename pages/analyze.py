"""Analyze: recordings in, their signals out."""

import streamlit as st

from lib.ui import frame, progress, queue, upload_form, welcome

frame.show()
run_id = st.query_params.get("job")
if run_id:
    st.header("Analysis of a recording", anchor=False)
    progress.show(run_id)
    st.stop()

st.header("Analyze recordings", anchor=False)
form, side = st.columns([3, 2], gap="large")
with side:
    with st.container(border=True):
        options = upload_form.options()
    welcome.first_steps()
    welcome.connection()
with form:
    upload_form.show(options)
    queue.show()
    welcome.sample_card()
