"""Each page test starts the whole app anew, with a library of its own."""

import io
import json
import secrets
import shutil
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from lib.background import dbos_queue, run
from lib.library import AcceptedJob, sqlite_url
from lib.model import V1Options
from lib.sandbox import Sandbox
from lib.ui.shell import api_client, services
from tests import answers
from tests.background.conftest import make_used_library
from tests.components import scan_once

ENTRY = Path(__file__).parents[2] / "streamlit_app.py"
TIMEOUT = 30  # seconds; a first run imports everything


ANALYSING = {"recording", "several"}  # a test that asks for one of them has something to send


@pytest.fixture(scope="session", autouse=True)
def _installed_components():
    """To look them up for each app anew is most of a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", scan_once)
        yield


@pytest.fixture(scope="session")
def used(tmp_path_factory):
    """A library in which the queue has its tables: to make them takes longer than an analysis."""
    folder = tmp_path_factory.mktemp("used")
    make_used_library(sqlite_url(folder / "library.db"), folder)
    return folder / "library.db"


@pytest.fixture
def url(tmp_path, monkeypatch, request):
    url = sqlite_url(tmp_path / "library.db")
    monkeypatch.setenv("LIBRARY_URL", url)
    if ANALYSING.intersection(request.fixturenames):
        shutil.copy(request.getfixturevalue("used"), tmp_path / "library.db")
    elif "library" in request.fixturenames:
        shutil.copy(request.getfixturevalue("template_file"), tmp_path / "library.db")
    return url


@pytest.fixture
def stands(library):
    """Put a run into the library that stands as told."""

    def stands(phase, *, name="talk.mp4", job=False, **values):
        run_id = secrets.token_hex(16)
        new = {"id": run_id, "name": name, "ticket": "0" * 32, "account": "", "folder": "elsewhere"}
        library.runs.add({**new, "options": run.pack_options(V1Options())})
        library.runs._update(run_id, sa.true(), {"phase": phase, **values})
        if job:
            now = answers.session().created_at
            expires = now.replace(year=2099)
            accepted = (run_id, answers.JOB, "inter-2", name, 12.0, now, expires)
            library.write_job(AcceptedJob(*accepted))
        return run_id

    return stands


@pytest.fixture
def quick(monkeypatch):
    """The app's own sandbox answers at once, and the queue is looked at often."""
    monkeypatch.setattr(api_client, "Sandbox", partial(Sandbox, job_seconds=0.05, v1_seconds=0.0))
    monkeypatch.setattr(dbos_queue, "QUEUE_POLL_SECONDS", 0.02)
    monkeypatch.setattr(dbos_queue, "NOTIFICATION_POLL_SECONDS", 0.05)


@pytest.fixture
def app(url, quick):
    st.cache_resource.clear()
    st.cache_data.clear()
    yield AppTest.from_file(ENTRY, default_timeout=TIMEOUT)
    services.close()
    st.cache_resource.clear()


def open_page(app, name, **query):
    """Run the app and go to a page with these query parameters; no error may be left."""
    app.run()
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page(f"pages/{name}.py").run()
    assert not app.exception
    return app


def upload(widget, path, name=None):
    return widget.set_value((name or path.name, io.BytesIO(path.read_bytes()).read(), "video/mp4"))


def fields(app):
    """What the elements of ours on the page are given that recordings are uploaded with."""
    given = [element.proto.json for element in app.get("bidi_component") if element.proto.json]
    return [one for one in map(json.loads, given) if "tokens" in one]


def words(app):
    """Everything the page says, as one text."""
    kinds = (
        "markdown",
        "html",
        "text",
        "caption",
        "info",
        "warning",
        "error",
        "success",
        "header",
        "subheader",
    )
    return "\n".join(
        str(getattr(element, "value", "") or getattr(element.proto, "body", ""))
        for kind in kinds
        for element in app.get(kind)
    )
