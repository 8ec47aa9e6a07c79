import tempfile
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree as ET

import pympi
import pytest
from hypothesis import given, settings

from lib.exports import eaf
from lib.model import Signal
from tests.exports import sessions


def elan(bundle):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "session.eaf")
        path.write_bytes(eaf.write(bundle))
        return pympi.Elan.Eaf(str(path))


def document(bundle):
    return ET.fromstring(eaf.write(bundle))


def test_a_type_is_a_tier_and_a_signal_an_annotation():
    elan_file = elan(sessions.full_session())
    assert elan_file.get_annotation_data_for_tier("stress") == [
        (12_000, 18_500, "medium: A sigh, twice.")
    ]
    assert elan_file.get_annotation_data_for_tier("stress-2") == [
        (15_000, 20_000, "high: Overlaps.")
    ]
    assert elan_file.get_annotation_data_for_tier("interest") == [(3250, 4000, "not given")]
    assert elan_file.get_annotation_data_for_tier("notes at a moment: Ada") == [
        (3000, 3001, "Look here.")
    ]
    assert elan_file.get_parameters_for_tier("notes: Ben")["ANNOTATOR"] == "Ben"
    assert elan_file.get_parameters_for_tier("verdicts: Ben")["ANNOTATOR"] == "Ben"
    assert elan_file.get_annotation_data_for_tier("verdicts: Ben") == [
        (3250, 4000, "unsure"),
        (12_000, 18_500, "disagree, tension instead"),
    ]
    assert elan_file.get_parameters_for_tier("transcript: Ada")["PARTICIPANT"] == "Ada"


def test_parts_stand_in_the_order_of_the_format():
    parts = [element.tag for element in document(sessions.full_session())]
    assert parts == ["HEADER", "TIME_ORDER", *["TIER"] * 12, "LINGUISTIC_TYPE"]


def test_times_ascend_in_whole_milliseconds():
    slots = document(sessions.full_session()).findall("TIME_ORDER/TIME_SLOT")
    values = [int(slot.get("TIME_VALUE")) for slot in slots]
    assert values == sorted(values)
    assert [slot.get("TIME_SLOT_ID") for slot in slots] == [
        f"ts{number}" for number in range(1, len(slots) + 1)
    ]


def test_the_properties_say_where_it_comes_from():
    properties = dict(elan(sessions.full_session()).properties)
    assert set(sessions.MUST_SAY) <= set(properties.values())
    assert properties["lastUsedAnnotationId"] == "14"
    assert document(sessions.full_session()).get("DATE") == "2026-11-03T09:00:00+00:00"


@pytest.mark.parametrize(
    ("media", "url", "mime"),
    [
        ("my talk.MP4", "./my%20talk.MP4", "video/mp4"),
        ("../../etc/passwd", "./passwd", "application/octet-stream"),
        ("C:\\x\\a.wav", "./a.wav", "audio/x-wav"),
        ("<b>?.mov", "./%3Cb%3E%3F.mov", "video/quicktime"),
    ],
)
def test_the_recording_is_looked_for_beside_the_file(media, url, mime):
    (descriptor,) = document(sessions.full_session(media=media)).findall("HEADER/MEDIA_DESCRIPTOR")
    assert (descriptor.get("RELATIVE_MEDIA_URL"), descriptor.get("MIME_TYPE")) == (url, mime)
    assert descriptor.get("MEDIA_URL") == f"file:///{url[2:]}"


@pytest.mark.parametrize("media", ["", "..", " ", "a/.."])
def test_a_session_without_recording_names_none(media):
    assert document(sessions.full_session(media=media)).findall("HEADER/MEDIA_DESCRIPTOR") == []


@pytest.mark.parametrize(("name", "corrected"), sessions.NAMED)
def test_a_verdict_comes_back_whole(name, corrected):
    elan_file = elan(sessions.judged((0, name, "disagree", corrected)))
    tier = f"verdicts: {name}"
    assert elan_file.get_annotation_data_for_tier(tier) == [
        (12_000, 18_500, f"disagree, {corrected} instead")
    ]
    assert elan_file.get_parameters_for_tier(tier)["ANNOTATOR"] == name


def test_text_comes_back_whole():
    text = "]]> <b>&amp; \"q\" 'q'\n\u202eline two 🙂 " + "x" * 100_000 + "."
    elan_file = elan(sessions.bare(Signal('<awe> & "co"', 0, 1, "high", text)))
    assert elan_file.get_annotation_data_for_tier('<awe> & "co"') == [(0, 1000, f"high: {text}")]


@pytest.mark.parametrize("text", sessions.HOSTILE)
def test_hostile_text_breaks_no_file(text):
    elan_file = elan(sessions.hostile(text))
    assert sum(len(elan_file.get_annotation_data_for_tier(name)) for name in elan_file.tiers) == 7


@given(sessions.sessions)
@settings(deadline=None)
def test_any_session_has_an_annotation_a_span(bundle):
    elan_file = elan(bundle)
    annotations = list(
        chain.from_iterable(map(elan_file.get_annotation_data_for_tier, elan_file.tiers))
    )
    assert len(annotations) == len(bundle.signals)
    assert all(start < end for start, end, _ in annotations)
