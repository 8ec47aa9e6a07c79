// What the scripts use of Plotly that it does not document, in one place. Of a chart, no documented call
// says where its plot stands on the screen or which rows its traces hold; tests/browser/test_sync.py holds
// both, to the pixel. Plotly itself is on the window once figure.ts has drawn a chart.
import type { Plotly } from "../figure/plotly_code";
import type { TimeHost } from "../figure/time_labels";
import { keyed } from "../shared/streamlit_page";

export type Column = ArrayLike<number | string>;

export interface Axis {
  readonly range: [number, number];
  readonly tickvals?: number[];
  readonly ticktext?: string[];
}

interface InnerAxis extends Axis {
  readonly _offset: number;
  readonly _length: number;
  l2p(value: number): number;
  p2l(pixel: number): number;
}

interface InnerLayout {
  readonly _size?: { t: number; h: number };
  readonly xaxis?: InnerAxis;
  readonly yaxis?: InnerAxis;
}

// A trace as drawn. The columns of bars hold the ids of their spans as customdata.
export interface Trace {
  readonly type?: string;
  readonly name: string;
  readonly line?: { color: string; width: number; dash?: string };
  readonly x?: Column;
  readonly base?: Column;
  readonly y?: Column;
  readonly customdata?: Column;
  readonly hovertext?: Column;
}

// What Python says of the lanes, for a browser that takes spans out of them.
export interface LaneMeta {
  readonly lane_of_row: readonly number[];
  readonly labels: readonly string[];
  readonly row_height: number;
  readonly tallest: number;
  readonly shortest: number;
  readonly line: unknown;
  readonly of_parts?: { readonly shapes: unknown[]; readonly annotations: unknown[] };
}

export interface FigureLayout {
  readonly xaxis?: Axis;
  readonly meta?: LaneMeta;
  readonly title: { readonly text: string };
  readonly height: number;
  readonly margin: { readonly t: number; readonly b: number };
}

export interface PlotEvents {
  plotly_relayout: Record<string, unknown>;
  plotly_doubleclick: undefined;
  plotly_click: { points?: ClickedPoint[]; event: MouseEvent };
}

export interface ClickedPoint {
  readonly customdata?: unknown;
  readonly base?: number;
}

export interface Graph extends TimeHost {
  readonly layout?: FigureLayout;
  readonly data?: unknown;
  readonly _fullLayout?: InnerLayout;
  readonly _fullData?: Trace[];
  on?<Name extends keyof PlotEvents>(name: Name, act: (event: PlotEvents[Name]) => void): void;
}

// The lanes as Python drew them, with all spans.
export interface DrawnFigure {
  readonly traces: readonly LaneTrace[];
  readonly meta: LaneMeta;
  readonly title: string;
  readonly height: number;
  readonly margins: { readonly t: number; readonly b: number };
}

export const LANE_COLUMNS = ["x", "base", "y", "customdata", "hovertext"] as const;
export type LaneTrace = { readonly [Name in (typeof LANE_COLUMNS)[number]]?: Column };

export interface PlotArea {
  readonly left: number; // pixels within the chart
  readonly width: number;
  readonly top: number;
  readonly height: number;
  readonly range: [number, number];
  readonly rows: [number, number] | undefined;
  xOf(seconds: number): number;
  yOf(row: number): number;
  secondsAt(pixel: number): number;
}

export const plotly = (): Plotly | undefined => window.Plotly;
export const graph = (key: string): Graph | null =>
  document.querySelector<Graph>(`${keyed(key)} .js-plotly-plot`);

// Where the plot stands within its chart, and what its axes make of times and rows; null before it is drawn.
export function plotArea(gd: Graph | null): PlotArea | null {
  const layout = gd?._fullLayout;
  const size = layout?._size;
  const x = layout?.xaxis;
  const y = layout?.yaxis;
  if (!x || !size) return null;
  return {
    left: x._offset,
    width: x._length,
    top: size.t,
    height: size.h,
    range: x.range,
    rows: y?.range,
    xOf: (seconds) => x.l2p(seconds),
    yOf: (row) => y?.l2p(row) ?? Number.NaN,
    secondsAt: (pixel) => x.p2l(pixel),
  };
}

// The traces as drawn, with what Plotly made of their columns; null before it is drawn.
export const drawnTraces = (gd: Graph | null): Trace[] | null => gd?._fullData ?? null;
