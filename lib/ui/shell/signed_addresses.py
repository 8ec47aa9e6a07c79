"""The addresses that the app serves besides its pages, and the tokens that a page makes for them.

Streamlit's elements find what lies below `/app/static/` wherever the app is, behind a proxy too.
"""

from __future__ import annotations

import re
import secrets
from pathlib import PurePosixPath

import streamlit as st

from lib.recordings.uploads import UploadPlan
from lib.ui.shell import services

PLAY = "/app/static/recordings/"  # then a token
THUMBNAILS = "/app/static/thumbnails/"  # then a token
CLIPS = "/app/static/clips/"  # then a token
UPLOAD = "/recordings/upload/"  # then a token
LIVE = "/reviews/live/"  # then a token
PLAY_SECONDS = 12 * 60 * 60  # that an address of a recording is good for
RENEW_SECONDS = PLAY_SECONDS - 60 * 60  # older ones are not given out again
_TOKENS = "address_tokens"  # session state: by purpose and the id of a session
_TAB = "live_tab"  # session state: what tells this tab from the others of its reviewer


def served(path: str) -> str:
    """The path of a route as the server sees it, which may serve the app below another path."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path


def recording_address(session_id: str) -> str | None:
    """The address that plays the recording of a session, the same for a tab as long as it is good.

    None where the app serves no addresses of its own.
    """
    return _address(PLAY, "play", session_id)


def thumbnail_address(session_id: str) -> str | None:
    """The address of the thumbnail of a session's recording, as an image on a page has it.

    It is the same for a tab as long as it is good. None where the app serves no addresses.
    """
    address = _address(THUMBNAILS, "thumbnail", session_id)
    return address and address.removeprefix("/")  # pages lie beside it, wherever the app is


def session_of(token: str, purpose: str = "play", *, max_age: float = PLAY_SECONDS) -> str | None:
    """The id of the session that a token is for; None where it is for none."""
    session_id = _named(token, purpose, max_age)
    return session_id if isinstance(session_id, str) else None


def live_address(session_id: str) -> str | None:
    """The address by which this tab hears of a review, the same as long as it is good.

    It has no slash before it: the browser knows where the app lies. None where the app serves no
    addresses of its own.
    """
    tab = st.session_state.setdefault(_TAB, secrets.token_hex(8))
    address = _address(LIVE, "live", session_id, [session_id, tab])
    return address and address.removeprefix("/")


def tab_of(token: str) -> tuple[str, str] | None:
    """The session and the tab that hears of it by a token; None where it is for none."""
    match _named(token, "live", PLAY_SECONDS):
        case [str(session_id), str(tab)]:
            return session_id, tab
    return None


def _named(token: str, purpose: str, max_age: float) -> object:
    passphrase = services.settings().passphrase
    return services.address_signer().read(purpose, token, passphrase, max_age=max_age)


def _address(path: str, purpose: str, session_id: str, named: object = None) -> str | None:
    """The address for what is `named`, else for the session."""
    if not services.serving().is_set():
        return None
    named = named or session_id
    tokens: dict[tuple[str, str], str] = st.session_state.setdefault(_TOKENS, {})
    token = tokens.get((purpose, session_id), "")
    if _named(token, purpose, RENEW_SECONDS) != named:
        passphrase = services.settings().passphrase
        token = services.address_signer().sign(purpose, named, passphrase)
        tokens[purpose, session_id] = token
    return path + token


def clip_address(order_id: str) -> str | None:
    """The address that downloads what came of an order of clips, as a link on a page has it.

    None where the app serves no addresses of its own.
    """
    if not services.serving().is_set():
        return None
    token = services.address_signer().sign("clip", order_id, services.settings().passphrase)
    return CLIPS.removeprefix("/") + token  # pages lie beside it, wherever the app is


def order_of(token: str) -> str | None:
    """The id of the order whose file a token downloads; None where it downloads none."""
    order_id = services.address_signer().read(
        "clip", token, services.settings().passphrase, max_age=PLAY_SECONDS
    )
    return order_id if isinstance(order_id, str) else None


def upload_token(plan: UploadPlan) -> str:
    """The token by which a browser may send the file that was planned."""
    named = [plan.id, plan.name, plan.size]
    return services.address_signer().sign("upload", named, services.settings().passphrase)


def new_plan(name: str, size: int) -> UploadPlan:
    """The plan of an upload; of the file's name only a plain suffix goes into addresses."""
    suffix = PurePosixPath(name).suffix.lower()
    plain = suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ""
    return UploadPlan(secrets.token_hex(16), f"recording{plain}", size)


def plan_of(token: str) -> UploadPlan | None:
    """The plan of an upload that a page made a token for; None where none did, or too long ago."""
    named = services.address_signer().read(
        "upload", token, services.settings().passphrase, max_age=services.UPLOAD_SECONDS
    )
    return UploadPlan(*named) if isinstance(named, list) else None
