"""A field that recordings are uploaded with, and what a tab has of its uploads.

What has arrived is a private file on loan, and the field's `take` is called with it before the page
is drawn. A run that is cut short is made up for by the next one: `take` may be called twice with
the same upload.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from lib.errors import Problem
from lib.recordings.uploads import FinishedUpload, UploadPlan
from lib.ui.shell import problem_view

Take = Callable[[FinishedUpload], Problem | None]
Refuse = Callable[[str, int, Problem], None]


@dataclass(frozen=True, slots=True)
class UploadField:
    """Where recordings are uploaded: for one recording, or for `several`.

    `key` is that of its element; `hint` is shown beside the button. A `small` one is a button among
    others. `take` returns why an upload is not wanted. `refuse` is called with the name and size of
    a file that is too large; without it the field shows the reason. `problem_key` is the key of the
    session state that holds why one could not be uploaded, where the page shows it elsewhere.
    """

    key: str
    label: str
    take: Take
    refuse: Refuse | None = None
    several: bool = False
    small: bool = False
    hint: str = ""
    problem_key: str = ""


@dataclass(frozen=True, slots=True)
class PageUpload:
    """A file of this tab. Without a plan it is settled: taken, refused or lost."""

    name: str
    plan: UploadPlan | None = None
    token: str = ""


@dataclass(slots=True)
class FieldState:
    """What a tab has of a field.

    Its uploads by the browser's key of a file, how many files were left out as they are no
    recordings, and how many are not here though they were sent.
    """

    uploads: dict[str, PageUpload] = field(default_factory=dict)
    others: int = 0
    lost: int = 0


def field_state(key: str) -> FieldState:
    """What this tab has of the field of this key."""
    state: FieldState = st.session_state.setdefault(f"{key}_state", FieldState())
    return state


def take(upload_field: UploadField, upload: FinishedUpload) -> None:
    """Hand over a whole upload, and say why it is not wanted, as the field has it."""
    if problem := upload_field.take(upload):
        put_problem(upload_field, problem)


def refuse(upload_field: UploadField, name: str, size: int, problem: Problem) -> None:
    """Say why a file is not taken that is too large, as the field has it."""
    if upload_field.refuse:
        upload_field.refuse(name, size, problem)
    else:
        put_problem(upload_field, problem)


def put_problem(upload_field: UploadField, problem: Problem | None) -> None:
    """Let it be shown why something could not be uploaded; None where all is well again."""
    st.session_state[_problem_key(upload_field)] = problem


def draw_problem(upload_field: UploadField) -> None:
    """Draw why something could not be uploaded, where nobody else does."""
    if upload_field.problem_key:
        return
    if problem := st.session_state.get(_problem_key(upload_field)):
        problem_view.show_problem(problem)


def _problem_key(upload_field: UploadField) -> str:
    return upload_field.problem_key or f"{upload_field.key}_problem"
