"""The Clips section by AppTest: what can be cut, what came of it, and what is said where not."""

import time

import pytest
import streamlit as st

from lib.background import clip_queue
from lib.recordings.clip import MAX_CLIPS
from lib.ui.review import clip_choice, moments, session_frames
from lib.ui.review.sections import Section
from lib.ui.shell import services
from tests import answers
from tests.clips import clip
from tests.pages.conftest import open_page, words

SAMPLE = "sample"


def open_clips(app, session_id=SAMPLE):
    open_page(app, "review", session=session_id)
    app.segmented_control(key="section").set_value(Section.CLIPS).run()
    assert not app.exception
    return app


def cut(app):
    """Press the button, and wait for what comes of it."""
    app.button(key="clip_cut").click().run()
    assert not app.exception
    deadline = time.monotonic() + 100
    while any(not order.ended for order in services.clip_queue().orders(SAMPLE)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    app.run()
    assert not app.exception
    return services.clip_queue().orders(SAMPLE)[0]


@pytest.fixture
def ready(monkeypatch):
    """Cutting is over at once."""

    def cut_clips(source, target, request, **_):
        target.write_bytes(b"cut")
        return clips_file(target)

    def clips_file(target):
        return type("Made", (), {"size": 3, "remarks": ("1 of 2 clips are left out.",)})()

    monkeypatch.setattr(clip_queue, "cut_clips", cut_clips)


def test_a_span_is_cut_and_can_be_downloaded(app):
    open_clips(app)
    app.number_input(key="clip_after").set_value(0.5).run()
    app.selectbox(key="clip_span").set_value(1).run()
    order = cut(app)
    assert order.problem is None
    (one,) = order.request.clips
    assert order.request.file_name.endswith(".mp4")
    signal = session_frames.session_tables(services.sample_session())["signals"].iloc[1]
    assert (one.start, one.end) == (signal["start"], signal["end"] + 0.5)
    assert one.caption.startswith(f"{signal['type']} · ")
    assert f"s-{signal['type']}" in order.request.file_name
    assert order.request.label == "Hand-written sample"
    assert order.request.captions
    downloads = [one for one in app.get("download_button") if "Download (" in one.proto.label]
    assert len(downloads) == 1
    assert order.request.file_name in words(app)
    app.button(key=f"clip_remove_{order.id}").click().run()
    assert services.clip_queue().orders(SAMPLE) == ()


def test_all_that_pass_the_filters_become_a_reel_or_a_zip(app, ready):
    open_clips(app)
    app.segmented_control(key="clip_what").set_value("All that pass the filters").run()
    assert "clips, " in words(app)
    order = cut(app)
    assert order.request.reel
    assert order.request.about == ""
    assert order.request.file_name.endswith("-reel.mp4")
    assert "1 of 2 clips are left out." in words(app)
    first = order.request.clips[0].caption.partition(" · ")[0]
    app.session_state["type"] = [first]
    app.segmented_control(key="clip_reel").set_value("A zip with a file each").run()
    order = cut(app)
    assert order.request.file_name.endswith("-filtered-clips.zip")
    assert {one.caption.partition(" · ")[0] for one in order.request.clips} == {first}
    assert " of " in order.request.about


def test_the_span_that_was_chosen_stays_chosen_under_other_filters(app, ready):
    open_clips(app)
    app.selectbox(key="clip_span").set_value(3).run()
    signals = session_frames.session_tables(services.sample_session())["signals"]
    app.session_state["type"] = [signals.iloc[3]["type"]]
    app.run()
    (one,) = cut(app).request.clips
    assert one.start == signals.iloc[3]["start"]
    app.session_state["type"] = [next(t for t in signals["type"] if t != signals.iloc[3]["type"])]
    app.run()
    assert not app.exception
    (one,) = cut(app).request.clips
    assert one.start == signals.iloc[0]["start"]


def test_a_reel_of_sound_alone_has_pauses(app):
    open_clips(app)
    app.segmented_control(key="clip_what").set_value("All that pass the filters").run()
    assert "with title cards" in words(app)
    app.segmented_control(key="clip_picture").set_value("Sound only").run()
    assert "with pauses" in words(app)


def test_a_range_is_two_times(app, ready):
    open_clips(app)
    app.segmented_control(key="clip_what").set_value("A range").run()
    assert app.button(key="clip_cut").disabled
    assert "Choose what to cut." in words(app)
    app.text_input(key="clip_start").set_value("0:01").run()
    app.text_input(key="clip_end").set_value("soon").run()
    assert "A time is m:ss" in words(app)
    assert app.button(key="clip_cut").disabled
    app.text_input(key="clip_end").set_value("0:03.5").run()
    assert "1 clip, 2.5 s." in words(app)
    (one,) = cut(app).request.clips
    assert (one.start, one.end, one.caption) == (1.0, 3.5, "0:01.0 to 0:03.5")


def test_a_moment_is_cut_by_its_rule(app, ready):
    open_clips(app)
    app.segmented_control(key="clip_what").set_value("A moment").run()
    (one,) = cut(app).request.clips
    best = moments.moments_table(services.sample_session()).iloc[0]
    assert one.caption.startswith(f"{best['rule']} · ")
    assert one.start <= best["start"] <= one.end


@pytest.mark.parametrize(("chosen", "suffix"), [("Blurred", ".mp4"), ("Sound only", ".m4a")])
def test_the_picture_can_be_blurred_or_left_out(app, ready, chosen, suffix):
    open_clips(app)
    app.segmented_control(key="clip_picture").set_value(chosen).run()
    assert ("voices" in words(app)) == (chosen == "Blurred")
    order = cut(app)
    assert order.request.picture == {"Blurred": "blurred", "Sound only": "none"}[chosen]
    assert order.request.file_name.endswith(suffix)
    assert order.request.captions == (chosen == "Blurred")


def test_without_its_recording_nothing_is_offered(app, library):
    library.save(session := answers.session())
    open_clips(app, session.id)
    assert "clips are cut from it" in words(app)
    assert not [one for one in app.button if one.key == "clip_cut"]


def test_a_recording_of_sound_alone_gives_sound(app, library, tmp_path, ready):
    library.save(session := answers.session())
    path = clip(tmp_path / "talk.m4a", video=None, seconds=30.0)
    with path.open("rb") as file:
        services.recordings().assign(services.recordings().add(file, path.name), session.id)
    open_clips(app, session.id)
    assert "sound alone" in words(app)
    app.button(key="clip_cut").click().run()
    (order,) = services.clip_queue().orders(session.id)
    assert order.request.picture == "none"


def test_a_span_past_the_end_of_the_recording_is_said(app, library, tmp_path):
    library.save(session := answers.session())
    path = clip(tmp_path / "talk.mp4")
    with path.open("rb") as file:
        services.recordings().assign(services.recordings().add(file, path.name), session.id)
    open_clips(app, session.id)
    assert "none of this lies in the recording" in words(app)
    assert app.button(key="clip_cut").disabled
    app.segmented_control(key="clip_what").set_value("All that pass the filters").run()
    assert "Outside the recording, and left out: 2" in words(app)


def test_more_than_can_be_cut_is_said_before(app, library, tmp_path):
    span = {"type": "stress", "start": 0, "end": 2, "probability": "high", "rationale": "."}
    session = answers.session(answers.v1(signals=[span] * (MAX_CLIPS + 1)))
    library.save(session)
    path = clip(tmp_path / "talk.mp4")
    with path.open("rb") as file:
        services.recordings().assign(services.recordings().add(file, path.name), session.id)
    open_clips(app, session.id)
    app.segmented_control(key="clip_what").set_value("All that pass the filters").run()
    assert f"at most {MAX_CLIPS}" in words(app)
    assert app.button(key="clip_cut").disabled


def asked_state(monkeypatch, request):
    """What the browser's request leaves in the state for the page to be drawn by."""
    state = {}
    with monkeypatch.context() as patch:
        patch.setattr(st, "session_state", state)
        assert clip_choice.take_request(services.sample_session(), request)
    return state


@pytest.mark.parametrize("signal", [None, "1", True, 1.0, -1, 10_000])
def test_a_request_for_a_clip_of_no_span_changes_nothing(monkeypatch, signal):
    assert asked_state(monkeypatch, {"kind": "clip", "signal": signal}) == {}


@pytest.mark.parametrize("hidden", [False, True])
def test_a_span_of_the_panel_is_chosen_in_the_section_whether_it_passes_or_not(
    app, ready, monkeypatch, hidden
):
    open_page(app, "review", session=SAMPLE)
    signals = session_frames.session_tables(services.sample_session())["signals"]
    other = signals[signals["type"] != "agreement"].iloc[-1]
    if hidden:
        app.session_state["type"] = ["agreement"]
    for key, value in asked_state(
        monkeypatch, {"kind": "clip", "signal": int(other["id"])}
    ).items():
        app.session_state[key] = value
    app.run()
    assert not app.exception
    assert app.selectbox(key="clip_span").value == other["id"]
    (one,) = cut(app).request.clips
    assert (one.start, one.end) == (other["start"], other["end"])
