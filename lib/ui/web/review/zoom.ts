// One zoom for all charts. Each zoom is told to all again, and ends when every chart shows the same.
import { labelChange, thinLabels } from "../figure/time_labels";
import { video } from "../shared/streamlit_page";
import { type Graph, graph, plotArea, plotly } from "./plotly_chart";
import { redraw } from "./redraw";
import { type Home, type Range, room, setRoom } from "./room";
import { followRange, isNear, ticksOf, widen } from "./time_ticks";

export function zoomAll(asked: Range): void {
  const range = widen(asked);
  setRoom({ wanted: null, away: !isInView(range) });
  for (const gd of room.charts.map(graph)) if (gd) zoomChart(gd, range);
}

export function zoomChart(gd: Graph, range: Range): void {
  const whole = room.home.get(gd);
  const axis = gd.layout?.xaxis;
  const code = plotly();
  if (!whole || !axis || !code) return;
  const atHome = isNear(range, whole.range);
  gd.times = atHome ? whole : ticksOf(range);
  const labels = thinLabels(gd.times, plotArea(gd)?.width ?? 0);
  setRoom({ zoom: atHome ? null : [range[0], range[1]] });
  if (isNear(range, axis.range) && String(axis.ticktext) === String(labels.ticktext)) return;
  code.relayout(gd, {
    "xaxis.range": [range[0], range[1]],
    ...labelChange(labels),
  });
  redraw("zoom");
}

// The whole recording, as the first chart has it that is there.
function home(): Home | undefined {
  return room.charts
    .map(graph)
    .map((gd) => (gd ? room.home.get(gd) : undefined))
    .find(Boolean);
}

export const wholeRange = (): Range | undefined => home()?.range;

// What is in view, or will be with the next frame.
export const viewRange = (): Range | undefined => room.wanted ?? room.zoom ?? wholeRange();

// A gesture asks more often than charts can be drawn: the last range of a frame is drawn with the next.
export function requestZoom(range: Range): void {
  setRoom({ wanted: range });
}

export function drawWanted(): void {
  if (room.wanted) zoomAll(room.wanted);
}

export function zoomOut(): void {
  const whole = wholeRange();
  if (whole) zoomAll(whole);
}

const isInView = ([from, to]: Range): boolean => {
  const now = video()?.currentTime ?? from;
  return now >= from && now <= to;
};

// Where the analyst looks elsewhere, the view goes to the playhead; else following is switched.
export function toggleFollow(): void {
  const waits = room.follow && room.away;
  setRoom({ follow: waits || !room.follow, away: false });
  if (room.follow) goToPlayhead();
  redraw("zoom");
}

function goToPlayhead(): void {
  const v = video();
  const range = v && room.zoom && nextRange(v, room.zoom);
  if (range) zoomAll(range);
}

const nextRange = (v: HTMLVideoElement, range: Range): Range | null =>
  followRange(v.currentTime, range, wholeRange()?.[1] ?? range[1]);

// While zoomed and playing, the range moves on before the playhead leaves it; not while the analyst looks
// elsewhere, which ends when the playhead is in view again.
export function keepInView(): void {
  const v = video();
  if (!room.zoom || !v) return;
  if (room.away && isInView(room.zoom)) {
    setRoom({ away: false });
    redraw("zoom");
  }
  if (room.follow && !room.away && !v.paused) goToPlayhead();
}
