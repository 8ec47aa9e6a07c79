"""HTML that the pages put together: text from outside stays text in it."""

import pytest

from lib.model import GIB, MIB
from lib.ui.shell import html

HOSTILE = "<b onclick=x>&"


def test_every_cell_of_a_table_is_shown_to_the_letter():
    markup = html.table((HOSTILE,), [(HOSTILE, 3)])
    assert "<b" not in markup
    assert markup.count("&lt;b onclick=x&gt;&amp;") == 2
    assert "<td>3</td>" in markup


def test_no_two_options_have_the_same_label():
    long = "w" * 60
    labels = html.plain_labels(["a*b", "a_b", "a b", "a b 2", f"{long}1", f"{long}2"])
    assert labels["a*b"] == "a b"
    assert len(set(labels.values())) == 6


def test_a_place_leads_to_its_time_and_span_and_shows_its_text_to_the_letter():
    markup = html.time_list(
        [html.time_button(2.5, HOSTILE, HOSTILE, HOSTILE, span=7), html.time_button(1, "", "")]
    )
    assert 'data-go="2.500" data-span="7"' in markup
    assert markup.count("data-span") == 1
    assert markup.count("&lt;b") == 3
    assert "<b" not in markup.replace("<button", "")


def test_thousands_of_options_with_one_label_are_numbered_at_once():
    labels = html.plain_labels(["*" * (n % 200) + "_" * (n // 200) for n in range(20_000)])
    assert len(set(labels.values())) == 20_000
    assert list(labels.values())[:2] == ["unnamed", "unnamed 2"]


@pytest.mark.parametrize(
    ("count", "text", "limit"),
    [
        (4 * GIB, "4.0 GiB", "4 GiB"),
        (GIB * 5 // 2, "2.5 GiB", "2.5 GiB"),
        (512 * MIB, "512.0 MiB", "512 MiB"),
        (64_000_000, "61.0 MiB", "61.03 MiB"),
    ],
)
def test_sizes_are_those_that_people_read(count, text, limit):
    assert html.format_bytes(count) == text
    assert html.format_limit(count) == limit
