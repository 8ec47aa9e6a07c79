"""The words of the Makefile: as it tells them itself, as docs and hooks use them."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text()


def words():
    """What can be asked of it."""
    return re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[1].split()


def test_make_alone_tells_every_word_and_what_it_does():
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    told = re.findall(r"^make ([\w-]+) +\w", done.stdout, re.MULTILINE)
    assert sorted(told) == sorted(set(words()) - {"help"})


def test_every_word_of_the_docs_is_one():
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    used = re.findall(
        r"^make ([\w-]+)|`make ([\w-]+)", "\n".join(p.read_text() for p in pages), re.MULTILINE
    )
    assert {first or second for first, second in used} <= set(words())


def test_a_commit_is_checked_as_make_check_checks():
    recipe = re.search(r"^check:.*\n((?:\t.+\n)+)", MAKEFILE, re.MULTILINE)[1]
    hooks = (ROOT / ".pre-commit-config.yaml").read_text()
    entries = re.findall(r"^ +entry: (\.venv/bin/.+)$", hooks, re.MULTILINE)
    assert entries == [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe.splitlines()]
