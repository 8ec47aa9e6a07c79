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
    """A coded span, with color, definition and kind of its code as it was when it was coded.

    `kind` is "unknown" where the codebook of that time is not here.
    """

    id: str
    coder: str
    code: str
    start: float
    end: float
    codebook: str
    version: int
    color: str
    definition: str
    kind: Literal["stretch", "point", "unknown"]
    byline: str


class CodingData(TypedDict):
    """What is coded, and by which codebook one codes here."""

    codebook: CodebookData | None
    spans: list[CodedSpanData]


class WriteCodedSpan(TypedDict):
    """Code a span, or change the times of one's own of this id, which `moves`."""

    kind: Literal["code"]
    id: str
    code: str
    start: float
    end: float
    codebook: str
    version: int
    moves: bool


class RemoveCodedSpan(TypedDict):
    """Remove a coded span."""

    kind: Literal["uncode"]
    id: str
