"""The Sessions page by AppTest."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from lib.background import worker
from lib.errors import LibraryError
from lib.interchange import session_json
from lib.library import Library, archive_bounds, zip_archive
from lib.model import Review
from lib.ui.sessions import import_export, query_form, row_actions, selection
from lib.ui.shell import services
from tests import answers, reviews
from tests.pages.conftest import open_page, words

HOSTILE = "**x** ![i](http://evil/i.png) <img src=http://evil>"


def add_session(app, content, name="result.json"):
    open_page(app, "sessions")
    app.file_uploader(key="sessions_file").set_value((name, content, "application/json")).run()
    return app.button(key="sessions_bring_in").click().run()


def listed(app):
    """The lines that the page hands to the browser."""
    data_of_each = (
        json.loads(element.proto.json)
        for element in app.get("bidi_component")
        if element.proto.json
    )
    return next((data["lines"] for data in data_of_each if "lines" in data), [])


def titles(app):
    return [line["title"] for line in listed(app)]


def count_line(app):
    """What the page says of how many there are."""
    return next(
        element.proto.body for element in app.get("html") if "sr-found" in element.proto.body
    )


def ask(app, kind, session_id="abc"):
    """Do as the browser does when a button of a line is pressed."""
    app.session_state[row_actions.ACT] = (kind, session_id)
    return app.run()


def confirm(app, press):
    """Delete at once: AppTest runs the whole page, so that a dialog is open in one run alone."""
    press()
    return app.button(key="delete_confirm").click().run()


def fill(library, count):
    """So many sessions, the first the newest."""
    for index in range(count):
        session = answers.session(session_id=f"s{index}", title=f"Talk {index}")
        library.save(replace(session, created_at=session.created_at - timedelta(hours=index)))


def test_an_empty_library_says_what_to_do(app):
    open_page(app, "sessions")
    assert "No sessions yet" in words(app)
    assert "import a result file" in words(app)


def test_sessions_are_listed_newest_first(app, library):
    fill(library, 3)
    open_page(app, "sessions")
    assert titles(app) == ["Talk 0", "Talk 1", "Talk 2"]
    assert ">3 sessions<" in count_line(app)


def test_many_sessions_come_in_pages_of_fifty(app, library):
    fill(library, 120)
    open_page(app, "sessions")
    shown = titles(app)
    assert len(shown) == 50
    for page in (2, 3):
        app.session_state[query_form.PAGE] = page
        shown += titles(app.run())
    assert len(shown) == len(set(shown)) == 120


def test_a_page_that_is_no_longer_there_gives_way_to_the_last(app, library):
    fill(library, 101)
    open_page(app, "sessions", page="3")
    assert titles(app) == ["Talk 100"]
    library.delete_all(("s100",))
    assert titles(app.run())[0] == "Talk 50"
    library.delete_all([f"s{index}" for index in range(50, 100)])
    assert titles(app.run())[0] == "Talk 0"
    assert not app.exception


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"find": "talk 1"}, ["Talk 1"]),
        ({"label": "Imported"}, ["Interview"]),
        ({"version": "V2"}, ["Interview"]),
        ({"model": "inter-1", "sort": "Title Z–A"}, ["Talk 2", "Talk 1", "Talk 0"]),
        ({"since": "2026-11-02"}, ["Interview", "Talk 0", "Talk 1", "Talk 2"]),
        ({"since": "2026-11-03"}, []),
        ({"until": "2026-11-02"}, ["Interview", "Talk 0", "Talk 1", "Talk 2"]),
        ({"until": "2026-11-01"}, []),
    ],
)
def test_the_address_holds_what_is_asked_for(app, library, query, expected):
    fill(library, 3)
    library.save(answers.session(answers.v2(), session_id="S", origin="imported"))
    open_page(app, "sessions", **query)
    assert titles(app) == expected
    found = f"4 sessions, {len(expected)} found" if expected else "No matches in 4 sessions"
    counted = "4 sessions" if len(expected) == 4 else found
    assert f">{counted}<" in count_line(app)


def test_nonsense_in_the_address_asks_for_nothing(app, library):
    fill(library, 3)
    nonsense = {"label": "<b>", "version": "V9", "since": "then", "sort": "'; --", "page": "-3"}
    open_page(app, "sessions", **nonsense, until="9999-99-99", model="")
    assert titles(app) == ["Talk 0", "Talk 1", "Talk 2"]


def test_where_none_is_found_the_page_says_so_and_the_filters_stay(app, library):
    fill(library, 3)
    open_page(app, "sessions", find="zebra")
    assert "No sessions match" in words(app)
    assert listed(app) == []
    app.button(key="sessions_clear").click().run()
    assert len(titles(app)) == 3


def chip_labels(app):
    return [button.label for button in app.button if button.key.startswith("chip_")]


def test_every_filter_that_is_set_is_a_chip_that_takes_it_off(app, library):
    fill(library, 3)
    open_page(
        app,
        "sessions",
        find="talk",
        label=["Measured", "Sample"],
        since="2026-11-01",
        model="inter-1",
    )
    assert chip_labels(app) == [
        "text “talk” ×",
        "label Measured ×",
        "label Sample ×",
        "model inter-1 ×",
        "from 2026-11-01 ×",
    ]
    assert '" · 2 set"' in words(app)
    app.button(key="chip_label_sample").click().run()
    assert app.session_state[query_form.LABEL] == ["api"]
    for key in ("chip_label_api", "chip_since_", "chip_model_inter-1"):
        app.button(key=key).click().run()
    assert chip_labels(app) == ["text “talk” ×"]
    assert "sessions_more summary p::after" not in words(app)
    app.button(key="chip_find_").click().run()
    assert chip_labels(app) == []
    assert len(titles(app)) == 3


def test_what_can_be_cleared_is_there_only_when_something_is_set(app, library):
    fill(library, 3)
    open_page(app, "sessions")
    assert chip_labels(app) == []
    assert not [button for button in app.button if button.key == "sessions_clear"]
    app.text_input(key=query_form.FIND).set_value("talk").run()
    app.button(key="sessions_clear").click().run()
    assert chip_labels(app) == []
    assert not [button for button in app.button if button.key == "sessions_clear"]


def test_a_chip_that_is_taken_off_begins_at_the_first_page(app, library):
    fill(library, 120)
    open_page(app, "sessions", version="V1", page="3")
    assert len(titles(app)) == 20
    app.button(key="chip_version_v1").click().run()
    assert len(titles(app)) == 50


def test_what_is_searched_is_no_markup_in_its_chip(app, library):
    fill(library, 1)
    open_page(app, "sessions", find=HOSTILE)
    (label,) = chip_labels(app)
    assert not set("*[]<>:/") & set(label)


def test_a_changed_filter_begins_at_the_first_page(app, library):
    fill(library, 120)
    open_page(app, "sessions", page="3")
    assert len(titles(app)) == 20
    app.text_input(key=query_form.FIND).set_value("talk").run()
    assert len(titles(app)) == 50


def test_all_that_are_found_are_selected_and_stay_so_under_another_filter(app, library):
    fill(library, 60)
    open_page(app, "sessions", find="talk 5")
    app.button(key="sessions_all").click().run()
    assert ">60 sessions, 11 found, 11 selected<" in count_line(app)
    app.text_input(key=query_form.FIND).set_value("").run()
    assert ">60 sessions, 11 selected<" in count_line(app)
    app.button(key="sessions_none").click().run()
    assert ">60 sessions<" in count_line(app)


def test_selected_sessions_go_once_it_was_said_what_goes_with_them(app, library):
    fill(library, 3)
    library.add_review("s1", reviews.review())
    open_page(app, "sessions")
    recordings = services.recordings()
    recordings.assign(recordings.add(io.BytesIO(b"bytes"), "a.mp4"), "s0")
    app.session_state[selection.CHOSEN] = frozenset({"s0", "s1", "gone"})
    app.run()
    app.button(key="sessions_delete").click().run()
    text = words(app)
    for part in (
        "2 sessions with",
        "2 notes",
        "2 verdicts",
        "1 transcript",
        "1 recording kept here",
    ):
        assert f'<li class="">{part}' in text
    assert library.count() == 3
    confirm(app, app.button(key="sessions_delete").click)
    assert library.ids() == ("s2",)
    assert recordings.path_of_session("s0") is None
    assert ">1 session<" in count_line(app)


def test_selected_sessions_are_exported_as_an_archive(app, library):
    fill(library, 3)
    open_page(app, "sessions")
    with zipfile.ZipFile(io.BytesIO(import_export.archive_bytes(["s0", "s2"]))) as packed:
        about = [json.loads(packed.read(name))["session"]["id"] for name in packed.namelist()]
    assert about == ["s2", "s0"]


def test_a_session_is_renamed(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    open_page(app, "sessions")
    ask(app, "rename").text_input(key="title_abc").set_value("Another title")
    next(button for button in app.button if button.label == "Save").click().run()
    assert library.load("abc").title == "Another title"
    assert titles(app.run()) == ["Another title"]
    open_page(app, "review", session="abc")
    assert "Another title" in words(app)


def test_a_blank_title_is_refused_with_a_word(app, library):
    library.save(answers.session())
    open_page(app, "sessions")
    ask(app, "rename").text_input(key="title_abc").set_value("   ")
    app.session_state[row_actions.ACT] = (
        "rename",
        "abc",
    )  # AppTest runs the whole page: it stays open
    next(button for button in app.button if button.label == "Save").click().run()
    assert "at least one character" in words(app)
    assert library.load("abc").title == "Interview"


def test_a_session_is_deleted_only_once_confirmed(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    open_page(app, "sessions")
    ask(app, "delete")
    assert "1 session with signals, scores and the answer as received" in words(app)
    assert library.count() == 1
    confirm(app, lambda: app.session_state.__setitem__(row_actions.ACT, ("delete", "abc")))
    assert library.count() == 0
    open_page(app, "review", session="abc")
    assert "no session with this id" in words(app)


@pytest.mark.parametrize("kind", ["rename", "delete"])
def test_what_somebody_deleted_meanwhile_is_said_to_be_gone(app, library, kind):
    fill(library, 1)
    open_page(app, "sessions")
    assert "no longer exists" in words(ask(app, kind))


def test_the_recording_on_loan_goes_with_its_session(app, library):
    library.save(answers.session())
    open_page(app, "sessions")
    recordings = services.recordings()
    recordings.assign(recordings.add(io.BytesIO(b"bytes"), "a.mp4"), "abc")
    ask(app, "delete")
    assert recordings.path_of_session("abc")
    confirm(app, lambda: app.session_state.__setitem__(row_actions.ACT, ("delete", "abc")))
    assert recordings.path_of_session("abc") is None


def test_a_result_file_is_brought_in_and_opened(app, library):
    for content in (
        json.dumps(answers.v1()).encode(),
        json.dumps(answers.v2()).encode(),
        session_json.write_session(answers.session(origin="sample")),
    ):
        add_session(app, content)
        assert not app.exception
        assert '<h1 class="sr-title">' in words(app)
    assert library.count() == 3
    assert {row.origin for row in library.summaries()} == {"imported", "sample"}


def test_what_a_session_file_lost_of_its_review_is_said(app, library):
    content = json.loads(session_json.write_session(answers.session(), reviews.review()))
    content["review"]["notes"].append({"text": "of nobody"})
    add_session(app, json.dumps(content).encode())
    assert "could not be read and are left out: 1." in words(app)
    (row,) = library.summaries()
    assert library.review(row.id) == reviews.imported(reviews.review())


def test_another_file_is_refused_with_a_next_step(app, library):
    add_session(app, b"{}")
    assert not app.exception
    assert "Choose another file" in app.error[0].value
    assert library.count() == 0


def archived(tmp_path, *sessions, review=None):
    """An archive of another library that holds these."""
    library = Library(f"sqlite:///{tmp_path}/other.db")
    for session in sessions:
        library.save(session)
    if review:
        library.add_review(sessions[0].id, review)
    stream = io.BytesIO()
    zip_archive.write_archive(library, stream)
    library.close()
    return stream.getvalue()


def test_an_archive_is_brought_in_and_its_sessions_counted(app, library, tmp_path):
    library.save(answers.session())
    content = archived(tmp_path, answers.session(), answers.session(session_id="two"))
    text = words(add_session(app, content, "library.ZIP"))
    assert "Sessions imported: 1. Already here, left unchanged: 1." in text
    assert library.count() == 2
    assert "Sessions imported" not in words(app.run())


def test_what_is_no_archive_is_refused_with_a_next_step(app, library):
    for content in (b"", b"PK\x03\x04 and no more", b"{}"):
        add_session(app, content, "library.zip")
        assert not app.exception
        assert "Choose" in app.error[0].value
    assert library.count() == 0


def test_counts_of_an_archive_are_told_in_words():
    counts = zip_archive.Counts(sessions=1200, present=3, reviews=1, unread=2, reviews_left=2)
    assert import_export.import_text(counts) == (
        "Sessions imported: 1,200. Already here, given the notes of the archive: 1. "
        "Already here, left unchanged: 3. Of these, the archive has notes, verdicts or a "
        "transcript: 2. To add them where there are none, tick "
        "“Add notes and verdicts to sessions that are here and have none”. "
        "Could not be read, left out: 2."
    )


def test_notes_come_to_a_session_that_is_here_only_when_they_are_asked_for(app, library, tmp_path):
    library.save(answers.session())
    content = archived(tmp_path, answers.session(), review=reviews.review())
    assert "the archive has notes" in words(add_session(app, content, "library.zip"))
    assert library.review("abc") == Review()
    app.checkbox(key="sessions_with_reviews").check().run()
    app.button(key="sessions_bring_in").click().run()
    assert "given the notes of the archive: 1" in words(app)
    assert library.review("abc") == reviews.imported(reviews.review())


def test_an_archive_that_holds_too_much_is_refused_with_a_next_step(app, library):
    add_session(app, archive_bounds.ENTRY_MARK * 20_001, "library.zip")
    assert "more than 20,000 files" in app.error[0].value
    assert "Export fewer sessions at a time" in app.error[0].value


def test_a_hostile_title_stays_text(app, library):
    library.save(answers.session(title=HOSTILE))
    open_page(app, "sessions")
    ask(app, "delete")
    for element in app.get("html"):
        assert "<img" not in element.proto.body
    for kind in ("markdown", "caption", "info"):
        assert all("evil" not in element.value for element in app.get(kind))


def test_a_library_that_cannot_be_read_is_said_in_a_sentence(app, library, monkeypatch):
    def broken(*_):
        raise LibraryError

    fill(library, 1)
    open_page(app, "sessions")
    monkeypatch.setattr(Library, "count", broken)
    app.run()
    assert app.error
    assert not app.exception
    assert listed(app) == []


@pytest.fixture
def of_each_state(library, stands, monkeypatch):
    """A session, and runs that stand still: nobody goes on with them."""
    monkeypatch.setattr(worker.Worker, "wake", lambda self: None)
    library.save(answers.session())
    stands("queued", name="waits.mp4")
    stands("analysing", name="goes.mp4")
    stands("unconfirmed", name="asks.mp4")
    stands("cancelled", name="stopped.mp4")
    stands("done", name="done.mp4")


@pytest.mark.parametrize(
    ("state", "named"),
    [
        ("Results", ["Interview"]),
        ("Under way", ["waits.mp4", "goes.mp4"]),
        ("Failed or cancelled", ["asks.mp4", "stopped.mp4"]),
        ("nonsense", ["Interview"]),
    ],
)
def test_the_state_says_what_is_listed(app, of_each_state, state, named):
    open_page(app, "sessions", show=state)
    runs = "".join(html.proto.body for html in app.get("html"))
    every = ("waits.mp4", "goes.mp4", "asks.mp4", "stopped.mp4", "done.mp4")
    assert [*titles(app), *(name for name in every if name in runs)] == named
    assert bool([button for button in app.button if button.label == "Cancel"]) == (
        state == "Under way"
    )


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("Under way", "none is waiting"),
        ("Failed or cancelled", "Every recording that was sent has its result"),
    ],
)
def test_a_state_that_nothing_stands_in_says_so(app, state, sentence):
    open_page(app, "sessions", show=state)
    assert sentence in words(app)


def test_a_file_of_any_name_is_looked_into_and_refused_in_a_sentence(app, library):
    for name in ("notes.txt", "notes.json", "notes"):
        add_session(app, b"Some words.", name)
        assert "This file is neither a session of this app nor an answer" in words(app)
    add_session(app, b"Some words.", "notes.zip")
    assert "This file is not a library archive" in words(app)
    assert not app.file_uploader(key="sessions_file").proto.type  # its refusal would be a bare icon


def test_an_archive_is_told_by_what_is_in_it(app, library):
    library.save(answers.session())
    stream = io.BytesIO()
    zip_archive.write_archive(library, stream)
    library.delete_all(("abc",))
    assert "Sessions imported: 1." in words(add_session(app, stream.getvalue(), "library (1).bak"))
    assert library.ids() == ("abc",)
