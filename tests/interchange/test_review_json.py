"""What stands in a file where something else belongs is refused and counted, and never raised."""

import copy

import pytest

from lib.interchange import review_json
from lib.model import Line, Mark, Review
from tests.codebooks import book, coded
from tests.reviews import claim, note, verdict

WRONG = (None, 5, 1.5, True, "x", [], [5], [None], {}, {"x": 5})
CONTENT = review_json.dump_review(
    Review(
        notes=(note(),),
        verdicts=(verdict(),),
        transcript=(Line(0.0, 1.0, "Ana", "Hello."),),
        claims=(claim(signals=(0, 1), marks=(Mark(0, "for"),)),),
        coded=(coded(),),
        codebooks=(book(),),
    )
)
MAY_BE_NONE = {("notes", 0, "signal")}
IGNORED = "imported"  # the reader says so itself


def places(value, path=()):
    """The way to each value in a JSON value, lists and objects among them."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


FIELDS = [
    path for name, items in CONTENT.items() for path in places(items, (name,)) if len(path) > 1
]


def with_value(path, value):
    content = copy.deepcopy(CONTENT)
    inner = content
    for key in path[:-1]:
        inner = inner[key]
    before, inner[path[-1]] = inner[path[-1]], value
    return content, before


def is_of_its_kind(path, value, before):
    if value is None and path in MAY_BE_NONE:
        return True
    number = isinstance(before, float) and type(value) is int
    empty = isinstance(before, list | dict) and not value
    same = type(value) is type(before) and not isinstance(before, list | dict)
    return number or same or (empty and type(value) is type(before))


@pytest.mark.parametrize("path", FIELDS, ids=lambda path: ".".join(map(str, path)))
def test_a_value_of_another_kind_makes_its_item_refused_and_counted(path):
    for value in WRONG:
        content, before = with_value(path, value)
        found, lost = review_json.load_review(content)  # never raises
        if path[-1] == IGNORED or is_of_its_kind(path, value, before):
            continue
        assert lost == 1, (path, value)
        assert len(getattr(found, path[0])) == len(CONTENT[path[0]]) - 1
