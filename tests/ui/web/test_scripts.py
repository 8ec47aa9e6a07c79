"""What runs in the browser: its folders, its lists of packages, and the scripts that it makes."""

import inspect
import json
import re
from pathlib import Path

import pytest

from lib.ui.web import scripts

ROOT = Path(__file__).parents[3]
WEB = ROOT / "lib" / "ui" / "web"
SOURCES = sorted(WEB.rglob("*.ts"))
PACKAGE = json.loads((ROOT / "package.json").read_text())
MAX_LINES = 300
KNOWN = {  # which folders may know which, besides themselves
    "shared": set(),
    "figure": {"shared"},
    "review": {"shared", "figure"},  # Plotly, as figure/ loads it
    "sessions": {"shared"},
    "shell": {"shared"},
    "uploader": {"shared"},
}
PRIVATE = {  # the one file that may use what a library does not document
    r"_fullLayout|_fullData|\._offset|\._length|\._size|js-plotly-plot": "review/plotly_chart.ts",
    r"data-testid|\.stApp|\.stCode|\.st-key": "shared/streamlit_page.ts",
    r"__streamlit": "shared/app_address.ts",
}


def name_of(path):
    return str(path.relative_to(WEB))


def code_of(path):
    return re.sub(r"(^|\s)// .*", "", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_folder_imports_only_what_it_may(path):
    folder = path.parent.name
    for target in re.findall(r'\bfrom "(.+)";', path.read_text(encoding="utf-8")):
        there = (path.parent / f"{target}.ts").resolve()
        assert there in SOURCES, target
        assert there.parent.name in {folder} | KNOWN[folder], target


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_is_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize(("private", "seam"), PRIVATE.items())
def test_what_is_not_documented_is_used_in_one_file(private, seam):
    assert {name_of(path) for path in SOURCES if re.search(private, code_of(path))} == {seam}


def test_the_room_is_changed_in_one_way():
    changed = r"\broom(?:\.\w+)+ (?:[-+?]{0,2}=|\|\|=)(?![=>]) |Object\.assign\(room\b"
    found = {name_of(path) for path in SOURCES if re.search(changed, code_of(path))}
    # The last two stand elsewhere on the page, and may be there before the room is.
    assert found == {"review/room.ts", "review/filter_result.ts", "review/window_click.ts"}


def test_each_script_is_handed_out_and_gives_what_streamlit_mounts():
    functions = [
        value
        for name, value in inspect.getmembers(scripts, inspect.isfunction)
        if name.endswith("_script")
    ]
    texts = [function() for function in functions]
    assert all(re.search(r" as default\n};\n\Z", text) for text in texts)
    made = [path.read_text(encoding="utf-8") for path in sorted((WEB / "dist").iterdir())]
    assert sorted(made) == sorted(texts)


def test_packages_are_named_by_one_version_and_no_address():
    assert PACKAGE["private"]
    assert "dependencies" not in PACKAGE  # nothing of theirs is in the scripts
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", one) for one in PACKAGE["devDependencies"].values())
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert "registry" not in lock
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text().splitlines()


def test_the_lock_names_a_build_for_every_system():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for system in ("linux-x64", "linux-arm64", "darwin-arm64", "win32-x64"):
        assert f"node_modules/@esbuild/{system}" in packages
