"""Runs in a library, without a queue."""

from lib.background import run
from lib.model import V1Options


def add(library, run_id, phase="queued"):
    new = {"id": run_id, "name": "talk.mp4", "ticket": "", "account": "a", "folder": "here"}
    library.runs.add({**new, "options": run.pack_options(V1Options())})
    library.runs.claim(run_id, 1, "execution")
    library.runs.change(run_id, "execution", {"phase": phase})


def new_part(part_id, parent):
    """A new run for a part that was cancelled."""
    new = {"id": part_id, "name": "talk.mp4, part 2 of 2", "ticket": "", "account": "a"}
    options = run.pack_options(V1Options())
    return {**new, "folder": "here", "options": options, "parent": parent, "phase": "cancelled"}
