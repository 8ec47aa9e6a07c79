"""The field where the app is run as a plain script, which has no address to send files to.

A file goes through Streamlit's own field: it is in memory until the tab is closed.
"""

from __future__ import annotations

from typing import IO

import streamlit as st

from lib.errors import AppError
from lib.recordings.store import sha256_of
from lib.recordings.uploads import FinishedUpload
from lib.ui.shell import services, upload_limits
from lib.ui.shell.upload_field import UploadField, put_problem, refuse, take

_PLAIN_SCRIPT = (
    "The host runs this app as a plain script: an upload cannot be paused, and has to be started "
    "again where the connection breaks."
)


def draw_plain_field(field: UploadField) -> None:
    """Draw the field; of what was chosen with it, take each file and begin with an empty one."""
    turn = f"{field.key}_turn"  # session state: how many fields were emptied
    number = st.session_state.get(turn, 0)
    chosen = st.file_uploader(
        field.label, accept_multiple_files=field.several, key=f"{field.key}_{number}"
    )
    st.caption(_PLAIN_SCRIPT)
    if not chosen:
        return
    put_problem(field, None)
    for file in chosen if isinstance(chosen, list) else [chosen]:
        _take(field, file, name=file.name, size=file.size)
    st.session_state[turn] = number + 1
    st.rerun()


def _take(field: UploadField, file: IO[bytes], *, name: str, size: int) -> None:
    if too_large := upload_limits.size_problem(size):
        refuse(field, name, size, too_large)
        return
    try:
        ticket = services.recordings().add(file, name)
    except AppError as error:
        put_problem(field, error.problem)
        return
    take(field, FinishedUpload(name, size, ticket, sha256_of(file)))
