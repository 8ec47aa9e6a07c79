"""Analyze: recordings in, their signals out."""

import streamlit as st

from lib.ui.analyze import options_form, run_page, side_panel, uploader
from lib.ui.runs import queue_view
from lib.ui.shell import page_chrome

page_chrome.draw_chrome()
run_id = st.query_params.get("job")
if run_id:
    run_page.draw_run(run_id)
else:
    st.header("Analyze recordings", anchor=False)
    form, side = st.columns([3, 2], gap="large")
    with side:
        with st.container(border=True):
            options = options_form.draw_options()
        side_panel.draw_privacy()
        side_panel.draw_connection()
    with form:
        uploader.draw_form(options)
        queue_view.draw_queue()
        side_panel.draw_sample_card()
