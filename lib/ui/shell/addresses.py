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
PLAY_SECONDS = 12 * 60 * 60  # that an address of a recording is good for
RENEW_SECONDS = PLAY_SECONDS - 60 * 60  # older ones are not given out again
_TOKENS = "address_tokens"  # session state: by purpose and the id of a session


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
    passphrase = services.settings().passphrase
    session_id = services.address_signer().read(purpose, token, passphrase, max_age=max_age)
    return session_id if isinstance(session_id, str) else None


def _address(path: str, purpose: str, session_id: str) -> str | None:
    if not services.serving().is_set():
        return None
    tokens: dict[tuple[str, str], str] = st.session_state.setdefault(_TOKENS, {})
    token = tokens.get((purpose, session_id), "")
    if session_of(token, purpose, max_age=RENEW_SECONDS) != session_id:
        passphrase = services.settings().passphrase
        token = services.address_signer().sign(purpose, session_id, passphrase)
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
