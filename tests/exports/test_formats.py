"""What holds for every format alike."""

import pandas as pd
import pytest

from lib import exports
from tests.exports import sessions

EVERY = pytest.mark.parametrize("form", exports.FORMATS, ids=lambda form: form.key)
TABLES = (
    "signals",
    "engagement",
    "quality",
    "overall",
    "notes",
    "verdicts",
    "transcript",
    "moments",
)


def test_formats_are_told_apart_by_key_and_suffix():
    assert len({form.key for form in exports.FORMATS}) == len(exports.FORMATS)
    assert len({form.suffix for form in exports.FORMATS}) == len(exports.FORMATS)
    assert all(form.suffix.startswith(".") for form in exports.FORMATS)


@EVERY
def test_the_same_material_gives_the_same_bytes(form):
    first, second = form.write(sessions.full_session()), form.write(sessions.full_session())
    assert first == second != b""


@EVERY
def test_exporting_changes_no_table(form):
    bundle, untouched = sessions.full_session(), sessions.full_session()
    form.write(bundle)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(bundle, name), getattr(untouched, name))


@EVERY
@pytest.mark.parametrize("about", [{}, {"created": "yesterday"}, {"created": "0001-01-01T00+05"}])
def test_a_session_that_says_nothing_can_be_handed_over(form, about):
    assert form.write(sessions.bare(about=about, duration=None))
