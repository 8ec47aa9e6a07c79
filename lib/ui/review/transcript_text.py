"""What a page says about a transcript before it is kept, in plain sentences. Nothing is markup."""

from __future__ import annotations

from lib import timecode
from lib.interchange.transcript.reading import (
    ColumnsQuestion,
    Place,
    Reading,
    SpeakersQuestion,
    Unit,
    UnitQuestion,
)

FIRST = 5  # lines that a preview shows
NAMES = 6  # that a question lists
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
UNITS: dict[Unit, str] = {
    "s": "seconds",
    "ms": "milliseconds",
    "frames": "frames",
    "days": "fractions of a day",
}


def encoding_note(reading: Reading) -> str:
    """How the bytes were read: "Read as Windows-1251, a guess. Choose another …"; "" if plain."""
    encoding = reading.encoding
    if encoding is None or (encoding.codec == "utf-8" and not encoding.spoiled):
        return ""
    guess = ", a guess" if encoding.guessed else ""
    sentences = [f"Read as {encoding.label}{guess}."]
    if encoding.spoiled:
        characters = _counted(encoding.spoiled, "character")
        verb = "shows" if encoding.spoiled == 1 else "show"
        sentences.append(f"{characters} could not be read and {verb} as \ufffd.")
    if encoding.guessed:
        sentences.append("If the first lines look wrong, choose another encoding.")
    return " ".join(sentences)


def summary(reading: Reading, *, duration: float | None = None) -> str:
    """Lines, speakers, and their span of time against the recording's length [s]."""
    lines = reading.lines
    if not lines:
        return "No line can be read yet."
    speakers = {line.speaker for line in lines if line.speaker}
    who = f" by {_counted(len(speakers), 'speaker')}" if speakers else ", no speaker named"
    first = min(min(line.start, line.end) for line in lines)
    last = max(max(line.start, line.end) for line in lines)
    span = f"{timecode.format_time(first, digits=0)} to {timecode.format_time(last, digits=0)}"
    length = ""
    if duration is not None:
        length = f" The recording lasts {timecode.format_time(duration, digits=0)}."
    return f"{_counted(len(lines), 'line')}{who}, from {span}.{length}"


def unread(reading: Reading) -> str:
    """How much was left out; "" where nothing was."""
    text = ""
    if reading.unread:
        verb = "is" if reading.unread == 1 else "are"
        parts = _counted(reading.unread, "part")
        text = f"{parts} of the file could not be read and {verb} left out."
    if reading.empty:
        verb = "has" if reading.empty == 1 else "have"
        text = f"{text} {_counted(reading.empty, 'line')} {verb} times and no words.".strip()
    return text


def place(of: Place) -> str:
    """Where something could not be read, and how it begins."""
    return f"{of.where[0].upper()}{of.where[1:]}: {of.text}"


def speakers(question: SpeakersQuestion) -> str:
    """The question about names: "18 of 20 lines begin with one of two names and a colon. …"."""
    count = len(question.names)
    names = "a name" if count == 1 else f"one of {_number(count)} names"
    begin = "begins" if question.lines == 1 else "begin"
    of = f"{question.lines:,} of {_counted(question.total, 'line')}"
    if question.total == 1:
        of = "The only line"
    listed = ", ".join(question.names[:NAMES])
    more = f" and {count - NAMES:,} more" if count > NAMES else ""
    ask = "Use it as the speaker?" if count == 1 else "Use them as speakers?"
    return f"{of} {begin} with {names} and a colon ({listed}{more}). {ask}"


def unit(question: UnitQuestion) -> str:
    """The question about times that fit no recording."""
    sentences = []
    if question.framed:
        lines = "One line has" if question.framed == 1 else f"{question.framed:,} lines have"
        sentences.append(
            f"{lines} times that end in frames, like 00:00:01:12. "
            "Enter the frames per second to read them."
        )
    if question.beyond and question.past is not None:
        verb = "lies" if question.beyond == 1 else "lie"
        sentences.append(
            f"{question.beyond:,} of {_counted(question.total, 'line')} {verb} beyond the end of "
            f"the recording, the last by {timecode.format_time(question.past, digits=0)}."
        )
    elif question.offers:
        sentences.append("Read as seconds, lines last minutes each.")
    if question.offers:
        sentences.append(f"Are the times in {' or in '.join(UNITS[of] for of in question.offers)}?")
    elif question.beyond:
        sentences.append("Is this the transcript of this recording?")
    return " ".join(sentences)


def columns(question: ColumnsQuestion) -> str:
    """The question about a table whose columns are not known."""
    guessed_parts = {part for part, _ in question.seems}
    missing = [f"the {part}" for part in ("start", "text") if part not in guessed_parts]
    which = "which columns hold" if len(missing) > 1 else "which column holds"
    return f"The table does not say {which} {' and '.join(missing)}. Choose what each column holds."


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _number(count: int) -> str:
    return _COUNTS[count] if count < len(_COUNTS) else f"{count:,}"
