"""Measure every pair in this one run, and print the table."""

from bench import answers, batch, lanes, longest_run, review_page, sessions, start, upload
from bench.table import show

show(
    [
        *upload.rows(),
        *answers.rows(),
        *lanes.rows(),
        *longest_run.rows(),
        *review_page.rows(),
        *sessions.rows(),
        *batch.rows(),
        *start.rows(),
    ]
)
