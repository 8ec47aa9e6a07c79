"""What several tests need: one clip, a sandbox of their own, and the library of a test's `url`."""

import asyncio
import threading

import pytest

import tests.budget  # before any test with a property is read
import tests.disk  # noqa: F401  before any library is opened
from lib.library import Library, sqlite_url
from lib.sandbox import Sandbox
from tests.clips import clip
from tests.library.cluster import Cluster
from tests.servers import end_meanwhile, wait_for_ends
from tests.tiers import HERE, TIERS, tier, tier_of_folder


@pytest.hookimpl(trylast=True)  # what pytest leaves aside by itself has no tier
def pytest_ignore_collect(collection_path, config):
    """Where one tier is asked for, read nothing of the others."""
    wanted = config.option.markexpr
    if wanted not in TIERS or collection_path.parent != HERE:
        return None
    folder = collection_path.name if collection_path.is_dir() else "."
    return tier_of_folder(folder) != wanted or None


def pytest_collection_modifyitems(items):
    """Mark each test with its tier."""
    for item in items:
        item.add_marker(tier(item.path))


def pytest_terminal_summary(terminalreporter):
    """Tell what tests found that is worth knowing, from whichever worker."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "found":
                terminalreporter.write_line(value)


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch):
    """A key in the environment must never reach a test, nor a test the API."""
    for name in ("API_KEY", "KEY_ID", "KEY_SECRET", "BASE_URL", "API"):
        monkeypatch.delenv(f"INTERHUMAN_{name}", raising=False)
    for name in ("URL", "KEEP_RECORDINGS", "RETENTION_DAYS"):
        monkeypatch.delenv(f"LIBRARY_{name}", raising=False)
    for name in ("PASSPHRASE", "FRAMED_BY"):
        monkeypatch.delenv(f"ACCESS_{name}", raising=False)


@pytest.fixture(scope="session", autouse=True)
def servers_end():
    """No server of a test outlives them all."""
    yield
    wait_for_ends()


@pytest.fixture(scope="session")
def recording(tmp_path_factory):
    """A clip of 12 seconds with picture and sound, as path."""
    return clip(tmp_path_factory.mktemp("recording") / "talk.mp4", seconds=12.0)


@pytest.fixture
def sandbox():
    """A sandbox that answers at once."""
    running = Sandbox(port=0, job_seconds=0.05, v1_seconds=0.0).start()
    yield running
    end_meanwhile(running.stop)


@pytest.fixture
def held(sandbox, monkeypatch):
    """What the sandbox delays comes once this is set, and not before."""
    over = threading.Event()

    async def pause(seconds):
        if seconds:
            await asyncio.to_thread(over.wait)

    monkeypatch.setattr(sandbox._middleware, "_pause", pause)
    yield over
    over.set()


@pytest.fixture(scope="session")
def cluster():
    """One PostgreSQL for all tests."""
    made = Cluster()
    yield made
    made.close()


@pytest.fixture(scope="session")
def template_file(tmp_path_factory):
    """The file of an empty library: to copy it takes a fifth of what making its tables takes."""
    path = tmp_path_factory.mktemp("template") / "library.db"
    Library(sqlite_url(path)).close()
    return path


@pytest.fixture
def library(url):
    """The library at `url`, which each folder of tests says for itself."""
    made = Library(url)
    yield made
    made.close()
