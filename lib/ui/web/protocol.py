"""What Python and the browser tell each other: `shared/*protocol.ts` name the same fields.

A test compares both. "Data" goes to the browser, "Triggers" come back from it, by the name of each.
What comes back is checked like anything from outside: its types say what an honest browser sends.
"""

from typing import Literal, NotRequired, TypedDict

from lib.ui.web.coding_protocol import CodingData, RemoveCodedSpan, WriteCodedSpan


class AccessData(TypedDict):
    """Before every page, and at the entrance: the token of a tab."""

    token: NotRequired[str]
    refused: NotRequired[str | None]


class AccessTriggers(TypedDict):
    """The token that the browser still has."""

    token: str


class FigureData(TypedDict):
    """A chart: the figure as Plotly's JSON, and what it shows in words."""

    figure: str
    alt: str


class SessionLine(TypedDict):
    """A session of the list; `types` are names with how many spans and of which group."""

    id: str
    title: str
    label: str
    facts: list[str]
    quality: str
    scores: list[float | None] | None
    engaged: str
    types: list[list[str | int]]
    more: list[str]
    spans: str
    still: str


class SessionsData(TypedDict):
    """The list of sessions."""

    lines: list[SessionLine]
    chosen: list[str]
    seen: int


class SessionChoice(TypedDict):
    """What is chosen (`on`) of the sessions on a page."""

    page: list[str]
    on: list[str]
    seen: int


class SessionAct(TypedDict):
    """What to do with a session."""

    kind: Literal["rename", "delete"]
    id: str


class SessionsTriggers(TypedDict):
    """What the list of sessions sends."""

    choice: SessionChoice
    act: SessionAct


class UploaderData(TypedDict):
    """A field that recordings are dropped on."""

    field: str
    label: str
    hint: str
    several: bool
    small: bool
    tokens: dict[str, str]
    settled: list[str]
    suffixes: list[str]
    run: str


class WantedFile(TypedDict):
    """A file that waits for a token; `refused` is one that the app does not take any more."""

    key: str
    name: str
    size: int
    refused: str


class FinishedFile(TypedDict):
    """A file that is here."""

    key: str
    name: str
    token: str


class UploadReport(TypedDict):
    """All that a field has."""

    wanted: list[WantedFile]
    here: list[str]
    finished: list[FinishedFile]
    others: int


class UploaderTriggers(TypedDict):
    """What a field for recordings sends."""

    told: UploadReport


class FilterChip(TypedDict):
    """A filter that is set, and what it asks for in words."""

    name: str
    value: str
    label: str


class FilterData(TypedDict):
    """The ids of the spans that pass the filters, None for all, and how many these are in words."""

    shown: list[int] | None
    text: str
    at: float
    takes_requests: bool
    chips: list[FilterChip]
    folded: int


class FilterValue(TypedDict):
    """One value of a filter."""

    name: str
    value: str


class FilterRequest(TypedDict):
    """A filter that was chosen elsewhere on the page; `range` is in seconds."""

    cue: NotRequired[str]
    speaker: NotRequired[str]
    range: NotRequired[tuple[float, float] | None]
    remove: NotRequired[FilterValue]
    at: int


class FilterTriggers(TypedDict):
    """What the filters send."""

    request: FilterRequest


class WindowData(TypedDict):
    """Where the chosen windows lie on the quality chart, and what they are compared with [s]."""

    chosen: list[tuple[float, float]]
    compared: list[tuple[float, float]]


class WindowChoice(TypedDict):
    """The window of the quality chart that was clicked, to be chosen or compared with."""

    index: int
    compare: bool
    at: int


class WindowTriggers(TypedDict):
    """What the quality chart sends while its section is open."""

    window: WindowChoice


class NoteData(TypedDict):
    """A note."""

    id: str
    reviewer: str
    text: str
    start: float
    end: float
    signal: int | None
    written_at: str
    imported: bool
    byline: str


class VerdictData(TypedDict):
    """A verdict."""

    signal: int
    reviewer: str
    opinion: Literal["agree", "disagree", "unsure"]
    corrected: str
    written_at: str
    imported: bool
    byline: str
    mode: str


class OpenedSpan(TypedDict):
    """A span of which nothing is hidden from a reviewer who judges blind."""

    id: int
    probability: str


class NoticeData(TypedDict):
    """What an undo or redo has come to, for the act of this `at`."""

    text: str
    at: int


# A part of a long rationale: its characters `from` (a word of Python's own) up to `next`.
TextPart = TypedDict("TextPart", {"signal": int, "from": int, "next": int, "text": str})


