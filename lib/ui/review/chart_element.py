"""A figure on the Review page, drawn in the browser by Plotly's basic code, which the app serves.

`st.plotly_chart` brings four times that code, and lays a chart anew whenever its figure changes.
"""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from lib.ui.web import scripts
from lib.ui.web.protocol import FigureData

_element = st.components.v2.component(
    "signal_review_figure", js=scripts.figure_script(), isolate_styles=False
)


def draw_chart(figure: go.Figure, *, key: str, alt: str) -> None:
    """Put a figure on the page under the key by which the browser finds it.

    `alt` says to a screen reader what the chart shows.
    """
    with st.container(key=key):
        data = FigureData(figure=figure.to_json(), alt=alt)
        _element(key=f"figure_{key}", data=data)
