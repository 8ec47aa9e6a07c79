// The lines of a transcript, in the order of their start: which are spoken now, which hold a text, and which
// stretch several of them take.
import type { TranscriptLine } from "../shared/protocol";
import type { Range } from "./room";
import { meets } from "./span_order";
import type { Span } from "./spans";

const BEFORE = 20; // lines: one that began earlier and still runs is looked for among these

// The last line that has begun; -1 before the first.
export function lastBegun(lines: readonly TranscriptLine[], at: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.[0] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// The lines that run at a time, by their places; several where people speak at once.
export function linesAt(lines: readonly TranscriptLine[], at: number): number[] {
  const last = lastBegun(lines, at);
  const first = Math.max(0, last - BEFORE + 1);
  return lines
    .slice(first, last + 1)
    .flatMap(([start, end], place) => (at < end || at === start ? [first + place] : []));
}

// What is searched for, as it is written, in whatever case; null for nothing.
export function searched(text: string): RegExp | null {
  const wanted = text.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return wanted ? new RegExp(`(${wanted})`, "iu") : null;
}

// The places of the lines whose speaker or words hold a text; all for null.
export function placesWith(lines: readonly TranscriptLine[], wanted: RegExp | null): number[] {
  return lines.flatMap(([, , speaker, text], place) =>
    !wanted || wanted.test(speaker) || wanted.test(text) ? [place] : [],
  );
}

// From the first start to the last end of the lines between two places, whichever comes first.
export function stretchOf(lines: readonly TranscriptLine[], one: number, other: number): Range {
  const chosen = lines.slice(Math.min(one, other), Math.max(one, other) + 1);
  return [Math.min(...chosen.map(([start]) => start)), Math.max(...chosen.map(([, end]) => end))];
}

// The spans during a line that the filters leave.
export function spansDuring(
  spans: readonly Span[],
  shown: ReadonlySet<number> | null,
  [start, end]: TranscriptLine,
): Span[] {
  return spans.filter(
    (span) => (!shown || shown.has(span.id)) && meets(span.draw_start, span.draw_end, [start, end]),
  );
}
