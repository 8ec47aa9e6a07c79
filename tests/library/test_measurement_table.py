"""What was measured of the recording of a session, in the library, on both databases."""

import json
from dataclasses import replace

from lib.model import Gap, Stretch
from tests import answers, parts
from tests.library.archives import archive_of, read_archive, unzip_files, zip_files
from tests.library.runs import add
from tests.measurement import measured

COUNT = "SELECT count(*) FROM recording_measurement"


def test_what_was_measured_comes_with_its_session(library):
    library.save(answers.session())
    assert library.load("abc").recording_measurement is None
    assert library.write_measurement("abc", measured())
    assert library.load("abc") == replace(answers.session(), recording_measurement=measured())
    assert library.write_measurement("abc", measured(black=()))
    assert library.load("abc").recording_measurement.black == ()


def test_of_a_session_that_is_gone_nothing_is_written(library, execute):
    assert not library.write_measurement("abc", measured())
    assert execute(COUNT) == [(0,)]


def test_it_is_deleted_with_its_session(library, execute):
    library.save(replace(answers.session(), recording_measurement=measured()))
    assert execute(COUNT) == [(1,)]
    library.delete_all(["abc"])
    assert execute(COUNT) == [(0,)]


def test_it_stays_when_a_gap_is_filled(library):
    library.save(parts.session(*parts.three(gap=Gap("not sent"))))
    library.write_measurement("parts", measured())
    library.save(parts.session(*parts.three()))
    add(library, "of parts")
    assert library.save_parts("parts", "of parts", lambda _: parts.session(*parts.three()))
    assert library.load("parts").recording_measurement == measured()
    library.save(replace(library.load("parts"), recording_measurement=measured(still=())))
    assert library.load("parts").recording_measurement == measured(still=())


def test_the_sessions_that_were_not_measured_are_known(library):
    for name in ("one", "two", "three"):
        library.save(answers.session(session_id=name))
    library.write_measurement("two", measured())
    assert set(library.unmeasured_ids()) == {"one", "three"}


def test_a_row_that_cannot_be_read_is_none(library, execute):
    library.save(replace(answers.session(), recording_measurement=measured()))
    for text in ("", "[]", '{"seconds": 1}'):
        execute("UPDATE recording_measurement SET measurement = :text", text=text)
        assert library.load("abc") == answers.session()


def test_an_archive_carries_it(library, other):
    library.save(replace(answers.session(), recording_measurement=measured()))
    library.save(answers.session(session_id="plain"))
    assert read_archive(other, archive_of(library)).sessions == 2
    assert other.load("abc") == library.load("abc")
    assert other.load("plain").recording_measurement is None


def test_a_file_of_an_archive_whose_measurement_is_none_is_not_read(library, other):
    library.save(replace(answers.session(), recording_measurement=measured()))
    (content,) = map(json.loads, unzip_files(archive_of(library)).values())
    content["recording_measurement"]["quiet"] = [[10**400, 2]]
    counts = read_archive(other, zip_files(json.dumps(content)))
    assert (counts.sessions, counts.unread) == (0, 1)


def test_stretches_are_told_from_pauses():
    assert measured().silent == (Stretch(10.0, 20.0),)
