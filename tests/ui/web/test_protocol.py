"""Python and the browser name the same fields in what they tell each other."""

import html
import json
import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from lib.interchange import sample_session
from lib.model import Review
from lib.ui.review import span_payload
from lib.ui.review.loaded_session import LoadedSession
from lib.ui.shell import services
from lib.ui.web import coding_protocol, protocol

WEB = Path(__file__).parents[3] / "lib" / "ui" / "web"
SOURCE = "\n".join(
    file.read_text(encoding="utf-8") for file in sorted((WEB / "shared").glob("*protocol.ts"))
)
INTERFACES = dict(
    re.findall(r"^export interface (\w+) \{\n(.*?)^\}", SOURCE, re.DOTALL | re.MULTILINE)
)
PYTHON = {
    name: value
    for name, value in {**vars(protocol), **vars(coding_protocol)}.items()
    if hasattr(value, "__required_keys__")
}


def fields(body):
    """The fields of an interface that are always there, and those that may be."""
    named = re.findall(r"^  (\w+)(\??):", body, re.MULTILINE)
    required = {name for name, mark in named if not mark}
    return required, {name for name, mark in named if mark}


def test_both_name_the_same_things():
    assert {*INTERFACES} == {*PYTHON}


@pytest.mark.parametrize("name", sorted({*INTERFACES} & {*PYTHON}))
def test_both_name_the_same_fields(name):
    kind = PYTHON[name]
    assert fields(INTERFACES[name]) == ({*kind.__required_keys__}, {*kind.__optional_keys__})


def test_each_field_of_a_thing_is_read():
    """The interfaces above are whole: as many fields as lines."""
    for body in INTERFACES.values():
        assert len(body.splitlines()) == sum(map(len, fields(body)))


@pytest.mark.parametrize(
    "name", [one for one in sorted(PYTHON) if "kind" in PYTHON[one].__annotations__]
)
def test_both_call_an_act_the_same(name):
    (told,) = re.findall(r"^  kind: (.+);$", INTERFACES[name], re.MULTILINE)
    assert re.findall(r"\w+", told) == [*get_args(get_type_hints(PYTHON[name])["kind"])]


def test_the_columns_of_spans_are_those_that_are_named(monkeypatch):
    """They are made of a table, whose columns no type knows."""
    monkeypatch.setattr(services, "review", lambda _: Review())
    text = span_payload.payload_html(LoadedSession(sample_session.sample_session()))
    sent = json.loads(html.unescape(text.partition(">")[2].removesuffix("</div>")))
    assert sent.keys() == protocol.SpansPayload.__required_keys__
    assert sent["spans"].keys() == protocol.SpanColumns.__required_keys__
