"""Which tier a test belongs to, by its folder: what it needs says how long it takes."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
FAST, PAGE, LIBRARY, RUNNER, BROWSER = TIERS = ("fast", "page", "library", "runner", "browser")
FOLDERS = {  # beneath tests/; "." is what lies in no folder
    ".": FAST,
    "access": FAST,
    "background": RUNNER,
    "browser": BROWSER,
    "charts": FAST,
    "exports": FAST,
    "frames": FAST,
    "interchange": FAST,
    "interhuman": FAST,
    "library": LIBRARY,
    "pages": PAGE,
    "recordings": RUNNER,
    "sandbox": FAST,
    "ui": FAST,
}


def tier(path):
    """The tier of the tests in a file."""
    inside = path.relative_to(HERE)
    return tier_of_folder(inside.parts[0] if len(inside.parts) > 1 else ".")


def tier_of_folder(name):
    """The tier of the tests in a folder beneath tests/.

    Raises:
        pytest.UsageError: it has none.
    """
    if name not in FOLDERS:
        raise pytest.UsageError(f"tests/{name}/ has no tier: name one in tests/tiers.py.")
    return FOLDERS[name]
