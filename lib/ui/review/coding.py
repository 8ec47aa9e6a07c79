"""What is coded, and by which codebook one codes in this tab, as the browser reads it."""

from __future__ import annotations

import streamlit as st

from lib.errors import LibraryError
from lib.model import Code, Codebook, CodedSpan, Review, Session
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import services
from lib.ui.web.coding_protocol import CodebookData, CodeData, CodedSpanData, CodingData

CHOSEN = "codebook_of"  # state: the id of the codebook that was chosen, by session
NEUTRAL = "#7f8790"  # of a code whose codebook is not here


def all_codebooks() -> tuple[Codebook, ...]:
    """The latest version of each codebook; none where the library cannot be reached."""
    if not services.library_exists():
        return ()
    try:
        return services.library().codebooks()
    except LibraryError:
        return ()


def current_codebook(
    session: Session, review: Review, codebooks: tuple[Codebook, ...]
) -> Codebook | None:
    """The codebook to code by: chosen here, else used last in this session, else written last."""
    wanted = [st.session_state.get(CHOSEN, {}).get(session.id)]
    wanted += [span.codebook for span in review.coded[-1:]]
    found = (book for key in wanted for book in codebooks if book.id == key)
    return next(found, codebooks[0] if codebooks else None)


def choose(session: Session, codebook_id: str) -> None:
    """Code by this codebook in this tab."""
    st.session_state[CHOSEN] = {**st.session_state.get(CHOSEN, {}), session.id: codebook_id}


def coding_data(loaded: LoadedSession) -> CodingData:
    """What the browser is told of codes."""
    review = loaded.added
    codebook = current_codebook(loaded.session, review, all_codebooks())
    known = {(book.id, book.version): book for book in review.codebooks}
    return CodingData(
        codebook=_codebook_data(codebook) if codebook else None,
        spans=[_span_data(span, known.get((span.codebook, span.version))) for span in review.coded],
    )


def _codebook_data(codebook: Codebook) -> CodebookData:
    return CodebookData(
        id=codebook.id,
        version=codebook.version,
        name=codebook.name,
        codes=[_code_data(code) for code in codebook.codes],
    )


def _code_data(code: Code) -> CodeData:
    return CodeData(
        name=code.name,
        definition=code.definition,
        color=code.color or NEUTRAL,
        key=code.key,
        kind=code.kind,
    )


def _span_data(span: CodedSpan, codebook: Codebook | None) -> CodedSpanData:
    code = codebook.code(span.code) if codebook else None
    return CodedSpanData(
        id=span.id,
        coder=span.coder,
        code=span.code,
        start=span.start,
        end=span.end,
        codebook=span.codebook,
        version=span.version,
        color=code.color if code and code.color else NEUTRAL,
        definition=code.definition if code else "",
        kind=code.kind if code else "unknown",
        byline=span.byline,
    )
