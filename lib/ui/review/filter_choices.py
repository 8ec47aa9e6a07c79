"""What the filters of a review offer to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from lib import frames
from lib.model import Session
from lib.ui.review import session_frames
from lib.ui.review.filter_chips import MODALITY, STATE, TYPE
from lib.ui.shell import html

MAX_CHOICES = 5_000  # of a filter; a page takes seconds for more


@st.cache_resource(show_spinner=False, ttl=600, max_entries=32, hash_funcs=session_frames.BY_ID)
def choices(session: Session) -> dict[str, list[str]]:
    """The types, states and modalities of a session, by filter; read once a session.

    Types and modalities stand by name, states as they first appear; of each the most frequent.
    """
    tables = session_frames.session_tables(session)
    joined_names = tables["signals"]["modality"].tolist()
    modalities = [name or frames.NOT_GIVEN for names in joined_names for name in names.split(", ")]
    states = tables["engagement"]["state"].tolist()
    frequent = set(_most_frequent(states))
    return {
        TYPE: sorted(_most_frequent(tables["signals"]["type"].tolist())),
        STATE: [state for state in dict.fromkeys(states) if state in frequent],
        MODALITY: sorted(_most_frequent(modalities)),
    }


def speakers(transcript: pd.DataFrame) -> list[str]:
    """Who speaks in a transcript, by name; of very many those with the most lines."""
    names = set(frames.speaker_names(transcript))
    spoken = [name for name in transcript["speaker"].tolist() if name in names]
    return sorted(_most_frequent(spoken))


def asked_speakers(names: Sequence[str], asked: Iterable[str]) -> list[str]:
    """Whom a filter asks for: an address has the plain label of a name instead of the name.

    What is neither a name nor a label stays as it is: no line is theirs.
    """
    name_of_label = {label: name for name, label in html.plain_labels(names).items()}
    known = set(names)
    found = (one if one in known else name_of_label.get(one, one) for one in asked)
    return list(dict.fromkeys(found))


def _most_frequent(names: list[str]) -> list[str]:
    return [name for name, _ in Counter(names).most_common(MAX_CHOICES)]
