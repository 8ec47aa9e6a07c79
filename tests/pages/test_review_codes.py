"""The section Codes: a codebook is brought, becomes the next version, and is what one codes by."""

from tests import answers
from tests.codebooks import NOD, PAUSE, coded
from tests.pages.conftest import open_page, words
from tests.pages.test_review import component, open_section

TABLE = b"name,definition,color,key,kind,matches\nnod,Down and up,#e69f00,n,point,interest\n"


def bring(app, content, name="Gestures.csv"):
    open_section(app, "Codes")
    app.file_uploader(key="codebook_file").set_value((name, content, "text/csv")).run()


def test_a_codebook_is_looked_at_kept_and_coded_by(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    assert component(app, "coding")["coding"] == {"codebook": None, "spans": []}
    bring(app, TABLE)
    assert "It becomes the codebook “Gestures”." in words(app)
    next(one for one in app.button if one.label == "Use this codebook").click().run()
    (kept,) = library.codebooks()
    assert [code.name for code in kept.codes] == ["nod"]
    told = component(app, "coding")["coding"]["codebook"]
    assert (told["id"], told["version"], told["codes"][0]["key"]) == (kept.id, 1, "n")


def test_a_file_that_is_no_codebook_says_why_and_nothing_is_kept(app, library):
    library.save(answers.session())
    open_page(app, "review", session="abc")
    bring(app, b"speaker,text\nAna,Hello\n")
    assert "no column “name”" in words(app) + "".join(one.value for one in app.error)
    assert library.codebooks() == ()


def test_coders_and_signals_are_compared(app, library):
    first = library.write_codes("Gestures", (PAUSE, NOD), answers.session().created_at)
    library.save(answers.session())
    for key, end in {"a": 3.5, "b": 3.51, **dict.fromkeys("cdefghi", 3.5)}.items():
        library.write_coded_span("abc", coded(key, f"Coder {key}", codebook=first.id, end=end))
    open_page(app, "review", session="abc", section="Codes")
    text = words(app)
    assert "signals: hesitation" in text
    assert "1 and 1" in text
    assert "<td>more than 99 %" in text
    assert "Of 9 coders, the 8 with the most spans are compared." in text
