"""The table of runs by itself, on both databases."""

from datetime import UTC, datetime

import pytest

from lib.errors import LibraryError
from lib.library import AcceptedJob
from lib.library.run_rows import ENDED
from tests import answers, parts
from tests.library.runs import add, new_part


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


def test_a_recording_s_run_has_the_session_of_its_parts(library):
    add(library, "parent")
    assert not library.save_parts("parts", "parent", lambda _: None)
    assert library.runs.get("parent").columns["session_id"] is None
    assert library.save_parts("parts", "parent", lambda _: parts.session(*parts.three()))
    assert library.runs.get("parent").columns["session_id"] == "parts"


def test_parts_are_not_saved_once_the_session_was_deleted_with_its_run(library):
    add(library, "parent")
    session = parts.session(*parts.three())
    assert library.save_parts("parts", "parent", lambda _: session)
    library.save(answers.session())
    library.delete_all(["parts"])  # while the answer to another part is on its way
    assert not library.save_parts("parts", "parent", lambda _: session)
    assert library.load("parts") is None
    assert library.load("abc") == answers.session()


def test_a_recording_ends_with_all_runs_of_the_parts_that_can_be_sent_later_or_not(library):
    add(library, "recording", "analysing")
    done = {"phase": "done"}
    first, second = (new_part(part_id, "recording") for part_id in ("p1", "p2"))
    with pytest.raises(LibraryError):
        library.runs.settle_parts("recording", done, (first, first))
    assert library.runs.get("recording").columns["phase"] == "analysing"
    assert library.runs.parts(["recording"]) == ()
    assert library.runs.settle_parts("recording", done, (first, second))
    assert not library.runs.settle_parts("recording", done, (new_part("p3", "recording"),))
    assert {row.columns["id"] for row in library.runs.parts(["recording"])} == {"p1", "p2"}
