import { expect, test } from "vitest";
import { thinLabels } from "../../../../lib/ui/web/figure/time_labels";

const LABELS = {
  tickvals: [0, 10, 20, 30, 40],
  ticktext: ["0:00", "0:10", "0:20", "0:30", "0:40"],
};

test("labels that fit all stay", () => {
  expect(thinLabels(LABELS, 200)).toEqual(LABELS);
});

test("of labels that do not fit, as many are left out between any two", () => {
  expect(thinLabels(LABELS, 199)).toEqual({
    tickvals: [0, 20, 40],
    ticktext: ["0:00", "0:20", "0:40"],
  });
  expect(thinLabels(LABELS, 70).ticktext).toEqual(["0:00", "0:30"]);
});

test("an axis without labels, or without width, has none or the first", () => {
  expect(thinLabels({ tickvals: [], ticktext: [] }, 200)).toEqual({ tickvals: [], ticktext: [] });
  expect(thinLabels(LABELS, 0).ticktext).toEqual(["0:00"]);
});

test("long labels need more room", () => {
  const labels = {
    tickvals: [0, 1, 2, 3],
    ticktext: ["0:00.000", "0:01.000", "0:02.000", "0:03.000"],
  };
  expect(thinLabels(labels, 200).tickvals).toEqual([0, 2]);
  expect(thinLabels(labels, 260).tickvals).toEqual([0, 1, 2, 3]);
});
