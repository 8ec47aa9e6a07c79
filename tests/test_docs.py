"""README and docs name only what is there."""

import re
from datetime import date
from pathlib import Path

import pytest

from lib import __version__
from lib.ui.shell.html import plain_label

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text())
    assert all((page.parent / link).exists() for link in links), links


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
