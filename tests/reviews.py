"""Build reviews small enough to check by eye, and strategies for any review."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from lib.model import (
    JUDGING_MODES,
    OPINIONS,
    SIDES,
    Claim,
    CodedSpan,
    Line,
    Mark,
    Note,
    Review,
    Verdict,
)

AT = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ONE_LINE = TEXT.map(lambda text: " ".join(text.split()))
NAME = ONE_LINE.filter(bool)
TIME = st.floats(allow_nan=False, allow_infinity=False)
MOMENT = st.datetimes(timezones=st.just(UTC))
MARK = st.booleans()
PLACE = st.integers(0, 2**31 - 1)
NOTES = st.lists(
    st.builds(Note, TEXT.filter(bool), NAME, TEXT, TIME, TIME, st.none() | PLACE, MOMENT, MARK),
    max_size=4,
    unique_by=lambda note: note.id,
)
VERDICTS = st.lists(
    st.builds(
        Verdict,
        PLACE,
        NAME,
        st.sampled_from(OPINIONS),
        ONE_LINE,
        MOMENT,
        MARK,
        st.sampled_from(JUDGING_MODES),
    ),
    max_size=4,
    unique_by=lambda verdict: (verdict.signal, verdict.reviewer),
)
MARKS = st.dictionaries(PLACE, st.sampled_from(SIDES), max_size=3).map(
    lambda marks: tuple(Mark(*mark) for mark in sorted(marks.items()))
)
CLAIMS = st.lists(
    MARKS.flatmap(
        lambda marks: st.builds(
            Claim,
            TEXT.filter(bool),
            NAME,
            NAME,
            ONE_LINE,
            st.just(tuple(mark.signal for mark in marks)),
            PLACE,
            st.just(marks),
            MOMENT,
            MARK,
        )
    ),
    max_size=3,
    unique_by=lambda claim: claim.id,
)
CODED = st.lists(
    st.builds(
        lambda start, end, *rest, **more: CodedSpan(
            *rest, **more, start=min(start, end), end=max(start, end)
        ),
        TIME,
        TIME,
        TEXT.filter(bool),
        NAME,
        NAME,
        codebook=st.just("book"),
        version=st.just(1),
        written_at=MOMENT,
        imported=MARK,
    ),
    max_size=4,
    unique_by=lambda span: span.id,
)
LINES = st.lists(st.builds(Line, TIME, TIME, ONE_LINE, TEXT), max_size=4)
REVIEWS = st.builds(
    Review,
    NOTES.map(tuple),
    VERDICTS.map(tuple),
    LINES.map(tuple),
    claims=CLAIMS.map(tuple),
    coded=CODED.map(tuple),
)


def note(key="n1", reviewer="Ana", text="Watch her hands.", **changes):
    values = {"start": 12.0, "end": 18.5, "signal": 0, "written_at": AT, **changes}
    return Note(id=key, reviewer=reviewer, text=text, **values)


def verdict(signal=0, reviewer="Ana", opinion="agree", corrected="", **changes):
    return Verdict(signal, reviewer, opinion, corrected, **{"written_at": AT, **changes})


def claim(key="c1", reviewer="Ana", text="She hesitates when price comes up.", **changes):
    values = {"filter": "type hesitation", "signals": (0, 2), "total": 3, "marks": ()}
    return Claim(key, reviewer, text, **{**values, "written_at": AT, **changes})


def imported(review):
    """The review as it stands once a file brought it in."""
    return replace(
        review,
        notes=tuple(replace(note, imported=True) for note in review.notes),
        verdicts=tuple(replace(verdict, imported=True) for verdict in review.verdicts),
        claims=tuple(replace(claim, imported=True) for claim in review.claims),
        coded=tuple(replace(span, imported=True) for span in review.coded),
    )


def review():
    return Review(
        notes=(note(), note("n2", "Bo", "Late\nin the room", end=12.0, signal=None)),
        verdicts=(verdict(2, "Bo", "disagree", "stress"), verdict()),
        transcript=(Line(0.0, 4.25, "Ana", "Shall we?"), Line(4.0, 9.0, "", "Yes.")),
    )
