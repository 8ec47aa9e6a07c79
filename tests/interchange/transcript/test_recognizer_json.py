import json

import pytest

from lib.errors import TranscriptError
from tests.interchange.transcript.lines import lines, read


def result(value, **choices):
    return lines(json.dumps(value), "a.json", **choices)


WORD = [
    {"word": "so", "punctuated_word": "So.", "start": 0.1, "end": 0.5, "speaker": 0},
    {"word": "yes", "punctuated_word": "Yes,", "start": 0.6, "end": 0.9, "speaker": 1},
    {"word": "ok", "punctuated_word": "ok", "start": 1.0, "end": 1.5, "speaker": 1},
]
SENTENCE = {"text": "So.", "start": 0.5, "end": 1.5}
WORDS = [(0.1, 0.5, "Speaker 0", "So."), (0.6, 1.5, "Speaker 1", "Yes, ok")]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"text": "x", "segments": [{"start": 0.5, "end": 1.5, "text": " So."}]}, ""),
        ({"segments": [{"start": 0.5, "end": 1.5, "text": "So.", "speaker": "S0"}]}, "S0"),
        (
            {
                "transcription": [
                    {"offsets": {"from": 500, "to": 1500}, "timestamps": {}, "text": "So."}
                ]
            },
            "",
        ),
        ({"chunks": [{"timestamp": [0.5, 1.5], "text": "So."}]}, ""),
        (
            {"id": "x", "utterances": [{"speaker": "A", "start": 500, "end": 1500, "text": "So."}]},
            "A",
        ),
        (
            {
                "results": {
                    "utterances": [{"transcript": "So.", "start": 0.5, "end": 1.5, "speaker": 0}]
                }
            },
            "Speaker 0",
        ),
        (
            {
                "results": {
                    "channels": [
                        {
                            "alternatives": [
                                {
                                    "paragraphs": {
                                        "paragraphs": [{"speaker": 1, "sentences": [SENTENCE]}]
                                    }
                                }
                            ]
                        }
                    ]
                }
            },
            "Speaker 1",
        ),
        (
            {
                "version": "1.0.0",
                "segments": [{"speaker": "Ana", "startTime": 0.5, "endTime": 1.5, "body": "So."}],
            },
            "Ana",
        ),
        ([{"start": "00:00:00.500", "end": "00:00:01.500", "text": "So."}], ""),
        ([{"start": "0.5s", "end": "1.5s", "text": "So."}], ""),
        (
            {"segments": [{"start": 0.5, "end": 1.5, "text": "So.", "speaker": {"name": "Ana"}}]},
            "Ana",
        ),
    ],
    ids=range(11),
)
def test_the_result_of_a_recogniser_is_read(value, said):
    assert result(value) == [(0.5, 1.5, said, "So.")]


def test_milliseconds_of_a_format_are_said():
    value = {"id": "x", "utterances": [{"speaker": "A", "start": 500, "end": 1500, "text": "So."}]}
    notes = read(json.dumps(value), "a.json").notes
    assert notes == ("The times were read as milliseconds, as this format has them.",)
    assert result(value, unit="s")[0][:2] == (500.0, 1500.0)
    short = {"id": "x", "utterances": [{"speaker": "A", "start": 500, "end": 560, "text": "So."}]}
    assert result(short)[0][:2] == (0.5, 0.56)
    assert result({"utterances": short["utterances"]})[0][:2] == (500.0, 560.0)


@pytest.mark.parametrize(
    "value",
    [{"words": WORD}, {"results": {"channels": [{"alternatives": [{"words": WORD}]}]}}],
)
def test_words_one_by_one_become_lines(value):
    assert result(value) == WORDS
    assert "joined into lines" in read(json.dumps(value), "a.json").notes[0]


def test_another_speaker_begins_a_line():
    words = [{"word": "a", "start": n / 10, "end": n / 10, "speaker": n // 2} for n in range(4)]
    assert [line[2:] for line in result({"words": words})] == [
        ("Speaker 0", "a a"),
        ("Speaker 1", "a a"),
    ]


def test_a_pause_ends_a_line_and_so_does_its_length():
    words = [{"word": "a", "start": float(n), "end": n + 0.5} for n in (0, 1, 5)]
    assert [line[3] for line in result({"words": words})] == ["a a", "a"]
    words = [{"word": "a", "start": n / 10, "end": n / 10 + 0.1} for n in range(50)]
    assert [len(line[3].split()) for line in result({"words": words})] == [40, 10]


def test_punctuation_of_its_own_stays_with_its_word():
    elements = [
        {"type": "text", "value": "So", "ts": 0.5, "end_ts": 1.5},
        {"type": "punct", "value": "."},
        {"type": "text", "value": "Yes", "ts": 1.6, "end_ts": 1.9},
    ]
    value = {"monologues": [{"speaker": 2, "elements": elements}]}
    assert result(value) == [(0.5, 1.5, "Speaker 2", "So."), (1.6, 1.9, "Speaker 2", "Yes")]


def test_what_cannot_be_read_is_counted():
    good = {"start": 0.5, "end": 1.5, "text": "So."}
    bad = [
        good | {"start": None},
        good | {"start": True},
        good | {"end": "soon"},
        good | {"text": 7, "note": "lost"},
        "lost",
        good | {"start": 10**400},
    ]
    text = json.dumps({"segments": [good, *bad, good | {"text": " "}, {}, None]})
    reading = read(text.replace('"end": "soon"', '"end": NaN'), "a.json")
    assert [line.text for line in reading.lines] == ["So."]
    assert (reading.unread, reading.empty) == (6, 1)
    assert reading.places[0].where == "item 2"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[" * 100_000,
        "[" + "9" * 5000 + "]",
        "7",
        '{"segments": 7}',
        '{"segments": [7]}',
        '{"a": [1e999]}',
        '{"monologues": [{"elements": [{}]}, 7]}',
        '{"results": {"channels": {}}}',
        '[{"start": 1e999, "end": 2, "text": "x"}]',
    ],
    ids=range(10),
)
def test_another_json_is_refused(text):
    with pytest.raises(TranscriptError):
        read(text, "a.json")
