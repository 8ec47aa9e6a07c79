// Where a gesture leads the range in view, within the whole recording. Times are in seconds.
import type { Range } from "./room";
import { NARROWEST } from "./time_ticks";

const NOTCH = 30; // pixels at most that one turn of a wheel counts: a mouse sends 100, a trackpad a few
const ZOOM_SPEED = 0.01; // of the range, a pixel
const LINE = 16; // pixels

const between = (low: number, value: number, high: number): number =>
  Math.max(low, Math.min(value, high));

// As wide as it is, as far as the whole allows, and within it.
export function fitRange([from, to]: Range, [first, last]: Range): Range {
  const width = between(NARROWEST, to - from, last - first);
  const start = between(first, from, last - width);
  return width === last - first ? [first, last] : [start, start + width];
}

// What is at `at` stays where it is, at a `share` of the range: by itself the one that it has.
export function zoomAround(
  [from, to]: Range,
  at: number,
  factor: number,
  whole: Range,
  share = (at - from) / (to - from),
): Range {
  const width = between(NARROWEST, (to - from) * factor, whole[1] - whole[0]);
  const start = at - share * width;
  return fitRange([start, start + width], whole);
}

export function panRange([from, to]: Range, seconds: number, whole: Range): Range {
  return fitRange([from + seconds, to + seconds], whole);
}

export function centerRange([from, to]: Range, at: number, whole: Range): Range {
  return panRange([from, to], at - (from + to) / 2, whole);
}

// One end moves; the other stays, and is never passed.
export function moveEnd([from, to]: Range, end: 0 | 1, seconds: number, whole: Range): Range {
  return end === 0
    ? [between(whole[0], seconds, to - NARROWEST), to]
    : [from, between(from + NARROWEST, seconds, whole[1])];
}

export interface WheelTurn {
  readonly deltaX: number;
  readonly deltaY: number;
  readonly deltaMode: number; // 0: pixels, else lines or pages
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

// How much wider the range becomes, or by how many pixels it moves; null: the page scrolls.
export type WheelAct = { readonly factor: number } | { readonly pixels: number };

// A pinch on a trackpad comes as a wheel with Ctrl. What is whole does not move.
export function wheelAct(turn: WheelTurn, isZoomed: boolean): WheelAct | null {
  const size = turn.deltaMode ? LINE : 1;
  const [x, y] = [turn.deltaX * size, turn.deltaY * size];
  if (turn.ctrlKey || turn.metaKey)
    return { factor: Math.exp(between(-NOTCH, y, NOTCH) * ZOOM_SPEED) };
  const aside = Math.abs(x) > Math.abs(y) ? x : turn.shiftKey ? y : 0;
  return isZoomed && aside ? { pixels: aside } : null;
}
