"""What becomes of an answer between its arrival and the library."""

import json
import stat

import pytest

from lib.background import worker
from lib.background.answer_spool import AnswerSpool
from lib.background.queue import AnalysisQueue
from lib.errors import LibraryError, LibraryFullError
from lib.interhuman.parser import parse_answer
from tests.answers import v1
from tests.background.conftest import ended, reached, until


def test_a_paid_answer_is_not_lost_when_the_library_fails(
    sandbox, runner, start, library, monkeypatch
):
    def full(session):
        raise LibraryError

    save = library.save
    monkeypatch.setattr(library, "save", full)
    run = ended(runner, start())
    assert run.failure == LibraryError().problem
    assert run.unsaved.raw
    monkeypatch.setattr(library, "save", save)
    runner.save_again(run)
    assert ended(runner, run.id).phase == "done"
    assert library.count() == 1
    assert len(sandbox.calls) == 1  # the answer was paid for once


def test_an_answer_that_was_not_saved_is_saved_by_the_next_process(
    sandbox, runner, start, library, recordings, client, monkeypatch
):
    def full(session):
        raise LibraryFullError

    with monkeypatch.context() as patched:
        patched.setattr(library, "save", full)
        run = ended(runner, start())
        assert run.failure == LibraryFullError().problem
        runner.close()
    later = AnalysisQueue(lambda: client, library, recordings)
    later.wake()
    assert reached(later, run.id, "done").failure is None
    assert library.load(run.session_id or reached(later, run.id, "done").session_id)
    assert len(sandbox.calls) == 1
    until(lambda: not any((recordings.folder / "answers").iterdir()))
    later.close()


def test_an_answer_that_the_library_takes_again_needs_no_click(runner, start, library, monkeypatch):
    def full(session):
        raise LibraryFullError

    monkeypatch.setattr(worker, "CLEANUP_SECONDS", 0.1)
    save = library.save
    monkeypatch.setattr(library, "save", full)
    run = ended(runner, start())
    assert run.unsaved
    monkeypatch.setattr(library, "save", save)
    assert reached(runner, run.id, "done").session_id


def test_a_kept_answer_of_a_deleted_session_is_not_brought_back(runner, start, library, recordings):
    run = ended(runner, start())
    runner._workflow.result_saver.spool(run, library.load(run.session_id).analysis)
    library.delete_all((run.session_id,))
    runner._workflow.result_saver.save_spooled()
    assert library.count() == 0
    assert not any((recordings.folder / "answers").iterdir())


def test_a_kept_answer_is_private_and_comes_back_as_it_was(tmp_path):
    spool = AnswerSpool(tmp_path / "answers")
    analysis = parse_answer(json.dumps(v1()), api="v1", correlation_id="abc\0\ud800")
    spool.write("abc", analysis)
    assert spool.read("abc") == analysis
    assert spool.run_ids() == ("abc",)
    assert stat.S_IMODE((tmp_path / "answers").stat().st_mode) == 0o700
    spool.delete("abc")
    assert spool.read("abc") is None


@pytest.mark.parametrize("stored", [b"", b"[1, 2]", b'["v1", null, "cut', b"\xff", b'["v1", 1, 2]'])
def test_a_kept_answer_that_is_damaged_is_none(tmp_path, stored):
    (tmp_path / "abc").write_bytes(stored)
    assert AnswerSpool(tmp_path).read("abc") is None


@pytest.mark.parametrize("run_id", ["", "../abc", "a/b", "a\0b", "x" * 65])
def test_an_answer_lies_nowhere_else(tmp_path, run_id):
    spool = AnswerSpool(tmp_path / "answers")
    spool.write(run_id, parse_answer(json.dumps(v1()), api="v1"))
    spool.delete(run_id)
    assert spool.read(run_id) is None
    assert [*tmp_path.rglob("*")] == [tmp_path / "answers"]


def test_an_answer_that_was_saved_and_deleted_meanwhile_is_not_saved_late(runner, start, library):
    run = ended(runner, start())
    analysis = library.load(run.session_id).analysis
    library.delete_all((run.session_id,))
    runner._workflow.result_saver.save_late(run, analysis)
    assert library.count() == 0
