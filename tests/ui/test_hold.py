"""Nothing is written for a session that is gone."""

import pytest

from lib.failures import NotKeptError
from lib.library import Library
from lib.ui import acts, shared
from tests import answers


@pytest.fixture
def library(monkeypatch):
    made = Library("sqlite://")
    monkeypatch.setattr(shared, "library", lambda: made)
    yield made
    made.close()


def test_a_session_that_was_deleted_is_refused_with_a_next_step(library):
    library.save(answers.session())
    acts.hold(answers.session())
    library.delete("abc")
    with pytest.raises(NotKeptError) as caught:
        acts.hold(answers.session())
    assert caught.value.failure.next_step


def test_the_sample_needs_no_library(monkeypatch):
    asked = []
    monkeypatch.setattr(shared, "library", lambda: asked.append("library"))
    acts.hold(shared.sample_session())
    assert asked == []
