"""The table of runs by itself, on both databases."""

from datetime import UTC, datetime

from lib import runs
from lib.interhuman import V1Options
from lib.library import Submission
from lib.library.runs import ENDED


def add(library, run_id, phase="queued"):
    new = runs.columns(run_id, name="talk.mp4", ticket="", options=V1Options())
    library.runs.add({**new, "account": "a", "place": "here"})
    library.runs.claim(run_id, 1, "life")
    library.runs.change(run_id, "life", {"phase": phase})


def test_only_what_is_over_is_dropped_in_time(library, monkeypatch):
    monkeypatch.setattr("lib.library.runs.KEEP", 1)
    for phase in ENDED:
        add(library, phase, phase)
    add(library, "left", "cancelled")
    now = datetime.now(UTC)
    library.note(Submission("left", "job", "inter-2", "talk.mp4", None, now, None))
    add(library, "later", "done")
    add(library, "last")
    found = {row.columns["id"] for row in library.runs.all()}
    assert found == {"failed", "interrupted", "asks", "left", "later", "last"}
