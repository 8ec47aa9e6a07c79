// What people said of spans, and long rationales as they come.
import { expect, test } from "vitest";
import { addPart } from "../../../../lib/ui/web/review/rationale";
import { signsOf } from "../../../../lib/ui/web/review/signs";
import type { Opinion } from "../../../../lib/ui/web/shared/protocol";

const isSpan = (id: number | null) => id !== null && id < 10;
const verdict = (signal: number, opinion: Opinion) => ({ signal, opinion });

test("a span has a sign for each verdict and one for its notes", () => {
  const verdicts = [verdict(1, "agree"), verdict(1, "unsure"), verdict(2, "disagree")];
  const notes = [{ signal: 1 }, { signal: 1 }, { signal: 3 }, { signal: null }];
  expect(signsOf(verdicts, notes, isSpan)).toEqual(
    new Map([
      [1, "✓?✎"],
      [2, "✗"],
      [3, "✎"],
    ]),
  );
});

test("what is said of a span that is not there has no sign", () => {
  expect(signsOf([verdict(99, "agree")], [{ signal: 98 }], isSpan)).toEqual(new Map());
});

test("a part of a rationale goes behind what is there, and no part twice or too early", () => {
  const part = { signal: 1, from: 0, next: 3, text: "one" };
  const first = addPart(undefined, part);
  expect(first).toEqual({ text: "one", next: 3 });
  const second = { signal: 1, from: 3, next: 6, text: "two" };
  expect(addPart(first ?? undefined, second)).toEqual({ text: "onetwo", next: 6 });
  expect(addPart(first ?? undefined, part)).toBeNull();
  expect(addPart(undefined, second)).toBeNull();
});
