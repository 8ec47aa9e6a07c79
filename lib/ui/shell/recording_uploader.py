"""The uploader of recordings, the same on every page."""

from __future__ import annotations

import streamlit as st

from lib.ui.shell import services
from lib.ui.shell.plain_field import draw_plain_field
from lib.ui.shell.sliced_field import draw_sliced_field
from lib.ui.shell.upload_field import UploadField, draw_problem


def draw_uploader(field: UploadField) -> None:
    """Draw a field that recordings are uploaded with, and why one could not be."""
    if services.serving().is_set():
        draw_sliced_field(field)
    elif field.small:
        with st.popover(field.label, icon=":material/upload:"):
            draw_plain_field(field)
    else:
        draw_plain_field(field)
    draw_problem(field)
