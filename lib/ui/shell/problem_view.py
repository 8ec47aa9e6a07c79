"""Messages of problems, the same on every page: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from lib.errors import AppError, Problem
from lib.ui.shell import services


def show_problem(problem: Problem) -> None:
    """Show a problem: our two sentences, the ids, and the API's own words as plain text."""
    st.error(f"**{problem.what}** {problem.next_step}", icon=":material/error:")
    details = {
        "Error id": problem.error_id,
        "Correlation id": problem.correlation_id,
        "The API says": problem.server_message,
    }
    lines = [f"{name}: {value}" for name, value in details.items() if value]
    if lines:
        with st.expander("Details for support"):
            st.text(services.without_secrets("\n".join(lines)))  # an older app may have stored one


def show_refusal(problem: Problem) -> None:
    """Show why a file is refused."""
    st.error(f"**{problem.what}** {problem.next_step}", icon=":material/block:")


def show_warning(problem: Problem) -> None:
    """Show what is doubtful about a file that is accepted."""
    st.warning(f"**{problem.what}** {problem.next_step}", icon=":material/warning:")


@contextmanager
def shown_errors(*, stop: bool = True) -> Iterator[None]:
    """Show an error of the app where it occurs, and stop the page there (or only the block)."""
    try:
        yield
    except AppError as error:
        show_problem(error.problem)
        if stop:
            st.stop()
