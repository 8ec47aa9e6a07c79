"""Two people rename, delete and note the same session at the same time."""

import threading

from lib.library import Library, Query
from tests import answers
from tests.reviews import note, verdict

ROUNDS = 12


def at_once(*acts):
    """Do all of these at the same moment, each in a thread of its own; what any of them raised."""
    start, raised = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001  the test looks at all of them
            raised.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_rename_note_and_delete_of_one_session_at_once_leave_it_whole_or_gone(library, url):
    other = Library(url)
    for number in range(ROUNDS):
        session_id = f"s{number}"
        library.save(answers.session(session_id=session_id))
        acts = (
            lambda: library.rename(session_id, "Mine"),  # noqa: B023  run within this round
            lambda: other.rename(session_id, "Yours"),  # noqa: B023
            lambda: other.write_note(session_id, note()),  # noqa: B023
            lambda: library.write_verdict(session_id, verdict()),  # noqa: B023
            lambda: other.delete_all([session_id]),  # noqa: B023
        )
        assert at_once(*acts) == []
        assert not other.holds(session_id)
        assert library.load(session_id) is None
        assert not library.rename(session_id, "Late")
    other.close()


def test_of_two_names_at_once_one_holds_and_a_search_finds_it_alone(library, url):
    other = Library(url)
    library.save(answers.session())
    for number in range(ROUNDS):
        mine, yours = f"Mine {number}", f"Yours {number}"
        raised = at_once(
            lambda: library.rename("abc", mine),  # noqa: B023
            lambda: other.rename("abc", yours),  # noqa: B023
        )
        assert raised == []
        assert library.title("abc") == other.title("abc")
        title = library.title("abc")
        assert title in (mine, yours)
        assert [library.ids(Query(words=name)) for name in (mine, yours)] == [
            ("abc",) if name == title else () for name in (mine, yours)
        ]
    other.close()


def test_two_who_delete_one_session_delete_it_once(library, url):
    other = Library(url)
    for _ in range(ROUNDS):
        library.save(answers.session())
        deleted = []
        raised = at_once(
            lambda: deleted.append(library.delete_all(["abc"])),  # noqa: B023
            lambda: deleted.append(other.delete_all(["abc"])),  # noqa: B023
        )
        assert raised == []
        assert sorted(deleted) == [0, 1]
    other.close()
