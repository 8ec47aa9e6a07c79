import { describe, expect, test } from "vitest";
import {
  lastBegun,
  linesAt,
  placesWith,
  searched,
  spansDuring,
  stretchOf,
} from "../../../../lib/ui/web/review/transcript_lines";
import type { TranscriptLine } from "../../../../lib/ui/web/shared/protocol";
import { span } from "./spans";

const LINES: TranscriptLine[] = [
  [0, 4, "Ana", "Thanks for coming in."],
  [4, 9, "Ben", "Sure. (Laughs)"],
  [6, 7, "Ana", "Mhm."],
  [12, 15, "", "A question: what is C++?"],
  [15, 15, "Ben", "…"],
];

describe("the lines that are spoken", () => {
  test.each([
    [-1, -1, []],
    [0, 0, [0]],
    [3.9, 0, [0]],
    [4, 1, [1]],
    [6.5, 2, [1, 2]],
    [8, 2, [1]],
    [10, 2, []],
    [15, 4, [4]],
    [99, 4, []],
  ])("at %d s", (at, last, now) => {
    expect(lastBegun(LINES, at)).toBe(last);
    expect(linesAt(LINES, at)).toEqual(now);
  });

  test("none of no lines", () => {
    expect(lastBegun([], 3)).toBe(-1);
    expect(linesAt([], 3)).toEqual([]);
  });
});

describe("search", () => {
  test.each([
    ["", [0, 1, 2, 3, 4]],
    ["  ", [0, 1, 2, 3, 4]],
    ["ana", [0, 2]],
    ["SURE", [1]],
    ["C++", [3]],
    ["(laughs)", [1]],
    ["nothing of it", []],
  ])("for %j", (text, places) => {
    expect(placesWith(LINES, searched(text))).toEqual(places);
  });
});

test("lines that are chosen take the stretch from the first start to the last end", () => {
  expect(stretchOf(LINES, 1, 2)).toEqual([4, 9]);
  expect(stretchOf(LINES, 3, 0)).toEqual([0, 15]);
});

test("beside a line stand the spans meanwhile that the filters leave", () => {
  const spans = [span(0, { draw_start: 3, draw_end: 5 }), span(1, { draw_start: 9, draw_end: 12 })];
  const during = (shown: ReadonlySet<number> | null, line: TranscriptLine) =>
    spansDuring(spans, shown, line).map(({ id }) => id);
  expect(during(null, [4, 9, "", ""])).toEqual([0]);
  expect(during(new Set([1]), [4, 9, "", ""])).toEqual([]);
  expect(during(null, [0, 20, "", ""])).toEqual([0, 1]);
});
