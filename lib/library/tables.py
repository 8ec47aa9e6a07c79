"""The tables of the library, as SQLAlchemy's metadata."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from lib.plain_text import replace_surrogates


class Text(sa.TypeDecorator[str]):
    """A text column without lone surrogates. PostgreSQL takes no NUL: there U+001A escapes it."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as a column holds it."""
        if value is None:
            return None
        text = replace_surrogates(value)
        if dialect.name != "postgresql":
            return text
        return text.replace("\x1a", "\x1a1").replace("\0", "\x1a0")

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it was written."""
        if value is None or dialect.name != "postgresql":
            return value
        return value.replace("\x1a0", "\0").replace("\x1a1", "\x1a")


METADATA = sa.MetaData()
SORTED_TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")  # as SQLite sorts
SESSIONS = sa.Table(
    "sessions",
    METADATA,
    sa.Column("id", Text, primary_key=True),
    sa.Column("title", Text, nullable=False),
    sa.Column("recording_name", Text, nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False, index=True),  # UTC
    sa.Column("origin", Text, nullable=False),
    sa.Column("api", Text, nullable=False),
    sa.Column("model", Text, nullable=False),
    sa.Column("duration", sa.Float),  # seconds
    sa.Column("signals", sa.Integer),  # how many; null when not asked for
    sa.Column("correlation_id", Text),
    sa.Column("title_key", SORTED_TEXT, nullable=False, index=True),  # `search.fold` of the title
    sa.Column("types", Text),  # this and the next four: `summary.summary_columns`
    sa.Column("engaged", sa.Float),
    sa.Column("quality", sa.Float),
    sa.Column("no_evidence", sa.Boolean, nullable=False),
    sa.Column("windows", Text),
    sa.Column("state", Text, nullable=False),  # "done"; read by nobody
    sa.Column(
        "fingerprint", Text, index=True
    ),  # `background.run.analysis_fingerprint`; null when not known
    sa.Column("parts", sa.Integer, nullable=False, server_default="0"),  # 0 for one piece
)
ANSWERS = sa.Table(  # apart, so that lists need not skip them on disk
    "answers",
    METADATA,
    sa.Column(
        "session_id", Text, sa.ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("answer", sa.LargeBinary, nullable=False),  # zlib of the answer as received
)
PARTS = sa.Table(  # of sessions that were sent in parts, which have no row in `answers`
    "parts",
    METADATA,
    sa.Column(
        "session_id", Text, sa.ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),  # from 0
    sa.Column("start", sa.Float, nullable=False),  # this and the next three: seconds
    sa.Column("end", sa.Float, nullable=False),
    sa.Column("core_start", sa.Float, nullable=False),
    sa.Column("core_end", sa.Float, nullable=False),
    sa.Column("sent", Text, nullable=False),  # in words
    sa.Column("gap", Text),  # why there is no answer, `model.GapKind`; null where there is one
    sa.Column("reason", Text),
    sa.Column("correlation_id", Text),
    sa.Column("answer", sa.LargeBinary),  # as in `answers`; null where there is a gap
)
RECORDING_MEASUREMENTS = sa.Table(
    "recording_measurement",  # of sessions whose recording was measured
    METADATA,
    sa.Column(
        "session_id", Text, sa.ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("measurement", Text, nullable=False),  # JSON: `lib.interchange.measurement_json`
)
SEARCHES = sa.Table(
    "searches",
    METADATA,
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column(
        "session_id",
        Text,
        sa.ForeignKey("sessions.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    sa.Column("title", Text, nullable=False),  # its words, `search.unique_words`
    sa.Column("words", Text, nullable=False),  # those of the file name and the rationales
    sa.Column("notes", Text, nullable=False, server_default=""),
    sa.Column("transcript", Text, nullable=False, server_default=""),  # of speakers and lines
)
WORD_INDEX = {  # the index of words, and what updates it; `search` splits texts into words
    "sqlite": (
        """CREATE VIRTUAL TABLE found USING fts5(
            title, words, notes, transcript,
            content='searches', content_rowid='place', detail=none, tokenize='ascii'
        )""",
        """CREATE TRIGGER searches_added AFTER INSERT ON searches BEGIN
            INSERT INTO found (rowid, title, words, notes, transcript)
            VALUES (new.place, new.title, new.words, new.notes, new.transcript);
        END""",
        """CREATE TRIGGER searches_removed AFTER DELETE ON searches BEGIN
            INSERT INTO found (found, rowid, title, words, notes, transcript)
            VALUES ('delete', old.place, old.title, old.words, old.notes, old.transcript);
        END""",
        """CREATE TRIGGER searches_changed AFTER UPDATE ON searches BEGIN
            INSERT INTO found (found, rowid, title, words, notes, transcript)
            VALUES ('delete', old.place, old.title, old.words, old.notes, old.transcript);
            INSERT INTO found (rowid, title, words, notes, transcript)
            VALUES (new.place, new.title, new.words, new.notes, new.transcript);
        END""",
    ),
    "postgresql": (
        """ALTER TABLE searches ADD COLUMN found tsvector GENERATED ALWAYS AS (
            array_to_tsvector(array_remove(string_to_array(
                title || ' ' || words || ' ' || notes || ' ' || transcript, ' '
            ), ''))
        ) STORED""",
        "CREATE INDEX found ON searches USING gin (found) WITH (fastupdate = off)",
    ),
}
JOBS = sa.Table(
    "jobs",  # V2 jobs the API accepted and whose result is not saved yet
    METADATA,
    sa.Column("run_id", Text, primary_key=True),
    sa.Column("job_id", Text, nullable=False),
    sa.Column("model", Text, nullable=False),
    sa.Column("recording_name", Text, nullable=False),
    sa.Column("duration", sa.Float),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("expires_at", sa.DateTime),
)
NOTES = sa.Table(
    "notes",
    METADATA,
    sa.Column("place", sa.Integer, primary_key=True),  # the order written
    # No foreign key here and below: the sample is no row of sessions, yet people annotate it.
    sa.Column("session_id", Text, nullable=False),
    sa.Column("id", Text, nullable=False),
    sa.Column("reviewer", Text, nullable=False),
    sa.Column("text", Text, nullable=False),
    sa.Column("start", sa.Float, nullable=False),  # seconds
    sa.Column("end", sa.Float, nullable=False),
    sa.Column("signal", sa.Integer),  # index of the span in the answer; null when on time alone
    sa.Column("written_at", sa.DateTime, nullable=False),  # UTC
    sa.Column("imported", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("session_id", "id"),
)
VERDICTS = sa.Table(
    "verdicts",
    METADATA,
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("session_id", Text, nullable=False),
    sa.Column("signal", sa.Integer, nullable=False),
    sa.Column("reviewer", Text, nullable=False),
    sa.Column("opinion", Text, nullable=False),
    sa.Column("corrected", Text, nullable=False),
    sa.Column("written_at", sa.DateTime, nullable=False),
    sa.Column("imported", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("mode", Text, nullable=False, server_default="open"),  # of `model.JUDGING_MODES`
    sa.UniqueConstraint("session_id", "signal", "reviewer"),
)
CLAIMS = sa.Table(
    "claims",
    METADATA,
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("session_id", Text, nullable=False),
    sa.Column("id", Text, nullable=False),
    sa.Column("reviewer", Text, nullable=False),
    sa.Column("text", Text, nullable=False),
    sa.Column("filter", Text, nullable=False),  # in words
    sa.Column("signals", Text, nullable=False),  # JSON: the spans that it rests on
    sa.Column("total", sa.Integer, nullable=False),  # spans that there were
    sa.Column("marks", Text, nullable=False),  # JSON: [span, side]
    sa.Column("written_at", sa.DateTime, nullable=False),
    sa.Column("imported", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("session_id", "id"),
)
CODED_SPANS = sa.Table(
    "coded_spans",
    METADATA,
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("session_id", Text, nullable=False),
    sa.Column("id", Text, nullable=False),
    sa.Column("coder", Text, nullable=False),
    sa.Column("code", Text, nullable=False),  # its name
    sa.Column("start", sa.Float, nullable=False),  # seconds
    sa.Column("end", sa.Float, nullable=False),
    sa.Column("codebook", Text, nullable=False),  # its id; no foreign key: a file may lack it
    sa.Column("version", sa.Integer, nullable=False),  # of the codebook
    sa.Column("written_at", sa.DateTime, nullable=False),
    sa.Column("imported", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("session_id", "id"),
)
CODEBOOKS = sa.Table(
    "codebooks",  # every version; none ever changes
    METADATA,
    sa.Column("id", Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", Text, nullable=False),
    sa.Column("codes", Text, nullable=False),  # JSON: `lib.interchange.coding_json`
    sa.Column("written_at", sa.DateTime, nullable=False),
    sa.Column("imported", sa.Boolean, nullable=False, server_default=sa.false()),  # by a file
)
TRANSCRIPTS = sa.Table(
    "transcripts",
    METADATA,
    sa.Column("session_id", Text, primary_key=True),
    sa.Column("lines", sa.LargeBinary, nullable=False),  # zlib of JSON: [start, end, speaker, text]
)
RUNS = sa.Table(
    "runs",  # analyses, under way and ended
    METADATA,
    sa.Column("id", Text, primary_key=True),
    sa.Column("created_at", sa.Float, nullable=False),  # this and all times below: `time.time()`
    sa.Column("account", Text, nullable=False),  # a hash of address and key
    sa.Column("folder", Text, nullable=False),  # the id of the folder in which the recording lies
    sa.Column("name", Text, nullable=False),  # of the recording
    sa.Column("ticket", Text, nullable=False),
    sa.Column("options", Text, nullable=False),  # JSON
    sa.Column("phase", Text, nullable=False, index=True),
    sa.Column("since", sa.Float, nullable=False),  # when the phase began
    sa.Column("sent", sa.BigInteger, nullable=False),  # bytes
    sa.Column("total", sa.BigInteger, nullable=False),
    sa.Column("duration", sa.Float),  # seconds
    sa.Column("notice", Text, nullable=False),
    sa.Column("maybe_billed", sa.Boolean, nullable=False),
    sa.Column("failure", Text),  # JSON
    sa.Column("session_id", Text, index=True),
    sa.Column("attempt", sa.Integer, nullable=False),  # its number, from 1
    sa.Column("queued", sa.Integer, nullable=False),  # the attempt that the queue has; 0 for none
    sa.Column("execution", Text, nullable=False),  # the one execution that may write; "" for none
    sa.Column("stop", sa.Boolean, nullable=False),  # somebody cancelled it
    sa.Column(
        "fingerprint", Text, index=True
    ),  # `background.run.analysis_fingerprint`; null when not known
    sa.Column("plan", Text),  # JSON, of a recording that is sent in parts: `background.parts_plan`
    sa.Column("prepared", sa.Float),  # the share of the plan that is done
    sa.Column("parent", Text, index=True),  # of a part: the run of its recording
    sa.Column("part", Text),  # JSON, of a part: its number and times, `background.parts_plan`
)
STEPS = sa.Table(
    "run_steps",  # the phases a run went through
    METADATA,
    sa.Column("place", sa.Integer, primary_key=True),  # the order
    sa.Column("run_id", Text, nullable=False, index=True),
    sa.Column("phase", Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)
HEARTBEATS = sa.Table(
    "heartbeats",  # processes that follow runs, each with the time of its last heartbeat
    METADATA,
    sa.Column("id", Text, primary_key=True),
    sa.Column("folder", Text, nullable=False),
    sa.Column("seen", sa.Float, nullable=False),
)
QUOTA_PAUSES = sa.Table(
    "quota_pauses",  # accounts whose quota is used up
    METADATA,
    sa.Column("account", Text, primary_key=True),
    sa.Column("failure", Text, nullable=False),  # JSON
)
