"""Which sessions a list shows, and in which order: words, filters, sort.

Words are made here, in one way for both databases, which find the beginnings of whole words
alone. So nothing that somebody types has a meaning to a database. Knows SQLAlchemy.
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

MAX_WORD_CHARACTERS = 60  # characters; longer words are found by their beginning
MAX_WORDS_BYTES = 400_000  # of a session's words: a tsvector takes 1 MB
MAX_QUERY_WORDS = 20  # words of a search
WORD = re.compile(r"[^\W_]+")
SORT_COLUMNS = {
    "created_at": SESSIONS.c.created_at,
    "title": SESSIONS.c.title_key,
    "duration": SESSIONS.c.duration,
    "signals": SESSIONS.c.signals,
}


@dataclass(frozen=True, slots=True)
class Query:
    """What to list: nothing given means all, newest first.

    Each of the `words` begins a word of the title, the file name or a rationale. `origins`,
    `apis` and `models` name what may pass, empty ones let everything pass. Sessions made from
    `since` on and before `until` pass. Where a duration or a count of signals is not known, the
    session comes last.
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
    """The text without case and accents: what is sorted and searched by."""
    # PostgreSQL takes no NUL, and no database half a character.
    parts = unicodedata.normalize("NFKD", replace_surrogates(text.replace("\0", " ")))
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def unique_words(texts: Iterable[str]) -> str:
    """The words of the texts, each once and in their order, within the bounds above."""
    found: dict[str, None] = {}
    room = MAX_WORDS_BYTES
    for text in texts:
        for word in WORD.findall(fold_text(text)):
            kept = word[:MAX_WORD_CHARACTERS]
            if kept not in found:
                room -= len(kept.encode()) + 1
                if room < 0:
                    return " ".join(found)
                found[kept] = None
    return " ".join(found)


def session_words(recording_name: str, analysis: Analysis) -> str:
    """The words by which a session is found, but for those of its title."""
    signals = analysis.signals or ()
    return unique_words([recording_name, *(signal.rationale or "" for signal in signals)])


def query_conditions(query: Query, dialect: str) -> list[sa.ColumnElement[bool]]:
    """The conditions of a query, all of which have to hold."""
    among: list[tuple[sa.Column[Any], tuple[str, ...]]] = [
        (SESSIONS.c.origin, query.origins),
        (SESSIONS.c.api, query.apis),
        (SESSIONS.c.model, query.models),
    ]
    found: list[sa.ColumnElement[bool]] = []
    found += [column.in_(allowed) for column, allowed in among if allowed]
    if query.since:
        found.append(SESSIONS.c.created_at >= naive_utc(query.since))
    if query.until:
        found.append(SESSIONS.c.created_at < naive_utc(query.until))
    asked = unique_words([query.words]).split()[:MAX_QUERY_WORDS]
    if asked:
        holding = sa.select(SEARCHES.c.session_id).where(_word_condition(asked, dialect))
        found.append(SESSIONS.c.id.in_(holding))
    return found


def sort_order(query: Query) -> tuple[sa.ColumnElement[Any], ...]:
    """What a list is sorted by."""
    column = SORT_COLUMNS[query.sort]
    way = column.desc() if query.descending else column.asc()
    return (way.nulls_last() if column.nullable else way, SESSIONS.c.id)


def optimize_word_index(connection: Connection) -> None:
    """Let SQLite's index of words hold nothing of sessions that are gone."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO found (found) VALUES ('optimize')")


def _word_condition(asked: list[str], dialect: str) -> sa.ColumnElement[bool]:
    # Letters and digits alone: the signs round them are ours, and so is all their meaning.
    if dialect == "sqlite":
        sought = " AND ".join(f'"{word}"*' for word in asked)
        places = sa.text("SELECT rowid FROM found WHERE found MATCH :sought")
        return SEARCHES.c.place.in_(places.bindparams(sought=sought))
    sought = " & ".join(f"'{word}':*" for word in asked)
    vector: sa.ColumnElement[str] = sa.literal_column("searches.found")
    return vector.bool_op("@@")(sa.text("CAST(:sought AS tsquery)").bindparams(sought=sought))
