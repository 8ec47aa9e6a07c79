import inspect
import pickle

import pytest

from lib import errors
from lib.errors import ApiError
from lib.interhuman import error_ids

CLASSES = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, ApiError)
]
# Every id that the API's references, skills and clients name.
DOCUMENTED = [
    *("ih1001", "ih1002", "ih1003", "ih1004"),
    *("ih2001", "ih2002", "ih2003", "ih2005", "ih2010", "ih2011", "ih2014"),
    *("ih3001", "ih3002", "ih3003", "ih3006"),
    *("ih4001", "ih4002", "ih4003", "ih4004", "ih4005", "ih4007", "ih4020", "ih4021"),
    *("ih5001", "ih5002", "ih5003", "ih5004", "ih5005", "ih5006", "ih5007", "ih5008"),
    *("ih6001", "ih6002", "ih6003", "ih6004"),
]
FACTS = {
    "error_id": "ih4003",
    "status": 413,
    "correlation_id": "c-1",
    "job_id": "a" * 32,
    "server_message": "Too large.",
    "retry_after": 2.5,
    "maybe_billed": True,
}


@pytest.mark.parametrize("kind", CLASSES)
def test_an_error_survives_pickling_whole(kind):
    error = kind("What.", "Next.", **FACTS)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert vars(again) == vars(error)
    assert vars(again) == {"what": "What.", "next_step": "Next.", **FACTS}


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_says_what_happened_and_what_to_do(kind):
    error = kind()
    assert error.what.endswith(".")
    assert error.next_step.endswith(".")
    assert str(error) == error.what


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_stands_in_the_tree_that_is_drawn(kind):
    assert kind.__name__ in errors.__doc__


def test_the_log_gets_the_ids_and_nothing_that_the_api_wrote():
    error = ApiError("It broke.", **{**FACTS, "server_message": "forged\nline"})
    assert str(error) == f"It broke. (ih4003, HTTP 413, correlation id c-1, job {'a' * 32})"


def test_a_text_of_the_api_is_shortened():
    error = ApiError(server_message="x" * 5000, correlation_id="y" * 5000)
    assert len(error.server_message) == errors.MESSAGE_LIMIT
    assert len(error.correlation_id) == errors.MESSAGE_LIMIT


@pytest.mark.parametrize("error_id", DOCUMENTED)
def test_every_documented_id_has_its_own_sentences(error_id):
    what, next_step = error_ids.SENTENCES[error_id]
    assert what.endswith(".")
    assert next_step.endswith(".")
    assert [row for row, (text, _) in error_ids.SENTENCES.items() if text == what] == [error_id]


def test_no_sentence_is_for_an_id_that_is_not_documented():
    assert set(error_ids.SENTENCES) == set(DOCUMENTED)
    groups = (
        error_ids.CREDENTIAL,
        error_ids.SCOPE,
        error_ids.QUOTA,
        error_ids.BUSY,
        error_ids.GONE,
    )
    assert frozenset().union(*groups, error_ids.RECORDING, error_ids.TRANSIENT) <= set(DOCUMENTED)
