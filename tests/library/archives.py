"""Archives of a library, written, read and forged by tests."""

import io
import json
import zipfile
from dataclasses import replace

from lib.interchange import session_json
from lib.library import zip_archive
from tests import answers, reviews


def archive_of(library):
    stream = io.BytesIO()
    zip_archive.write_archive(library, stream)
    return stream.getvalue()


def read_archive(library, content, **options):
    return zip_archive.read_archive(library, io.BytesIO(content), **options)


def unzip_files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_files(*contents, name="x.json", method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for index, content in enumerate(contents):
            archive.writestr(f"{index}-{name}", content)
    return stream.getvalue()


def fill_library(library):
    session = answers.session()
    analysis = replace(session.analysis, correlation_id="c-1")
    library.save(replace(session, analysis=analysis, fingerprint="0a" * 32))
    library.save(answers.session(answers.v2(), session_id="two", origin="imported", duration=None))
    library.add_review("abc", reviews.review())
    library.add_review("sample", reviews.review())


def session_file(session=None, **changes):
    content = json.loads(session_json.write_session(session or answers.session(), reviews.review()))
    content["session"] |= changes
    return json.dumps(content).encode()
