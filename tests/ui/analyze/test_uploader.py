"""What becomes of uploads when a run of the page is cut short and another one follows."""

import pytest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile, UploadedFileRec

from lib.ui.analyze import selected_recordings, uploader
from lib.ui.runs import run_actions


def upload(name):
    return UploadedFile(UploadedFileRec(name, name, "video/mp4", b"bytes"), FileURLs())


def test_files_that_a_run_before_took_over_are_not_taken_again(state, monkeypatch):
    added = []
    monkeypatch.setattr(selected_recordings, "add_upload", lambda file: added.append(file.name))
    state["files"] = [DeletedFile("1")]
    uploader._add_uploads("files")
    assert uploader._UPLOADER_NUMBER not in state
    state["files"] = [DeletedFile("1"), upload("new.mp4")]
    uploader._add_uploads("files")
    assert added == ["new.mp4"]
    assert state[uploader._UPLOADER_NUMBER] == 1


@pytest.mark.parametrize("file", [None, DeletedFile("1")])
def test_a_recording_that_is_gone_is_not_given(state, file, monkeypatch):
    provided = []
    monkeypatch.setattr(run_actions, "_try", provided.append)
    state["file"] = file
    run_actions._provide_recording("run", "file")
    assert provided == []
