"""How far text stands out from what lies behind it, measured on the pixels that are seen."""

import io

import numpy as np
from PIL import Image

ENOUGH = 4.5  # to 1, for text of any size
UNSEEN = ":is(#_, .unseen, .unseen *) { -webkit-text-fill-color: #0000; fill: #0000 !important }"


def ratio(page, element):
    """The contrast of an element's text and what shows where it is taken away; 1 without text.

    The page needs a `device_scale_factor` of 3 or so: a pixel wholly of text is wanted.
    """
    element.evaluate("one => one.scrollIntoView({block: 'end'})")
    style = page.add_style_tag(content=UNSEEN)
    box = element.bounding_box()
    seen = _luminance(page.screenshot(clip=box, animations="disabled"))
    element.evaluate("one => one.classList.add('unseen')")
    behind = _luminance(page.screenshot(clip=box, animations="disabled"))
    element.evaluate("one => one.classList.remove('unseen')")
    style.evaluate("style => style.remove()")
    high, low = np.maximum(seen, behind), np.minimum(seen, behind)
    return float(((high + 0.05) / (low + 0.05)).max())


def _luminance(picture):
    """The relative luminance of each pixel, as WCAG defines it."""
    value = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)
