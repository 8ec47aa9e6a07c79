import { describe, expect, it } from "vitest";
import { codeRows, moveEdge, snap, withUnderway } from "../../../../lib/ui/web/review/coding";
import type { CodedSpanData } from "../../../../lib/ui/web/shared/coding_protocol";
import type { ReviewAct } from "../../../../lib/ui/web/shared/protocol";

const BOOK = { codebook: "book", version: 1 };
const NOD = {
  name: "nod",
  definition: "Up and down",
  color: "#e69f00",
  key: "n",
  kind: "point",
} as const;

function span(id: string, start: number, end: number, more: Partial<CodedSpanData> = {}) {
  const of = { coder: "Ana", byline: "Ana", code: "nod", color: "#000000", definition: "" };
  return { ...of, ...BOOK, id, start, end, ...more };
}

const write = (id: string, start: number, end: number): ReviewAct => ({
  kind: "code",
  ...BOOK,
  id,
  code: "nod",
  start,
  end,
  reviewer: "Ana",
  at: 1,
});

describe("a time to the frame", () => {
  it("is that of the nearest frame", () => {
    expect(snap(0.99, 25)).toBe(1);
    expect(snap(1.025, 25)).toBe(1.04);
    expect(snap(10, 30_000 / 1001)).toBe(10.01);
    expect(snap(-3, 25)).toBe(0);
  });
  it("is to the millisecond where there are no frames", () => {
    expect(snap(1.23456, null)).toBe(1.235);
  });
});

describe("an edge that is moved", () => {
  it("stays a frame away from the other one", () => {
    expect(moveEdge(span("a", 1, 2), "end", 0.5, 25)).toMatchObject({ start: 1, end: 1.04 });
    expect(moveEdge(span("a", 1, 2), "start", 3, 25)).toMatchObject({ start: 1.96, end: 2 });
    expect(moveEdge(span("a", 1, 2), "start", 1.41, 25)).toMatchObject({ start: 1.4, end: 2 });
  });
  it("takes a point along", () => {
    expect(moveEdge(span("a", 1, 1), "start", 2.01, 25)).toMatchObject({ start: 2, end: 2 });
  });
});

describe("what is on its way", () => {
  const known = span("a", 1, 2, { color: "#123456" });
  it("shows with the look of its code", () => {
    const [made] = withUnderway([], [write("b", 3, 4)], [NOD]);
    expect(made).toMatchObject({ id: "b", start: 3, end: 4, coder: "Ana", color: "#e69f00" });
  });
  it("moves what is there, and keeps what it was coded by", () => {
    const [moved] = withUnderway([known], [write("a", 5, 6)], [NOD]);
    expect(moved).toEqual({ ...known, start: 5, end: 6 });
  });
  it("takes what is removed away", () => {
    const removed: ReviewAct = { kind: "uncode", id: "a", reviewer: "Ana", at: 2 };
    expect(withUnderway([known], [removed], [])).toEqual([]);
    expect(withUnderway([], [write("b", 3, 4), { ...removed, id: "b" }], [])).toEqual([]);
  });
});

describe("rows of codes", () => {
  it("stand by coder, then by code", () => {
    const bo = { coder: "Bo", byline: "Bo" };
    const rows = codeRows([span("a", 0, 1, bo), span("b", 0, 1, { code: "x" }), span("c", 5, 6)]);
    expect(rows.map(({ coder, code }) => [coder, code])).toEqual([
      ["Ana", "nod"],
      ["Ana", "x"],
      ["Bo", "nod"],
    ]);
  });
  it("are more where spans overlap, points on one instant too", () => {
    const spans = [span("a", 0, 4), span("b", 2, 6), span("c", 4, 5), span("d", 8, 8)];
    const ids = codeRows([...spans, span("e", 8, 8)]).map((row) => row.spans.map(({ id }) => id));
    expect(ids).toEqual([
      ["a", "c", "d"],
      ["b", "e"],
    ]);
  });
});
