"""Measure every pair in this one run, and print the table."""

from bench import (
    answers,
    batch,
    lanes,
    large_upload,
    longest_run,
    open_reviews,
    recordings,
    review_page,
    sessions,
    start,
    stitched,
    upload,
)
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
        *large_upload.rows(),
        *recordings.rows(),
        *open_reviews.rows(),
        *stitched.rows(),
        *start.rows(),
    ]
)
