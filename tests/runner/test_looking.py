"""What is found of a file before anything is sent."""

from lib.interhuman import V1Options, V2Options
from lib.runner import look_into


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path):
    found, verdict = look_into(
        tmp_path / "absent", name="x", size=64 * 1024 * 1024, options=V1Options()
    )
    assert found is None
    assert "32 MiB" in verdict.refusals[0].what


def test_an_unreadable_file_is_refused_with_a_remedy(tmp_path):
    path = tmp_path / "x.mp4"
    path.write_bytes(b"not a film")
    found, verdict = look_into(path, name="x", size=10, options=V2Options())
    assert found is None
    assert "export it again" in verdict.refusals[0].remedy
