"""Nothing is written for a session that is gone."""

import pytest

from lib.errors import ReviewError
from lib.library import Library
from lib.ui.review import review_actions
from lib.ui.shell import services
from tests import answers


@pytest.fixture
def library(monkeypatch):
    empty = Library("sqlite://")
    monkeypatch.setattr(services, "library", lambda: empty)
    yield empty
    empty.close()


def test_a_session_that_was_deleted_is_refused_with_a_next_step(library):
    library.save(answers.session())
    review_actions.refuse_deleted(answers.session())
    library.delete_all(("abc",))
    with pytest.raises(ReviewError) as caught:
        review_actions.refuse_deleted(answers.session())
    assert caught.value.problem.next_step


def test_the_sample_needs_no_library(monkeypatch):
    uses = []
    monkeypatch.setattr(services, "library", lambda: uses.append("library"))
    review_actions.refuse_deleted(services.sample_session())
    assert uses == []
