import { describe, expect, test } from "vitest";
import { meets, neighborOf, orderSpans } from "../../../../lib/ui/web/review/span_order";
import type { Span } from "../../../../lib/ui/web/review/spans";
import { span } from "./spans";

const up = (by: keyof Span) => ({ by, down: false }) as const;
const down = (by: keyof Span) => ({ by, down: true }) as const;

describe("the list", () => {
  test("sorts by a column both ways, and by time where it ties", () => {
    const spans = [
      span(0, { start: 9, type: "stress" }),
      span(1, { start: 5, type: "interest" }),
      span(2, { start: 1, type: "stress" }),
    ];
    expect(orderSpans(spans, null, up("type"))).toEqual([1, 2, 0]);
    expect(orderSpans(spans, null, down("type"))).toEqual([2, 0, 1]);
    expect(orderSpans(spans, null, up("start"))).toEqual([2, 1, 0]);
  });

  test("has spans that begin together in the order that they came in", () => {
    const spans = [span(2, { start: 1 }), span(0, { start: 1 }), span(1, { start: 1 })];
    expect(orderSpans(spans, null, up("start"))).toEqual([0, 1, 2]);
    expect(orderSpans(spans, null, down("start"))).toEqual([0, 1, 2]);
  });

  test("ranks probabilities by how likely they are, an unknown one with those not given", () => {
    const words = ["not given", "low", "certain", "high", "medium"];
    const spans = words.map((probability, id) => span(id, { probability }));
    expect(orderSpans(spans, null, up("probability"))).toEqual([3, 4, 1, 0, 2]);
  });

  test("holds only what passes the filters", () => {
    const spans = [span(0), span(1), span(2)];
    expect(orderSpans(spans, new Set([2, 0]), up("start"))).toEqual([0, 2]);
    expect(orderSpans(spans, new Set(), up("start"))).toEqual([]);
  });

  test("leaves the spans as they were", () => {
    const spans = [span(1, { start: 5 }), span(0, { start: 1 })];
    orderSpans(spans, null, up("start"));
    expect(spans.map((one) => one.id)).toEqual([1, 0]);
  });
});

describe("the neighbor", () => {
  const [first, second, third] = [
    span(7, { start: 1 }),
    span(3, { start: 4 }),
    span(5, { start: 8 }),
  ] as const;
  const listed = [third, first, second]; // in whichever order the list has them

  test("of a chosen span follows it in time", () => {
    expect(neighborOf(listed, second, 4, 1)).toBe(third);
    expect(neighborOf(listed, second, 4, -1)).toBe(first);
  });

  test("of the last span there is none", () => {
    expect(neighborOf(listed, third, 8, 1)).toBeUndefined();
    expect(neighborOf(listed, first, 1, -1)).toBeUndefined();
  });

  test("of the playhead is the next that begins after it, or the last before it", () => {
    expect(neighborOf(listed, undefined, 4, 1)).toBe(third);
    expect(neighborOf(listed, undefined, 4, -1)).toBe(first);
    expect(neighborOf([], undefined, 4, 1)).toBeUndefined();
  });

  test("of a chosen span that the filters hide is found by its time", () => {
    const hidden = span(9, { start: 5 });
    expect(neighborOf(listed, hidden, 5, 1)).toBe(third);
    expect(neighborOf(listed, hidden, 5, -1)).toBe(second);
  });
});

test("stretches that only touch do not meet", () => {
  expect(meets(0, 2, [2, 3])).toBe(false);
  expect(meets(0, 2.1, [2, 3])).toBe(true);
  expect(meets(2.5, 2.6, [2, 3])).toBe(true);
});
