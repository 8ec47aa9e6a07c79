"""Export the whole library into a zip, or import such a zip into another library.

The library is the one the app would open here: `[library] url` in .streamlit/secrets.toml, else
LIBRARY_URL, else data/library.db.
"""

from __future__ import annotations

import argparse
import errno
import logging
import os
import sys
import tomllib
from pathlib import Path

from lib import settings
from lib.errors import AppError, Problem, SettingsError
from lib.interhuman.redactor import Redactor
from lib.library import Library, archive_bounds, sqlite_url, zip_archive

SECRETS_FILE = Path(".streamlit") / "secrets.toml"


def main(arguments: list[str] | None = None) -> None:
    """Export or import the library and print how many sessions; exit code 1 if any was left out."""
    parser = argparse.ArgumentParser(
        prog="python -m lib.library",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("act", choices=("export", "import"))
    parser.add_argument("file", type=Path, help="the zip to write or to read")
    parser.add_argument(
        "--with-reviews",
        action="store_true",
        help="import: add notes and verdicts to sessions that are there and have none, and to the "
        "sample",
    )
    options = parser.parse_args(arguments)
    try:
        loaded = _load_settings()
        url = loaded.library_url or sqlite_url(settings.LIBRARY_FILE)
        library = Library(url, clean=Redactor(loaded.secrets).clean)
        try:
            if options.act == "export":
                counts = _export_library(library, options.file)
            else:
                counts = _import_library(library, options.file, with_reviews=options.with_reviews)
        finally:
            library.close()
    except AppError as error:
        parser.exit(1, f"{error.what} {error.next_step}\n")
    except OSError as error:
        next_step = "Name another file, or allow this one to be read and written."
        parser.exit(1, f"The file cannot be used: {error.strerror or error}. {next_step}\n")
    sys.stdout.write(_describe_counts(options.act, counts))
    parser.exit(1 if counts.unread else 0)


def _export_library(library: Library, file: Path) -> zip_archive.Counts:
    if not file.name:  # of "." and of "/", which are folders
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    partial = file.with_name(f"{file.name}.part")
    try:
        with partial.open("wb") as stream:
            counts = zip_archive.write_archive(library, stream)
        partial.replace(file)  # an older archive is gone only when the new one is whole
    finally:
        partial.unlink(missing_ok=True)
    return counts


def _import_library(library: Library, file: Path, *, with_reviews: bool) -> zip_archive.Counts:
    with file.open("rb") as stream:
        return zip_archive.read_archive(
            library, stream, with_reviews=with_reviews, bounds=archive_bounds.COMMAND
        )


def _load_settings() -> settings.Settings:
    try:
        secrets = tomllib.loads(SECRETS_FILE.read_text("utf-8")) if SECRETS_FILE.exists() else {}
    except ValueError:
        raise _setting_error(settings.UNREADABLE) from None  # what was raised may quote a secret
    loaded = settings.load(secrets, os.environ)
    for problem in loaded.problems:
        if problem.setting in settings.LIBRARY_URL_SETTINGS:
            raise _setting_error(problem)
    return loaded


def _setting_error(problem: Problem) -> SettingsError:
    return SettingsError(f"{problem.setting}: {problem.what}", problem.next_step)


def _describe_counts(act: str, counts: zip_archive.Counts) -> str:
    outcome = "written into the archive" if act == "export" else "imported"
    lines = [f"Sessions {outcome}: {counts.sessions}"]
    if counts.reviews and act == "export":
        lines.append("Notes and verdicts on the sample written into the archive: yes")
    elif counts.reviews:
        lines.append(f"Already there, given the notes of the archive: {counts.reviews}")
    if counts.present:
        lines.append(f"Already there, left unchanged: {counts.present}")
    if counts.reviews_left:
        lines.append(f"Of these, not given the notes of the archive: {counts.reviews_left}")
    if counts.unread:
        lines.append(f"Could not be read, left out: {counts.unread}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    logging.getLogger("lib").setLevel(logging.ERROR)  # here an error is one sentence, without a log
    main()
