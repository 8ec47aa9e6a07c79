"""Build codebooks and coded spans small enough to check by eye, and a strategy for any codes."""

from hypothesis import strategies as st

from lib.interchange.codebook import limits
from lib.model import CODE_KINDS, Code, Codebook, CodedSpan
from tests import reviews

PAUSE = Code("pause-filler", "An um or an uh.", "#0072b2", "h", "stretch", ("hesitation",))
NOD = Code("nod", "The head goes down and up.", "#e69f00", "n", "point")
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
NAME = TEXT.map(lambda text: " ".join(text.split())).filter(bool)
COLOR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
DEFINITION = TEXT.map(str.strip)
CODES = st.lists(
    st.builds(
        Code,
        NAME,
        DEFINITION,
        COLOR,
        st.sampled_from("abdefghij0123456789é"),
        st.sampled_from(CODE_KINDS),
        st.lists(
            NAME.filter(lambda name: limits.SEPARATOR not in name), max_size=3, unique=True
        ).map(tuple),
    ),
    min_size=1,
    max_size=4,
    unique_by=(lambda code: code.name, lambda code: code.key),
)


def book(version=1, codes=(PAUSE, NOD), **changes):
    values = {"id": "book", "name": "Gestures", "written_at": reviews.AT, **changes}
    return Codebook(version=version, codes=tuple(codes), **values)


def coded(key="c1", coder="Ana", code="pause-filler", **changes):
    values = {
        "start": 2.0,
        "end": 3.5,
        "codebook": "book",
        "version": 1,
        "written_at": reviews.AT,
        **changes,
    }
    return CodedSpan(id=key, coder=coder, code=code, **values)
