"""What the server does before the first visitor comes, and after the last page is closed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from lib.ui.shell import services


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Serve the addresses of ours while the server runs."""
    services.serving().set()
    yield
    services.serving().clear()
