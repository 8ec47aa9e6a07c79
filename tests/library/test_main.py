"""`python -m lib.library` moves the library that the app would open."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from lib.errors import LibraryError
from lib.library import Library, sqlite_url
from lib.library.__main__ import main
from tests import answers, reviews
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
MAX_SECONDS = 60  # seconds until the command is given up


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return ended.value.code


def test_a_library_is_moved_from_database_to_database(library, url, folder, monkeypatch, capsys):
    library.save(answers.session())
    library.add_review("sample", reviews.review())
    monkeypatch.setenv("LIBRARY_URL", url)
    assert run("export", "a.zip") == 0
    assert "written into the archive: 1\n" in capsys.readouterr().out
    (folder / ".streamlit").mkdir()
    secrets = f'[library]\nurl = "sqlite:///{folder}/new.db"\n'
    (folder / ".streamlit" / "secrets.toml").write_text(secrets)
    assert run("import", "a.zip", "--with-reviews") == 0
    out = capsys.readouterr().out
    assert "imported: 1\n" in out
    assert "given the notes of the archive: 1\n" in out
    assert run("import", "a.zip") == 0
    out = capsys.readouterr().out
    assert "left unchanged: 2\n" in out
    assert "not given the notes of the archive: 1\n" in out
    moved = Library(f"sqlite:///{folder}/new.db")
    assert moved.load("abc") == answers.session()
    assert moved.review("sample") == reviews.imported(reviews.review())
    moved.close()


def test_an_export_holds_no_key_that_an_older_app_stored(library, url, folder, monkeypatch):
    key = "ih_live_Zq8vR3xW"
    library.save(answers.session(answers.v1(note=f"Bearer {key}")))
    monkeypatch.setenv("LIBRARY_URL", url)
    monkeypatch.setenv("INTERHUMAN_API_KEY", key)
    assert run("export", "a.zip") == 0
    with zipfile.ZipFile(folder / "a.zip") as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    assert not any(key in text for text in texts)
    assert any("Bearer [removed]" in text for text in texts)


def test_without_settings_it_is_the_library_of_this_folder(folder):
    assert run("export", "a.zip") == 0
    assert (folder / "data" / "library.db").exists()
    assert not list(folder.glob("*.part"))


def test_an_export_that_fails_leaves_the_older_archive(folder, monkeypatch, capsys):
    (folder / "a.zip").write_bytes(b"older")

    def full(library, stream):
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lib.library.zip_archive.write_archive", full)
    assert run("export", "a.zip") == 1
    assert "No space left" in capsys.readouterr().err
    assert (folder / "a.zip").read_bytes() == b"older"
    assert not list(folder.glob("*.part"))


def test_what_cannot_be_done_is_one_sentence_and_no_traceback(folder, monkeypatch, capsys):
    (folder / "bad.zip").write_bytes(b"no zip")
    assert run("import", "bad.zip") == 1
    assert run("import", "missing.zip") == 1
    assert run("export", "no/folder/a.zip") == 1
    monkeypatch.setenv("LIBRARY_URL", "mysql://u:hush@db/x")
    assert run("export", "a.zip") == 1
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text("[library\nurl = 'hush'")
    assert run("export", "a.zip") == 1
    errors = capsys.readouterr().err
    assert "hush" not in errors
    assert errors.count("Name another file") == 2
    assert len(errors.splitlines()) == 5


def test_a_database_that_does_not_answer_is_one_line(folder):
    url = f"postgresql://me@127.0.0.1:{free_port()}/nothing"
    command = [sys.executable, "-m", "lib.library", "export", str(folder / "a.zip")]
    options = {"env": {**os.environ, "LIBRARY_URL": url}, "cwd": ROOT, "text": True}
    process = subprocess.run(
        command, capture_output=True, timeout=MAX_SECONDS, check=False, **options
    )
    assert process.returncode == 1
    assert process.stderr.endswith(f"{LibraryError().problem.next_step}\n")
    assert process.stderr.count("\n") == 1


def test_what_is_wrong_with_the_api_hinders_no_export(folder, monkeypatch):
    monkeypatch.setenv("INTERHUMAN_API", "v9")
    Library(sqlite_url(folder / "data" / "library.db")).close()
    assert run("export", "a.zip") == 0


def test_a_file_that_could_not_be_read_shows_in_the_exit_code(folder, capsys):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("x.json", "no json")
    assert run("import", "a.zip") == 1
    assert "left out: 1\n" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["", ".", "/", "..", "a" * 300, "a" * 253, "nowhere/a.zip"])
@pytest.mark.parametrize("act", ["export", "import"])
def test_a_name_that_no_file_can_have_ends_in_a_sentence(act, name, capsys):
    assert run(act, name) == 1
    said = capsys.readouterr().err
    assert said.startswith("The file cannot be used: ")
    assert said.endswith("Name another file, or allow this one to be read and written.\n")


@pytest.mark.parametrize("name", ["-rf.zip", "a\nb.zip", "\udcff.zip", "CON", "🙂.zip", "a" * 240])
def test_an_archive_of_an_odd_name_is_written_and_read(name, folder):
    assert run("export", "--", name) == 0
    assert run("import", "--", name) == 0
    assert name in [file.name for file in folder.iterdir()]
