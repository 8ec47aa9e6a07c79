"""What Python and the browser tell each other of codes: `shared/coding_protocol.ts` names the same.

As in `protocol`, of which this is a part.
"""

from typing import Literal, TypedDict


class CodeData(TypedDict):
    """A code of a codebook; `kind` is one of `model.CODE_KINDS`."""

    name: str
    definition: str
    color: str
    key: str
    kind: Literal["stretch", "point"]


class CodebookData(TypedDict):
    """The codebook that one codes by."""

    id: str
    version: int
    name: str
    codes: list[CodeData]


class CodedSpanData(TypedDict):
    """A coded span, with color and definition of its code as it was when it was coded."""

    id: str
    coder: str
    code: str
    start: float
    end: float
    codebook: str
    version: int
    color: str
    definition: str
    byline: str


class CodingData(TypedDict):
    """What is coded, and by which codebook one codes here."""

    codebook: CodebookData | None
    spans: list[CodedSpanData]


class WriteCodedSpan(TypedDict):
    """Code a span, or change the times of one's own of this id."""

    kind: Literal["code"]
    id: str
    code: str
    start: float
    end: float
    codebook: str
    version: int


class RemoveCodedSpan(TypedDict):
    """Remove a coded span."""

    kind: Literal["uncode"]
    id: str
