"""How far text stands out from what lies behind it, measured on the pixels that are seen."""

import io
from math import ceil, floor

import numpy as np
from PIL import Image

ENOUGH = 4.5  # to 1, for text of any size
UNSEEN = ":is(#_, .unseen, .unseen *) { -webkit-text-fill-color: #0000; fill: #0000 !important }"
TOUCH = 4  # pixels: ink of a text may reach so far out of its box
# Where elements lie: left, top, right, bottom; null for one that is not in sight as a whole.
PLACES = """elements => elements.map((one) => {
  const box = one.getBoundingClientRect();
  const out = (rim) => box.left < rim.left - 1 || box.top < rim.top - 1
    || box.right > rim.right + 1 || box.bottom > rim.bottom + 1;
  if (out({left: 0, top: 0, right: innerWidth, bottom: innerHeight})) return null;
  for (let around = one.parentElement; around; around = around.parentElement)
    if (getComputedStyle(around).overflow !== "visible" && out(around.getBoundingClientRect()))
      return null;
  return [box.left, box.top, box.right, box.bottom];
})"""
BOX = """one => {
  const box = one.getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom];
}"""
HIDE = "elements => elements.forEach((one) => one.classList.add('unseen'))"
SHOW = "elements => elements.forEach((one) => one.classList.remove('unseen'))"


def ratios(page, texts):
    """The contrast of each text and what shows where it is taken away; 1 without text.

    Texts in sight together share their pictures. One that does not stand out is looked at once
    more by itself: something may have covered it where it stood.
    The page needs a `device_scale_factor` of 3 or so: a pixel wholly of text is wanted.
    """
    style = page.add_style_tag(content=UNSEEN)
    found = {}
    while left := [place for place in range(len(texts)) if place not in found]:
        found |= _look(page, {place: texts[place] for place in left})
    for place, ratio in found.items():
        if ratio < ENOUGH:
            found[place] = _look(page, {place: texts[place]})[place]
    style.evaluate("style => style.remove()")
    return [found[place] for place in range(len(texts))]


def _look(page, texts):
    """The ratios of the first of these texts, and of all that are in sight with it."""
    elements = {place: text.element_handle() for place, text in texts.items()}
    first = next(iter(elements))
    elements[first].evaluate("one => one.scrollIntoView({block: 'end'})")
    places = page.evaluate(PLACES, [*elements.values()])
    boxes = {place: box for place, box in zip(elements, places, strict=True) if box}
    boxes[first] = elements[first].evaluate(BOX)
    edges = np.array([*boxes.values()])
    room = page.viewport_size  # beyond it a picture shows nothing
    ends = np.minimum(np.ceil(edges[:, 2:].max(axis=0)), [room["width"], room["height"]])
    frame = (*np.maximum(np.floor(edges[:, :2].min(axis=0)), 0), *ends)
    seen, found = _picture(page, frame), {}
    for apart in _apart(boxes):
        page.evaluate(HIDE, [elements[place] for place in apart])
        behind = _picture(page, frame)
        page.evaluate(SHOW, [elements[place] for place in apart])
        for place in apart:
            found[place] = _ratio(*(_cut(one, frame, boxes[place]) for one in (seen, behind)))
    return found


def _apart(boxes):
    """The boxes in sets in which none touches another: what is gone in one is its own text."""
    sets = []
    for place, box in boxes.items():
        free = [those for those in sets if not any(_touch(box, boxes[other]) for other in those)]
        if free:
            free[0].append(place)
        else:
            sets.append([place])
    return sets


def _touch(one, other):
    return all(
        one[low] - TOUCH < other[low + 2] and other[low] - TOUCH < one[low + 2] for low in (0, 1)
    )


def _picture(page, frame):
    left, top, right, bottom = map(float, frame)
    clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    taken = page.screenshot(clip=clip, animations="disabled")
    return np.asarray(Image.open(io.BytesIO(taken)).convert("RGB"))


def _cut(picture, frame, box):
    """The part of a picture of the frame that shows the box."""
    scale = picture.shape[1] / (frame[2] - frame[0])
    left, top = (floor((box[at] - frame[at]) * scale) for at in (0, 1))
    right, bottom = (ceil((box[at + 2] - frame[at]) * scale) for at in (0, 1))
    return picture[max(top, 0) : bottom, max(left, 0) : right]


def _ratio(seen, behind):
    """The largest contrast of two pictures, pixel by pixel."""
    one, other = _luminance(seen), _luminance(behind)
    high, low = np.maximum(one, other), np.minimum(one, other)
    return float(((high + 0.05) / (low + 0.05)).max())


def _luminance(picture):
    """The relative luminance of each pixel, as WCAG defines it."""
    value = picture / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)
