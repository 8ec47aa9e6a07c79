"""What the browser tells of its files becomes tokens, uploads that are handed over, or an end."""

import shutil
from types import SimpleNamespace

import pytest
import streamlit

from lib.errors import Problem
from lib.library import sqlite_url
from lib.recordings import uploads as uploads_module
from lib.ui.shell import services, signed_addresses, sliced_field
from lib.ui.shell.upload_field import UploadField, field_state

DATA = b"0123456789"


@pytest.fixture
def outcome():
    """What the page was handed, and what was refused."""
    return SimpleNamespace(taken=[], refused=[])


@pytest.fixture
def field(outcome):
    return UploadField(
        "field",
        "Drop it",
        take=outcome.taken.append,
        refuse=lambda *told: outcome.refused.append(told),
        several=True,
    )


@pytest.fixture
def page(state, tmp_path, monkeypatch, field):
    """Tell the page something, as the browser does; the uploads of its field, by key."""
    monkeypatch.setenv("LIBRARY_URL", sqlite_url(tmp_path / "library.db"))
    streamlit.cache_resource.clear()

    def tell(*wanted, here=(), finished=(), others=0, token="", field=field):
        files = [{"key": key, "name": name, "size": size} for key, name, size in wanted]
        keys = [*here, *(key for key, *_ in wanted), *finished]
        done = [{"key": key, "name": f"{key}.mp4", "token": token} for key in finished]
        told = {"wanted": files, "here": keys, "finished": done, "others": others}
        return raw(told, field)

    def raw(told, field=field):
        state[field.key] = {"told": told}
        sliced_field._read_told(field)
        return field_state(field.key).uploads

    tell.raw = raw
    yield tell
    services.recordings().close()
    streamlit.cache_resource.clear()


def send(upload, data=DATA):
    plan = signed_addresses.plan_of(upload.token)
    assert plan == upload.plan
    with services.uploads().slice(plan, 0, len(data)) as part:
        part.write(data)


def forget(state, field):
    """Let a tab know nothing any more of what it uploaded."""
    del state[f"{field.key}_state"]


def test_a_file_is_given_a_token_and_is_handed_over_once_it_is_whole(page, outcome, field):
    upload = page(("k", "talk.mp4", len(DATA)))["k"]
    assert sliced_field.coming_count(field.key) == 1
    send(upload)
    page(finished=["k"])
    (taken,) = outcome.taken
    assert (taken.name, taken.size) == ("talk.mp4", len(DATA))
    assert services.recordings().path(taken.ticket).read_bytes() == DATA
    assert sliced_field.coming_count(field.key) == 0


def test_what_is_told_twice_is_done_once(page, outcome, field):
    first = page(("k", "talk.mp4", len(DATA)))["k"]
    assert page(("k", "talk.mp4", len(DATA)))["k"] is first
    send(first)
    page(finished=["k"])
    page(finished=["k"])
    assert [one.name for one in outcome.taken] == ["talk.mp4"]
    assert field_state(field.key).lost == 0


def test_the_fields_of_a_tab_have_their_own_files(page, outcome, field):
    other = UploadField("other", "Drop it", take=lambda _: None)
    upload = page(("k", "talk.mp4", len(DATA)))["k"]
    assert list(page(("o", "call.mp4", len(DATA)), field=other)) == ["o"]
    page(here=[], field=other)
    assert sliced_field.coming_count("other") == 0
    send(upload)
    page(finished=["k"])
    assert [one.name for one in outcome.taken] == ["talk.mp4"]


def test_why_an_upload_is_not_wanted_stands_until_another_file_comes(page, state):
    problem = Problem("It is another recording.", "Choose the same file.")
    picky = UploadField("picky", "Drop it", take=lambda _: problem)
    send(page(("k", "talk.mp4", len(DATA)), field=picky)["k"])
    page(finished=["k"], field=picky)
    assert state["picky_problem"] is problem
    page(("l", "talk.mp4", len(DATA)), here=["k"], field=picky)
    assert state["picky_problem"] is None


