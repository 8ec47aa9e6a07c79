"""The Claims section by AppTest: a sentence on the spans that pass now, changed and undone."""

import pytest

from lib.model import Mark
from lib.ui.review import review_actions
from tests import answers
from tests.pages.conftest import open_page, words
from tests.reviews import claim, verdict

SENTENCE = "She hesitates when price comes up."


@pytest.fixture
def section(app, library):
    """The section of a session of three spans, of which two are hesitations and pass."""
    library.save(answers.session())
    library.write_verdict("abc", verdict(0, "Bo", "agree"))
    open_page(app, "review", session="abc", section="Claims", type="hesitation")
    return app


def test_a_claim_rests_on_the_spans_that_pass_the_filters_now(section, library):
    section.text_input(key="claim_reviewer_").set_value("Ana").run()
    assert "2 of 3 spans: type hesitation" in words(section)
    section.text_area[0].set_value(SENTENCE)
    section.button(key="claim_add").click().run()
    assert not section.exception
    markdown = [*(one.value for one in section.caption), *(one.help for one in section.button)]
    assert not any("type hesitation" in text for text in markdown)  # data, and no markup
    (written,) = library.review("abc").claims
    assert (written.text, written.reviewer, written.signals) == (SENTENCE, "Ana", (0, 2))
    assert (written.filter, written.total) == ("type hesitation", 3)
    assert SENTENCE in words(section)
    labels = [expander.label for expander in section.expander]
    assert "Spans: 1 for it, 0 against it, 1 open" in labels
    assert section.text_area[0].value == ""
    (history,) = section.session_state[review_actions.HISTORY].values()
    assert [act.after for act in history.undo] == [written]


def test_a_reviewer_changes_and_removes_their_own_claim_and_no_other(section, library):
    library.write_claim("abc", claim(signals=(1,), marks=(Mark(1, "for"),)))
    library.write_claim("abc", claim("c2", "Bo", "Theirs."))
    section.text_input(key="claim_reviewer_").set_value("Ana").run()
    labels = [button.label for button in section.button]
    assert labels.count("Remove") == 1
    section.text_input[-1].set_value("Does she?")
    press(section, "Save")
    press(section, "Rest it on the filters set now")
    changed, theirs = library.review("abc").claims
    assert (changed.text, changed.signals, changed.marks) == ("Does she?", (0, 2), ())
    assert theirs.text == "Theirs."
    press(section, "Remove")
    assert library.review("abc").claims == (theirs,)


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def test_a_claim_without_a_name_is_refused_and_says_why(section, library):
    section.text_area[0].set_value(SENTENCE)
    section.button(key="claim_add").click().run()
    assert "Enter your name" in section.error[0].value
    assert library.review("abc").claims == ()


def test_who_judges_blind_sees_no_claim_of_others_on_spans_that_are_not_judged(app, library):
    library.save(answers.session())
    library.write_claim("abc", claim("c2", "Bo", "Theirs."))
    open_page(app, "review", session="abc", section="Claims", blind="others")
    assert "Theirs." not in words(app)


def test_who_judges_blind_sees_their_claim_without_the_words_of_its_filter_and_keeps_them(
    app, library
):
    library.save(answers.session())
    library.write_claim("abc", claim(signals=(1,), filter="verdict disagree"))
    open_page(app, "review", session="abc", section="Claims", blind="probability")
    app.text_input(key="claim_reviewer_").set_value("Ana").run()
    assert "1 of 3 spans: which ones is hidden" in words(app)
    assert "verdict disagree" not in words(app)
    app.text_input[-1].set_value("Does she?")
    press(app, "Save")
    (changed,) = library.review("abc").claims
    assert (changed.text, changed.filter) == ("Does she?", "verdict disagree")
