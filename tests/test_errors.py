"""The tree of errors: as its module draws it, whole after pickling, never without sentences."""

import ast
import inspect
import pickle
from pathlib import Path

import pytest

from lib import errors
from lib.errors import ApiError, AppError

ROOT = Path(__file__).parent.parent
CLASSES = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, AppError)
]
API_CLASSES = [kind for kind in CLASSES if issubclass(kind, ApiError)]
FACTS = {
    "error_id": "ih4003",
    "status": 413,
    "correlation_id": "c-1",
    "job_id": "a" * 32,
    "server_message": "Too large.",
    "retry_after": 2.5,
    "maybe_billed": True,
    "refuses_file": True,
}
MEMBERS = {
    "StoredAnswerError": {"answer": '{"signals": '},
    "DamagedRecordingError": {"stretches": ((1.0, 2.5),)},
}


def members(kind):
    """What an error of this class may be given besides its sentences."""
    return FACTS if issubclass(kind, ApiError) else MEMBERS.get(kind.__name__, {})


def drawn_parents():
    """The name of each class in the tree that the module draws, with that of its parent."""
    parents, path = {}, []
    for line in errors.__doc__.splitlines():
        branch, _, rest = line.rpartition("── ")
        name = rest.split()[0] if rest else ""
        if line == "AppError":
            depth, name = 0, line
        elif branch:
            depth = (len(branch) - 1) // 4 + 1
        else:
            continue
        path[depth:] = [name]
        parents[name] = path[depth - 1] if depth else "Exception"
    return parents


def raised_bare():
    """Every class that the app raises or makes without sentences of its own."""
    names = {kind.__name__ for kind in CLASSES}
    for path in [*(ROOT / "lib").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            raised = node.exc if isinstance(node, ast.Raise) else None
            if isinstance(node, ast.Call) and not node.args:
                keywords = {keyword.arg for keyword in node.keywords}
                raised = None if keywords & {"what", "next_step"} else node.func
            if isinstance(raised, ast.Name) and raised.id in names:
                yield getattr(errors, raised.id)


def test_the_tree_is_drawn_as_it_is():
    assert drawn_parents() == {kind.__name__: kind.__base__.__name__ for kind in CLASSES}


@pytest.mark.parametrize("kind", CLASSES)
def test_an_error_survives_pickling_whole(kind):
    error = kind("What.", "Next.", **members(kind))
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert vars(again) == vars(error)
    assert vars(again) == {"what": "What.", "next_step": "Next.", **members(kind)}


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_says_what_happened_and_what_to_do(kind):
    error = kind()
    assert error.what.endswith(".")
    assert error.next_step.endswith(".")
    assert str(error) == error.what
    assert (error.problem.what, error.problem.next_step) == (error.what, error.next_step)


@pytest.mark.parametrize("kind", sorted({*raised_bare(), *API_CLASSES}, key=CLASSES.index))
def test_an_error_that_is_raised_bare_has_sentences_of_its_own(kind):
    assert {"default_what", "default_next_step"} <= set(vars(kind))


def test_the_log_gets_the_ids_and_nothing_that_the_api_wrote():
    error = ApiError("It broke.", **{**FACTS, "server_message": "forged\nline"})
    assert str(error) == f"It broke. (ih4003, HTTP 413, correlation id c-1, job {'a' * 32})"


def test_a_page_gets_the_ids_and_the_words_of_the_api():
    problem = ApiError("It broke.", "Wait.", **FACTS).problem
    assert (problem.what, problem.next_step) == ("It broke.", "Wait.")
    assert (problem.error_id, problem.correlation_id) == ("ih4003", "c-1")
    assert problem.server_message == "Too large."
    assert problem.refuses_file


def test_a_text_of_the_api_is_shortened():
    error = ApiError(server_message="x" * 5000, correlation_id="y" * 5000)
    assert len(error.server_message) == errors.MESSAGE_LIMIT
    assert len(error.correlation_id) == errors.MESSAGE_LIMIT
