"""What the columns of a table hold, by their names: those of the programs that people use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lib.interchange.transcript import times
from lib.interchange.transcript.reading import Columns, Part, Unit

# Otter, Rev, Descript, Premiere, ELAN, Trint, Sonix, Whisper; English and its neighbours
_NAMES: dict[Part, str] = {
    "start": """start|start time|starttime|start timecode|start tc|start timestamp|start offset|
        begin|begin time|beginning|from|in|time in|in time|in point|timecode in|tc in|onset|
        segment start|offset|time|timestamp|time stamp|timecode|time code|tc|t start|t0|
        record in|source in|
        beginn|anfang|anfangszeit|startzeit|start zeit|beginnzeit|von|zeit|zeitstempel|
        début|debut|temps de début|inicio|tiempo inicial|tiempo|início|tempo inicial|inizio|
        aanvang|starttijd|tijd""",
    "end": """end|end time|endtime|end timecode|end tc|end timestamp|end offset|finish|stop|
        stop time|to|until|out|time out|out time|out point|timecode out|tc out|segment end|
        t end|t1|record out|source out|ende|endzeit|end zeit|bis|fin|
        temps de fin|tiempo final|final|fim|tempo final|fine|einde|eindtijd""",
    "duration": """duration|length|dur|dauer|länge|durée|duración|duração|durata|duur""",
    "speaker": """speaker|speaker name|speaker label|speaker id|speakers|name|participant|voice|
        who|person|talker|user|actor|role|author|character|
        sprecher|sprecherin|sprecher in|person name|teilnehmer|rolle|
        locuteur|intervenant|orateur|hablante|orador|locutor|falante|parlante|relatore|spreker|tier""",
    "text": """text|transcript|transcription|words|utterance|content|caption|captions|subtitle|
        subtitles|sentence|dialogue|dialog|annotation|line|lines|speech|message|body|said|
        transcript text|segment text|caption text|value|paragraph|
        transkript|transkription|inhalt|äußerung|wortlaut|texte|transcripción|texto|contenido|
        transcrição|testo|trascrizione|tekst|zin|untertitel|notes|comment""",
}
_PARTS: dict[str, tuple[Part, int]] = {  # with how far down its list the name stands
    name.strip(): (part, rank)
    for part, names in _NAMES.items()
    for rank, name in enumerate(names.split("|"))
}
_UNITS: dict[str, Unit] = {
    **dict.fromkeys(("ms", "msec", "msecs", "millisecond", "milliseconds", "millis"), "ms"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "ss msec", "sek", "sekunden"), "s"),
    **dict.fromkeys(("frame", "frames"), "frames"),
    **dict.fromkeys(("day", "days"), "days"),
}
_CLOCKS = re.compile(r"(?:[hms]{1,3} ?){1,4}(?:ms|ff|f|samples)?", re.ASCII)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = re.compile(r"[^\w]+|_+")
LONGEST = 60  # characters of a column's name
_LONGEST_UNIT = 5  # words: "hh mm ss ms"


class Title(NamedTuple):
    """What a column's name says: what it holds, how surely (0 is best), and in which unit."""

    part: Part
    rank: int
    unit: Unit | None = None


class Header(NamedTuple):
    """What a row of names says: which column holds what, the units, and all speakers' columns."""

    columns: dict[Part, int]
    units: dict[Part, Unit]
    speakers: tuple[int, ...]


def title(name: str) -> Title | None:
    """What a column called "Start Time", "start_ms" or "Begin Time - ss.msec" holds."""
    if len(name) > LONGEST:
        return None
    spaced = _CAMEL.sub(" ", times.tidy(name))
    words = _BETWEEN.sub(" ", spaced).strip().lower()
    if words in _PARTS:
        return Title(*_PARTS[words])
    parts = words.split(" ")
    for count in range(1, min(len(parts), _LONGEST_UNIT + 1)):
        base, unit = " ".join(parts[:-count]), " ".join(parts[-count:])
        if base in _PARTS and unit in _UNITS:
            return Title(*_PARTS[base], _UNITS[unit])
        if base in _PARTS and _CLOCKS.fullmatch(unit):
            return Title(*_PARTS[base])
    return None


def header(row: Sequence[str]) -> Header:
    """What a row of names says; of several columns for the same, the surest and first counts."""
    titles = sorted(
        (title_of.rank, column, title_of)
        for column, name in enumerate(row)
        for title_of in [title(name)]
        if title_of is not None
    )
    columns: dict[Part, int] = {}
    units: dict[Part, Unit] = {}
    for _, column, title_of in titles:
        if title_of.part not in columns:
            columns[title_of.part] = column
            if title_of.unit is not None:
                units[title_of.part] = title_of.unit
    speakers = tuple(column for _, column, title_of in titles if title_of.part == "speaker")
    return Header(columns, units, speakers)


def chosen(columns: Mapping[Part, int]) -> Columns | None:
    """The columns as a choice, where a start and a text are among them."""
    if not {"start", "text"} <= set(columns):
        return None
    return Columns(
        start=columns["start"],
        text=columns["text"],
        end=columns.get("end"),
        speaker=columns.get("speaker"),
        duration=columns.get("duration"),
    )
