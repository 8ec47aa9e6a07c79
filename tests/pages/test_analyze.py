"""The Analyze page, by AppTest through the entry file, on the embedded sandbox."""

import time

import pytest

from lib.errors import LibraryError
from lib.sandbox import Fault
from lib.ui.shell import services
from tests.clips import clip, grow
from tests.pages.conftest import open_page, words


def bring(app, path, name=None):
    """Drop a recording into the uploader."""
    return app.file_uploader[0].set_value([named(path, name)]).run()


def named(path, name=None):
    return (name or path.name, path.read_bytes(), "video/mp4")


def wait_for_session(app, library):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and library.count() == 0:
        time.sleep(0.05)
    while time.monotonic() < deadline and "job" in app.query_params:
        app.run()  # saved, but perhaps not yet said to be done
    return app


def test_the_first_page_says_sandbox_and_offers_the_sample(app):
    app.run()
    assert not app.exception
    assert "Sandbox mode" in words(app)
    assert "is not used without them" not in words(app)
    assert [link.proto.label for link in app.get("page_link")] == ["Open the sample session"]


@pytest.mark.parametrize("api", ["v1", "v2"])
def test_a_recording_goes_through_to_its_review(app, library, recording, api):
    app.run()
    app.segmented_control(key="analyze_api").set_value(api).run()
    bring(app, recording, "Team <b>talk</b>.mp4")
    assert "h264" in words(app)
    app.button(key="analyze_go").click().run()
    assert not app.exception
    app = wait_for_session(app, library)
    assert not app.exception
    (row,) = library.summaries()
    assert (row.title, row.api, row.origin) == ("Team <b>talk</b>", api, "sandbox")
    assert '<h1 class="sr-title">Team &lt;b&gt;talk&lt;/b&gt;</h1>' in words(app)


def test_what_the_api_would_refuse_cannot_be_sent(app, tmp_path):
    app.run()
    bring(app, clip(tmp_path / "s.mp4", seconds=1.0))
    assert "at least 3 s" in words(app)
    assert app.button(key="analyze_go").disabled


def test_a_file_over_the_limit_of_the_app_is_refused_in_our_words(app, tmp_path, monkeypatch):
    monkeypatch.setenv("RECORDINGS_MAX_GIGABYTES", "0.001")
    app.run()
    assert "up to 1.02 MiB · 3 seconds or longer" in words(app)
    bring(app, grow(clip(tmp_path / "big.mp4"), 1_073_743))
    assert "1,073,743 bytes; this app takes at most 1.02 MiB (1,073,742 bytes)" in words(app)
    assert "Compress it or cut it" in words(app)
    assert app.button(key="analyze_go").disabled


def test_the_chosen_file_stays_when_the_options_change(app, recording):
    app.run()
    bring(app, recording)
    app.segmented_control(key="analyze_api").set_value("v2").run()
    app.selectbox(key="analyze_model").set_value("inter-2-audio").run()
    assert "talk.mp4" in words(app)
    assert not app.button(key="analyze_go").disabled


def test_the_chosen_file_is_judged_anew_when_the_options_change(app, tmp_path):
    app.run()
    picture = clip(tmp_path / "s.mp4", audio=None)
    bring(app, picture)
    assert "V1 accepts it" in words(app)
    assert not app.button(key="analyze_go").disabled
    app.segmented_control(key="analyze_api").set_value("v2").run()
    assert "V2's inter-2 needs sound" in words(app)
    assert app.button(key="analyze_go").disabled
    app.selectbox(key="analyze_model").set_value("inter-2-audio").run()
    assert "inter-2-audio needs a sound track" in words(app)
    assert app.button(key="analyze_go").disabled


@pytest.mark.parametrize("api", ["v1", "v2"])
def test_sound_alone_is_sent_to_the_model_for_it_at_a_press(app, tmp_path, library, api):
    app.run()
    app.segmented_control(key="analyze_api").set_value(api).run()
    bring(app, clip(tmp_path / "s.wav", video=None, audio="pcm_s16le"))
    assert not app.error
    assert "Sent to inter-2-audio (V2) as it is" in words(app)
    app.button(key="analyze_go").click().run()
    wait_until_ended(app)
    (session_id,) = library.ids()
    assert library.load(session_id).analysis.model == "inter-2-audio"


def test_an_address_without_credentials_is_said_to_be_unused(app):
    app.secrets["interhuman"] = {"base_url": "https://staging-api.interhuman.ai"}
    app.run()
    assert "is not used without them" in words(app)


def test_a_doubtful_recording_is_warned_of_and_can_be_sent(app, tmp_path):
    app.run()
    bring(app, clip(tmp_path / "s.mp4", audio=None))
    assert "quote words nobody said" in words(app)
    assert not app.button(key="analyze_go").disabled
    app.segmented_control(key="analyze_api").set_value("v2").run()
    assert app.button(key="analyze_go").disabled


def test_a_file_that_is_no_recording_says_so(app):
    app.run()
    app.file_uploader[0].set_value([("x.mp4", b"no film", "video/mp4")]).run()
    assert "This file is not a recording" in words(app)
    assert app.button(key="analyze_go").disabled


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("talk.mp4", b"", "This file is empty."),
        ("notes.txt", b"Some words.", "This file is not a recording"),
        ("talk.mp4", b"\0\0\0\x20ftypisom" + b"\0" * 99, "is cut off"),
    ],
)
def test_a_file_of_any_name_is_looked_into_and_refused_in_a_sentence(app, name, content, sentence):
    app.run()
    app.file_uploader[0].set_value([(name, content, "text/plain")]).run()
    assert sentence in words(app)
    assert app.button(key="analyze_go").disabled


