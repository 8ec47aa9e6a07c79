"""The section on codes: the codebook to code by, brought as a file and taken as one."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from lib import frames
from lib.interchange.codebook import limits, reader, writer
from lib.model import Code, Codebook, Session
from lib.plain_text import file_name
from lib.ui.review import blindness, coding, session_frames
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import html, problem_view, services


def draw_codes(loaded: LoadedSession) -> None:
    """Draw the codebook that is chosen, others to choose, and a field for a new one."""
    session, books = loaded.session, coding.all_codebooks()
    current = coding.current_codebook(session, loaded.added, books)
    if blindness.current_mode() != blindness.OPEN:
        st.caption("What others coded is not shown while you judge blind.")
    if current is None:
        st.caption(
            "A codebook holds your own kinds of spans. With one you code while the recording "
            "plays: a key begins a stretch and ends it, or marks a moment."
        )
    else:
        _draw_choice(session, books, current)
        st.html(_table(current.codes))
        _draw_files(current)
    _draw_agreement(loaded)
    with st.expander("Bring a codebook", expanded=current is None, key="codebook_new"):
        _draw_upload(session, books)


def _draw_choice(session: Session, books: tuple[Codebook, ...], current: Codebook) -> None:
    names = {book.id: f"{book.name} · version {book.version}" for book in books}
    chosen = st.selectbox(
        "Codebook",
        list(names),
        index=list(names).index(current.id),
        format_func=lambda one: names.get(one, one),
        key=f"codebook_{session.id}_{current.id}",
    )
    if chosen != current.id:
        coding.choose(session, chosen)
        st.rerun()  # all of the page: what stands beside the video shows it as well


def _table(codes: tuple[Code, ...]) -> str:
    head = ("Key", "Code", "Kind", "Definition", "Same as the signals")
    rows = [
        (code.key, code.name, code.kind, code.definition, ", ".join(code.matches)) for code in codes
    ]
    return html.table(head, rows)


def _draw_agreement(loaded: LoadedSession) -> None:
    """Draw how far coders agree with each other and with signals; nothing where nobody coded."""
    coded = loaded.coded
    if coded.empty:
        return
    signals = session_frames.session_tables(loaded.session)["signals"]
    table = frames.code_agreement(coded, signals, loaded.session.duration)
    if table.empty:
        st.caption("Once two coders have used one code, how far they agree stands here.")
        return
    texts = frames.code_agreement_texts(table)
    st.html(html.table(list(map(_capital, texts)), list(zip(*texts.values(), strict=True))))
    st.caption(frames.code_agreement_note(coded))


def _capital(heading: str) -> str:
    return heading[:1].upper() + heading[1:]


def _draw_files(codebook: Codebook) -> None:
    name = file_name(codebook.name, "", f"version-{codebook.version}")
    with st.container(horizontal=True):
        for label, write, suffix, mime in (
            ("Codebook (CSV)", writer.write_csv, "csv", "text/csv"),
            ("Codebook (YAML)", writer.write_yaml, "yaml", "application/yaml"),
        ):
            st.download_button(
                label,
                lambda write=write: write(codebook),  # type: ignore[misc]
                file_name=f"{name}.{suffix}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"codebook_{suffix}",
            )


def _draw_upload(session: Session, books: tuple[Codebook, ...]) -> None:
    st.caption(
        "A table (.csv) with the columns name, definition, color, key, kind (stretch or point) and "
        "matches (types of signals, with ; between them), the same as .yaml, or a template of "
        "ELAN (.etf), whose controlled vocabularies become codes. Only the name is needed."
    )
    file = st.file_uploader("Codebook file", type=list(reader.SUFFIXES), key="codebook_file")
    if file is None:
        return
    with problem_view.shown_errors(stop=False):
        if file.size > limits.MAX_BYTES:
            raise limits.too_large()
        found = reader.read_codebook(file.getvalue(), name=file.name)
        st.html(_table(found.codes))
        for remark in found.remarks:
            st.text(remark)
        st.text(_becomes_text(found, books))
        if st.button("Use this codebook", type="primary", icon=":material/check:"):
            _keep(session, found)


def _becomes_text(found: reader.CodebookFile, books: tuple[Codebook, ...]) -> str:
    """What comes of a file that is kept."""
    same = next((book for book in books if book.name == found.name), None)
    if same is None:
        return f"It becomes the codebook “{found.name}”."
    if same.codes == found.codes:
        return f"It is version {same.version} of “{found.name}” as it is here."
    return (
        f"It becomes the version after {same.version} of “{found.name}”. What was coded with an "
        "earlier version stays as it is."
    )


def _keep(session: Session, found: reader.CodebookFile) -> None:
    book = services.library().write_codes(found.name, found.codes, datetime.now(UTC))
    coding.choose(session, book.id)
    st.rerun()
