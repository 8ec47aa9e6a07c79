import { describe, expect, test } from "vitest";
import {
  keptColumns,
  laneLayout,
  passingPlaces,
  placeRows,
  placesOf,
  usedRows,
} from "../../../../lib/ui/web/review/lane_rows";
import type { DrawnFigure, LaneTrace } from "../../../../lib/ui/web/review/plotly_chart";

// Two lanes: interest in the rows 0 and 1, stress in row 2. Span 4 is short, and has a diamond as well.
const BARS: LaneTrace = { x: [3, 2, 5], base: [0, 1, 6], y: [0, 1, 0], customdata: [0, 1, 2] };
const STRESS: LaneTrace = {
  x: Float64Array.of(2, 0.1),
  base: [4, 9],
  y: Int8Array.of(2, 2),
  customdata: Int8Array.of(3, 4),
};
const DIAMONDS: LaneTrace = { x: [9], y: [2], customdata: [4] };
const TRACES = [BARS, STRESS, DIAMONDS];
const META = {
  lane_of_row: [0, 0, 1],
  labels: ["interest", "stress"],
  row_height: 26,
  tallest: 60,
  shortest: 160,
  line: { width: 1 },
};
const FIGURE: DrawnFigure = {
  traces: TRACES,
  meta: META,
  title: "Signals: 5 spans of 88 s",
  height: 0,
  margins: { t: 40, b: 30 },
};

test("places are those of the values that stay", () => {
  expect(placesOf([5, 0, 7], (value) => Number(value) > 4)).toEqual([0, 2]);
  expect(placesOf(Int8Array.of(1, 2), () => true)).toEqual([0, 1]);
  expect(placesOf([], () => true)).toEqual([]);
});

describe("a filter", () => {
  const shown = new Set([1, 4]);
  const kept = passingPlaces(TRACES, shown);
  const used = usedRows(TRACES, kept);
  const { rows, rowOf } = placeRows(TRACES, used);

  test("leaves the spans that pass, in each trace", () => {
    expect(kept).toEqual([[1], [1], [0]]);
    expect(passingPlaces(TRACES, null)).toEqual([[0, 1, 2], [0, 1], [0]]);
  });

  test("moves the rows that have a span together", () => {
    expect(used).toEqual([1, 2]);
    expect(rows).toEqual(
      new Map([
        [1, 0],
        [2, 1],
      ]),
    );
  });

  test("says where each span stands now, and of those that are gone that they stand nowhere", () => {
    expect(rowOf.get(1)).toBe(0);
    expect(rowOf.get(4)).toBe(1);
    expect(rowOf.has(0)).toBe(true);
    expect(rowOf.get(0)).toBeUndefined();
  });

  test("takes whole columns out of every trace, and leaves out those that a trace has not", () => {
    const change = keptColumns(TRACES, kept, rows);
    expect(change.x).toEqual([[2], [0.1], [9]]);
    expect(change.y).toEqual([[0], [1], [1]]);
    expect(change.base).toEqual([[1], [9], undefined]);
    expect(change.customdata).toEqual([[1], [4], [4]]);
    expect(change.hovertext).toEqual([undefined, undefined, undefined]);
  });

  test("draws lanes, edges and a title that counts what is drawn", () => {
    const layout = laneLayout(FIGURE, used, { shown, countText: "2 of 5 spans" });
    expect(layout).toMatchObject({
      "title.text": "Signals: 2 of 5 spans of 88 s",
      "yaxis.range": [1.5, -0.5],
      "yaxis.tickvals": [0, 1],
      "yaxis.ticktext": ["interest", "stress"],
      "yaxis.labelalias": { 0: "interest", 1: "stress" },
      height: 52 + 70,
      annotations: [],
    });
    expect(layout.shapes).toMatchObject([{ path: "M0,0.5H1" }]);
  });
});

test("without a filter each label stands at the middle of its rows, no taller than a chart may be", () => {
  const layout = laneLayout(FIGURE, [0, 1, 2], { shown: null });
  expect(layout).toMatchObject({
    "title.text": FIGURE.title,
    "yaxis.tickvals": [0.5, 2],
    height: 60 + 70,
  });
  expect(layout.shapes).toMatchObject([{ path: "M0,1.5H1" }]);
});

test("where no row is left, the chart says why", () => {
  const text = (shown: Set<number>) => {
    const { annotations } = laneLayout(FIGURE, [], { shown, countText: "0 of 5 spans" });
    return (annotations as { text: string }[])[0]?.text;
  };
  expect(text(new Set())).toBe("No span passes the filters.");
  expect(text(new Set([99]))).toContain("have no lane here");
  expect(laneLayout(FIGURE, [], { shown: new Set() }).height).toBe(160);
});

test("seams between parts stay, whichever rows are left", () => {
  const of_parts = { shapes: ["a seam"], annotations: ["part 2"] };
  const figure = { ...FIGURE, meta: { ...META, of_parts } };
  const { shapes, annotations } = laneLayout(figure, [], { shown: new Set() });
  expect(shapes).toEqual(["a seam"]);
  expect(annotations).toHaveLength(2);
});
