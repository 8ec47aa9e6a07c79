"""Spans as an ELAN annotation file, EAF 3.0, written line by line. Knows tiers.

A tree of elements would take more than twice as long, some of it to collect them again.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from lib.exports import sanitize, tiers
from lib.exports.bundle import ExportBundle, about_lines, created_at
from lib.exports.tiers import Tier
from lib.media_types import MEDIA_TYPES

Lines = Iterator[str]

XSI_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA_URL = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
LINGUISTIC_TYPE = "default-lt"  # of all tiers: free, aligned to time
UNKNOWN_MIME_TYPE = "application/octet-stream"
MIME_TYPES = {**MEDIA_TYPES, ".m4v": "video/mp4", ".wav": "audio/x-wav"}  # as ELAN calls them


def write(bundle: ExportBundle) -> bytes:
    """Return the tiers of `tiers.tiers`, times in whole ms ascending; UTF-8.

    An annotation says a signal's probability and rationale. Where the session comes from
    stands in the properties. The recording is looked for beside the file.
    """
    return "\n".join(_document_lines(bundle, tiers.make_tiers(bundle))).encode()


def _document_lines(bundle: ExportBundle, tier_list: list[Tier]) -> Lines:
    about = {
        "AUTHOR": "Signal Review",
        "DATE": created_at(bundle).isoformat(),
        "FORMAT": "3.0",
        "VERSION": "3.0",
        "xmlns:xsi": XSI_NAMESPACE,
        "xsi:noNamespaceSchemaLocation": SCHEMA_URL,
    }
    linguistic_type = {
        "GRAPHIC_REFERENCES": "false",
        "LINGUISTIC_TYPE_ID": LINGUISTIC_TYPE,
        "TIME_ALIGNABLE": "true",
    }
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield _open_element("ANNOTATION_DOCUMENT", about)
    yield from _header_lines(bundle, sum(len(tier.spans) for tier in tier_list))
    yield from _tier_lines(tier_list)
    yield _empty_element("LINGUISTIC_TYPE", linguistic_type)
    yield "</ANNOTATION_DOCUMENT>\n"


def _header_lines(bundle: ExportBundle, annotations: int) -> Lines:
    yield _open_element("HEADER", {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"})
    name = PurePosixPath(sanitize.one_line(bundle.media).replace("\\", "/")).name
    if name.strip("."):
        media = {
            "MEDIA_URL": f"file:///{quote(name)}",
            "MIME_TYPE": MIME_TYPES.get(PurePosixPath(name).suffix.lower(), UNKNOWN_MIME_TYPE),
            "RELATIVE_MEDIA_URL": f"./{quote(name)}",
        }
        yield _empty_element("MEDIA_DESCRIPTOR", media)
    for key, text in [*about_lines(bundle), ("lastUsedAnnotationId", str(annotations))]:
        yield f"{_open_element('PROPERTY', {'NAME': key})}{html.escape(text)}</PROPERTY>"
    yield "</HEADER>"


def _tier_lines(tier_list: list[Tier]) -> Lines:
    """Yield the order of times, and after it each tier with its annotations."""
    ends = [end for tier in tier_list for span in tier.spans for end in (span.start, span.end)]
    order = sorted(range(len(ends)), key=ends.__getitem__)
    slots = dict(zip(order, range(1, len(ends) + 1), strict=True))  # of each end, in their order
    yield "<TIME_ORDER>"
    for end, slot in slots.items():
        yield f'<TIME_SLOT TIME_SLOT_ID="ts{slot}" TIME_VALUE="{ends[end]}"/>'
    yield "</TIME_ORDER>"
    number = 0  # of the annotation
    for tier in tier_list:
        yield _open_element("TIER", _tier_attributes(tier))
        for span in tier.spans:
            start, end = slots[2 * number], slots[2 * number + 1]
            number += 1
            yield (
                f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{number}" '
                f'TIME_SLOT_REF1="ts{start}" TIME_SLOT_REF2="ts{end}">'
            )
            yield f"<ANNOTATION_VALUE>{html.escape(span.text)}</ANNOTATION_VALUE>"
            yield "</ALIGNABLE_ANNOTATION></ANNOTATION>"
        yield "</TIER>"


def _tier_attributes(tier: Tier) -> dict[str, str]:
    about = {
        "ANNOTATOR": tier.annotator,
        "LINGUISTIC_TYPE_REF": LINGUISTIC_TYPE,
        "PARTICIPANT": tier.participant,
        "TIER_ID": tier.name,
    }
    return {name: text for name, text in about.items() if text}


def _open_element(name: str, attributes: Mapping[str, str]) -> str:
    attribute_text = "".join(f' {key}="{html.escape(text)}"' for key, text in attributes.items())
    return f"<{name}{attribute_text}>"


def _empty_element(name: str, attributes: Mapping[str, str]) -> str:
    return f"{_open_element(name, attributes)}</{name}>"
