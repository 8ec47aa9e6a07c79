"""Streamlit loads all modules anew when a source file changes."""

import importlib

from lib.ui import shared


def test_what_the_old_classes_made_is_not_used_by_the_new_ones():
    before = shared.sample_session()
    assert shared.sample_session() is before
    importlib.reload(shared)
    assert shared.sample_session() is not before
