import { expect, test } from "vitest";
import { clickRange, dragRange, keyRange } from "../../../../lib/ui/web/review/overview_drag";
import { markPaths, runsOf } from "../../../../lib/ui/web/review/overview_marks";
import type { Range } from "../../../../lib/ui/web/review/room";
import { span } from "./spans";

const WHOLE: Range = [0, 100];
const VIEW: Range = [20, 40];

test("spans that touch are one mark, and the shortest is seen", () => {
  const spans = [
    span(1, { start: 50, end: 50 }),
    span(2, { start: 0, end: 10 }),
    span(3, { start: 5, end: 20 }),
  ];
  expect(runsOf(spans, 200, 100)).toEqual([
    [0, 40],
    [100, 101],
  ]);
  expect(runsOf([span(4, { start: 100, end: 100 })], 200, 100)).toEqual([[199, 200]]);
  expect(runsOf([], 200, 100)).toEqual([]);
});

test("each group has its own row, and a group of its own kind is among the others", () => {
  const spans = [span(1, { group: "friction" }), span(2, { group: "house" })];
  const paths = markPaths(spans, 100, 30, 100);
  expect(paths).toEqual({
    supportive: "",
    friction: "M1.0 11.0h1.0v8.0h-1.0z",
    other: "M2.0 21.0h1.0v8.0h-1.0z",
  });
});

test("the window is moved, its ends are dragged, and beside it a new one is drawn", () => {
  expect(dragRange("window", VIEW, 30, 35, WHOLE)).toEqual([25, 45]);
  expect(dragRange("window", VIEW, 30, 99, WHOLE)).toEqual([80, 100]);
  expect(dragRange("from", VIEW, 20, 10, WHOLE)).toEqual([10, 40]);
  expect(dragRange("to", VIEW, 41, 61, WHOLE)).toEqual([20, 60]);
  expect(dragRange("beside", VIEW, 70, 55, WHOLE)).toEqual([55, 70]);
  expect(clickRange(VIEW, 70, WHOLE)).toEqual([60, 80]);
  expect(clickRange(VIEW, 95, WHOLE)).toEqual([80, 100]);
});

test("keys move a slider by a tenth of what is in view, by all of it, or to the end", () => {
  expect(keyRange("ArrowRight", "window", VIEW, WHOLE)).toEqual([22, 42]);
  expect(keyRange("PageDown", "window", VIEW, WHOLE)).toEqual([0, 20]);
  expect(keyRange("End", "window", VIEW, WHOLE)).toEqual([80, 100]);
  expect(keyRange("ArrowLeft", "from", VIEW, WHOLE)).toEqual([18, 40]);
  expect(keyRange("Home", "from", VIEW, WHOLE)).toEqual([0, 40]);
  expect(keyRange("End", "to", VIEW, WHOLE)).toEqual([20, 100]);
  expect(keyRange("a", "to", VIEW, WHOLE)).toBeNull();
});
