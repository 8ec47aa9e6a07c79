// The rows of the lanes that a filter leaves: which columns stay in each trace, and how the rows move together.
import {
  type Column,
  type DrawnFigure,
  LANE_COLUMNS,
  type LaneMeta,
  type LaneTrace,
} from "./plotly_chart";

export interface RowPlaces {
  readonly rows: ReadonlyMap<number, number>; // where each row of the figure stands now
  readonly rowOf: ReadonlyMap<number, number | undefined>; // and each span, by its id
}

const NO_COLUMN: Column = [];

// The places of the values that stay.
export function placesOf(column: Column, keep: (value: number | string) => boolean): number[] {
  const found: number[] = [];
  for (let place = 0; place < column.length; place += 1) {
    const value = column[place];
    if (value !== undefined && keep(value)) found.push(place);
  }
  return found;
}

// Of each trace the places of the spans that pass; null: all.
export function passingPlaces(
  traces: readonly LaneTrace[],
  shown: ReadonlySet<number> | null,
): number[][] {
  const passes = (id: number | string) => !shown || shown.has(Number(id));
  return traces.map((trace) => placesOf(trace.customdata ?? NO_COLUMN, passes));
}

const rowAt = (trace: LaneTrace, place: number) => (trace.y ?? NO_COLUMN)[place] as number;

// The rows that have a span, from the top.
export function usedRows(traces: readonly LaneTrace[], kept: readonly number[][]): number[] {
  const rows = traces.flatMap((trace, n) => (kept[n] ?? []).map((place) => rowAt(trace, place)));
  return [...new Set(rows)].sort((a, b) => a - b);
}

export function placeRows(traces: readonly LaneTrace[], used: readonly number[]): RowPlaces {
  const rows = new Map(used.map((row, place) => [row, place]));
  const rowOf = new Map<number, number | undefined>();
  for (const trace of traces) {
    const ids = trace.customdata ?? NO_COLUMN;
    for (let place = 0; place < ids.length; place += 1) {
      rowOf.set(Number(ids[place]), rows.get(rowAt(trace, place)));
    }
  }
  return { rows, rowOf };
}

// The columns of the traces with what stays, as Plotly changes them: of each name one for each trace.
export function keptColumns(
  traces: readonly LaneTrace[],
  kept: readonly number[][],
  rows: ReadonlyMap<number, number>,
): Record<string, unknown[]> {
  const change: Record<string, unknown[]> = {};
  for (const name of LANE_COLUMNS) {
    change[name] = traces.map((trace, n) => {
      const column = trace[name];
      const value = (place: number) =>
        name === "y" ? rows.get(rowAt(trace, place)) : column?.[place];
      return column && (kept[n] ?? []).map(value);
    });
  }
  return change;
}

const COUNTED = /\d+ spans?(, one for each window)?/; // as Python writes it
const NO_LANE = "The spans that pass the filters have no lane here: see the list of spans.";
const NO_SPAN = "No span passes the filters.";

export interface Shown {
  readonly shown: ReadonlySet<number> | null;
  readonly countText?: string | undefined;
}

// The layout of the lanes with these rows of the figure.
export function laneLayout(
  all: DrawnFigure,
  used: readonly number[],
  { shown, countText }: Shown,
): Record<string, unknown> {
  const { meta } = all;
  const { labels } = meta;
  const seams = meta.of_parts ?? { shapes: [], annotations: [] };
  const lanes = used.map((row) => meta.lane_of_row[row] as number);
  const there = [...new Set(lanes)];
  const middle = (lane: number) => (lanes.indexOf(lane) + lanes.lastIndexOf(lane)) / 2;
  const edges = edgesBetween(lanes, there);
  const plot = Math.min(used.length * meta.row_height, meta.tallest);
  const note = shown?.size ? NO_LANE : NO_SPAN;
  return {
    // It counts what is drawn.
    "title.text": shown ? all.title.replace(COUNTED, String(countText)) : all.title,
    "yaxis.range": [Math.max(used.length, 1) - 0.5, -0.5],
    "yaxis.tickvals": there.map(middle),
    "yaxis.ticktext": there.map((lane) => labels[lane]),
    "yaxis.labelalias": Object.fromEntries(lanes.map((lane, row) => [row, labels[lane]])),
    shapes: edges ? [edgeShape(edges, meta), ...seams.shapes] : seams.shapes,
    annotations: used.length ? seams.annotations : [...seams.annotations, emptyNote(note)],
    height: used.length ? plot + all.margins.t + all.margins.b : meta.shortest,
  };
}

const edgesBetween = (lanes: readonly number[], there: readonly number[]) =>
  there
    .slice(1)
    .map((lane) => `M0,${lanes.indexOf(lane) - 0.5}H1`)
    .join("");

const edgeShape = (path: string, { line }: LaneMeta) => {
  return { type: "path", path, xref: "paper", yref: "y", layer: "below", line };
};

const emptyNote = (text: string) => {
  const place = { xref: "paper", yref: "paper", x: 0.5, y: 0.5 };
  return { text, ...place, showarrow: false, font: { size: 13 } };
};