class ReviewData(TypedDict):
    """What people added to a review, and what can be undone and redone, in words ("" for nothing).

    `mode` is one of `model.JUDGING_MODES`; where it is not open, of all but the `opened` spans what
    others said is left out. Of the acts the last one that was done, and the last one that was
    answered, done or refused, by their `at`. `version` is that of all of it; `live` is the
    address that tells of a later one, "" where there is none.
    """

    charts: list[str]
    notes: list[NoteData]
    verdicts: list[VerdictData]
    reviewer: str
    mode: str
    opened: list[OpenedSpan]
    text: TextPart | None
    done: int
    answered: int
    undo: str
    redo: str
    notice: NoticeData | None
    version: str
    live: str
    coding: CodingData


class LiveReport(TypedDict):
    """What an open review tells every few seconds; "" for no name, and for no note in change."""

    reviewer: str
    editing: str
    leaving: NotRequired[bool]


class LiveAnswer(TypedDict):
    """What an open review hears back: the version of what people added, and who else is there."""

    version: str
    viewers: list["ViewerData"]


class ViewerData(TypedDict):
    """Somebody else with the review open; `editing` is the id of the note they change."""

    name: str
    editing: str


class Renew(TypedDict):
    """Send what people added as it is now: others have added to it."""

    kind: Literal["renew"]
    at: int


class Signature(TypedDict):
    """Who does an act that writes, and when [ms]."""

    reviewer: str
    at: int


class WriteNote(TypedDict):
    """Write a note, or change it: then `before` is the text that it had.

    `instead` is the id of a note that could not be changed, for which this one is written.
    """

    kind: Literal["note"]
    id: str
    text: str
    before: NotRequired[str]
    instead: NotRequired[str]
    signal: int | None
    start: float
    end: float


class RemoveNote(TypedDict):
    """Remove a note."""

    kind: Literal["remove"]
    id: str


class GiveVerdict(TypedDict):
    """Judge a span; `mode` is the one that the page was drawn in."""

    kind: Literal["verdict"]
    signal: int
    opinion: Literal["agree", "disagree", "unsure"]
    corrected: str
    mode: str


class RemoveVerdict(TypedDict):
    """Take a verdict back."""

    kind: Literal["unjudge"]
    signal: int


class StepBack(TypedDict):
    """Undo or redo an act of this tab."""

    kind: Literal["undo", "redo"]


class ClipRequest(TypedDict):
    """Open the section for clips with a span chosen."""

    kind: Literal["clip"]
    signal: int
    at: int


class OpenSection(TypedDict):
    """Open a section below the charts, by its id."""

    kind: Literal["open"]
    section: str
    at: int


class ChooseMode(TypedDict):
    """Choose what is hidden while one judges, and say who does."""

    kind: Literal["mode"]
    mode: str
    reviewer: str
    at: int


# Send the part of a long rationale that begins at the character `from`.
TextRequest = TypedDict(
    "TextRequest", {"kind": Literal["text"], "signal": int, "from": int, "at": int}
)


class ReviewTriggers(TypedDict):
    """What a review sends."""

    act: (
        WriteNote
        | RemoveNote
        | GiveVerdict
        | RemoveVerdict
        | StepBack
        | ClipRequest
        | OpenSection
        | ChooseMode
        | TextRequest
        | Renew
        | WriteCodedSpan
        | RemoveCodedSpan
    )


class SpanColumns(TypedDict):
    """The spans of a session, column by column."""

    id: list[int]
    type: list[str]
    group: list[str]
    start: list[float]
    end: list[float]
    length: list[float | None]
    probability: list[str]
    rationale: list[str | None]
    modality: list[str | None]
    flag: list[str | None]
    draw_start: list[float]
    draw_end: list[float]
    characters: list[int]
    cues: list[list[str]]
    spoken_by: list[str]


class SpansPayload(TypedDict):
    """The spans of a review and the lines of its transcript, as JSON in a hidden element.

    `shares` has, by the id of a span, who spoke meanwhile: the place in `speakers`, and the share
    of the span as text ("" where none can be said).
    """

    session: str
    digits: int
    author: str
    types: list[str]
    spans: SpanColumns
    counted: dict[str, int]
    lines: list[list[float | str]]
    speakers: list[str]
    shares: dict[str, list[tuple[int, str]]]


class TablePayload(TypedDict):
    """The data of a chart as a table, as JSON in a hidden element; of spans only their ids."""

    name: str
    session: str
    names: list[str]
    columns: dict[str, list[str | float | bool | None]] | None
    spans: list[int] | None
    units: dict[str, str]
    numbers: list[str]
    about: dict[str, str]
    formula: list[str]
    file: str
