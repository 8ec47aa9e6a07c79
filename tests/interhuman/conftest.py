import threading

import pytest

from lib.errors import ApiError
from tests.interhuman.stub import MAX_SECONDS


@pytest.fixture
def clip_file(tmp_path):
    """A few bytes under a recording's name, for servers that look at none."""
    path = tmp_path / "talk.mp4"
    path.write_bytes(b"not media" * 200)
    return path


@pytest.fixture
def big_file(tmp_path):
    """More bytes than the buffers between two sockets take."""
    path = tmp_path / "big.mp4"
    with path.open("wb") as file:
        file.truncate(32 * 1024 * 1024)
    return path


@pytest.fixture
def worker():
    """Runs a call in a thread; `end` joins it and returns what the call returned or raised."""
    started = []

    class Worker(threading.Thread):
        def __init__(self, call):
            super().__init__()
            self.call = call
            self.outcome = None
            started.append(self)
            self.start()

        def run(self):
            try:
                self.outcome = self.call()
            except ApiError as error:
                self.outcome = error

        def end(self):
            self.join(MAX_SECONDS)
            assert not self.is_alive(), "the call did not end"
            return self.outcome

    yield Worker
    assert not any(thread.is_alive() for thread in started)
