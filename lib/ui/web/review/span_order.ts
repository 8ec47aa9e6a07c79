// The spans that the filters leave: in which order the list has them, and which follows which in time.
import type { Range, Sort } from "./room";
import type { Span } from "./spans";

const LIKELY = ["high", "medium", "low", "not given", "hidden"];

type Value = Span[keyof Span];

function columnOf(span: Span, name: Sort["by"]): Value {
  if (name !== "probability") return span[name];
  const rank = LIKELY.indexOf(span.probability);
  return rank < 0 ? LIKELY.length + rank : rank;
}

// As JavaScript compares: null as 0, what cannot be compared as equal.
function compare(a: Value, b: Value): number {
  const [one, other] = [a as number, b as number];
  return one < other ? -1 : one > other ? 1 : 0;
}

// The ids of the spans, by one column; those that tie stand in the order of time.
export function orderSpans(
  spans: readonly Span[],
  shown: ReadonlySet<number> | null,
  { by, down }: Sort,
): number[] {
  const sign = down ? -1 : 1;
  return spans
    .filter((span) => !shown || shown.has(span.id))
    .sort(
      (a, b) =>
        sign * compare(columnOf(a, by), columnOf(b, by)) || a.start - b.start || a.id - b.id,
    )
    .map((span) => span.id);
}

// The next (1) or previous (-1) span in the order of time: of `now`, or where it is not in the list, of `at`.
export function neighborOf(
  spans: readonly Span[],
  now: Span | undefined,
  at: number,
  step: 1 | -1,
): Span | undefined {
  const line = [...spans].sort((a, b) => a.draw_start - b.draw_start || a.id - b.id);
  const here = now ? line.indexOf(now) : -1;
  if (here >= 0) return line[here + step];
  return step > 0
    ? line.find((span) => span.draw_start > at)
    : line.findLast((span) => span.draw_start < at);
}

export const meets = (start: number, end: number, [from, to]: Range): boolean =>
  start < to && end > from;
