"""Search, filter and sort sessions, in one way for both databases.

Texts are split into words here; the databases only match the beginnings of whole words. So nothing
that somebody types has a meaning to a database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lib.library.database import naive_utc
from lib.library.tables import SEARCHES, SESSIONS
from lib.model import Analysis, Api, Origin
from lib.plain_text import replace_surrogates

Sort = Literal["created_at", "title", "duration", "signals"]

MAX_WORD_CHARACTERS = 60  # a longer word is indexed by its beginning
MAX_WORDS_BYTES = 400_000  # of a session's words: a tsvector takes 1 MB with those of its review
MAX_READ_CHARACTERS = 6_000_000  # of texts to find their words in: a transcript has 5 MiB at most
MAX_REVIEW_WORDS_BYTES = 200_000  # of the words of its notes, and of those of its transcript
MAX_QUERY_WORDS = 20  # the first of a search, which count
WORD = re.compile(r"[^\W_]+")
SORT_COLUMNS = {
    "created_at": SESSIONS.c.created_at,
    "title": SESSIONS.c.title_key,
    "duration": SESSIONS.c.duration,
    "signals": SESSIONS.c.signals,
}


@dataclass(frozen=True, slots=True)
class Query:
    """What to list, and in which order; the default is all sessions, newest first.

    Each of the `words` begins a word of the title, the file name, a rationale, a note or the
    transcript. `origins`,
    `apis` and `models` name what matches; an empty one matches everything. Sessions created from
    `since` on and before `until` match. A session whose duration or count of signals is not known
    comes last when sorted by it.
    """

    words: str = ""
    origins: tuple[Origin, ...] = ()
    apis: tuple[Api, ...] = ()
    models: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    sort: Sort = "created_at"
    descending: bool = True


def fold_text(text: str) -> str:
    """The text without case and accents, as it is sorted and searched by."""
    if text.isascii():  # it has no accents, and is most of what is indexed
        return text.replace("\0", " ").lower()
    # PostgreSQL takes no NUL, and no database half a character.
    parts = unicodedata.normalize("NFKD", replace_surrogates(text.replace("\0", " ")))
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def unique_words(texts: Iterable[str], *, max_bytes: int = MAX_WORDS_BYTES) -> str:
    """The words of the texts, each once, in their order and within the bounds above."""
    unique: dict[str, None] = {}
    bytes_left, characters_left = max_bytes, MAX_READ_CHARACTERS
    for text in texts:
        part = text[:characters_left]
        characters_left -= len(part)
        for word in WORD.findall(fold_text(part)):
            beginning = word[:MAX_WORD_CHARACTERS]
            if beginning not in unique:
                bytes_left -= len(beginning.encode()) + 1
                if bytes_left < 0:
                    return " ".join(unique)
                unique[beginning] = None
    return " ".join(unique)


def session_words(recording_name: str, analysis: Analysis) -> str:
    """The words of a session's file name and rationales, by which a search finds it."""
    signals = analysis.signals or ()
    return unique_words([recording_name, *(signal.rationale or "" for signal in signals)])


def query_conditions(query: Query, dialect: str) -> list[sa.ColumnElement[bool]]:
    """The conditions of a query on a session, all of which have to be true."""
    choices: list[tuple[sa.Column[Any], tuple[str, ...]]] = [
        (SESSIONS.c.origin, query.origins),
        (SESSIONS.c.api, query.apis),
        (SESSIONS.c.model, query.models),
    ]
    conditions: list[sa.ColumnElement[bool]] = []
    conditions += [column.in_(allowed) for column, allowed in choices if allowed]
    if query.since:
        conditions.append(SESSIONS.c.created_at >= naive_utc(query.since))
    if query.until:
        conditions.append(SESSIONS.c.created_at < naive_utc(query.until))
    words = unique_words([query.words]).split()[:MAX_QUERY_WORDS]
    if words:
        matches = sa.select(SEARCHES.c.session_id).where(_word_condition(words, dialect))
        conditions.append(SESSIONS.c.id.in_(matches))
    return conditions


def sort_order(query: Query) -> tuple[sa.ColumnElement[Any], ...]:
    """The columns by which a query sorts, with the id as the last."""
    column = SORT_COLUMNS[query.sort]
    first = column.desc() if query.descending else column.asc()
    return (first.nulls_last() if column.nullable else first, SESSIONS.c.id)


def optimize_word_index(connection: Connection) -> None:
    """Remove from SQLite's index of words what belongs to sessions that are deleted."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO found (found) VALUES ('optimize')")


def _word_condition(words: list[str], dialect: str) -> sa.ColumnElement[bool]:
    # Words are letters and digits alone, so every operator in the expression is ours.
    if dialect == "sqlite":
        expression = " AND ".join(f'"{word}"*' for word in words)
        rows = sa.text("SELECT rowid FROM found WHERE found MATCH :expression")
        return SEARCHES.c.place.in_(rows.bindparams(expression=expression))
    expression = " & ".join(f"'{word}':*" for word in words)
    vector: sa.ColumnElement[str] = sa.literal_column("searches.found")
    return vector.bool_op("@@")(
        sa.text("CAST(:expression AS tsquery)").bindparams(expression=expression)
    )
