"""README and docs name only what is there."""

import re
from datetime import date
from pathlib import Path

import pytest

from lib import __version__
from lib.ui.shell.html import plain_label
from tests import test_layers

ROOT = Path(__file__).parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
HOW_TO = sorted((ROOT / "docs" / "how-to").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text())
    assert all((page.parent / link).exists() for link in links), links


@pytest.mark.parametrize("page", [ARCHITECTURE, *HOW_TO], ids=lambda page: page.name)
def test_every_file_that_is_named_is_there(page):
    named = re.findall(r"`([\w./-]+/[\w.-]+\.\w+|[\w-]+\.(?:py|in|md))`", page.read_text())
    assert named
    folders = (ROOT, ROOT / "lib")  # the architecture leaves out what all names begin with
    assert [one for one in named if not any((folder / one).exists() for folder in folders)] == []


def test_there_is_a_how_to_for_each_usual_change():
    about = {"an-export", "a-chart", "a-filter", "a-signal-type", "an-error-id", "a-migration"}
    names = {page.stem.removeprefix("add-") for page in HOW_TO}
    assert names == about | {"a-field-of-a-note"}


def test_the_picture_of_the_architecture_is_what_the_imports_say():
    drawn = set(re.findall(r"^  (\w+) --> (\w+)$", ARCHITECTURE.read_text(), re.MULTILINE))
    arrows = {
        (node(test_layers.room(path)), node(there))
        for path in test_layers.files()
        for name in test_layers.imported(path)
        if name.startswith("lib.")
        and (there := test_layers.room_of_module(name)) not in {"", test_layers.room(path)}
    }
    base = {*test_layers.BASE}
    assert drawn == {(here, there) for here, there in arrows if not {here, there} & base} - {
        ("settings", "model")
    }


def node(room):
    return room.replace("__main__", "main").replace(".", "_")


def names(cell):
    """The rooms that a cell of the table names."""
    told = {*cell.split(", ")} - {"nothing"}
    return told - {"below ui"} | test_layers.BELOW_UI if "below ui" in told else told


def test_the_table_of_the_architecture_is_the_one_that_is_held():
    text = ARCHITECTURE.read_text().partition("## Who may import whom")[2].partition("## ")[0]
    rows = dict(re.findall(r"^\| ([\w.]+) \| (.+) \|$", text, re.MULTILINE))
    del rows["room"]
    told = {room: names(cell) for room, cell in rows.items()}
    held = {room: test_layers.ROOMS[room] for room in test_layers.ROOMS}
    assert told == {room: held[room] for room in held if room not in {"ui", *test_layers.BASE}}


def test_every_room_of_the_house_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    rooms = [path for path in (ROOT / "lib").iterdir() if path.name[0] not in "_."]
    named = [f"lib/{path.name}/" if path.is_dir() else f"lib/{path.name}" for path in rooms]
    assert [name for name in named if name not in readme] == []


def test_the_version_of_the_app_is_the_newest_one_of_the_changelog():
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == "Unreleased"
    version, _, day = headings[1].partition(" - ")
    assert version == __version__
    assert date.fromisoformat(day)


@pytest.mark.parametrize(
    ("outside", "label"),
    [
        ("interest", "interest"),
        ("deep-listening", "deep-listening"),
        ("![i](http://x/y.png)", "i http x y png"),
        ("**b** :red[x] $y$ <b>", "b red x y b"),
        ("_x_", "x"),
        ("<>", "unnamed"),
        ("w" * 90, "w" * 40),
    ],
)
def test_a_label_that_is_read_as_markdown_has_no_sign_with_a_meaning(outside, label):
    assert plain_label(outside) == label
