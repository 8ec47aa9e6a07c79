"""Which sessions a list shows, and in which order, the same on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lib.errors import LibraryDamagedError
from lib.library import Query, search
from lib.model import Line, Review
from tests import answers
from tests.budget import examples
from tests.reviews import note

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def answer_saying(*rationales):
    signals = [{"type": "interest", "start": 0, "end": 1, "rationale": text} for text in rationales]
    return answers.v1(signals=signals)


def save(library, session_id, rationale="", *, age=0, answer=None, name="talk.mp4", **changes):
    """Save a session that was made `age` hours ago."""
    session = answers.session(answer or answer_saying(rationale), session_id=session_id, **changes)
    session = replace(session, created_at=NOW - timedelta(hours=age), recording_name=name)
    library.save(session)


def ids(library, words="", **changes):
    query = Query(words=words, **changes)
    session_ids = [row.id for row in library.summaries(query)]
    assert library.count(query) == len(session_ids)
    return session_ids


def test_every_word_begins_one_of_the_title_the_file_name_or_a_rationale(library):
    save(library, "a", "She leans in, smiling.", title="Interview with Ana", name="take_7.mp4")
    save(library, "b", "He leans back.", title="Weekly", age=1)
    assert ids(library, "lean") == ["a", "b"]
    assert ids(library, "lean smil") == ["a"]
    assert ids(library, "interv lea TAKE") == ["a"]
    assert ids(library, "eans") == []
    assert ids(library, "leans weekly ana") == []
    assert ids(library, "7") == ["a"]
    assert ids(library) == ids(library, " ,;! ") == ["a", "b"]


def test_words_of_notes_and_of_the_transcript_find_a_session_as_those_of_a_rationale_do(library):
    save(library, "a", "She leans in.")
    save(library, "b", "She leans in.", age=1)
    library.write_note("a", note(text="Ask her about the Größe"))
    library.write_transcript("b", [Line(0.0, 1.0, "Ana", "So, quagmire."), Line(1.0, 2.0, "", "x")])
    assert ids(library, "lean grosse") == ["a"]
    assert ids(library, "quag ana lean") == ["b"]
    assert ids(library, "ask quagmire") == []
    assert ids(library, "lean") == ["a", "b"]


def test_what_people_changed_or_removed_is_found_no_longer(library):
    save(library, "a")
    library.write_note("a", note(text="zebra"))
    library.write_note("a", note("n2", text="yak", reviewer="Bo"))
    library.write_note("a", note(text="gnu"))
    assert [ids(library, word) for word in ("zebra", "yak", "gnu")] == [[], ["a"], ["a"]]
    library.remove_note("a", "n1", "Ana")
    assert [ids(library, word) for word in ("gnu", "yak")] == [[], ["a"]]
    for lines in ([Line(0.0, 1.0, "", "heron")], [Line(0.0, 1.0, "", "stork")]):
        library.write_transcript("a", lines)
    assert [ids(library, word) for word in ("heron", "stork")] == [[], ["a"]]
    library.remove_transcript("a")
    assert ids(library, "stork") == []


def test_a_session_with_a_review_is_found_however_both_came_here(library):
    added = Review(notes=(note(text="zebra"),), transcript=(Line(0.0, 1.0, "", "heron"),))
    library.add_session(answers.session(session_id="a"), added)
    library.save(answers.session(session_id="b"))
    library.add_review("b", added)
    library.add_review("c", added)
    library.save(answers.session(session_id="c"))  # its review was here before it
    assert sorted(ids(library, "zebra heron")) == ["a", "b", "c"]
    library.save(answers.session(session_id="a", title="Anew"))
    assert ids(library, "zebra heron anew") == ["a"]
    library.rename("a", "Newer")
    assert ids(library, "zebra heron newer") == ["a"]


def test_a_damaged_transcript_keeps_no_result_from_being_saved(library, execute):
    library.write_transcript("a", [Line(0.0, 1.0, "", "heron")])
    execute("UPDATE transcripts SET lines = :packed", packed=b"no zlib")
    save(library, "a", "leans")
    assert ids(library, "leans") == ["a"]


def test_of_more_words_than_an_index_takes_the_first_of_each_part_count(library):
    def endless(letter):
        return " ".join(f"{letter}{index}" for index in range(60_000))

    save(library, "a", answer=answer_saying(endless("r")), title="Endless", name="--- ---")
    library.write_transcript("a", [Line(0.0, 1.0, "", endless("t"))])
    for index in range(21):  # more than MAX_REVIEW_WORDS_BYTES
        library.write_note("a", note(f"n{index}", text=endless(f"n{index}x")[:9_900]))
    assert ids(library, "endless r1 t1 n0x1") == ["a"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gespräch über Größe", "GESPRACH grosse"),
        ("naïve café", "cafe\u0301 NAI\u0308VE"),
        ("Привет, мир", "прив МИР"),
        ("面接 第二回", "面接"),
        ("snake_case-word", "case word"),
        ("x" * 500, "x" * 400),
        ("a\0b", "a b"),
        ("\ud800odd", "odd"),
    ],
)
def test_case_accents_and_marks_do_not_hide_a_word(library, text, words):
    save(library, "a", text)
    save(library, "b", "another", age=1)
    assert ids(library, words) == ["a"]


HOSTILE = [
    '"',
    "'",
    "a' OR 'a",
    "leans*",
    "^leans",
    "title: leans",
    "NOT leans",
    "leans OR zebra",
    "leans AND zebra",
    "NEAR(leans zebra)",
    "leans & !zebra",
    "leans <-> back",
    ":*",
    "\\",
    "\0",
    "\ud800",
    "%",
    "_",
    "--",
    "'); DROP TABLE sessions; --",
    "zebra " * 1000,
    "z" * 100_000,
    "ﷺ" * 100,
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_sign_in_a_search_has_a_meaning(library, words):
    save(library, "a", "He leans back.")
    searched = search.unique_words([words]).split()
    indexed = search.unique_words(["Interview", "talk.mp4", "He leans back."]).split()
    fits = all(any(word.startswith(beginning) for word in indexed) for beginning in searched)
    assert ids(library, words) == (["a"] if fits else [])


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=examples(60),
)
@given(words=st.text(max_size=30), rationale=st.text(max_size=60))
@example(words="ǆ", rationale="ǅ")
@example(words="ı", rationale="I")
@example(words="²", rationale="x²")
def test_what_is_found_is_what_begins_with_each_word(library, words, rationale):
    save(library, "a", rationale)
    indexed = search.unique_words(["Interview", "talk.mp4", rationale]).split()
    searched = search.unique_words([words]).split()
    fits = all(any(word.startswith(beginning) for word in indexed) for beginning in searched)
    assert ids(library, words) == (["a"] if fits else [])


def test_text_beyond_all_bounds_is_found_by_its_title(library):
    many = " ".join(f"w{index}" for index in range(200_000))
    save(library, "a", answer=answer_saying(many), title="Endless")
    assert ids(library, "endless w1") == ["a"]
    assert ids(library, "w199999") == []


def test_of_a_long_search_the_first_words_count(library):
    many = [f"word{index}x" for index in range(search.MAX_QUERY_WORDS)]
    save(library, "a", " ".join(many))
    assert ids(library, " ".join([*many, "nowhere"])) == ["a"]
    assert ids(library, " ".join([*many[1:], "nowhere"])) == []


def test_a_renamed_session_is_sorted_by_its_new_title(library):
    save(library, "a", title="Zeta")
    save(library, "b", title="Beta")
    library.rename("a", "Alpha")
    assert ids(library, sort="title", descending=False) == ["a", "b"]


def test_a_renamed_session_is_found_by_its_new_title_alone(library):
    save(library, "a", "He leans back.", title="Older")
    library.rename("a", "Newer")
    assert ids(library, "older") == []
    assert ids(library, "newer leans") == ["a"]


def test_a_session_saved_again_is_found_by_what_it_says_now(library):
    save(library, "a", "older words")
    save(library, "a", "newer words")
    assert ids(library, "older") == []
    assert ids(library, "newer") == ["a"]


def test_a_deleted_session_is_not_found(library, execute):
    save(library, "a", "leans")
    save(library, "b", "leans", age=1)
    library.delete_all(("a",))
    assert ids(library, "leans") == ["b"]
    assert (
        execute("SELECT count(*) FROM searches")
        == execute("SELECT count(*) FROM answers")
        == [(1,)]
    )


def test_filters_let_pass_what_they_name(library):
    save(library, "a", "x")
    save(library, "b", "x", origin="sandbox", age=24)
    save(library, "c", answer=answers.v2(), origin="imported", age=48)
    assert ids(library, origins=("api", "imported")) == ["a", "c"]
    assert ids(library, apis=("v2",)) == ["c"]
    assert ids(library, models=("inter-1",)) == ["a", "b"]
    assert ids(library, models=("'; --",)) == []
    assert ids(library, since=NOW - timedelta(hours=24)) == ["a", "b"]
    assert ids(library, until=NOW - timedelta(hours=24)) == ["c"]
    assert ids(library, "x", origins=("sandbox",), apis=("v1",)) == ["b"]


def test_lists_sort_both_ways_and_what_is_not_known_comes_last(library):
    save(library, "a", title="élan", duration=10.0, age=2, answer=answer_saying("1", "2"))
    save(library, "b", title="Zoo", duration=None, age=1, answer=answers.v1(signals=None))
    save(library, "c", title="apple", duration=20.0, age=3, answer=answer_saying("1"))
    orders = {"created_at": "cab", "title": "cab", "duration": "acb", "signals": "cab"}
    for sort, order in orders.items():
        assert "".join(ids(library, sort=sort, descending=False)) == order
    orders = {"created_at": "bac", "title": "bac", "duration": "cab", "signals": "acb"}
    for sort, order in orders.items():
        assert "".join(ids(library, sort=sort)) == order


def test_pages_follow_each_other_without_a_gap(library):
    for index in range(7):
        save(library, f"s{index}", title="Same", duration=None)
    for sort in search.SORT_COLUMNS:
        query = Query(sort=sort)
        pages = [library.summaries(query, offset=start, limit=3) for start in (0, 3, 6)]
        assert [row.id for page in pages for row in page] == [f"s{index}" for index in range(7)]


def test_no_list_reads_an_answer(library, execute):
    save(library, "a", "leans")
    seen = []
    sa.event.listen(library._engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    library.summaries(Query(words="leans", sort="title"))
    library.count(Query(words="leans"))
    assert seen
    assert not any("answer" in statement for statement in seen)


def test_what_is_damaged_still_stands_in_the_list(library, execute):
    save(library, "a", "leans")
    execute("DELETE FROM answers")
    assert ids(library) == ["a"]
    with pytest.raises(LibraryDamagedError):
        library.load("a")


def test_of_texts_of_many_megabytes_the_words_at_the_beginning_are_found(monkeypatch):
    folded = []
    fold = search.fold_text
    monkeypatch.setattr(search, "fold_text", lambda text: folded.append(len(text)) or fold(text))
    monkeypatch.setattr(search, "MAX_READ_CHARACTERS", 10_000)
    found = search.unique_words(["first", "again " * 5_000, "last"])
    assert found == "first again"
    assert sum(folded) == 10_000
