"""Where Node comes from, for those who change what runs in the browser."""

import subprocess

import pytest

from tests.ui.web import toolchain


@pytest.fixture
def installs(monkeypatch):
    """What would be installed."""
    asked = []
    monkeypatch.setattr(toolchain.subprocess, "run", lambda command, **_: asked.append(command[-1]))
    return asked


def program(folder, name, says):
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with what a test puts there, and nothing else."""
    monkeypatch.setattr(toolchain, "path", lambda: str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("says", "version"), [("v20.20.2", 20), ("v9.1.0", 9), ("20.1.0", 0), ("", 0)]
)
def test_the_version_of_node_is_what_it_says(machine, says, version):
    assert toolchain.version(str(program(machine, "node", says))) == version


def test_what_does_not_run_has_no_version(machine):
    assert toolchain.version(str(machine / "node")) == 0


def test_a_node_that_is_new_enough_is_taken_as_it_is(machine, monkeypatch):
    program(machine, "node", "v20.0.0")
    program(machine, "npm", "")
    asked, run = [], subprocess.run
    monkeypatch.setattr(
        toolchain.subprocess,
        "run",
        lambda command, **more: asked.append(command[-1]) or run(command, **more),
    )
    toolchain.ensure_node()
    assert asked == ["--version"]


@pytest.mark.parametrize("there", [[], ["node"], ["npm"]])
def test_without_node_and_npm_there_is_the_package_or_a_sentence(machine, installs, there):
    for name in there:
        program(machine, name, "v20.0.0")
    with pytest.raises(SystemExit, match="Install it"):
        toolchain.ensure_node()
    assert installs == [toolchain.WHEEL]


def test_a_node_that_is_too_old_is_not_taken(machine):
    program(machine, "node", "v18.19.0")
    program(machine, "npm", "")
    assert not toolchain.has_node()


def test_packages_that_cannot_be_installed_are_told(machine, monkeypatch):
    npm = program(machine, "npm", "no registry; exit 1")
    assert npm.exists()
    with pytest.raises(SystemExit, match="could not be installed"):
        toolchain.install_packages()
