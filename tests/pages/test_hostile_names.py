"""Files of hostile names, as they are dropped into the pages."""

import json

import pytest

from lib.library import MAX_TITLE
from lib.plain_text import file_stem
from lib.ui.shell import services
from tests import answers
from tests.clips import clip
from tests.library.test_hostile_names import NAMES
from tests.pages.conftest import open_page, words

CHOSEN = ("up", "nul", "right to left", "lines", "long", "per cent", "html", "dots", "emoji")
names = pytest.mark.parametrize("name", [NAMES[kind] for kind in CHOSEN], ids=CHOSEN)


@names
def test_a_recording_of_any_name_is_shown_by_it_as_text(app, recording, name):
    app.run()
    app.file_uploader[0].set_value([(name, recording.read_bytes(), "video/mp4")]).run()
    assert not app.exception
    assert "<img src=x" not in words(app)
    assert not app.button(key="analyze_go").disabled


# Streamlit itself refuses a NUL where kinds of files are named; no system has such a file.
@pytest.mark.parametrize("name", [NAMES[kind] for kind in CHOSEN if kind != "nul"])
def test_a_session_file_of_any_name_is_imported(app, library, name):
    open_page(app, "sessions")
    content = json.dumps(answers.v1()).encode()
    app.get_by_key("sessions_file").set_value((f"{name}.json", content, "application/json")).run()
    app.button(key="sessions_bring_in").click().run()
    assert not app.exception
    (summary,) = library.summaries()
    assert summary.title == file_stem(f"{name}.json")[:MAX_TITLE]
    assert "<img src=x" not in words(app)


@names
def test_a_recording_of_any_name_is_given_again_to_its_session(app, library, tmp_path, name):
    library.save(answers.session(title=name))
    open_page(app, "review", session="abc")
    content = clip(tmp_path / "x.mp4", seconds=30.0).read_bytes()
    app.get("file_uploader")[0].set_value((name, content, "video/mp4")).run()
    assert not app.exception
    assert services.recordings().path_of_session("abc").read_bytes() == content
    assert "<img src=x" not in words(app)
