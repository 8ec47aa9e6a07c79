// A session's quality over time as small levels, one a window as the chart of it has them: 50, the API's
// "no evidence either way", is the middle, and where a window has no evidence there is a gap.
import { makeSvg } from "../shared/elements";

const WIDE = 120;
const HIGH = 30;
const EDGE = 3;

export type Score = number | null;

export function drawSparkline(scores: readonly Score[]): SVGSVGElement {
  const svg = makeSvg("svg", {
    class: "sr-spark",
    viewBox: `0 0 ${WIDE} ${HIGH}`,
    "aria-hidden": "true",
  });
  svg.append(makeSvg("path", { class: "sr-spark-middle", d: `M0 ${HIGH / 2}H${WIDE}` }));
  for (const path of levelPaths(scores)) {
    svg.append(makeSvg("path", { class: "sr-spark-level", d: path }));
  }
  return svg;
}

// One path for each run of scores.
export function levelPaths(scores: readonly Score[]): string[] {
  const x = (place: number) => (EDGE + (place * (WIDE - 2 * EDGE)) / scores.length).toFixed(1);
  const y = (score: number) =>
    EDGE + (HIGH - 2 * EDGE) * (1 - Math.max(0, Math.min(100, score)) / 100);
  return scoreRuns(scores).map((run) =>
    run
      .map(({ place, score }, at) => {
        return `${at ? "V" : `M${x(place)} `}${y(score).toFixed(1)}H${x(place + 1)}`;
      })
      .join(""),
  );
}

export interface PlacedScore {
  place: number;
  score: number;
}

// The scores that follow each other without a gap, with their places.
export function scoreRuns(scores: readonly Score[]): PlacedScore[][] {
  const found: PlacedScore[][] = [];
  let run: PlacedScore[] | null = null;
  scores.forEach((score, place) => {
    if (score === null) {
      run = null;
      return;
    }
    if (!run) {
      run = [];
      found.push(run);
    }
    run.push({ place, score });
  });
  return found;
}
