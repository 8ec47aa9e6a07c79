"""Spans as an ELAN annotation file, EAF 3.0. Knows the XML of the standard library."""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from urllib.parse import quote
from xml.etree import ElementTree as ET

from lib.exports import material as materials
from lib.exports import plain, tiers
from lib.exports.material import Material
from lib.exports.tiers import Tier

XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
KIND = "default-lt"  # of all tiers: free, aligned to time
UNKNOWN_MEDIA = "application/octet-stream"
MEDIA = {  # what ELAN calls what people record
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".mkv": "video/x-matroska",
    ".avi": "video/x-msvideo",
    ".wav": "audio/x-wav",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".flac": "audio/flac",
}


def write(material: Material) -> bytes:
    """Return the tiers of `tiers.tiers`, times in whole ms ascending; UTF-8.

    An annotation says a signal's probability and rationale. What must be said of the session
    stands in the properties. The recording is looked for beside the file.
    """
    document = ET.Element(
        "ANNOTATION_DOCUMENT",
        {
            "AUTHOR": "Signal Review",
            "DATE": materials.created(material).isoformat(),
            "FORMAT": "3.0",
            "VERSION": "3.0",
            "xmlns:xsi": XSI,
            "xsi:noNamespaceSchemaLocation": SCHEMA,
        },
    )
    found = tiers.tiers(material)
    document.append(_header(material, sum(len(tier.spans) for tier in found)))
    document.extend(_timed(found))
    kind = {"GRAPHIC_REFERENCES": "false", "LINGUISTIC_TYPE_ID": KIND, "TIME_ALIGNABLE": "true"}
    ET.SubElement(document, "LINGUISTIC_TYPE", kind)
    ET.indent(document, " ")
    stream = io.BytesIO()
    ET.ElementTree(document).write(stream, "UTF-8", xml_declaration=True)
    return stream.getvalue()


def _header(material: Material, annotations: int) -> ET.Element:
    header = ET.Element("HEADER", {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"})
    name = PurePosixPath(plain.one_line(material.media).replace("\\", "/")).name
    if name.strip("."):
        media = {
            "MEDIA_URL": f"file:///{quote(name)}",
            "MIME_TYPE": MEDIA.get(PurePosixPath(name).suffix.lower(), UNKNOWN_MEDIA),
            "RELATIVE_MEDIA_URL": f"./{quote(name)}",
        }
        ET.SubElement(header, "MEDIA_DESCRIPTOR", media)
    about = [*materials.said(material), ("lastUsedAnnotationId", str(annotations))]
    for key, text in about:
        ET.SubElement(header, "PROPERTY", {"NAME": key}).text = text
    return header


def _timed(found: list[Tier]) -> list[ET.Element]:
    """Return the order of times, and after it each tier with its annotations."""
    order = ET.Element("TIME_ORDER")
    elements = [order]
    slots: list[tuple[int, ET.Element, str]] = []  # ms, the annotation, which of its ends
    number = 0  # of the annotation
    for tier in found:
        element = ET.Element("TIER", _tier(tier))
        elements.append(element)
        for start, end, text in tier.spans:
            number += 1
            place = ET.SubElement(element, "ANNOTATION")
            one = ET.SubElement(place, "ALIGNABLE_ANNOTATION", {"ANNOTATION_ID": f"a{number}"})
            ET.SubElement(one, "ANNOTATION_VALUE").text = text
            slots += [(start, one, "TIME_SLOT_REF1"), (end, one, "TIME_SLOT_REF2")]
    slots.sort(key=lambda slot: slot[0])
    for number, (time, one, which) in enumerate(slots, start=1):
        name = f"ts{number}"
        one.set(which, name)
        ET.SubElement(order, "TIME_SLOT", {"TIME_SLOT_ID": name, "TIME_VALUE": str(time)})
    return elements


def _tier(tier: Tier) -> dict[str, str]:
    about = {
        "ANNOTATOR": tier.annotator,
        "LINGUISTIC_TYPE_REF": KIND,
        "PARTICIPANT": tier.participant,
        "TIER_ID": tier.name,
    }
    return {name: text for name, text in about.items() if text}
