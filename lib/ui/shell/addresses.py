"""The addresses that the app serves besides its pages, and the tokens that a page makes for them.

Streamlit's elements find what lies below `/app/static/` wherever the app is, behind a proxy too.
"""

from __future__ import annotations

import streamlit as st

from lib.ui.shell import services

PLAY = "/app/static/recordings/"  # then a token
PLAY_SECONDS = 12 * 60 * 60  # that an address of a recording is good for
RENEW_SECONDS = PLAY_SECONDS - 60 * 60  # older ones are not given out again
_TOKENS = "play_tokens"  # session state: by the id of a session


def served(path: str) -> str:
    """The path of a route as the server sees it, which may serve the app below another path."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path


def recording_address(session_id: str) -> str | None:
    """The address that plays the recording of a session, the same for a tab as long as it is good.

    None where the app serves no addresses of its own.
    """
    if not services.serving().is_set():
        return None
    tokens: dict[str, str] = st.session_state.setdefault(_TOKENS, {})
    token = tokens.get(session_id, "")
    if session_of(token, max_age=RENEW_SECONDS) != session_id:
        passphrase = services.settings().passphrase
        token = tokens[session_id] = services.address_signer().sign("play", session_id, passphrase)
    return PLAY + token


def session_of(token: str, *, max_age: float = PLAY_SECONDS) -> str | None:
    """The id of the session whose recording a token plays; None where it plays none."""
    passphrase = services.settings().passphrase
    session_id = services.address_signer().read("play", token, passphrase, max_age=max_age)
    return session_id if isinstance(session_id, str) else None
