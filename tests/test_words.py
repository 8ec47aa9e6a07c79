"""Words that readers stumbled over stand in no text of the app."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STUMBLED_OVER = re.compile(
    r"\b(put away|take away|takes? \w+ \w+ away|needs? you|go on\b|forth\b|without a result|"
    r"not there any more|no session is found|analys(e|ed|ing)\b)",
    re.IGNORECASE,
)


def texts_of(path):
    """What may stand on the screen: strings but docstrings, or a script without its comments."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        return re.findall(r"\"[^\"\n]*\"|`[^`]*`", re.sub(r"(^|\s)// .*", "", source))
    tree = ast.parse(source)
    described = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    ]
    docstrings = {ast.get_docstring(node, clean=False) for node in described}
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [text for text in strings if isinstance(text, str) and text not in docstrings]


FILES = [*ROOT.glob("lib/**/*.py"), *ROOT.glob("lib/ui/web/*.js")]


@pytest.mark.parametrize("path", sorted(FILES), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_has_words_that_readers_stumbled_over(path):
    found = [text for text in texts_of(path) if " " in text and STUMBLED_OVER.search(text)]
    assert found == []
