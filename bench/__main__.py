"""Measure every pair in this one run, and print the table."""

from bench import answers, batch, lanes, room, sessions, start, upload
from bench.table import show

show(
    [
        *upload.rows(),
        *answers.rows(),
        *lanes.rows(),
        *room.rows(),
        *sessions.rows(),
        *batch.rows(),
        *start.rows(),
    ]
)
