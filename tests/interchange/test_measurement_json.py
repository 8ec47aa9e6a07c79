"""What was measured of a recording, in session files."""

import json
from dataclasses import replace

import pytest

from lib.errors import SessionFileError
from lib.interchange import measurement_json, session_json
from tests import answers
from tests.measurement import measured

SESSION = replace(answers.session(), recording_measurement=measured())


def test_it_comes_back_as_it_was_written():
    value = json.loads(json.dumps(measurement_json.dump_measurement(measured())))
    assert measurement_json.load_measurement(value) == measured()
    bare = measured(has_sound=False, quiet=(), loudness=None)
    assert measurement_json.load_measurement(measurement_json.dump_measurement(bare)) == bare


def test_a_session_file_carries_it_where_there_is_one():
    content = session_json.write_session(SESSION)
    assert session_json.read_session(content, name="x").session.recording_measurement == measured()
    plain = session_json.write_session(answers.session())
    assert b"recording_measurement" not in plain
    assert session_json.read_session(plain, name="x").session.recording_measurement is None


@pytest.mark.parametrize(
    "changed",
    [
        {"seconds": "12"},
        {"seconds": -1},
        {"seconds": float("nan")},
        {"has_sound": 1},
        {"quiet": None},
        {"quiet": [[1]]},
        {"quiet": [[1, 2, 3]]},
        {"quiet": [[2, 1]]},
        {"quiet": [[3, 4], [1, 2]]},
        {"black": [[1, True]]},
        {"black": [[-1, 2]]},
        {"still": [[0, 10**400]]},
        {"loudness": "loud"},
        {"loudness": float("inf")},
    ],
)
def test_what_is_no_measurement_is_refused_with_a_sentence(changed):
    content = json.loads(session_json.write_session(SESSION))
    content["recording_measurement"].update(changed)
    with pytest.raises(SessionFileError) as caught:
        session_json.read_session(json.dumps(content).encode(), name="x")
    assert "measured of the recording" in caught.value.problem.what


@pytest.mark.parametrize("value", ["", 7, [], {}, True])
def test_a_measurement_of_another_kind_is_refused(value):
    content = json.loads(session_json.write_session(SESSION))
    content["recording_measurement"] = value
    with pytest.raises(SessionFileError):
        session_json.read_session(json.dumps(content).encode(), name="x")


def test_more_stretches_than_a_recording_has_are_refused(monkeypatch):
    monkeypatch.setattr(measurement_json, "MAX_STRETCHES", 1)
    content = session_json.write_session(SESSION)
    with pytest.raises(SessionFileError):
        session_json.read_session(content, name="x")
