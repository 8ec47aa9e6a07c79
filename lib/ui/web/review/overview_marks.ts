// The whole recording in small: where the spans of each group lie.
import type { Span } from "./spans";

export type Group = "supportive" | "friction" | "other";
export const GROUPS: readonly Group[] = ["supportive", "friction", "other"];

type Drawn = Pick<Span, "group" | "draw_start" | "draw_end">;
type Run = [from: number, to: number]; // pixels

export const groupOf = (group: string): Group =>
  group === "supportive" || group === "friction" ? group : "other";

// The stretches with a span, in pixels from the left: each is seen, and those that touch are one.
export function runsOf(spans: readonly Drawn[], width: number, end: number): Run[] {
  const scale = width / end;
  const sorted = [...spans].sort((a, b) => a.draw_start - b.draw_start);
  const runs: Run[] = [];
  for (const span of sorted) {
    const from = Math.min(span.draw_start * scale, width - 1);
    const to = Math.max(from + 1, span.draw_end * scale);
    const last = runs.at(-1);
    if (last && from <= last[1] + 0.5) last[1] = Math.max(last[1], to);
    else runs.push([from, to]);
  }
  return runs;
}

// One row a group, one below the other, as paths.
export function markPaths(
  spans: readonly Drawn[],
  width: number,
  height: number,
  end: number,
): Record<Group, string> {
  const row = height / GROUPS.length;
  const pathOf = (group: Group, place: number) => {
    const runs = runsOf(
      spans.filter((span) => groupOf(span.group) === group),
      width,
      end,
    );
    const top = place * row + 1;
    return runs
      .map(([from, to]) => {
        const wide = (to - from).toFixed(1);
        return `M${from.toFixed(1)} ${top.toFixed(1)}h${wide}v${(row - 2).toFixed(1)}h-${wide}z`;
      })
      .join("");
  };
  const paths = GROUPS.map((group, place) => [group, pathOf(group, place)]);
  return Object.fromEntries(paths) as Record<Group, string>;
}
