"""How recordings are sent, shown and chosen on the Analyze page before anything is sent."""

import itertools
from dataclasses import replace

import pytest

from lib.api_limits import MAX_BYTES
from lib.background.queue import AnalysisQueue
from lib.model import MIB, Recording, V2Options
from lib.recordings.cuts import Stretch
from lib.recordings.ways import NO_WISHES, Wishes
from lib.ui.shell import upload_probe
from tests.clips import clip, grow
from tests.pages.conftest import words

CALL = Recording("a", 400 * MIB, "mp4", 4200.0, "h264", "aac", 1280, 720, 25.0, 96_000, 2)
MEMO = Recording("a", MIB, "wav", 60.0, None, "pcm_s16le", None, None, None, 128_000, 1)


@pytest.fixture
def begun(monkeypatch):
    """What the queue was told to begin."""
    calls = []

    def begin(self, **told):
        calls.append(told)
        return "nobody"

    monkeypatch.setattr(AnalysisQueue, "begin", begin)
    return calls


@pytest.fixture
def drop(app, monkeypatch):
    """Drop files in which these recordings are."""

    def drop(*recordings):
        found = itertools.chain(recordings)
        monkeypatch.setattr(
            upload_probe, "probe", lambda *_, name, **__: replace(next(found), name=name)
        )
        app.run()
        files = [(f"{n}.mp4", bytes([n]), "video/mp4") for n, _ in enumerate(recordings)]
        return app.file_uploader[0].set_value(files).run()

    return drop


def rest(app):
    """The checkbox that leaves out what cannot be read, if any."""
    return next((one for one in app.checkbox if "cannot be read" in one.label), None)


def test_a_recording_over_the_limits_shows_how_it_is_sent_and_can_be(drop, begun):
    app = drop(CALL)
    assert not app.error
    assert "Sent in 16 parts, picture and sound as recorded" in words(app)
    assert "About 25.0 MiB each · 1280 × 720 · 799 kbit/s" in words(app)
    assert "70 min, nothing is billed in sandbox mode · preparing takes" in words(app)
    assert "accuracy: not known" in words(app)
    app.button(key="analyze_go").click().run()
    (told,) = begun
    assert (told["way"].kind, len(told["way"].parts)) == ("parts", 16)
    assert told["wishes"] == NO_WISHES


def test_a_file_too_large_for_the_api_is_planned_by_what_is_in_it(app, tmp_path, begun):
    app.run()
    path = grow(clip(tmp_path / "big.mp4"), MAX_BYTES + 1)
    app.file_uploader[0].set_value([(path.name, path.read_bytes(), "video/mp4")]).run()
    assert not app.error
    assert "Sent in one piece, picture and sound encoded anew" in words(app)
    app.button(key="analyze_go").click().run()
    assert begun[0]["way"].work == "encode"


def test_another_way_a_stretch_and_another_sound_can_be_chosen(drop, begun):
    app = drop(CALL)
    labels = app.radio[0].options
    assert labels[:2] == ["More parts, sharp picture", "Few parts, smaller picture"]
    app.radio[0].set_value("smaller, encode").run()
    assert "Sent in 3 parts, picture and sound made smaller" in words(app)
    app.text_input[0].set_value("10:00").run()
    app.text_input[1].set_value("1:00:00").run()
    assert "Sent in 2 parts, picture and sound made smaller" in words(app)
    app.selectbox[-1].set_value("All, mixed").run()
    assert "10:00 to 1:00:00 only · all sound tracks mixed" in words(app)
    app.button(key="analyze_go").click().run()
    (told,) = begun
    assert told["way"].kind == "smaller"
    assert told["wishes"] == Wishes(stretch=Stretch(600.0, 3600.0), sound_track=None)


def test_the_chosen_way_stays_while_times_and_options_change(drop):
    app = drop(CALL)
    app.radio[0].set_value("sound, copy").run()
    app.text_input[0].set_value("20:00").run()
    app.segmented_control(key="analyze_api").set_value("v2").run()
    assert "Sent to inter-2-audio (V2) in 2 parts, sound alone as recorded" in words(app)
    assert app.radio[0].value == "sound, copy"


def test_times_that_make_no_sense_are_said_and_nothing_is_sent_until_they_do(drop):
    app = drop(CALL)
    app.text_input[0].set_value("*later*").run()
    assert "cannot be read" in words(app)
    assert "*later*" not in words(app)
    assert app.button(key="analyze_go").disabled
    app.text_input[0].set_value("1:00").run()
    assert not app.error
    assert not app.button(key="analyze_go").disabled


