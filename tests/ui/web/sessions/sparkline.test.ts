import { expect, test } from "vitest";
import { levelPaths, scoreRuns } from "../../../../lib/ui/web/sessions/sparkline";

const places = (scores: (number | null)[]) =>
  scoreRuns(scores).map((run) => run.map((one) => one.place));

test("scores that follow each other are one run, and what is missing ends it", () => {
  expect(places([50, 60, null, 70, null, null, 80, 90])).toEqual([[0, 1], [3], [6, 7]]);
  expect(places([null, 0, null])).toEqual([[1]]); // a score of 0 is one
  expect(places([null])).toEqual([]);
  expect(places([])).toEqual([]);
});

test("a window is a level as wide as its share, and a gap is drawn as one", () => {
  expect(levelPaths([100, 0])).toEqual(["M3.0 3.0H60.0V27.0H117.0"]);
  expect(levelPaths([50, null, 50])).toEqual(["M3.0 15.0H41.0", "M79.0 15.0H117.0"]);
});

test("no level leaves the picture", () => {
  expect(levelPaths([140])).toEqual(levelPaths([100]));
  expect(levelPaths([-3])).toEqual(levelPaths([0]));
});
