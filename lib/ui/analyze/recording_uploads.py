"""Recordings that come from the browser in slices: which were allowed, which are here.

The browser tells all that it has each time, so that a message that another one replaced is not
missed. A file has a key of the browser's, and a plan and a token of ours.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.errors import AppError
from lib.media_types import SUFFIXES
from lib.recordings.uploads import UploadPlan
from lib.ui.analyze import selected_recordings
from lib.ui.shell import addresses, messages, services, upload_limits
from lib.ui.web import scripts

MAX_FILES = 2000  # that one tab may have on their way
_UPLOADS = "analyze_uploads"  # session state: by the browser's key of a file
_OTHERS = "analyze_others"  # session state: files that were left out, as they are no recordings
_LOST = "analyze_lost"  # session state: files that are not here though they were sent
_FAILURE = "analyze_upload_failed"  # session state: why one was not allowed
_NAME_CHARACTERS = 500
_field = st.components.v2.component(
    "signal_review_upload", js=scripts.upload_script(), isolate_styles=False
)


@dataclass(frozen=True, slots=True)
class PageUpload:
    """A file of this tab. Without a plan it is settled: taken, refused or lost."""

    name: str
    plan: UploadPlan | None = None
    token: str = ""


def draw_field() -> None:
    """Draw the field that recordings are dropped on, and what went wrong with them."""
    uploads = _uploads()
    tokens = {key: upload.token for key, upload in uploads.items() if upload.plan}
    settled = [key for key, upload in uploads.items() if not upload.plan]
    with st.container(key="drop"):
        _field(
            key="upload",
            # Another one each time, so that the browser tells again what a run has missed.
            data={
                "tokens": tokens,
                "settled": settled,
                "suffixes": list(SUFFIXES),
                "run": secrets.token_hex(4),
            },
            on_told_change=_read_told,
        )
    if problem := st.session_state.get(_FAILURE):
        messages.show_problem(problem)
    if lost := st.session_state.get(_LOST, 0):
        st.warning(f"Files that did not arrive: {lost}. Choose them again.")
    if others := st.session_state.get(_OTHERS, 0):
        st.caption(f"Left out because they are not recordings: {others}.")


def coming_count() -> int:
    """How many files are still on their way."""
    return sum(upload.plan is not None for upload in _uploads().values())


def _uploads() -> dict[str, PageUpload]:
    uploads: dict[str, PageUpload] = st.session_state.setdefault(_UPLOADS, {})
    return uploads


def _read_told() -> None:
    """Do what the browser told: plan what is new, take what is here, end what was removed."""
    told: Any = st.session_state["upload"].get("told")
    if not isinstance(told, dict):
        return
    here = set(_texts(told.get("here")))
    others = told.get("others")
    st.session_state[_OTHERS] = others if isinstance(others, int) and others > 0 else 0
    for key in _uploads().keys() - here:
        if plan := _uploads().pop(key).plan:
            services.uploads().remove(plan.id)
    for file in _files(told.get("wanted"), here):
        _plan(file)
    for file in _files(told.get("finished"), here):
        _take(file)


def _plan(file: dict[str, Any]) -> None:
    """Give a file its token, another one where the app has refused the first; or refuse it."""
    key, name, size = file["key"], _name(file), file.get("size")
    known = _uploads().get(key)
    if known and (not known.plan or known.token != file.get("refused")):
        return
    if not isinstance(size, int) or size < 0 or len(_uploads()) >= MAX_FILES:
        _uploads()[key] = PageUpload(name)
        return
    st.session_state.pop(_FAILURE, None)
    if upload_limits.size_problem(size):
        selected_recordings.add_too_large(name, size)
        _uploads()[key] = PageUpload(name)
        return
    try:
        services.uploads().check_room(size)
    except AppError as error:
        st.session_state[_FAILURE] = error.problem
        _uploads()[key] = PageUpload(name)
        return
    plan = addresses.new_plan(name, size)
    _uploads()[key] = PageUpload(name, plan, addresses.upload_token(plan))


def _take(file: dict[str, Any]) -> None:
    """Put a whole upload on the list of recordings.

    A run that is cut short meanwhile writes nothing any more; the next one does all of it again.
    Where the connection was away for long, the page knows nothing of it but what its token says.
    """
    key, known = file["key"], _uploads().get(file["key"])
    if known and not known.plan:
        return
    name, plan = (known.name, known.plan) if known else (_name(file), _plan_of(file))
    finished = services.uploads().finished(plan.id) if plan else None
    if finished:
        size, ticket, content = finished.size, finished.ticket, finished.content
        selected_recordings.add_stored(name, size, ticket, content)
    else:
        st.session_state[_LOST] = st.session_state.get(_LOST, 0) + 1
    _uploads()[key] = PageUpload(name)


def _plan_of(file: dict[str, Any]) -> UploadPlan | None:
    token = file.get("token")
    return addresses.plan_of(token) if isinstance(token, str) else None


def _name(file: dict[str, Any]) -> str:
    return str(file.get("name", ""))[:_NAME_CHARACTERS]


def _files(value: object, here: set[str]) -> list[dict[str, Any]]:
    """The files of a list that the browser told, of those that it has."""
    files = [file for file in value if isinstance(file, dict)] if isinstance(value, list) else []
    return [file for file in files if isinstance(file.get("key"), str) and file["key"] in here]


def _texts(value: object) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
