"""The field whose files come in slices: which were allowed, which are here.

The browser tells all that it has each time, so that a message that another one replaced is not
missed. A file has a key of the browser's, and a plan and a token of ours.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from lib.errors import AppError
from lib.media_types import SUFFIXES
from lib.recordings.uploads import FinishedUpload, UploadPlan
from lib.ui.shell import services, signed_addresses, upload_limits
from lib.ui.shell.upload_field import (
    PageUpload,
    UploadField,
    field_state,
    put_problem,
    refuse,
    take,
)
from lib.ui.web import scripts
from lib.ui.web.protocol import UploaderData

MAX_FILES = 2000  # that one field may have on their way
_NAME_CHARACTERS = 500
_element = st.components.v2.component(
    "signal_review_upload", js=scripts.upload_script(), isolate_styles=False
)


def draw_sliced_field(field: UploadField) -> None:
    """Draw the field that recordings are dropped on, and which of them did not come."""
    state = field_state(field.key)
    data = UploaderData(
        field=field.key,
        label=field.label,
        hint=field.hint,
        several=field.several,
        small=field.small,
        tokens={key: upload.token for key, upload in state.uploads.items() if upload.plan},
        settled=[key for key, upload in state.uploads.items() if not upload.plan],
        suffixes=list(SUFFIXES),
        # Another one each time, so that the browser tells again what a run has missed.
        run=secrets.token_hex(4),
    )
    _element(
        key=field.key,
        data=data,
        on_told_change=partial(_read_told, field),
        width="content" if field.small else "stretch",
    )
    if state.lost:
        st.warning(f"Files that did not arrive: {state.lost}. Choose them again.")
    if state.others:
        st.caption(f"Left out because they are not recordings: {state.others}.")


def coming_count(key: str) -> int:
    """How many files of a field are still on their way."""
    return sum(upload.plan is not None for upload in _uploads(key).values())


def _uploads(key: str) -> dict[str, PageUpload]:
    return field_state(key).uploads


def _read_told(field: UploadField) -> None:
    """Do what the browser told: plan what is new, take what is here, end what was removed."""
    told: Any = st.session_state[field.key]["told"]
    if not isinstance(told, dict):
        return
    here = set(_texts(told.get("here")))
    others = told.get("others")
    field_state(field.key).others = others if isinstance(others, int) and others > 0 else 0
    for key in _uploads(field.key).keys() - here:
        if plan := _uploads(field.key).pop(key).plan:
            services.uploads().remove(plan.id)
    wanted = [file for file in _files(told.get("wanted"), here) if _is_new(field, file)]
    if wanted:
        put_problem(field, None)
    for file in wanted:
        _plan(field, file)
    for file in _files(told.get("finished"), here):
        _take(field, file)


def _is_new(field: UploadField, file: dict[str, Any]) -> bool:
    """Whether a file waits for a token: its first, or another, as the app has refused that."""
    known = _uploads(field.key).get(file["key"])
    return known is None or (known.plan is not None and known.token == file.get("refused"))


def _plan(field: UploadField, file: dict[str, Any]) -> None:
    """Give a file its token, or refuse it."""
    key, name, size = file["key"], _name(file), file.get("size")
    uploads = _uploads(field.key)
    uploads[key] = PageUpload(name)
    if not isinstance(size, int) or size < 0 or len(uploads) > MAX_FILES:
        return
    if too_large := upload_limits.size_problem(size):
        refuse(field, name, size, too_large)
        return
    try:
        services.uploads().check_room(size)
    except AppError as error:
        put_problem(field, error.problem)
        return
    plan = signed_addresses.new_plan(name, size)
    uploads[key] = PageUpload(name, plan, signed_addresses.upload_token(plan))


def _take(field: UploadField, file: dict[str, Any]) -> None:
    """Hand over a whole upload.

    A run that is cut short meanwhile writes nothing any more; the next one does all of it again.
    Where the connection was away for long, the page knows nothing of it but what its token says.
    """
    key, known = file["key"], _uploads(field.key).get(file["key"])
    if known and not known.plan:
        return
    name, plan = (known.name, known.plan) if known else (_name(file), _plan_of(file))
    if upload := _finished(plan):
        take(field, replace(upload, name=name))
    else:
        field_state(field.key).lost += 1
    _uploads(field.key)[key] = PageUpload(name)


def _finished(plan: UploadPlan | None) -> FinishedUpload | None:
    return services.uploads().finished(plan.id) if plan else None


def _plan_of(file: dict[str, Any]) -> UploadPlan | None:
    token = file.get("token")
    return signed_addresses.plan_of(token) if isinstance(token, str) else None


def _name(file: dict[str, Any]) -> str:
    return str(file.get("name", ""))[:_NAME_CHARACTERS]


def _files(value: object, here: set[str]) -> list[dict[str, Any]]:
    """The files of a list that the browser told, of those that it has."""
    files = [file for file in value if isinstance(file, dict)] if isinstance(value, list) else []
    return [file for file in files if isinstance(file.get("key"), str) and file["key"] in here]


def _texts(value: object) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
