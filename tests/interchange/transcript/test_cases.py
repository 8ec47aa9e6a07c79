"""Files of the kinds that people have, each of which was once read wrong in silence."""

from pathlib import Path

import pytest

from lib.interchange import transcript
from lib.interchange.transcript import Choices

CASES = Path(__file__).parent / "cases"
ONE_TWO = [(1.0, 2.0, "", "One"), (3.0, 4.0, "", "Two")]
HI_YES = [(1.0, 2.0, "", "Hi"), (3.0, 4.0, "", "Yes")]
ROLLED = "2 rolling captions repeat the one before; they were joined into one line each."
GAPS = "In 2 lines an empty row stands between times and words; each was read as one line."
RIGHT = {
    "t01_utf16le_bom.srt": [(1.0, 3.0, "", "Guten Tag, schön."), (4.0, 6.0, "", "Ja.")],
    "t04_zoom_name_prefix.vtt": [
        (1.29, 4.014, "", "Ana Ruiz: Thanks for joining."),
        (5.0, 6.5, "", "Ben O'Hara: Sure."),
    ],
    "t05_whisperx_speaker.srt": [
        (1.0, 3.0, "", "[SPEAKER_00]: Thanks for joining."),
        (4.0, 6.0, "", "[SPEAKER_01]: Sure."),
    ],
    "t08_otter_like_headers.csv": [(1.0, 3.0, "Ana", "Hello"), (4.0, 6.0, "Ben", "Yes")],
    "t15_clock_in_dialogue.vtt": [
        (1.0, 2.0, "", "We moved it 10:00 --> 11:00 tomorrow"),
        (3.0, 4.0, "", "Fine"),
    ],
    "t16_note_style_region.vtt": [
        (0.5, 2.0, "", "Hello"),
        (2.0, 3.0, "", "note that neither one moves"),
    ],
    "t17_yt_autocaptions.vtt": [
        (1.0, 3.01, "", "hello there friend"),
        (3.01, 5.0, "", "how are you"),
    ],
    "t20_tsv_ms.csv": [(1000.0, 3000.0, "", "Hello"), (4000.0, 6000.0, "", "Yes")],
    "t23_cp1251.srt": [(1.0, 2.0, "", "Привет, как дела")],
    "t24_cp932.srt": [(1.0, 2.0, "", "こんにちは")],
    "t25_sep_line.csv": [(1.0, 2.0, "", "Hello")],
    "t29_spaces_in_times.srt": ONE_TWO,
    "t33_whisper_cpp.csv": [(0.0, 2000.0, "", "Hello there"), (2000.0, 4500.0, "", "Yes")],
    "t34_teams_unattributed_blank.vtt": [(1.0, 3.0, "", "Hello there"), (4.0, 6.0, "", "Yes")],
    "t37_am_times.csv": [(1.0, 3.0, "", "Hello")],
    "t40_lrm.srt": ONE_TWO[:1],
    "t50_arrow_later.srt": [*ONE_TWO, (5.0, 6.0, "", "Three")],
    "t51_vtt_no_gap_ids.vtt": ONE_TWO,
    "t52_double_bom.vtt": [(1.0, 2.0, "Ana", "One"), (3.0, 4.0, "Ben", "Two")],
    "t53_laughs.srt": [
        (1.0, 2.0, "", "<laughs>"),
        (3.0, 4.0, "", "well <unclear> maybe <crosstalk>"),
        (5.0, 6.0, "", "<Ana> Yes"),
    ],
    "t55_aliases.csv": [(1.0, 2.0, "Ana", "Hi")],
    "t56_begin_end.csv": [(1.2, 3.4, "Ana", "Hi")],
    "t58_ragged.csv": [(1.0, 2.0, "Ana", "Well, it depends, yes"), (3.0, 4.0, "Ben", "Ok")],
    "t61_cp1250.srt": [(1.0, 2.0, "", "Dziękuję, żółć")],
    "t62_mixed_utf8_broken.srt": [
        (1.0, 2.0, "", "Café schön"),
        (3.0, 4.0, "", "bad \ufffd byte"),
    ],
    "t75_crcrlf.srt": HI_YES,
    "t76_crcrlf.vtt": HI_YES,
}
NOTES = {
    "t16_note_style_region.vtt": ("2 comments (NOTE) were left out.",),
    "t17_yt_autocaptions.vtt": (ROLLED,),
    "t34_teams_unattributed_blank.vtt": (GAPS,),
}
ENCODINGS = {
    "t01_utf16le_bom.srt": ("UTF-16", False, 0),
    "t23_cp1251.srt": ("Windows-1251", True, 0),
    "t24_cp932.srt": ("Shift-JIS", True, 0),
    "t61_cp1250.srt": ("Windows-1250", True, 0),
    "t62_mixed_utf8_broken.srt": ("UTF-8", False, 1),
}
ASKED = {
    "t04_zoom_name_prefix.vtt": "speakers",
    "t05_whisperx_speaker.srt": "speakers",
    "t20_tsv_ms.csv": "unit",
    "t33_whisper_cpp.csv": "unit",
}


def read(name, **choices):
    content = (CASES / name).read_bytes()
    return transcript.read(content, name=name, choices=Choices(**choices), duration=30.0)


def test_every_case_has_its_right_reading():
    assert {path.name for path in CASES.iterdir()} == set(RIGHT)


@pytest.mark.parametrize("name", RIGHT)
def test_a_case_reads_right_and_says_what_was_guessed(name):
    reading = read(name)
    assert [tuple(line) for line in reading.lines] == RIGHT[name]
    assert (reading.unread, reading.places, reading.empty) == (0, (), 0)
    assert reading.notes == NOTES.get(name, ())
    encoding = (reading.encoding.label, reading.encoding.guessed, reading.encoding.spoiled)
    assert encoding == ENCODINGS.get(name, ("UTF-8", False, 0))
    asked = {kind for kind in ("speakers", "unit", "columns") if getattr(reading, kind)}
    assert asked == {ASKED[name]} if name in ASKED else not asked


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("t20_tsv_ms.csv", [(1.0, 3.0, "", "Hello"), (4.0, 6.0, "", "Yes")]),
        ("t33_whisper_cpp.csv", [(0.0, 2.0, "", "Hello there"), (2.0, 4.5, "", "Yes")]),
    ],
)
def test_milliseconds_are_offered_and_read_when_chosen(name, said):
    assert read(name).unit.offers == ("ms",)
    chosen = read(name, unit="ms")
    assert [tuple(line) for line in chosen.lines] == said
    assert chosen.questions == ()


@pytest.mark.parametrize(
    ("name", "speakers", "said"),
    [
        ("t04_zoom_name_prefix.vtt", ["Ana Ruiz", "Ben O'Hara"], ["Thanks for joining.", "Sure."]),
        (
            "t05_whisperx_speaker.srt",
            ["SPEAKER_00", "SPEAKER_01"],
            ["Thanks for joining.", "Sure."],
        ),
    ],
)
def test_names_become_speakers_when_chosen(name, speakers, said):
    chosen = read(name, speakers_from_text=True)
    assert [line.speaker for line in chosen.lines] == speakers
    assert [line.text for line in chosen.lines] == said
    assert read(name, speakers_from_text=False).questions == ()
