import { expect, test } from "vitest";
import { strengths, widths } from "../../../../lib/ui/web/review/line_strengths";

test("a score that is forward is strong and the others are faint; with none, all are strong", () => {
  expect(strengths(["clarity", "energy"], "energy")).toEqual([0.18, 1]);
  expect(strengths(["clarity", "energy"], null)).toEqual([1, 1]);
});

test("it is as bold as the index, which keeps its own width", () => {
  expect(widths(["index", "energy"], [3.5, 1.75], "energy")).toEqual([3.5, 3.5]);
  expect(widths(["index", "energy"], [3.5, 1.75], null)).toEqual([3.5, 1.75]);
});
