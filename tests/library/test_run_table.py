"""The table of runs by itself, on both databases."""

from datetime import UTC, datetime

from lib.background import run
from lib.library import AcceptedJob
from lib.library.run_rows import ENDED
from lib.model import V1Options


def add(library, run_id, phase="queued"):
    new = {"id": run_id, "name": "talk.mp4", "ticket": "", "account": "a", "folder": "here"}
    library.runs.add({**new, "options": run.pack_options(V1Options())})
    library.runs.claim(run_id, 1, "execution")
    library.runs.change(run_id, "execution", {"phase": phase})


def test_only_what_is_over_is_dropped_in_time(library, monkeypatch):
    monkeypatch.setattr("lib.library.run_rows.MAX_SETTLED_RUNS", 1)
    for phase in ENDED:
        add(library, phase, phase)
    add(library, "left", "cancelled")
    now = datetime.now(UTC)
    library.write_job(AcceptedJob("left", "job", "inter-2", "talk.mp4", None, now, None))
    add(library, "later", "done")
    add(library, "last")
    left = {row.columns["id"] for row in library.runs.all()}
    assert left == {"failed", "interrupted", "unconfirmed", "left", "later", "last"}
