"""Which tier a test belongs to, by its folder: what it needs says how long it takes."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
FAST, PAGE, LIBRARY, RUNNER, BROWSER = TIERS = ("fast", "page", "library", "runner", "browser")
FOLDERS = {  # beneath tests/; "." is what lies in no folder
    ".": FAST,
    "browser": BROWSER,
    "charts": FAST,
    "exports": FAST,
    "interhuman": FAST,
    "library": LIBRARY,
    "pages": PAGE,
    "runner": RUNNER,
    "sandbox": FAST,
    "ui": FAST,
}


def tier(path):
    """The tier of the tests in a file.

    Raises:
        pytest.UsageError: its folder has none.
    """
    inside = path.relative_to(HERE)
    folder = inside.parts[0] if len(inside.parts) > 1 else "."
    if folder not in FOLDERS:
        raise pytest.UsageError(f"tests/{folder}/ has no tier: name one in tests/tiers.py.")
    return FOLDERS[folder]
