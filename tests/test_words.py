"""Words that readers stumbled over stand in no text of the app."""

import re
from pathlib import Path

import pytest

from tests.source import read_source

ROOT = Path(__file__).parents[1]
STUMBLED_OVER = re.compile(
    r"\b(put away|take away|takes? \w+ \w+ away|needs? you|go on\b|^goes on$|(?-i:^Ended$)|"
    r"^bring in\b|forth\b|without a result|not there any more|no session is found)",
    re.IGNORECASE,
)
BRITISH = re.compile(  # what readers see is American, as the API's own words are
    r"colour|\bgrey|\bcentr(?:e|ed|es)\b|\blicence|\banalys(?:e|ed|ing)\b|behaviour|neighbour|favour|"
    r"(?:organ|recogn|summar|normal|real|custom|visual|optim|minim|maxim|categor)is(?:e|ed|es|ing|ation)\b",
    re.IGNORECASE,
)


LIMIT = re.compile(  # of time or size, written out instead of made of its constant
    r"\b(?:\d+|one|two|three|five|ten|twelve|thirty)\s+(?:KiB|MiB|MB|GB|hours?|minutes?|seconds?)\b",
    re.IGNORECASE,
)
NO_LIMIT = "A large recording takes one to three minutes. "  # experience, not a number of ours


def texts_of(path):
    """What may stand on the screen: strings but docstrings, or a script without its comments."""
    if path.suffix == ".ts":
        source = path.read_text(encoding="utf-8")
        return re.findall(r"\"[^\"\n]*\"|`[^`]*`", re.sub(r"(^|\s)// .*", "", source))
    return read_source(path).texts


PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
FILES = [*ROOT.glob("lib/**/*.py"), *ROOT.glob("lib/ui/web/**/*.ts"), *ROOT.glob("pages/*.py")]


@pytest.mark.parametrize("path", sorted(FILES), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_has_words_that_readers_stumbled_over(path):
    found = [text for text in texts_of(path) if STUMBLED_OVER.search(text)]
    assert found == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("ui/analyze/selection_view.py", "Remove"),
        ("ui/runs/queue_view.py", "Needs attention"),
        ("ui/runs/queue_view.py", "Finished"),
        ("ui/runs/run_actions.py", "Continue"),
        ("ui/sessions/import_export.py", "Import / export"),
        ("ui/sessions/query_form.py", "Failed or cancelled"),
        ("ui/review/player.py", "It stays in this app."),
        ("ui/review/transcripts.py", "It stays in this app."),
        ("exports/report_agreement.py", "Needs verdicts from two reviewers."),
    ],
)
def test_what_readers_know_things_by_stays(path, words):
    assert any(words in text for text in texts_of(ROOT / "lib" / path))


@pytest.mark.parametrize("path", sorted(FILES), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_is_spelled_in_another_english(path):
    shown = [text for text in texts_of(path) if " " in text or text.strip('"`')[:1].isupper()]
    assert [text for text in shown if BRITISH.search(text)] == []


@pytest.mark.parametrize("page", sorted(PAGES), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_of_the_docs_is_spelled_in_another_english(page):
    words = re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))
    assert BRITISH.findall(words) == []


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(FILES) if path.parent.name != "sandbox"],  # it repeats the API's texts
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_text_writes_out_a_limit(path):
    texts = (text.replace(NO_LIMIT, "") for text in texts_of(path))
    assert [text for text in texts if LIMIT.search(text)] == []
