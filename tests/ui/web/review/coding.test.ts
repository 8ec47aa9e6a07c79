import { describe, expect, it } from "vitest";
import {
  codeRows,
  isPoint,
  moveEdge,
  snap,
  stretchBetween,
  typedTimes,
  withUnderway,
} from "../../../../lib/ui/web/review/coding";
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

function span(
  id: string,
  start: number,
  end: number,
  more: Partial<CodedSpanData> = {},
): CodedSpanData {
  const of = {
    coder: "Ana",
    byline: "Ana",
    code: "nod",
    color: "#000000",
    definition: "",
    kind: "unknown",
  } as const;
  return { ...of, ...BOOK, id, start, end, ...more };
}

const write = (id: string, start: number, end: number) => ({
  kind: "code" as const,
  ...BOOK,
  id,
  code: "nod",
  start,
  end,
  moves: false,
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

describe("a stretch", () => {
  const frames = { rate: 25, least: 0.04, last: 60 };
  it("begins at the earlier of its times", () => {
    expect(stretchBetween(1, 2, frames)).toEqual([1, 2]);
    expect(stretchBetween(2, 1, frames)).toEqual([1, 2]);
  });
  it("is at least a frame long, within the recording where that is as long", () => {
    expect(stretchBetween(1, 1, frames)).toEqual([1, 1.04]);
    expect(stretchBetween(1, 1, { ...frames, rate: null })).toEqual([1, 1.04]);
    expect(stretchBetween(60, 60, frames)).toEqual([59.96, 60]);
    expect(stretchBetween(0, 0, { ...frames, last: 0 })).toEqual([0, 0.04]);
  });
  it("stays one where it has no length, if its code says so", () => {
    expect(isPoint(span("a", 1, 1, { kind: "stretch" }))).toBe(false);
    expect(isPoint(span("a", 1, 1, { kind: "point" }))).toBe(true);
    expect(isPoint(span("a", 1, 1))).toBe(true);
    expect(isPoint(span("a", 1, 2, { kind: "point" }))).toBe(false); // it would lose its length
    const empty = span("a", 1, 1, { kind: "stretch" });
    expect(moveEdge(empty, "end", 2, 25)).toMatchObject({ start: 1, end: 2 });
  });
});

describe("times that are typed", () => {
  it("are to the frame", () => {
    expect(typedTimes("0:01.01", "0:02.03", 25)).toEqual([1, 2.04]);
    expect(typedTimes("1.01", null, 25)).toEqual([1, 1]);
  });
  it.each([
    ["1", "1"],
    ["1.001", "1.002"], // the same frame
    ["2", "1"],
    ["x", "1"],
    ["1", ""],
    ["x", null],
  ])("are none where a stretch would have no length: %s to %s", (start, end) => {
    expect(typedTimes(start, end, 25)).toBeNull();
  });
});

describe("what is on its way", () => {
  const known = span("a", 1, 2, { color: "#123456" });
  it("shows with the look of its code", () => {
    const [made] = withUnderway([], [write("b", 3, 4)], [NOD]);
    expect(made).toMatchObject({
      id: "b",
      start: 3,
      end: 4,
      coder: "Ana",
      color: "#e69f00",
      kind: "point",
    });
  });
  it("moves what is there, and keeps what it was coded by", () => {
    const [moved] = withUnderway([known], [write("a", 5, 6)], [NOD]);
    expect(moved).toEqual({ ...known, start: 5, end: 6 });
  });
  it("brings back nothing that was removed while it is moved", () => {
    expect(withUnderway([], [{ ...write("a", 5, 6), moves: true }], [NOD])).toEqual([]);
    const removed: ReviewAct = { kind: "uncode", id: "a", reviewer: "Ana", at: 2 };
    expect(withUnderway([known], [removed, { ...write("a", 5, 6), moves: true }], [])).toEqual([]);
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
