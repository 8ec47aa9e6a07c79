"""Sentences on how long sessions and recordings are kept, by the settings."""

from __future__ import annotations

import streamlit as st

from lib.background.retention import RECORDING_SECONDS
from lib.settings import Settings
from lib.timecode import spell_duration
from lib.ui.shell import services


def draw_retention() -> None:
    """Draw how long the sessions of this library and their recordings are kept."""
    settings = services.settings()
    st.caption(f"{sessions_kept(settings)} {recordings_kept(settings)}")


def sessions_kept(settings: Settings) -> str:
    """A sentence on how long a session is kept."""
    days = settings.retention_days
    if days is None:
        return "Sessions stay until somebody deletes them."
    return (
        f"Sessions are deleted {days} {'day' if days == 1 else 'days'} after they were created, "
        "with their notes, verdicts, claims, transcripts and recordings."
    )


def recordings_kept(settings: Settings) -> str:
    """A sentence on how long a recording is kept."""
    if settings.keep_recordings:
        return "Recordings stay as long as their sessions."
    duration = spell_duration(RECORDING_SECONDS)
    return f"Recordings are kept here for {duration} after they were last opened."
