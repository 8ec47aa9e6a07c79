"""Runs in a library, without a queue."""

from lib.background import run
from lib.model import V1Options


def add(library, run_id, phase="queued"):
    new = {"id": run_id, "name": "talk.mp4", "ticket": "", "account": "a", "folder": "here"}
    library.runs.add({**new, "options": run.pack_options(V1Options())})
    library.runs.claim(run_id, 1, "execution")
    library.runs.change(run_id, "execution", {"phase": phase})
