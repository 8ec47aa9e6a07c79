"""What rationales speak of."""

import importlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import frames
from lib.frames.cues import CUE_WORDS
from lib.model import Analysis, Signal
from lib.sandbox.rationales import CUES as SENTENCES

cues = importlib.import_module("lib.frames.cues")  # `frames.cues` is its function


def saying(*rationales):
    spans = tuple(Signal("stress", 0, 1, None, text) for text in rationales)
    return frames.signals(Analysis("v1", "inter-1", spans, None, None), None)


def mentioned_cues(text):
    (cues,) = found_in(text)
    return cues


def found_in(*texts):
    """The cues of each text, all looked for at once."""
    spans = saying(*texts)
    mentioned = {name: frames.mentions(spans, name) for name in CUE_WORDS}
    return [{name for name in CUE_WORDS if mentioned[name].iloc[row]} for row in range(len(texts))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gazes at the floor.", {"gaze"}),
        ("LOOKS  AWAY", {"gaze"}),
        ("It looks like rain.", set()),
        ("Raised eyebrows", {"brow"}),
        ("pressed lips", {"face"}),
        ("Does not smile", {"smile"}),
        ("chuckled, then nodded", {"laughter", "nod"}),
        ("a shake of the head", {"head"}),
        ("hands still", {"gesture"}),
        ("leaning in, upright", {"posture"}),
        ("sighing", {"breath"}),
        ("a softer voice", {"voice"}),
        ("a flat tone", {"tone"}),
        ("stone, atonal, pacemaker, handsome, nodule", set()),
        ("rising pitch", {"pitch"}),
        ("speaks faster", {"pace"}),
        ("a filled pause: uhm", {"pause", "fillers"}),
        ("Mm, sure", set()),
        ("stays silent", {"silence"}),
        ("hedged", {"wording"}),
        ("asks back", {"question"}),
        ("cuts in early", {"interruption"}),
        (None, set()),
        ("", set()),
    ],
)
def test_a_cue_is_a_whole_word_in_any_case_and_form(text, expected):
    assert mentioned_cues(text) == expected


def test_every_cue_is_a_word_that_finds_itself_or_is_listed_with_one_that_does():
    pairs = zip(CUE_WORDS, found_in(*CUE_WORDS), strict=True)
    assert [name for name, cues in pairs if name not in cues] == []


def test_every_sentence_of_the_sandbox_mentions_a_cue():
    sentences = [cue.text for several in SENTENCES.values() for cue in several]
    pairs = zip(sentences, found_in(*sentences), strict=True)
    assert [text for text, cues in pairs if not cues] == []


def test_cues_stand_with_the_most_mentioned_first_then_by_name():
    frame = frames.cues(saying("a nod", "smiles, a smile", "nods and smiles", "a gaze", None))
    assert frame.to_dict("list") == {"cue": ["nod", "smile", "gaze"], "spans": [2, 2, 1]}


@pytest.mark.parametrize("rationales", [(), ("", None), ("a nod",)])
def test_empty_or_full_a_table_of_cues_has_its_columns(rationales):
    frame = frames.cues(saying(*rationales))
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == frames.CUES


def test_mentions_stand_on_the_rows_asked_about():
    mentioned = frames.mentions(saying("a nod", "a tone", "nods").iloc[[2, 1]], "nod")
    assert mentioned.to_dict() == {2: True, 1: False}
    assert frames.mentions(saying(), "nod").dtype == "bool"


def test_a_cue_that_is_not_in_the_table_is_mentioned_nowhere():
    assert not frames.mentions(saying("a nod"), ".*").any()


def test_a_very_long_or_hostile_rationale_is_read_to_its_end():
    long = "um " * 30_000 + "u" * 100_000 + " look" * 9_000 + " " * 90_000 + "\0\ud800 nods"
    assert mentioned_cues(long) == {"fillers", "nod"}


SPEECH = """look looks away to the side at filled pauses um uhhm speech rate speak over slow kind of
cut in turned towards says nothing sits up nod Smile ha nds İ é 2 x"""
GAPS = st.sampled_from(
    [" ", " ", " ", "  ", "\n", "\N{NO-BREAK SPACE}", "\x1c", ", ", "-", "_", ""]
)
LINES = st.lists(st.tuples(st.sampled_from(SPEECH.split()), GAPS), max_size=8).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


@given(st.lists(LINES, max_size=6))
def test_a_line_mentions_a_cue_where_a_search_of_the_line_finds_it(lines):
    expected = [
        {
            name
            for name, words in CUE_WORDS.items()
            if re.search(rf"\b(?:{words})\b".replace(" ", r"\s+"), line.lower())
        }
        for line in lines
    ]
    ids = frames.cue_ids(saying(*lines))
    assert [{name for name in ids if row in ids[name]} for row in range(len(lines))] == expected


@pytest.mark.parametrize("words", CUE_WORDS.values(), ids=CUE_WORDS)
def test_the_alternatives_of_a_cue_are_told_apart_and_none_is_lost(words):
    alternatives = cues._ALTERNATIVE.findall(words)
    assert "|".join(alternatives) == words
    for alternative in alternatives:
        re.compile(alternative.partition(" ")[0])


def test_a_rationale_of_megabytes_is_read_at_its_beginning_and_short_ones_whole(monkeypatch):
    read = []
    search = cues._lines_by_cue

    def search_counting(lines, names):
        read.append(sum(map(len, set(lines))))
        return search(lines, names)

    monkeypatch.setattr(cues, "_lines_by_cue", search_counting)
    spans = saying("um " * 1_700_000 + "nods", "he nods", "um " * 1_700_000, *["he nods"] * 9)
    assert frames.cue_ids(spans)["nod"] == [1, *range(3, 12)]
    assert 0 < max(read) <= cues.MAX_READ_CHARACTERS
    most = frames.read_characters(spans)
    assert cues.MAX_READ_CHARACTERS / 2 - 10 < most < cues.MAX_READ_CHARACTERS / 2
    assert frames.read_characters(saying("he nods", None)) is None


def test_no_cue_is_made_where_a_long_rationale_is_cut(monkeypatch):
    monkeypatch.setattr(cues, "MAX_READ_CHARACTERS", 10)
    assert mentioned_cues("he is handsome") == set()
    assert mentioned_cues("he nodded before") == {"nod"}
    assert mentioned_cues("handsomeness") == set()
