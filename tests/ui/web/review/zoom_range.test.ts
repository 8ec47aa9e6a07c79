import { expect, test } from "vitest";
import type { Range } from "../../../../lib/ui/web/review/room";
import {
  centerRange,
  fitRange,
  moveEnd,
  panRange,
  type WheelTurn,
  wheelAct,
  zoomAround,
} from "../../../../lib/ui/web/review/zoom_range";

const WHOLE: Range = [0, 100];
const STILL: WheelTurn = {
  deltaX: 0,
  deltaY: 0,
  deltaMode: 0,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
};

test.each<[Range, number, number, Range]>([
  [[0, 100], 50, 0.5, [25, 75]],
  [[0, 100], 25, 0.5, [12.5, 62.5]], // what is under the pointer stays there
  [[20, 40], 20, 0.5, [20, 30]],
  [[80, 100], 95, 2, [60, 100]], // at the end of the recording
  [[20, 40], 30, 9, [0, 100]],
])("%j zoomed around %d s by %d is %j", (range, at, factor, due) => {
  expect(zoomAround(range, at, factor, WHOLE)).toEqual(due);
});

test("a pinch keeps what is under it while its middle moves", () => {
  expect(zoomAround([0, 100], 50, 0.5, WHOLE, 0.25)).toEqual([37.5, 87.5]);
});

test("a zoom never gets narrower than ticks can tell apart, and stays around the pointer", () => {
  let range: Range = WHOLE;
  for (let turn = 0; turn < 100; turn += 1) range = zoomAround(range, 33.3, 0.7, WHOLE);
  expect(range[1] - range[0]).toBeCloseTo(0.01, 9);
  expect(range[0]).toBeLessThanOrEqual(33.3);
  expect(range[1]).toBeGreaterThanOrEqual(33.3);
});

test("a range moves as far as the recording goes, and keeps its width", () => {
  expect(panRange([20, 40], 5, WHOLE)).toEqual([25, 45]);
  expect(panRange([20, 40], -50, WHOLE)).toEqual([0, 20]);
  expect(panRange([20, 40], 500, WHOLE)).toEqual([80, 100]);
  expect(centerRange([20, 40], 70, WHOLE)).toEqual([60, 80]);
  expect(fitRange([-5, 200], WHOLE)).toEqual([0, 100]);
});

test("an end that is moved does not pass the other", () => {
  expect(moveEnd([20, 40], 0, 10, WHOLE)).toEqual([10, 40]);
  expect(moveEnd([20, 40], 1, 200, WHOLE)).toEqual([20, 100]);
  expect(moveEnd([20, 40], 0, 90, WHOLE)).toEqual([39.99, 40]);
  expect(moveEnd([20, 40], 1, 3, WHOLE)).toEqual([20, 20.01]);
});

test("the plain wheel scrolls the page, with Ctrl or Cmd it zooms", () => {
  expect(wheelAct({ ...STILL, deltaY: 100 }, true)).toBeNull();
  expect(wheelAct({ ...STILL, deltaY: -2, ctrlKey: true }, false)).toEqual({
    factor: Math.exp(-0.02),
  });
  const mouse = wheelAct({ ...STILL, deltaY: 120, metaKey: true }, false);
  expect(mouse).toEqual({ factor: Math.exp(0.3) });
});

test("with Shift, or aside, the wheel moves what is zoomed, and else the page", () => {
  expect(wheelAct({ ...STILL, deltaY: 3, deltaMode: 1, shiftKey: true }, true)).toEqual({
    pixels: 48,
  });
  expect(wheelAct({ ...STILL, deltaX: -30, deltaY: 4 }, true)).toEqual({ pixels: -30 });
  expect(wheelAct({ ...STILL, deltaX: -30, deltaY: 4 }, false)).toBeNull();
  expect(wheelAct({ ...STILL, deltaX: 3, deltaY: 40 }, true)).toBeNull();
});
