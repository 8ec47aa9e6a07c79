"""A recording is played from its file, by an address that a page made, as long as it is there."""

import io
import os
import time

import pytest
import streamlit as st
from itsdangerous import timed

from lib.background import clip_queue
from lib.interchange import sample_session
from lib.library import sqlite_url
from lib.recordings.clip import Clip, ClipRequest
from lib.recordings.clip_cutter import ClipFile
from lib.recordings.companions import companion
from lib.ui.shell import recording_routes, services, signed_addresses
from tests.loopback import serve

BYTES = os.urandom(300_000)


@pytest.fixture
def store(tmp_path, monkeypatch, state):
    monkeypatch.setenv("LIBRARY_URL", sqlite_url(tmp_path / "library.db"))
    st.cache_resource.clear()
    services.serving().set()
    yield services.recordings()
    services.recordings().close()
    st.cache_resource.clear()


@pytest.fixture
def client(store):
    with serve(recording_routes.recording_routes()) as client:
        yield client


def keep(store, session_id, name="talk.mp4"):
    store.assign(store.add(io.BytesIO(BYTES), name), session_id)
    return signed_addresses.recording_address(session_id)


def test_a_recording_is_sent_whole_or_as_the_range_that_is_asked_for(client, store):
    address = keep(store, "abc")
    whole = client.get(address)
    assert (whole.status_code, whole.content) == (200, BYTES)
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["content-type"] == "video/mp4"
    part = client.get(address, headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, BYTES[1000:2000])
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(BYTES)}"
    end = client.get(address, headers={"Range": "bytes=-7"})
    assert (end.status_code, end.content) == (206, BYTES[-7:])
    beyond = client.get(address, headers={"Range": f"bytes={len(BYTES)}-"})
    assert beyond.status_code == 416
    assert client.head(address).headers["content-length"] == str(len(BYTES))


def test_once_it_is_removed_its_address_answers_404_at_once(client, store):
    address = keep(store, "abc")
    assert client.get(address).status_code == 200
    store.remove_sessions("abc")
    gone = client.get(address)
    assert gone.status_code == 404
    assert "Open its session again" in gone.text
    assert client.get(address, headers={"Range": "bytes=0-"}).status_code == 404


def test_a_recording_that_another_session_has_as_well_is_gone_for_the_one_that_removed_it(
    client, store
):
    ticket = store.add(io.BytesIO(BYTES), "talk.mp4")
    store.assign(ticket, "abc")
    store.assign(ticket, "def")
    store.remove_sessions("abc")
    assert client.get(signed_addresses.recording_address("abc")).status_code == 404
    assert client.get(signed_addresses.recording_address("def")).status_code == 200


def test_the_browser_keeps_nothing_and_runs_nothing_of_it(client, store):
    for address in (keep(store, "abc", "talk.html"), f"{signed_addresses.PLAY}forged"):
        headers = client.get(address).headers
        assert headers["cache-control"] == "private, no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in headers["content-security-policy"]
        assert "html" not in headers["content-type"]


@pytest.mark.parametrize("token", ["x", "InNhbXBsZSI.awl7OQ.4jnEAtdIO0zzAUfjtCk2", "%00"])
def test_an_address_that_no_page_made_plays_nothing(client, store, token):
    keep(store, "abc")
    assert client.get(f"{signed_addresses.PLAY}{token}").status_code == 404


def test_a_token_for_something_else_plays_nothing(client, store):
    keep(store, "abc")
    signer = services.address_signer()
    for token in (signer.sign("upload", "abc", ""), signer.sign("play", ["abc"], "")):
        assert client.get(f"{signed_addresses.PLAY}{token}").status_code == 404


def test_an_address_ends_and_a_page_makes_another_in_time(client, store, monkeypatch):
    address = keep(store, "abc")
    assert signed_addresses.recording_address("abc") == address  # the video goes on playing
    now = timed.time.time()
    monkeypatch.setattr(timed.time, "time", lambda: now + signed_addresses.RENEW_SECONDS + 2)
    monkeypatch.setattr(store, "_clock", lambda: now)
    assert client.get(address).status_code == 200
    later = signed_addresses.recording_address("abc")
    assert later != address
    monkeypatch.setattr(timed.time, "time", lambda: now + signed_addresses.PLAY_SECONDS + 2)
    assert client.get(address).status_code == 404
    assert client.get(later).status_code == 200


def test_a_changed_passphrase_ends_the_addresses(client, store, monkeypatch):
    address = keep(store, "abc")
    monkeypatch.setenv("ACCESS_PASSPHRASE", "three blue herons")
    assert client.get(address).status_code == 404


def test_to_play_a_recording_is_to_use_it(client, store, monkeypatch):
    address = keep(store, "abc")
    path = store.path_of_session("abc")
    os.utime(path, (1, 1))
    client.get(address, headers={"Range": "bytes=0-9"})
    assert path.stat().st_mtime > 1


def test_the_sample_needs_no_library(client, tmp_path):
    answer = client.get(signed_addresses.recording_address(sample_session.ID))
    assert answer.content == sample_session.CLIP.read_bytes()
    assert not (tmp_path / "library.db").exists()


def test_where_the_app_is_a_plain_script_there_is_no_address(store):
    services.serving().clear()
    assert signed_addresses.recording_address("abc") is None


