// The ticks of a time axis that is zoomed, and the text of what is in view.
import { clock } from "./clock";
import type { Range } from "./room";

export const NARROWEST = 0.01; // seconds in view: ticks of a millisecond, the finest text of a time
const MOST_TICKS = 10;
const LONGEST_STEP = 1800; // seconds
const STEPS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600,
];

export interface Ticks {
  readonly tickvals: number[];
  readonly ticktext: string[];
}

export const isNear = (a: Range, b: Range): boolean =>
  Math.abs(a[0] - b[0]) < 1e-6 && Math.abs(a[1] - b[1]) < 1e-6;

export function widen([from, to]: Range): Range {
  const middle = (from + to) / 2;
  return to - from < NARROWEST ? [middle - NARROWEST / 2, middle + NARROWEST / 2] : [from, to];
}

// The axis is the recording's own time: as fine as the zoom asks for, whatever the spans were measured with.
export function ticksOf([from, to]: Range): Ticks {
  const step = STEPS.find((s) => (to - from) / s <= MOST_TICKS) ?? LONGEST_STEP;
  const first = Math.ceil(from / step - 1e-6);
  const count = Math.floor(to / step + 1e-6) - first + 1;
  const tickvals = Array.from({ length: Math.max(count, 0) }, (_, n) =>
    Number(((first + n) * step).toFixed(3)),
  );
  const digits = [0, 1, 2].find((many) => Math.abs(step - Number(step.toFixed(many))) < 1e-9) ?? 3;
  return { tickvals, ticktext: tickvals.map((t) => clock(t, digits)) };
}

// The ends of what is in view, with digits that tell them apart.
export function viewText([from, to]: Range): string {
  const digits = to - from >= 5 ? 1 : to - from >= 0.5 ? 2 : 3;
  return `${clock(from, digits)} – ${clock(to, digits)}`;
}

// Where a range moves to, so that the playhead stays in it while it plays: 0.1 of its width before it, and
// not beyond the end of the recording.
export function followRange(now: number, [from, to]: Range, end: number): Range | null {
  const width = to - from;
  if (now >= from && now <= to - 0.05 * width) return null;
  const start = Math.max(0, Math.min(now - 0.1 * width, end - width));
  return Math.abs(start - from) > 1e-3 ? [start, start + width] : null;
}
