"""Ask for the passphrase, and know again the tab in which it was entered.

The tab's session holds a signed token, and so does the browser, for when the page is loaded anew.
The passphrase itself is held by neither.
"""

from __future__ import annotations

import streamlit as st

from lib.access.gate import MAX_CHARACTERS
from lib.errors import PassphraseError
from lib.ui.shell import problem_view, services
from lib.ui.web import scripts
from lib.ui.web.protocol import AccessData

TOKEN = "access_token"  # session state: what says that the passphrase was entered  # noqa: S105
REFUSED = "access_refused"  # session state: a token of the browser that is worth nothing any more
ENTERED = "passphrase_entered"  # the field, empty but while somebody writes in it
PROBLEM = "passphrase_problem"  # session state: why the last one was refused
_keeper = st.components.v2.component("signal_review_access", js=scripts.access_script())


def is_admitted() -> bool:
    """Whether the pages may be shown: no passphrase is set, or it was entered in this tab."""
    settings = services.settings()
    if settings.access_problem:
        return False
    return not settings.passphrase or _is_valid(st.session_state.get(TOKEN))


def keep_token() -> None:
    """Let the browser keep the token of this tab."""
    if services.settings().passphrase:
        with st.container(key="access"):
            _keeper(key="access_keeper", data=AccessData(token=st.session_state[TOKEN]))


def draw_form() -> None:
    """Ask for the passphrase, unless the browser still has a token that is valid."""
    with st.container(key="access"):
        token = _keeper(
            key="access_keeper",
            data=AccessData(refused=st.session_state.get(REFUSED)),
            on_token_change=lambda: None,  # the script runs anew by itself
        ).token
    if token:
        st.session_state[TOKEN if _is_valid(token) else REFUSED] = token
        st.rerun()
    st.header("Signal Review", anchor=False)
    with st.form("passphrase", width=420):
        st.text_input(
            "Passphrase",
            type="password",
            autocomplete="off",
            max_chars=MAX_CHARACTERS,
            key=ENTERED,
        )
        st.form_submit_button("Open", type="primary", key="passphrase_open", on_click=_enter)
    if problem := st.session_state.pop(PROBLEM, None):
        problem_view.show_problem(problem)


def _enter() -> None:
    """Take the passphrase out of the tab's session, and give it a token for the right one."""
    entered = st.session_state[ENTERED]
    st.session_state[ENTERED] = ""
    try:
        passphrase = services.settings().passphrase
        st.session_state[TOKEN] = services.gate().admit(entered, passphrase)
    except PassphraseError as error:
        st.session_state[PROBLEM] = error.problem


def _is_valid(token: object) -> bool:
    return isinstance(token, str) and services.gate().is_valid(
        token, services.settings().passphrase
    )
