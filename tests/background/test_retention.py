import io
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lib.background import retention
from lib.background.retention import RetentionSchedule
from lib.errors import LibraryError
from lib.library import Library
from lib.model import Note, Review
from lib.recordings.store import RecordingStore
from tests import answers

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BOUND = 30  # seconds until a test gives up


@pytest.fixture
def library():
    library = Library("sqlite://")
    yield library
    library.close()


@pytest.fixture
def recordings(tmp_path):
    store = RecordingStore(tmp_path / "recordings", keep_for=7200, kept=True)
    yield store
    store.close()


def add_session(library, recordings, session_id, *, age):
    """Add a session of this age, with a note and its recording."""
    library.save(replace(answers.session(session_id=session_id), created_at=NOW - age))
    note = Note("n", "Ada", "heard", start=1.0, end=1.0, signal=None, written_at=NOW)
    library.write_note(session_id, note)
    recordings.assign(recordings.add(io.BytesIO(b"bytes"), "a.mp4"), session_id)


def test_what_is_older_than_said_goes_with_all_that_belongs_to_it(library, recordings):
    add_session(library, recordings, "old", age=timedelta(days=30, seconds=1))
    add_session(library, recordings, "young", age=timedelta(days=30))
    assert retention.apply_retention(library, recordings, days=30, now=NOW) == 1
    assert library.ids() == ("young",)
    assert library.review("old") == Review()
    assert recordings.path_of_session("old") is None
    assert library.review("young") != Review()
    assert recordings.path_of_session("young")


def test_without_a_number_of_days_nothing_goes(library, recordings):
    add_session(library, recordings, "old", age=timedelta(days=9_999))
    assert retention.apply_retention(library, recordings, days=None, now=NOW) == 0
    assert library.ids() == ("old",)
    assert recordings.path_of_session("old")


def test_a_recording_goes_whose_session_another_process_deleted(library, recordings):
    add_session(library, recordings, "gone", age=timedelta())
    library.delete_all(("gone",))
    retention.apply_retention(library, recordings, days=None, now=NOW)
    assert recordings.path_of_session("gone") is None


def test_it_is_applied_at_the_start_and_again_each_day_by_what_is_set_then(
    library, recordings, monkeypatch
):
    calls = []
    done = threading.Event()

    def days():
        calls.append(None)
        if len(calls) == 1:
            raise LibraryError  # once it cannot be done; the next day it can
        if len(calls) == 3:
            done.set()

    monkeypatch.setattr(retention, "INTERVAL_SECONDS", 0.01)
    schedule = RetentionSchedule(library, recordings, days)
    assert done.wait(BOUND)
    schedule.close()
