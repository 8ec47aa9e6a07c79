"""Streamlit loads all modules anew when a source file changes."""

import importlib

from lib.ui.shell import services


def test_what_the_old_classes_made_is_not_used_by_the_new_ones():
    before = services.sample_session()
    assert services.sample_session() is before
    importlib.reload(services)
    assert services.sample_session() is not before