def test_a_server_below_a_path_serves_its_routes_there(store):
    st.config.set_option("server.baseUrlPath", "/tools/signals/")
    try:
        paths = [route.path for route in recording_routes.recording_routes()]
    finally:
        st.config.set_option("server.baseUrlPath", "")
    assert paths == [
        "/tools/signals/app/static/recordings/{token}",
        "/tools/signals/app/static/thumbnails/{token}",
        "/tools/signals/app/static/clips/{token}",
    ]


def test_a_proxy_is_sent_where_there_is_one_and_is_gone_with_its_recording(client, store):
    address = keep(store, "abc", "talk.avi")
    assert client.get(address).headers["content-type"] == "video/x-msvideo"
    proxy = companion(store.path_of_session("abc"), "proxy.mp4")
    proxy.write_bytes(BYTES[::-1])
    made = client.get(address, headers={"Range": "bytes=0-99"})
    assert (made.status_code, made.content) == (206, BYTES[::-1][:100])
    assert made.headers["content-type"] == "video/mp4"
    store.remove_sessions("abc")
    assert client.get(address).status_code == 404
    assert not proxy.exists()


def test_to_play_a_proxy_is_to_use_its_recording(client, store):
    address = keep(store, "abc", "talk.avi")
    path = store.path_of_session("abc")
    companion(path, "proxy.mp4").write_bytes(BYTES)
    os.utime(path, (1, 1))
    client.get(address)
    assert path.stat().st_mtime > 1


def cut(store, session_id="abc"):
    """An order of clips that is done, and the address of its file."""
    queue = services.clip_queue()
    request = ClipRequest((Clip(0.0, 2.0, "friction", "talk"),), "talk ä", picture="none")
    order_id = queue.add(session_id, store.folder, request)
    for _ in range(1000):
        if queue.orders(session_id)[0].ended:
            return order_id, "/" + signed_addresses.clip_address(order_id)
        time.sleep(0.01)
    raise AssertionError


@pytest.fixture
def made(monkeypatch, store):
    """Cutting is over at once."""

    def cut_clips(source, target, request, **_):
        target.write_bytes(BYTES)
        return ClipFile(target, len(BYTES))

    monkeypatch.setattr(clip_queue, "cut_clips", cut_clips)
    yield
    services.clip_queue().close()


def test_clips_are_downloaded_by_the_name_of_their_file(client, store, made):
    keep(store, "abc")
    _, address = cut(store)
    whole = client.get(address)
    assert (whole.status_code, whole.content) == (200, BYTES)
    assert whole.headers["content-type"] == "audio/mp4"
    assert whole.headers["content-disposition"] == "attachment; filename*=utf-8''talk%20%C3%A4.m4a"
    assert whole.headers["cache-control"] == "private, no-store"
    part = client.get(address, headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, BYTES[5:10])


@pytest.mark.parametrize("how", ["recording", "clips"])
def test_once_clips_or_their_recording_are_removed_their_address_answers_404(
    client, store, made, how
):
    keep(store, "abc")
    order_id, address = cut(store)
    if how == "clips":
        services.clip_queue().remove(order_id)
    else:
        store.remove_sessions("abc")
    gone = client.get(address)
    assert gone.status_code == 404
    assert "cut them there" in gone.text


def test_an_address_for_a_recording_downloads_no_clips_and_the_other_way_round(client, store, made):
    played = keep(store, "abc")
    _, address = cut(store)
    assert (
        client.get(played.replace(signed_addresses.PLAY, signed_addresses.CLIPS)).status_code == 404
    )
    assert (
        client.get(address.replace(signed_addresses.CLIPS, signed_addresses.PLAY)).status_code
        == 404
    )
    assert client.get(f"{signed_addresses.CLIPS}forged").status_code == 404


def still_address():
    return "/" + signed_addresses.thumbnail_address("abc")


def test_a_thumbnail_is_shown_once_it_is_made_and_is_gone_with_its_recording(client, store):
    keep(store, "abc")
    empty = client.get(still_address())
    assert (empty.status_code, empty.content) == (204, b"")
    companion(store.path_of_session("abc"), "thumbnail.jpg").write_bytes(BYTES[:5000])
    shown = client.get(still_address())
    assert (shown.status_code, shown.content) == (200, BYTES[:5000])
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["cache-control"] == "private, no-store"
    store.remove_sessions("abc")
    assert client.get(still_address()).status_code == 404
    assert not any("+" in file.name for file in store.folder.iterdir())


def test_an_address_for_a_thumbnail_plays_nothing_and_the_other_way_round(client, store):
    played = keep(store, "abc")
    assert signed_addresses.thumbnail_address("abc") == signed_addresses.thumbnail_address("abc")
    other = still_address().replace(signed_addresses.THUMBNAILS, signed_addresses.PLAY)
    assert client.get(other).status_code == 404
    assert (
        client.get(played.replace(signed_addresses.PLAY, signed_addresses.THUMBNAILS)).status_code
        == 404
    )
    assert client.get(f"{signed_addresses.THUMBNAILS}forged").status_code == 404


def test_to_see_a_thumbnail_is_no_use_of_its_recording(client, store):
    keep(store, "abc")
    path = store.path_of_session("abc")
    os.utime(path, (1, 1))
    client.get(still_address())
    assert path.stat().st_mtime == 1
