"""Cues that rationales mention (a smile, a pause), and how many spans mention each.

A cue is counted where it is mentioned, not where it was seen: "does not smile" mentions a smile.
One more cue is one more row of CUE_WORDS, in English as the rationales are. Of rationales that are
millions of characters long together, the beginnings are read.

Thousands of rationales share most of their words. So each word is searched once, and of the lines
only those with the first word of a phrase ("looks", of "looks away").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import compress

import pandas as pd

from lib.frames.schema import CUES

MAX_READ_CHARACTERS = 1_000_000  # of all rationales together: read in half a second
# Whole words in lower case; where two words make the cue, any space may part them.
CUE_WORDS = {
    "gaze": r"gaz(?:e|es|ed|ing)|eyes?|glanc(?:e|es|ed|ing)|star(?:es?|ed|ing)"
    r"|blink(?:s|ed|ing)?|look(?:s|ed|ing)? (?:away|down|up|aside|around|off|at|to the side)",
    "brow": r"(?:eye)?brows?|frown(?:s|ed|ing)?",
    "face": r"faces?|facial(?:ly)?|expressions?|mouth|lips?|jaws?|grimac(?:e|es|ed|ing)",
    "smile": r"smil(?:e|es|ed|ing|ingly)|grin(?:s|ned|ning)?",
    "laughter": r"laugh(?:s|ed|ing|ter)?|chuckl(?:e|es|ed|ing)|giggl(?:e|es|ed|ing)",
    "nod": r"nod(?:s|ded|ding)?",
    "head": r"heads?|headshakes?",
    "gesture": r"gestur(?:e|es|ed|ing|al)|hands?|fingers?|arms?|shrug(?:s|ged|ging)?"
    r"|fidget(?:s|ed|ing)?|point(?:s|ed|ing) (?:at|to)",
    "posture": r"postur(?:e|es|al)|lean(?:s|ed|ing|t)?|upright|slump(?:s|ed|ing)?"
    r"|slouch(?:es|ed|ing)?|shoulders?|sits? (?:back|up)|turn(?:s|ed|ing)? (?:away|towards?)",
    "breath": r"breath(?:s|e|es|ed|ing|y)?|sigh(?:s|ed|ing)?|(?:ex|in)hal(?:e|es|ed|ing)",
    "voice": r"voic(?:e|es|ed)|vocal(?:ly)?|volume|loud(?:er|ly|ness)?|soft(?:er|ly)?"
    r"|whisper(?:s|ed|ing)?|mumbl(?:e|es|ed|ing)",
    "tone": r"ton(?:e|es|al)|intonations?|inflections?|monoton(?:e|ous|ously)",
    "pitch": r"pitch(?:es|ed)?",
    "pace": r"pac(?:e|es|ed|ing)|tempo|speech rate|speed(?:s|ed|ing)?|hurried(?:ly)?"
    r"|rapid(?:ly)?|halting(?:ly)?|(?:quick|slow)(?:er|ly)|faster|speak(?:s|ing)? (?:fast|slow)",
    "pause": r"paus(?:e|es|ed|ing)",
    "silence": r"silen(?:ce|ces|t|tly)|says? nothing|wordless(?:ly)?",
    "fillers": r"fillers?|filled pauses?|u+h*m+|u+h+|erm*|hm+|false starts?"
    r"|stammer(?:s|ed|ing)?|stutter(?:s|ed|ing)?",
    "wording": r"word(?:s|ed|ing)?|phras(?:e|es|ed|ing)|statements?|hedg(?:e|es|ed|ing)"
    r"|repeat(?:s|ed|ing)?|repetitions?|affirm(?:s|ed|ing|ations?)?|sort of|kind of",
    "question": r"questions?|questioning|asks?|asked|asking",
    "interruption": r"interrupt(?:s|ed|ing|ions?)?|cut(?:s|ting)? in"
    r"|(?:talk|speak)(?:s|ing)? over",
}
_PATTERNS = {  # without IGNORECASE, which takes three times as long as lower case before
    name: re.compile(rf"\b(?:{words})\b".replace(" ", r"\s+")) for name, words in CUE_WORDS.items()
}
_ALTERNATIVE = re.compile(
    r"(?:[^|()]|\([^()]*\))+"
)  # what stands between two bars, not in brackets
_FIRST_WORDS = {
    name: "|".join(words.partition(" ")[0] for words in _ALTERNATIVE.findall(alternatives))
    for name, alternatives in CUE_WORDS.items()
}
_FIRST_PATTERNS = {name: re.compile(rf"\b(?:{words})\b") for name, words in _FIRST_WORDS.items()}
_ANY_FIRST_PATTERN = re.compile(rf"\b(?:{'|'.join(_FIRST_WORDS.values())})\b")


def cues(signals: pd.DataFrame) -> pd.DataFrame:
    """One row a cue that any rationale mentions; columns CUES.

    `spans` is how many spans' rationales do; the most frequent first, then by name.
    """
    rows = [(name, len(ids)) for name, ids in cue_ids(signals).items()]
    return pd.DataFrame(rows, columns=list(CUES)).astype(CUES)


def cue_ids(signals: pd.DataFrame) -> dict[str, list[int]]:
    """Return the ids of the spans whose rationale mentions each cue, in the order of `cues`.

    A cue that none mentions is left out.
    """
    lines, ids = _lower_rationales(signals), signals["id"].tolist()
    mentioned = {
        name: list(compress(ids, [line in mentioning for line in lines]))
        for name, mentioning in _lines_by_cue(lines, CUE_WORDS).items()
        if mentioning
    }
    return dict(sorted(mentioned.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def mentions(signals: pd.DataFrame, cue: str) -> pd.Series:
    """Return for each span whether its rationale mentions the cue, on the index of `signals`.

    A cue that is not in CUE_WORDS is in none.
    """
    lines = _lower_rationales(signals)
    mentioning = _lines_by_cue(lines, {cue} & CUE_WORDS.keys()).get(cue, set())
    return pd.Series([line in mentioning for line in lines], signals.index, dtype="bool")


def read_characters(signals: pd.DataFrame) -> int | None:
    """Return in how many characters of each rationale cues are looked for; None means in all.

    The shorter ones are read whole, and the others share what is left of MAX_READ_CHARACTERS.
    """
    lengths = sorted(map(len, dict.fromkeys(_rationales(signals))))
    room = MAX_READ_CHARACTERS
    for place, length in enumerate(lengths):
        share = room // (len(lengths) - place)
        if length > share:
            return share
        room -= length
    return None


def _rationales(signals: pd.DataFrame) -> list[str]:
    return list(signals["rationale"].fillna("").tolist())


def _lower_rationales(signals: pd.DataFrame) -> list[str]:
    """Return the rationales as cues are looked for in them; none ends amid a word."""
    texts, most = _rationales(signals), read_characters(signals)
    if most is not None:
        texts = [text if len(text) <= most else _cut_at_word(text[:most]) for text in texts]
    return [text.lower() for text in texts]


def _cut_at_word(text: str) -> str:
    return text[: max(text.rfind(" "), 0)]


def _lines_by_cue(lines: list[str], cues: Collection[str]) -> dict[str, set[str]]:
    """Return for each of `cues` the lines that mention it."""
    words = filter(_ANY_FIRST_PATTERN.search, set(" ".join(lines).split()))
    lines_by_word = {word: set[str]() for word in words}
    for line in set(lines):
        for word in lines_by_word.keys() & line.split():
            lines_by_word[word].add(line)
    return {cue: _lines_mentioning(cue, lines_by_word) for cue in cues}


def _lines_mentioning(cue: str, lines_by_word: Mapping[str, set[str]]) -> set[str]:
    """Return the lines with a word that mentions the cue, or with a phrase that does."""
    mentioning, possible = set[str](), set[str]()
    for word in filter(_FIRST_PATTERNS[cue].search, lines_by_word):
        alone = _PATTERNS[cue].search(word)
        (mentioning if alone else possible).update(lines_by_word[word])
    return mentioning.union(filter(_PATTERNS[cue].search, possible - mentioning))