def test_what_is_over_the_limit_of_the_app_is_not_sent(page, outcome, monkeypatch):
    services.serving().set()
    monkeypatch.setenv("RECORDINGS_MAX_GIGABYTES", "0.1")
    uploads = page(("fits", "call.mp4", 107_374_182), ("k", "long.mp4", 107_374_183))
    assert uploads["fits"].plan
    assert uploads["k"].plan is None
    ((name, size, problem),) = outcome.refused
    assert (name, size) == ("long.mp4", 107_374_183)
    assert "107,374,183 bytes" in problem.what


def test_a_field_without_a_list_says_itself_what_is_over_the_limit(page, state):
    plain = UploadField("plain", "Drop it", take=lambda _: None)
    page(("k", "long.mp4", 1 << 40), field=plain)
    assert "takes at most" in state["plain_problem"].what


def test_where_there_is_no_room_that_is_said_before_a_byte(page, state, monkeypatch):
    usage = shutil.disk_usage("/")
    free = services.settings().reserve_bytes + 9
    monkeypatch.setattr(uploads_module.shutil, "disk_usage", lambda _: usage._replace(free=free))
    uploads = page(("k", "talk.mp4", 10), ("fits", "memo.mp4", 9))
    assert [bool(uploads[key].plan) for key in ("k", "fits")] == [False, True]
    assert "no room" in state["field_problem"].what


def test_a_token_that_the_app_refused_is_replaced_by_another(page):
    upload = page(("k", "talk.mp4", 10))["k"]
    file = {"key": "k", "name": "talk.mp4", "size": 10, "refused": upload.token}
    again = page.raw({"wanted": [file], "here": ["k"]})["k"]
    assert again.plan.id != upload.plan.id
    assert page.raw({"wanted": [file], "here": ["k"]})["k"] is again


def test_what_the_browser_has_no_more_is_ended(page):
    upload = page(("k", "talk.mp4", 10))["k"]
    send(upload, b"12345")
    assert page(here=[]) == {}
    assert not [*services.recordings().folder.glob("upload-*")]


def test_after_a_long_break_a_page_knows_an_upload_by_its_token(page, state, outcome, field):
    upload = page(("k", "talk.mp4", len(DATA)))["k"]
    send(upload)
    forget(state, field)
    page(finished=["k"], token=upload.token)
    assert [one.name for one in outcome.taken] == ["k.mp4"]
    for token in ("forged", upload.token[:-1], 5):
        forget(state, field)
        page(finished=["k"], token=token)
        assert field_state(field.key).lost == 1
    assert len(outcome.taken) == 1


def test_what_was_told_to_be_here_and_is_not_is_counted(page, field):
    page(("k", "talk.mp4", 10))
    page(finished=["k"])
    assert field_state(field.key).lost == 1
    assert sliced_field.coming_count(field.key) == 0


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        "x",
        {},
        {"wanted": 5, "here": 5, "finished": 5, "others": "many"},
        {
            "wanted": [5, {}, {"key": 5}, {"key": []}],
            "here": [5, None],
            "finished": [{}, "x", {"key": []}],
        },
        {"wanted": [{"key": "k", "name": None, "size": "9"}], "here": ["k"]},
        {"wanted": [{"key": "k", "name": "a", "size": -1}], "here": ["k"]},
        {"wanted": [{"key": "k", "name": "a", "size": 1e300}], "here": ["k"], "others": -3},
    ],
)
def test_whatever_is_told_nothing_is_planned_for_it_and_nothing_fails(page, told, outcome):
    uploads = page.raw(told)
    assert not any(upload.plan for upload in uploads.values())
    assert outcome.taken == []


def test_one_field_has_so_many_on_their_way_and_no_more(page, monkeypatch):
    monkeypatch.setattr(sliced_field, "MAX_FILES", 2)
    uploads = page(*((str(number), "a.mp4", 5) for number in range(4)))
    assert [bool(upload.plan) for upload in uploads.values()] == [True, True, False, False]
