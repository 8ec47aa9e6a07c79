"""Who may import whom: the floor plan of the house, held by reading the imports."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = {"settings", "model"}
ROOMS = {
    "model": set(),
    "settings": set(),
    "clock": set(),
    "recordings": {"failures"},
    "failures": set(),
    "interhuman": {"model"},
    "media": {"model"},
    "frames": {"clock", "model"},
    "agreement": {"frames", "model"},
    "charts": {"frames", "clock", "model"},
    "exports": {"frames", "clock", "model"},
    "sandbox": {"model"},
    "connection": {"failures", "interhuman", "sandbox", "settings"},
    "added": {"model", "failures"},
    "library": {
        "model",
        "added",
        "failures",
        "interhuman.responses",
        "interhuman.errors",
        "review_json",
        "sample",
        "session_file",
        "settings",
    },
    "review_json": {"model", "added", "failures"},
    "session_file": {
        "model",
        "failures",
        "interhuman.responses",
        "interhuman.errors",
        "review_json",
    },
    "transcript": {"model", "added", "failures"},
    "sample": {"model", "interhuman.responses"},
    "keeping": {"failures", "library", "recordings"},
    "runs": {"failures", "interhuman", "library", "model"},
    "runner": {
        "runs",
        "failures",
        "interhuman",
        "media",
        "library",
        "model",
        "recordings",
        "session_file",
    },
    "ui": {
        "keeping",
        "library",
        "runner",
        "frames",
        "agreement",
        "charts",
        "clock",
        "exports",
        "settings",
        "model",
        "connection",
        "recordings",
        "failures",
        "session_file",
        "sample",
        "added",
        "transcript",
    },
    "pages": {"ui"},
}
LIBRARIES = {
    "model": set(),
    "settings": set(),
    "clock": set(),
    "recordings": set(),
    "keeping": set(),
    "failures": set(),
    "connection": set(),
    "added": set(),
    "review_json": set(),
    "session_file": set(),
    "transcript": set(),
    "sample": set(),
    "interhuman": {"requests", "requests_toolbelt", "urllib3"},
    "media": {"av"},
    "frames": {"pandas", "numpy"},
    "agreement": {"pandas", "statsmodels"},
    "charts": {"plotly", "pandas", "numpy"},
    "exports": {"pandas", "numpy", "plotly", "xlsxwriter"},
    "sandbox": {"starlette", "uvicorn", "av"},
    "library": {"sqlalchemy", "alembic"},
    "runs": set(),
    "runner": {"dbos", "sqlalchemy"},
    "ui": {"streamlit", "pandas", "plotly"},
    "pages": {"streamlit"},
}


def files():
    return [
        ROOT / "streamlit_app.py",
        *sorted((ROOT / "pages").glob("*.py")),
        *sorted((ROOT / "lib").rglob("*.py")),
    ]


def room(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[1] if parts[0] == "lib" else "pages"


def imported(path):
    """Every module that a file imports, submodules by their full dotted name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def standard(name):
    return name.partition(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_what_its_room_may(path):
    here = room(path)
    if here == "__init__":
        return
    for name in imported(path):
        if standard(name):
            continue
        first, _, rest = name.partition(".")
        if first == "lib":
            allowed = ROOMS[here] | {here}
            assert any(f"{rest}.".startswith(f"{other}.") for other in allowed), name
        else:
            assert first in LIBRARIES[here], name


def test_every_room_stands_in_the_plan():
    rooms = {room(path) for path in files()} - {"__init__"}
    assert rooms == set(ROOMS) == set(LIBRARIES)


def test_only_pages_and_ui_know_streamlit():
    knowing = {room(p) for p in files() if any(n.startswith("streamlit") for n in imported(p))}
    assert knowing == {"pages", "ui"}


def test_requirements_hold_what_the_app_imports_and_nothing_else():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    pinned = {re.match(r"[\w-]*", line)[0] for line in lines if "==" in line}
    used = {
        name.partition(".")[0].replace("_", "-")
        for path in files()
        for name in imported(path)
        if not standard(name) and not name.startswith("lib.") and name != "lib"
    }
    # starlette reads forms with the first, SQLAlchemy PostgreSQL with the second
    assert pinned == used | {"python-multipart", "psycopg"}
