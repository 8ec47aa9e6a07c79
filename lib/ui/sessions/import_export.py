"""Import a session or a whole library from a file, and export the library as an archive."""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import IO

import streamlit as st

from lib.interchange import session_json
from lib.library import zip_archive
from lib.ui.shell import problem_view, services
from lib.ui.shell.links import LOST, REVIEW

ARCHIVE = ".zip"
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")  # of one with files in it, and of an empty one
WITH_REVIEWS = "Add notes and verdicts to sessions that are here and have none"
IMPORT_COUNTS = "sessions_brought_in"  # state: what became of the last archive


def draw_import_export() -> None:
    """Offer to import a result or a library, and to export the whole library."""
    with st.expander("Import / export", icon=":material/swap_vert:"):
        left, right = st.columns([3, 2], gap="large")
        with left:
            _draw_import()
        with right:
            _draw_export()


def archive_bytes(session_ids: Collection[str] | None = None) -> bytes:
    """An archive of these sessions, or of the whole library."""
    stream = io.BytesIO()
    zip_archive.write_archive(services.library(), stream, session_ids)
    return stream.getvalue()


def import_text(counts: zip_archive.Counts) -> str:
    """What became of an imported archive, in words."""
    parts = [f"Sessions imported: {counts.sessions:,}."]
    if counts.reviews:
        parts.append(f"Already here, given the notes of the archive: {counts.reviews:,}.")
    if counts.present:
        parts.append(f"Already here, left unchanged: {counts.present:,}.")
    if counts.reviews_left:
        parts.append(
            f"Of these, the archive has notes, verdicts or a transcript: {counts.reviews_left:,}. "
            f"To add them where there are none, tick “{WITH_REVIEWS}”."
        )
    if counts.unread:
        parts.append(f"Could not be read, left out: {counts.unread:,}.")
    return " ".join(parts)


def _draw_import() -> None:
    file = st.file_uploader(
        "A session file of this app, a V1 answer or a V2 job (JSON), or an exported library (ZIP)",
        key="sessions_file",
    )
    archive = file is not None and _is_archive(file, file.name)
    if archive:
        st.checkbox(WITH_REVIEWS, key="sessions_with_reviews")
    if file and st.button("Import", type="primary", key="sessions_bring_in"):
        if archive:
            _import_archive(file)
        else:
            _import_session(file.getvalue(), file.name)
    if counts := st.session_state.pop(IMPORT_COUNTS, None):
        say = st.warning if counts.unread else st.success
        say(import_text(counts), icon=":material/rule:" if counts.unread else ":material/check:")


def _is_archive(file: IO[bytes], name: str) -> bool:
    """Whether a file is a ZIP, or says so; its name may be anything."""
    start = file.read(len(ZIP_STARTS[0]))
    file.seek(0)
    return start in ZIP_STARTS or name.lower().endswith(ARCHIVE)


def _import_session(content: bytes, name: str) -> None:
    with problem_view.shown_errors():
        imported = session_json.read_session(content, name=name)
        services.library().add_session(imported.session, imported.review)
    st.session_state[LOST] = {imported.session.id: imported.lost}
    st.switch_page(REVIEW, query_params={"session": imported.session.id})


def _import_archive(file: io.BytesIO) -> None:
    with problem_view.shown_errors(), st.spinner("Importing the sessions"):
        st.session_state[IMPORT_COUNTS] = zip_archive.read_archive(
            services.library(),
            file,
            with_reviews=st.session_state.get("sessions_with_reviews", False),
        )


def _draw_export() -> None:
    st.download_button(
        "Export the whole library",
        archive_bytes,
        file_name="signal-review-library.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
        key="library_export",
    )
    st.caption(
        "A ZIP of plain JSON: every session with its answer, notes, verdicts, claims and "
        "transcript. "
        "Recordings stay here. To move a large library, use the command in the README."
    )
