"""Everything that is installed is chosen or brought by what is chosen, and pinned."""

import re
from importlib.metadata import requires as required_by
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"[a-z0-9-]+==[\w.]+( ; [\w.' =!<>]+)?")
ELSEWHERE = re.compile(r"--|https?:|file:|@|/(?:home|root|tmp|Users)/")
LISTS = [("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")]


def lines(name):
    """What a list of requirements holds, less its comments."""
    texts = (line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines())
    return [text for text in texts if text]


def read(name):
    """The requirements of a list, those of a list that it names included."""
    for line in lines(name):
        flag, _, other = line.partition(" ")
        if flag == "-r":
            yield from read(other)
        else:
            yield Requirement(line)


def versions(requirements):
    """Name to version of what applies on this machine."""
    return {
        canonicalize_name(one.name): str(one.specifier).removeprefix("==")
        for one in requirements
        if one.marker is None or one.marker.evaluate()
    }


def closure(requirements):
    """The names of what is asked for, and of all that it brings on this machine."""
    found, open_ends = {}, [(canonicalize_name(one.name), one.extras) for one in requirements]
    while open_ends:
        name, extras = open_ends.pop()
        if name in found and extras <= found[name]:
            continue
        found[name] = found.get(name, set()) | extras
        for text in required_by(name) or ():
            brought = Requirement(text)
            if brought.marker is None or any(
                brought.marker.evaluate({"extra": extra}) for extra in ("", *found[name])
            ):
                open_ends.append((canonicalize_name(brought.name), brought.extras))
    return set(found)


@pytest.mark.parametrize(("chosen", "pinned"), LISTS)
def test_all_that_the_chosen_bring_is_pinned_and_nothing_else(chosen, pinned):
    assert set(versions(read(pinned))) == closure(read(chosen))


@pytest.mark.parametrize(("chosen", "pinned"), LISTS)
def test_a_pin_is_the_version_that_was_chosen(chosen, pinned):
    assert versions(read(chosen)).items() <= versions(read(pinned)).items()


@pytest.mark.parametrize("pinned", [pinned for _, pinned in LISTS])
def test_these_tests_run_with_the_versions_that_are_pinned(pinned):
    expected = versions(read(pinned))
    assert {name: version(name) for name in expected} == expected


@pytest.mark.parametrize("pinned", [pinned for _, pinned in LISTS])
def test_a_list_holds_pins_alone(pinned):
    assert [line for line in lines(pinned) if not PIN.fullmatch(line)] == []


@pytest.mark.parametrize("name", [name for pair in LISTS for name in pair])
def test_no_list_says_where_packages_come_from(name):
    assert ELSEWHERE.findall((ROOT / name).read_text()) == []
