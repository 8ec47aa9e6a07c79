"""Captions and titles hold whatever text comes, and stay inside the picture."""

import av
import numpy as np
import pytest

from lib.recordings.caption import blur_picture, draw_caption, draw_card

TEXTS = ["", "friction", "Zustimmung ä ö ü ß", "同意", "a\nb\tc", "x" * 500, "\ud800", "🙂‍↔️"]


def grey(width=320, height=240):
    pixels = np.full((height, width, 3), 128, dtype=np.uint8)
    return av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", [(320, 240), (2, 2), (16, 640), (718, 406)])
def test_any_text_fits_any_picture(text, size):
    for picture in (draw_caption(grey(*size), (text, "0:07")), draw_card(*size, (text, text))):
        assert (picture.width, picture.height) == size


def test_a_caption_is_read_in_white_on_dark_and_leaves_the_rest_as_it_was():
    before = grey()
    plain = before.to_ndarray(format="gray")
    drawn = draw_caption(before, ("friction", "0:07 in the recording")).to_ndarray(format="gray")
    assert (drawn[:190] == plain[:190]).all()
    assert drawn[200:].max() > 200
    assert np.median(drawn[225:]) < 70
    assert (before.to_ndarray(format="gray") == plain).all()  # it may be shown again


def test_letters_that_no_font_has_do_not_hide_the_others():
    one, two = (draw_card(320, 240, (text,)).to_ndarray() for text in ("agree \uffff", "agree"))
    assert one.max() == two.max() > 200


def test_a_blurred_picture_keeps_its_size_and_its_brightness():
    blurred = blur_picture(grey(318, 202))
    assert (blurred.width, blurred.height, blurred.format.name) == (318, 202, "yuv420p")
    assert blurred.to_ndarray(format="gray").mean() == pytest.approx(128, abs=4)