def test_a_recording_is_known_by_what_is_in_it_not_by_its_name(app, recording):
    app.run()
    app.file_uploader[0].set_value([("talk.dat", recording.read_bytes(), "")]).run()
    assert not app.button(key="analyze_go").disabled


def test_an_unknown_run_says_so_and_offers_a_new_start(app):
    app.query_params["job"] = "nobody"
    app.run()
    assert not app.exception
    assert "not known here" in words(app)
    app.button[0].click().run()
    assert "job" not in app.query_params


def test_wrong_settings_are_named_on_every_page(app):
    app.secrets["interhuman"] = {"key_id": "tell-nobody"}
    for page in ("analyze", "review", "sessions"):
        open_page(app, page)
        assert "key_secret" in words(app)
        assert "tell-nobody" not in words(app)


def test_the_connection_check_says_that_it_works(app):
    app.run()
    app.button(key="check_connection").click().run()
    assert "The sandbox answers" in words(app)


def test_the_connection_check_says_why_it_does_not(app, sandbox):
    app.secrets["interhuman"] = {"api_key": "ih_live_noscope", "base_url": sandbox.url}
    app.run()
    app.button(key="check_connection").click().run()
    assert "ih2003" in words(app)
    assert "ih_live_noscope" not in words(app)


def test_a_key_pair_and_a_key_reach_a_sandbox_by_its_address(app, sandbox):
    for table in ({"api_key": "ih_live_sandbox"}, {"key_id": "sandbox", "key_secret": "sandbox"}):
        app.secrets["interhuman"] = {**table, "base_url": sandbox.url}
        app.run()
        assert "Sandbox mode" not in words(app)
        app.button(key="check_connection").click().run()
        assert "The credentials work" in words(app)
    assert "/v1/auth" in [call.path for call in sandbox.calls]


@pytest.fixture
def broken(app, monkeypatch, tmp_path):
    """The app on a library that cannot be read."""
    (tmp_path / "no.db").write_bytes(b"no database at all" * 99)
    monkeypatch.setenv("LIBRARY_URL", f"sqlite:///{tmp_path}/no.db")
    yield app
    monkeypatch.setenv("LIBRARY_URL", f"sqlite:///{tmp_path}/good.db")


def test_a_broken_library_is_told_where_the_runner_needs_it(broken, recording):
    broken.run()
    broken.button(key="check_connection").click().run()
    assert not broken.exception
    assert "is damaged and cannot be read" in words(broken)
    bring(broken, recording)
    broken.button(key="analyze_go").click().run()
    assert not broken.exception
    assert "is damaged and cannot be read" in words(broken)


def test_secrets_that_are_no_toml_are_no_sandbox_mode(app, monkeypatch, tmp_path):
    (tmp_path / "secrets.toml").write_text('[interhuman]\napi_key = "half')
    monkeypatch.setattr(services.st.secrets, "load_if_toml_exists", lambda: False)
    monkeypatch.setattr(services.st, "get_option", lambda _: [str(tmp_path / "secrets.toml")])
    app.run()
    assert "Sandbox mode" not in words(app)
    assert "not valid TOML" in words(app)


def open_with_fault(app, sandbox, fault):
    """Open the Analyze page with V2, where the sandbox has this fault."""
    sandbox.fail(fault)
    app.secrets["interhuman"] = {"api_key": "ih_live_sandbox", "base_url": sandbox.url, "api": "v2"}
    app.run()


def wait_until_ended(app):
    deadline = time.monotonic() + 30
    job = app.query_params["job"]
    run_id = job if isinstance(job, str) else job[0]
    while time.monotonic() < deadline and not services.analysis_queue().find_run(run_id).ended:
        time.sleep(0.05)
    return app.run()


def labels(app):
    return [button.label for button in app.button]


def test_a_failed_job_offers_to_try_again_and_not_to_wait(app, sandbox, recording):
    open_with_fault(app, sandbox, Fault("/v2/upload/analyze", job_error="ih1004"))
    bring(app, recording)
    app.button(key="analyze_go").click().run()
    wait_until_ended(app)
    assert "ih1004" in words(app)
    assert "Try again" in labels(app)
    assert "Wait for the result" not in labels(app)


def test_an_answer_that_could_not_be_saved_is_saved_again_not_bought_again(
    app, sandbox, library, recording, monkeypatch
):
    def full(self, session):
        raise LibraryError

    open_with_fault(app, sandbox, Fault("/nowhere"))
    bring(app, recording)
    with monkeypatch.context() as patch:
        patch.setattr("lib.library.Library.save", full)
        app.button(key="analyze_go").click().run()
        wait_until_ended(app)
    assert "Try again" not in labels(app)
    assert "Save again" in labels(app)
    next(button for button in app.button if button.label == "Save again").click().run()
    wait_for_session(app, library)
    assert library.count() == 1
    assert len([call for call in sandbox.calls if call.method == "POST"]) == 1


def test_a_broken_library_is_told_without_a_traceback(broken):
    open_page(broken, "sessions")
    assert "is damaged and cannot be read" in words(broken)


def test_as_a_plain_script_there_is_a_field_of_streamlit_and_a_sentence_about_it(app):
    open_page(app, "analyze")
    assert app.file_uploader
    assert "as a plain script" in words(app)


def test_where_the_server_serves_addresses_of_ours_there_is_none(app):
    services.serving().set()
    open_page(app, "analyze")
    assert not app.file_uploader
    assert "as a plain script" not in words(app)
