import { expect, test } from "vitest";
import {
  judgedBy,
  nextUnjudged,
  opinionUnderway,
  progressText,
} from "../../../../lib/ui/web/review/judging_order";

const ORDER = [5, 2, 9, 7];

test("a reviewer has judged what bears their name, and nobody anything without one", () => {
  const verdicts = [
    { signal: 1, reviewer: "Ana" },
    { signal: 2, reviewer: "Bo" },
    { signal: 1, reviewer: "Bo" },
  ];
  expect(judgedBy(verdicts, "Bo")).toEqual(new Set([1, 2]));
  expect(judgedBy(verdicts, "Cy")).toEqual(new Set());
  expect(judgedBy([{ signal: 1, reviewer: "" }], "")).toEqual(new Set());
});

test("the next one is the next in the list that is not judged, from the top behind the last", () => {
  expect(nextUnjudged(ORDER, new Set(), 5)).toBe(2);
  expect(nextUnjudged(ORDER, new Set([2, 9]), 5)).toBe(7);
  expect(nextUnjudged(ORDER, new Set([7]), 9)).toBe(5);
  expect(nextUnjudged(ORDER, new Set(), 7)).toBe(5);
});

test("without a choice, or with one that the filters hide, it is the first of the list", () => {
  expect(nextUnjudged(ORDER, new Set(), null)).toBe(5);
  expect(nextUnjudged(ORDER, new Set([5]), 44)).toBe(2);
});

test("the chosen one itself comes last, and where all are judged there is none", () => {
  expect(nextUnjudged(ORDER, new Set([5, 2, 7]), 9)).toBe(9);
  expect(nextUnjudged(ORDER, new Set(ORDER), 9)).toBeUndefined();
  expect(nextUnjudged([], new Set(), null)).toBeUndefined();
});

test("progress counts the spans that pass the filters", () => {
  expect(progressText(ORDER, new Set([2, 7, 44]))).toBe("2 of 4 judged by you");
  expect(progressText([], new Set([1]))).toBe("0 of 0 judged by you");
});

test.each([
  [["agree"], "agree"],
  [["agree", "unsure"], "unsure"],
  [["agree", null], null],
  [[], undefined],
])("an opinion on its way counts: %j", (sent, standing) => {
  const acts = sent.map((opinion, at) => {
    const signed = { signal: 3, reviewer: "Ana", at };
    return opinion
      ? {
          kind: "verdict" as const,
          opinion: opinion as "agree",
          corrected: "",
          mode: "open",
          ...signed,
        }
      : { kind: "unjudge" as const, ...signed };
  });
  expect(opinionUnderway(acts, "Ana", 3)).toBe(standing);
  expect(opinionUnderway(acts, "Bo", 3)).toBeUndefined();
  expect(opinionUnderway(acts, "Ana", 4)).toBeUndefined();
});
