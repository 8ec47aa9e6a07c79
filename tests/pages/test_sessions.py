"""The Sessions page by AppTest."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from lib import session_file
from lib.ui import shared
from tests import answers, reviews
from tests.pages.conftest import open_page, words

HOSTILE = "**x** ![i](http://evil/i.png) <img src=http://evil>"


def bring_in(app, content, name="result.json"):
    open_page(app, "sessions")
    app.file_uploader(key="sessions_file").set_value((name, content, "application/json")).run()
    return app.button(key="sessions_bring_in").click().run()


def listed(app):
    return {b.key for b in app.button if b.key and b.key.startswith("delete_")}


def test_an_empty_library_says_what_to_do(app):
    open_page(app, "sessions")
    assert "No sessions yet" in words(app)
    assert "bring a result file in" in words(app)


def test_sessions_are_listed_newest_first(app, library):
    now = datetime(2026, 11, 2, tzinfo=UTC)
    for age, title in ((2, "Older"), (1, "Newer")):
        session = answers.session(session_id=title, title=title)
        library.save(replace(session, created_at=now - timedelta(days=age)))
    open_page(app, "sessions")
    said = words(app)
    assert said.index("Newer") < said.index("Older")
    assert "spans: 3" in said


def test_many_sessions_come_in_pages(app, library):
    for index in range(25):
        library.save(answers.session(session_id=f"s{index}"))
    open_page(app, "sessions")
    first = listed(app)
    app.session_state["sessions_page"] = 2
    second = listed(app.run())
    assert (len(first), len(second)) == (20, 5)
    assert len(first | second) == 25


def test_a_session_is_renamed(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    open_page(app, "sessions")
    app.button(key="rename_abc").click().run()
    app.text_input(key="title_abc").set_value("Another title")
    next(button for button in app.button if button.label == "Save").click().run()
    assert library.load("abc").title == "Another title"
    assert "Another title" in words(app.run())
    open_page(app, "review", session="abc")
    assert "Another title" in words(app)


def test_a_blank_title_is_refused_with_a_word(app, library):
    library.save(answers.session())
    open_page(app, "sessions")
    app.button(key="rename_abc").click().run()
    app.text_input(key="title_abc").set_value("   ")
    app.button(key="rename_abc").click()  # AppTest runs the whole page: this keeps the dialog open
    next(button for button in app.button if button.label == "Save").click().run()
    assert "at least one letter" in words(app)
    assert library.load("abc").title == "Interview"


def test_a_session_is_deleted_only_once_confirmed(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    open_page(app, "sessions")
    app.button(key="delete_abc").click().run()
    assert library.count() == 1
    app.button(key="delete_confirm").click().run()
    assert library.count() == 0
    open_page(app, "review", session="abc")
    assert "no session of this id" in words(app)


def test_the_recording_on_loan_goes_with_its_session(app, library):
    library.save(answers.session())
    open_page(app, "sessions")
    held = shared.recordings()
    held.lend(held.add(io.BytesIO(b"bytes"), "a.mp4"), "abc")
    app.button(key="delete_abc").click().run()
    assert held.of_session("abc")
    app.button(key="delete_confirm").click().run()
    assert held.of_session("abc") is None


def test_a_result_file_is_brought_in_and_opened(app, library):
    for content in (
        json.dumps(answers.v1()).encode(),
        json.dumps(answers.v2()).encode(),
        session_file.write(answers.session(origin="sample")),
    ):
        bring_in(app, content)
        assert not app.exception
        assert '<h1 class="sr-title">' in words(app)
    assert library.count() == 3
    assert {row.origin for row in library.summaries()} == {"imported", "sample"}


def test_what_a_session_file_lost_of_its_review_is_said(app, library):
    content = json.loads(session_file.write(answers.session(), reviews.review()))
    content["review"]["notes"].append({"text": "of nobody"})
    bring_in(app, json.dumps(content).encode())
    assert "could not be read and are left out: 1." in words(app)
    (row,) = library.summaries()
    assert library.review(row.id) == reviews.review()


def test_another_file_is_refused_with_a_next_step(app, library):
    bring_in(app, b"{}")
    assert not app.exception
    assert "Choose another file" in app.error[0].value
    assert library.count() == 0


def test_a_hostile_title_stays_text(app, library):
    library.save(answers.session(title=HOSTILE))
    open_page(app, "sessions")
    app.button(key="delete_abc").click().run()
    for element in app.get("html"):
        assert "<img" not in element.proto.body
    for kind in ("markdown", "caption", "info"):
        assert all("evil" not in element.value for element in app.get(kind))
