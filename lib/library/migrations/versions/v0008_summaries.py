"""Compute the summary columns anew: older apps read some answers in another way.

An answer of exactly 50 in all dimensions and without an index was "not sent", windows stood as
they came, and time that two engagement spans share counted twice.
"""

import zlib

import sqlalchemy as sa
from alembic import op

from lib.errors import ApiError
from lib.interhuman import parser
from lib.library import summary
from lib.library.tables import Text
from lib.model import Api

revision = "0008"
down_revision = "0007"

NAMES = ("signals", "types", "engaged", "quality", "no_evidence", "windows")
SESSIONS = sa.table(
    "sessions",
    *(sa.column(name, Text) for name in ("id", "api", "types", "windows")),
    *(sa.column(name, sa.Float) for name in ("engaged", "quality")),
    sa.column("signals", sa.Integer),
    sa.column("no_evidence", sa.Boolean),
)
ANSWERS = sa.table("answers", sa.column("session_id", Text), sa.column("answer", sa.LargeBinary))


def upgrade() -> None:
    """Read each answer once, one at a time: together they may be larger than the memory."""
    connection = op.get_bind()
    for session_id, api in connection.execute(sa.select(SESSIONS.c.id, SESSIONS.c.api)).all():
        _fill_columns(connection, session_id, api)


def _fill_columns(connection: sa.Connection, session_id: str, api: Api) -> None:
    query = sa.select(ANSWERS.c.answer).where(ANSWERS.c.session_id == session_id)
    try:
        answer = zlib.decompress(connection.scalar(query) or b"").decode("utf-8", "surrogatepass")
        columns = summary.summary_columns(parser.parse_answer(answer, api=api))
    except (ApiError, ValueError, zlib.error):  # it is damaged, and stays as it is
        return
    update = sa.update(SESSIONS).where(SESSIONS.c.id == session_id)
    connection.execute(update.values({name: columns[name] for name in NAMES}))