def test_a_batch_has_a_plan_for_each_and_one_choice_and_button_for_all(drop, begun):
    app = drop(CALL, MEMO, replace(CALL, size=5 * MIB, duration=120.0), replace(MEMO, duration=1.0))
    text = words(app)
    assert "Sent in 16 parts" in text
    assert "Sent to inter-2-audio (V2) as it is" in text
    assert "Sent as it is<" in text
    assert "at least 3 seconds" in text
    assert "Together 73 min, nothing is billed in sandbox mode" in text
    app.radio(key="plan_wanted").set_value("whole").run()
    assert "Sent in 3 parts, picture and sound made smaller" in words(app)
    app.button(key="analyze_all").click().run()
    assert [told["way"].kind for told in begun] == ["smaller", "as it is", "as it is"]
    assert isinstance(begun[1]["options"], V2Options)


def context(app):
    """The selection of the context that is sent beside each part, if any."""
    return next((one for one in app.selectbox if "Context" in one.label), None)


def test_context_beside_each_part_can_be_chosen_and_counts_twice(drop, begun):
    app = drop(CALL)
    assert context(app).options == ["None", "One window (5 s)", "Two windows (10 s)"]
    assert "context beside" not in words(app)
    context(app).set_value("Two windows (10 s)").run()
    (told,) = start(app, begun)
    overlap = 20 * (len(told["way"].parts) - 1)
    assert told["wishes"] == Wishes(overlap=10.0)
    assert told["way"].billed_minutes == pytest.approx((4200 + overlap) / 60)
    assert overlap > 0


def test_the_plan_says_what_context_is_sent_and_the_minutes_with_it(drop):
    app = drop(CALL)
    context(app).set_value("One window (5 s)").run()
    assert "5 s of context beside each part · about" in words(app)
    assert "73 min, nothing is billed" in words(app)


def test_the_context_of_a_batch_is_that_of_each(drop, begun):
    app = drop(CALL, MEMO)
    context(app).set_value("One window (5 s)").run()
    app.button(key="analyze_all").click().run()
    assert [told["wishes"].overlap for told in begun] == [5.0, 5.0]
    assert begun[1]["way"].billed_minutes == 1.0


def test_what_goes_in_one_piece_has_no_context(drop):
    app = drop(replace(CALL, size=MIB, duration=60.0))
    assert context(app) is None


def start(app, begun):
    app.button(key="analyze_go").click().run()
    return begun


def test_the_rest_of_a_damaged_recording_can_be_sent(drop, begun):
    app = drop(CALL)
    assert "left out" not in words(app)
    rest(app).check().run()
    assert "What cannot be read is left out" in words(app)
    app.button(key="analyze_go").click().run()
    assert begun[0]["wishes"] == Wishes(skip_damage=True)


def test_the_rest_of_all_damaged_recordings_can_be_sent(drop, begun):
    app = drop(CALL, replace(CALL, size=300 * MIB))
    rest(app).check().run()
    app.button(key="analyze_all").click().run()
    assert [told["wishes"] for told in begun] == [Wishes(skip_damage=True)] * 2


def test_of_what_is_sent_as_it_is_nothing_can_be_left_out(drop):
    app = drop(replace(CALL, size=MIB, duration=60.0))
    assert [one for one in app.expander if "how it is sent" in one.label]
    assert rest(app) is None


def test_a_batch_can_be_sent_as_sound_alone(drop, begun):
    app = drop(CALL, replace(CALL, size=5 * MIB, duration=120.0))
    app.radio(key="plan_wanted").set_value("sound").run()
    app.button(key="analyze_all").click().run()
    assert {told["way"].model for told in begun} == {"inter-2-audio"}
    assert {told["options"].model for told in begun} == {"inter-2-audio"}


def test_what_cannot_be_sent_in_any_way_has_nothing_to_choose(drop):
    app = drop(replace(CALL, duration=2.0))
    assert "at least 3 seconds" in words(app)
    assert not app.radio
    assert not [one for one in app.expander if "how it is sent" in one.label]


def test_what_can_only_go_as_it_is_has_nothing_to_choose(drop):
    app = drop(replace(CALL, duration=None, size=MIB, sound_tracks=1))
    assert "Sent as it is · its whole length, nothing is billed" in words(app)
    assert not app.button(key="analyze_go").disabled
    assert not [one for one in app.expander if "how it is sent" in one.label]
