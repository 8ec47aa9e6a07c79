"""The page of one run, which the address names."""

import pytest

from lib.background import worker
from tests.pages.conftest import words

HOSTILE = "Team <b>talk</b> **x**.mp4"


@pytest.mark.parametrize("phase", ["queued", "analysing", "cancelled", "failed", "unconfirmed"])
def test_the_file_s_name_is_the_title_of_its_analysis(app, stands, monkeypatch, phase):
    monkeypatch.setattr(worker.Worker, "wake", lambda self: None)
    app.query_params["job"] = stands(phase, name=HOSTILE)
    app.run()
    assert not app.exception
    titles = [line for line in words(app).splitlines() if "<h2" in line]
    assert titles == ['<h2 class="sr-title">Team &lt;b&gt;talk&lt;/b&gt; **x**.mp4</h2>']
    assert app.header.len == 0
