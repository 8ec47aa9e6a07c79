"""The yardstick of a cold start to charts: an app with one chart of a DataFrame."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

points = pd.DataFrame({"time": range(100), "score": range(100)})
st.plotly_chart(go.Figure(go.Scatter(x=points["time"], y=points["score"])))
