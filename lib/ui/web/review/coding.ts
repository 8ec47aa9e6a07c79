// What is coded: the spans that Python sent with what is on its way, times to the frame, and rows for them.
import type { CodeData, CodedSpanData } from "../shared/coding_protocol";
import type { ReviewAct } from "../shared/protocol";
import { parseClock } from "./clock";

const FINEST = 1000; // parts of a second, where there are no frames

// The frame that is nearest, in seconds to the microsecond: so that the same frame is the same number.
export function snap(seconds: number, rate: number | null): number {
  const parts = rate ?? FINEST;
  return Number((Math.max(0, Math.round(seconds * parts)) / parts).toFixed(6));
}

interface Frames {
  readonly rate: number | null; // frames a second
  readonly least: number; // seconds of a frame, as far as known
  readonly last: number; // where the recording ends
}

// From one time to another, whichever is first. A stretch that is ended where it began is a frame long,
// within the recording: without a length it would be a point.
export function stretchBetween(
  one: number,
  other: number,
  { rate, least, last }: Frames,
): [start: number, end: number] {
  if (one !== other) return one < other ? [one, other] : [other, one];
  const after = snap(one + least, rate);
  const before = snap(one - least, rate);
  return after > last && before < one ? [before, one] : [one, after];
}

// By its code; where that is not known, by its times.
export const isPoint = ({
  start,
  end,
  kind,
}: Pick<CodedSpanData, "start" | "end" | "kind">): boolean => start === end && kind !== "stretch";

// The times that are typed for a span, to the frame; null where they are none. A point has one, `end` is null.
export function typedTimes(
  start: string,
  end: string | null,
  rate: number | null,
): [start: number, end: number] | null {
  const from = parseClock(start);
  if (from === null) return null;
  const first = snap(from, rate);
  if (end === null) return [first, first];
  const to = parseClock(end);
  const last = to === null ? null : snap(to, rate);
  return last !== null && last > first ? [first, last] : null;
}

// The spans as they will be once what is on its way was done.
export function withUnderway(
  spans: readonly CodedSpanData[],
  acts: readonly ReviewAct[],
  codes: readonly CodeData[],
): readonly CodedSpanData[] {
  let now = [...spans];
  for (const act of acts) {
    if (act.kind === "uncode") now = now.filter(({ id }) => id !== act.id);
    if (act.kind !== "code") continue;
    const { id, code, start, end, codebook, version, reviewer } = act;
    const known = now.find((one) => one.id === id);
    const named = codes.find(({ name }) => name === code);
    const { color = "#7f8790", definition = "", kind = "unknown" } = named ?? {};
    const of = { codebook, version, color, definition, kind } as const;
    const made = { id, code, start, end, coder: reviewer, byline: reviewer, ...of };
    if (known) now[now.indexOf(known)] = { ...known, start, end };
    else if (!act.moves) now.push(made);
  }
  return now;
}

export interface CodeRow {
  readonly coder: string;
  readonly code: string;
  readonly spans: readonly CodedSpanData[];
}

// A row for each coder and code, more where spans overlap; coders and codes in the order of their names.
export function codeRows(spans: readonly CodedSpanData[]): CodeRow[] {
  const groups = new Map<string, CodedSpanData[]>();
  for (const span of spans) {
    const key = JSON.stringify([span.byline, span.code]);
    const group = groups.get(key);
    if (group) group.push(span);
    else groups.set(key, [span]);
  }
  const keys = [...groups.keys()].sort((a, b) => compare(JSON.parse(a), JSON.parse(b)));
  return keys.flatMap((key) => {
    const [coder, code] = JSON.parse(key) as [string, string];
    return packed(groups.get(key) ?? []).map((row) => ({ coder, code, spans: row }));
  });
}

const compare = (a: [string, string], b: [string, string]) =>
  a[0].localeCompare(b[0]) || a[1].localeCompare(b[1]);

// Those that overlap stand in rows of their own: none hides another.
function packed(spans: readonly CodedSpanData[]): CodedSpanData[][] {
  const rows: CodedSpanData[][] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const row = rows.find((one) => isFree(one.at(-1), span));
    if (row) row.push(span);
    else rows.push([span]);
  }
  return rows;
}

// A point takes its instant.
const isFree = (last: CodedSpanData | undefined, next: CodedSpanData) =>
  !last || (last.end <= next.start && last.start < next.start);

// A stretch whose one edge is moved: at least a frame long, never past its other end.
export function moveEdge(
  span: CodedSpanData,
  edge: "start" | "end",
  to: number,
  rate: number | null,
): CodedSpanData {
  const at = snap(to, rate);
  if (isPoint(span)) return { ...span, start: at, end: at };
  const least = 1 / (rate ?? FINEST);
  if (edge === "start") return { ...span, start: Math.min(at, snap(span.end - least, rate)) };
  return { ...span, end: Math.max(at, snap(span.start + least, rate)) };
}
