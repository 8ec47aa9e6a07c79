"""How large a recording may be: what the settings say, and what the disk has room for."""

import shutil

import pytest
import streamlit as st

from lib.library import sqlite_url
from lib.model import GIB, MIB
from lib.ui.shell import services, upload_limits


@pytest.fixture
def disk(tmp_path, monkeypatch):
    """Let the disk have so many bytes free."""
    monkeypatch.setenv("LIBRARY_URL", sqlite_url(tmp_path / "library.db"))
    st.cache_resource.clear()
    services.serving().set()
    usage = shutil.disk_usage("/")

    def disk(free):
        monkeypatch.setattr(services.shutil, "disk_usage", lambda _: usage._replace(free=free))

    disk(1000 * GIB)
    yield disk
    st.cache_resource.clear()


def test_the_settings_limit_a_recording_to_the_byte(disk, monkeypatch):
    assert upload_limits.size_problem(4 * GIB) is None
    assert "at most 4 GiB" in upload_limits.size_problem(4 * GIB + 1).what
    assert upload_limits.limit_text() == "up to 4 GiB"
    monkeypatch.setenv("RECORDINGS_MAX_GIGABYTES", "0.5")
    problem = upload_limits.size_problem(512 * MIB + 1)
    assert "536,870,913 bytes; this app takes at most 512 MiB (536,870,912 bytes)" in problem.what
    assert problem.next_step


def test_what_goes_through_memory_has_a_small_limit(disk, monkeypatch):
    services.serving().clear()
    assert upload_limits.max_bytes() == 64_000_000
    monkeypatch.setenv("RECORDINGS_MAX_GIGABYTES", "0.01")
    assert upload_limits.max_bytes() == 10_737_418


def test_a_disk_with_less_room_says_so_before_the_upload(disk, tmp_path):
    disk(GIB + 256 * MIB)
    assert upload_limits.limit_text() == "up to 4 GiB (the app's disk has room for 1.0 GiB now)"
    disk(MIB)
    assert "room for 0 bytes" in upload_limits.limit_text()
    assert not [*tmp_path.iterdir()]  # to look made nothing


def test_a_disk_that_does_not_say_limits_nothing(disk, monkeypatch):
    def silent(_):
        raise PermissionError

    monkeypatch.setattr(services.shutil, "disk_usage", silent)
    assert upload_limits.limit_text() == "up to 4 GiB"
