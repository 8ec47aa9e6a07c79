"""Failures and findings, said the same way everywhere: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from lib.failures import Failure, ToldError


def failure(failed: Failure) -> None:
    """Show a failure: our two sentences, the ids, and the API's own words as plain text."""
    st.error(f"**{failed.what}** {failed.next_step}", icon=":material/error:")
    details = {
        "Error id": failed.error_id,
        "Correlation id": failed.correlation_id,
        "The API says": failed.said,
    }
    lines = [f"{name}: {value}" for name, value in details.items() if value]
    if lines:
        with st.expander("Details for support"):
            st.text("\n".join(lines))


@contextmanager
def told(*, stop: bool = True) -> Iterator[None]:
    """Say what went wrong, where the error knows, and stop the page there (or only the block)."""
    try:
        yield
    except ToldError as error:
        failure(error.failure)
        if stop:
            st.stop()
