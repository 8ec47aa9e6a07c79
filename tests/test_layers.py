"""Who may import whom: the floor plan of the house, held by reading the imports."""

import re
import sys
from pathlib import Path

import pytest

from tests.source import read_source

ROOT = Path(__file__).parent.parent
BASE = {
    "api_limits",
    "model",
    "errors",
    "timecode",
    "plain_text",
    "media_types",
}  # knows no room, and any room may know it
BELOW_UI = {
    "access",
    "background",
    "charts",
    "exports",
    "frames",
    "interchange",
    "interhuman",
    "library",
    "recordings",
    "sandbox",
    "settings",
}
PAGE = BELOW_UI | {"ui.shell", "ui.runs", "ui.web"}
ROOMS = {  # who may import whom, besides itself and the base
    "pages": {"ui"},
    "ui": set(),
    "ui.analyze": PAGE,
    "ui.review": PAGE,
    "ui.sessions": PAGE,
    "ui.runs": BELOW_UI | {"ui.shell", "ui.web"},
    "ui.shell": BELOW_UI | {"ui.web"},
    "ui.web": set(),
    "access": set(),
    "background": {"interhuman", "recordings", "library"},
    "library": {"interchange", "interhuman.parser", "interhuman.stitch"},
    "library.__main__": {"interhuman", "library", "settings"},  # finds the library as the app does
    "interchange": {"interhuman.parser", "interhuman.stitch"},
    "interhuman": set(),
    "recordings": set(),
    "frames": set(),
    "charts": {"frames"},
    "exports": {"frames"},
    "sandbox": set(),
    "settings": set(),
    "model": set(),
    "errors": set(),
    "timecode": set(),
    "plain_text": set(),
    "media_types": set(),
    "api_limits": set(),
}
STREAMLIT = {"streamlit"}
LIBRARIES = {
    "pages": STREAMLIT,
    "ui": set(),
    "ui.analyze": STREAMLIT,
    "ui.review": STREAMLIT | {"pandas", "plotly"},
    "ui.sessions": STREAMLIT,
    "ui.runs": STREAMLIT,
    "ui.shell": STREAMLIT | {"starlette", "uvicorn"},
    "ui.web": set(),
    "access": {"itsdangerous"},
    "background": {"dbos", "sqlalchemy"},
    "library": {"sqlalchemy", "alembic"},
    "library.__main__": set(),
    "interchange": {"charset_normalizer", "yaml"},
    "interhuman": {"requests", "requests_toolbelt", "urllib3", "msgspec"},
    "recordings": {"av", "numpy", "PIL"},
    "frames": {"pandas", "numpy", "pyarrow", "statsmodels"},
    "charts": {"plotly", "pandas", "numpy"},
    "exports": {"pandas", "numpy", "plotly", "xlsxwriter"},
    "sandbox": {"starlette", "uvicorn", "av"},
    **{
        name: set()
        for name in (
            "settings",
            "model",
            "errors",
            "timecode",
            "plain_text",
            "media_types",
            "api_limits",
        )
    },
}
PACKAGES = {
    "PIL": "pillow",
    "yaml": "pyyaml",
}  # by what they are imported as, where that is another name
PRIVATE = {  # the one file of each library that may use what it does not document; "" is none
    "streamlit.runtime": "",
    "streamlit.file_util": "lib/ui/shell/streamlit_internals.py",
    "streamlit.navigation": "lib/ui/shell/streamlit_internals.py",
    "dbos._": "lib/background/dbos_queue.py",
    "threading._": "lib/background/thread_exit.py",
}
BASE_ROOMS = {  # of the base itself, who may know whom
    "api_limits": {"model", "timecode"},
    "errors": {"api_limits"},
    "media_types": set(),
    "settings": {"model", "errors"},
    "model": set(),
    "timecode": set(),
    "plain_text": set(),
}


def files():
    return [
        ROOT / "streamlit_app.py",
        *sorted((ROOT / "pages").glob("*.py")),
        *sorted((ROOT / "lib").rglob("*.py")),
    ]


def room(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] != "lib":
        return "pages"
    return room_of_module(".".join(part for part in parts if part != "__init__"))


def room_of_module(name):
    """The room that a module of lib lies in, by its dotted name; "" for lib itself."""
    inside = name.partition(".")[2]
    return max((one for one in ROOMS if f"{inside}.".startswith(f"{one}.")), key=len, default="")


def imported(path):
    """Every module that a file imports, submodules by their full dotted name."""
    return read_source(path).imported


def used(path):
    """Every module that a file imports, and every attribute of one that it names."""
    # The class is all of dbos.
    names = (n.lower() if n.startswith("DBOS.") else n for n in read_source(path).attributes)
    return *imported(path), *names


def standard(name):
    return name.partition(".")[0] in sys.stdlib_module_names


def allowed(here):
    return {here, *BASE_ROOMS.get(here, ROOMS[here] | BASE)}


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_what_its_room_may(path):
    here = room(path)
    if not here:  # lib/__init__.py
        return
    for name in imported(path):
        if standard(name):
            continue
        first, _, rest = name.partition(".")
        if name == "lib.__version__":  # told on pages and in files
            assert here in {"ui.shell", "ui.review", "interchange"}
        elif first == "lib":
            assert any(f"{rest}.".startswith(f"{other}.") for other in allowed(here)), name
        else:
            assert first in LIBRARIES[here], name


def test_every_room_stands_in_the_plan():
    folders = {path.name for path in (ROOT / "lib").iterdir() if path.name[0] not in "_."}
    folders = {name.removesuffix(".py") for name in folders}
    inside = {f"ui.{path.name}" for path in (ROOT / "lib/ui").iterdir() if path.name[0] != "_"}
    assert folders | inside | {"pages", "library.__main__"} == set(ROOMS) == set(LIBRARIES)


def test_a_folder_of_a_page_imports_no_other_page():
    pages = {"ui.analyze", "ui.review", "ui.sessions"}
    for here in pages:
        assert not ROOMS[here] & pages
    assert not any(ROOMS[one] & pages for one in ("ui.runs", "ui.shell", "ui.web"))


@pytest.mark.parametrize(("private", "seam"), PRIVATE.items())
def test_what_a_library_keeps_private_is_used_in_one_file(private, seam):
    using = {
        str(path.relative_to(ROOT))
        for path in files()
        if any(name.startswith(private) for name in used(path))
    }
    assert using == ({seam} if seam else set())


def test_only_pages_and_ui_know_streamlit():
    knowing = {room(p) for p in files() if any(n.startswith("streamlit") for n in imported(p))}
    assert {one.partition(".")[0] for one in knowing} == {"pages", "ui"}


def test_requirements_hold_what_the_app_imports_and_nothing_else():
    lines = (ROOT / "requirements.in").read_text().splitlines()
    pinned = {re.match(r"[\w-]*", line)[0] for line in lines if "==" in line}
    used = {
        PACKAGES.get(name.partition(".")[0], name.partition(".")[0].replace("_", "-"))
        for path in files()
        for name in imported(path)
        if not standard(name) and not name.startswith("lib.") and name != "lib"
    }
    # starlette reads forms with the first, SQLAlchemy PostgreSQL with the second
    assert pinned == used | {"python-multipart", "psycopg"}
