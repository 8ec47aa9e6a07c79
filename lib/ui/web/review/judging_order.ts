// Which spans a reviewer has judged, and which one is next.
import type { Opinion, ReviewAct, VerdictData } from "../shared/protocol";

// The ids of the spans that this reviewer has judged; none without a name.
export function judgedBy(
  verdicts: readonly Pick<VerdictData, "signal" | "reviewer">[],
  reviewer: string,
): Set<number> {
  if (!reviewer) return new Set();
  return new Set(verdicts.filter((one) => one.reviewer === reviewer).map((one) => one.signal));
}

// A reviewer's opinion on a span with what is on its way already: null where it is taken back, undefined where
// nothing is on its way.
export function opinionUnderway(
  acts: readonly ReviewAct[],
  reviewer: string,
  id: number,
): Opinion | null | undefined {
  const last = acts.findLast(
    (act) =>
      (act.kind === "verdict" || act.kind === "unjudge") &&
      act.signal === id &&
      act.reviewer === reviewer,
  );
  if (last?.kind === "verdict") return last.opinion;
  return last ? null : undefined;
}

// The first span behind `now` that is not judged, from the top again behind the last; `now` itself at last.
// Without `now`, or where it is not in the list, from the top.
export function nextUnjudged(
  order: readonly number[],
  judged: ReadonlySet<number>,
  now: number | null,
): number | undefined {
  const here = now === null ? -1 : order.indexOf(now);
  const line = [...order.slice(here + 1), ...order.slice(0, here + 1)];
  return line.find((id) => !judged.has(id));
}

export function progressText(order: readonly number[], judged: ReadonlySet<number>): string {
  const count = order.filter((id) => judged.has(id)).length;
  return `${count} of ${order.length} judged by you`;
}
