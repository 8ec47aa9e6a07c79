"""An API that echoes the key in every text: it reaches no page, database, file, export or log."""

import io
import json
import logging
import time
import zipfile
import zlib
from dataclasses import replace

import pytest
import sqlalchemy as sa

from lib import exports
from lib.errors import Problem, StoredAnswerError
from lib.interchange import session_json
from lib.interhuman import parser
from lib.library.tables import ANSWERS
from lib.ui.review import downloads, session_frames
from lib.ui.sessions import import_export
from lib.ui.shell import services
from tests.answers import session as made
from tests.interhuman.echoes import ECHOES, KEY, answers, found, with_texts
from tests.interhuman.examples import JOB, V1
from tests.interhuman.stub import Stub, build_reply, read_request
from tests.pages.conftest import open_page
from tests.pages.test_analyze import bring

BOUND = 30  # seconds until a test gives up
ECHO = f"{KEY} {KEY[:10]}… {ECHOES['base64 2']}"
ACCEPTED = {"job_id": JOB, "status": "queued", "model": ECHO}


def echoing(name):
    """A script that answers an upload, or the job it made, with an answer of this name."""

    def script(stub, connection):
        head, _ = read_request(connection)
        status, answer = answers(ECHO)[name]
        if head.startswith(b"POST /v2"):
            status, answer = 202, ACCEPTED
        header = f"X-Correlation-ID: {KEY}"
        connection.sendall(build_reply(json.dumps(answer).encode(), header, status=f"{status} OK"))
        connection.close()

    return script


def everything_on(app):
    """All that the server sent to the browser, as text."""

    def texts(node):
        if proto := getattr(node, "proto", None):
            yield str(proto)
        for child in getattr(node, "children", {}).values():
            yield from texts(child)

    return "\n".join(texts(app._tree))


def everything_below(folder, library):
    """The bytes of each file, and what is packed in the database."""
    with library._engine.connect() as connection:
        packed = [zlib.decompress(row) for row in connection.scalars(sa.select(ANSWERS.c.answer))]
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return b"\n".join([*packed, *files]).decode("latin-1")


def every_export(session):
    signals = session_frames.session_tables(session)["signals"]
    yield session_json.write_session(session)
    for format_ in exports.FORMATS:
        yield downloads._write(format_, session, signals, "a filter")


def run_to_its_end(app, library, recording, api):
    app.run()
    app.segmented_control(key="analyze_api").set_value(api).run()
    bring(app, recording)
    app.button(key="analyze_go").click().run()
    deadline = time.monotonic() + BOUND
    while not library.runs.all() or any(not row.paused for row in library.runs.open()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return app.run()


KINDS = [
    ("v1", "v1"),
    ("v1", "without an analysis"),
    ("v1", "a text"),
    ("v1", "refusal 400"),
    ("v1", "refusal 502"),
    ("v1", "refusal with its id"),
    ("v2", "v2"),
    ("v2", "v2 failed"),
    ("v2", "v2 failed, with its id"),
    ("v2", "refusal 404"),
]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_key_reaches_neither_page_nor_database_nor_export_nor_log(
    app, library, recording, tmp_path, caplog, kind
):
    api, name = kind
    caplog.set_level(logging.DEBUG)
    with Stub(echoing(name)) as stub:
        app.secrets["interhuman"] = {"api_key": KEY, "base_url": stub.url}
        run_to_its_end(app, library, recording, api)
        places = {"the run's page": everything_on(app)}
        app.query_params.clear()
        for page in ("analyze", "sessions"):
            app.switch_page(f"pages/{page}.py").run()
            places[page] = everything_on(app)
        for row in library.summaries():
            app.query_params["session"] = row.id
            app.switch_page("pages/review.py").run()
            places["review"] = everything_on(app)
            session = library.load(row.id)
            for number, content in enumerate(every_export(session)):
                places[f"export {number}"] = content.decode("latin-1")
    places["files"] = everything_below(tmp_path, library)
    places["log"] = caplog.text
    assert {place: pieces for place, text in places.items() if (pieces := found(text))} == {}
    assert "[removed]" in "".join(places.values())
    assert ("review" in places) == (name in ("v1", "v2"))


def store(library, raw, *, api="v1"):
    """A session as an app without a Redactor stored it."""
    session = made()
    library.save(replace(session, analysis=parser.parse_answer(raw, api=api)))
    return session.id


def test_a_key_in_an_older_session_reaches_neither_page_nor_export(app, library, monkeypatch):
    with_key = json.dumps(with_texts(V1, ECHO, kept=("type",)))
    session_id = store(library, with_key)
    monkeypatch.setenv("INTERHUMAN_API_KEY", KEY)
    open_page(app, "review", session=session_id, section="Raw answer")
    session = services.session(session_id)
    archive = zipfile.ZipFile(io.BytesIO(import_export.archive_bytes()))
    places = [everything_on(app), *(content.decode("latin-1") for content in every_export(session))]
    places += [archive.read(name).decode() for name in archive.namelist()]
    assert [found(text) for text in places if found(text)] == []
    assert "[removed]" in session.analysis.raw


def test_an_older_session_without_a_key_stays_byte_for_byte(app, library, monkeypatch):
    raw = json.dumps(V1, indent=3) + " "
    session_id = store(library, raw)
    monkeypatch.setenv("INTERHUMAN_API_KEY", KEY)
    app.run()
    assert services.session(session_id).analysis.raw == raw


def test_an_answer_that_cannot_be_read_is_handed_over_without_the_key(app, library, monkeypatch):
    session_id = store(library, json.dumps(V1))
    packed = zlib.compress(f"no JSON: {ECHO}".encode())
    with library._engine.begin() as connection:
        connection.execute(sa.update(ANSWERS).values(answer=packed))
    monkeypatch.setenv("INTERHUMAN_API_KEY", KEY)
    app.run()
    with pytest.raises(StoredAnswerError) as caught:
        services.session(session_id)
    assert found(caught.value.answer) == []
    assert "[removed]" in caught.value.answer


def test_a_key_in_an_older_failure_is_not_shown(app, stands, monkeypatch):
    failure = Problem("It broke.", "Look.", ECHO, f"Bearer {KEY}", f"the key {KEY}")
    run_id = stands("failed", failure=failure)
    monkeypatch.setenv("INTERHUMAN_API_KEY", KEY)
    app.run()
    assert found(everything_on(app)) == []
    app.query_params["job"] = run_id
    app.run()
    assert found(everything_on(app)) == []
    assert "the key [removed]" in everything_on(app)
