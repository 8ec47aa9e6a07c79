"""What tests of parts of pages need: a session state of their own."""

import pytest
import streamlit as st


@pytest.fixture
def state(monkeypatch):
    held = {}
    monkeypatch.setattr(st, "session_state", held)
    return held
