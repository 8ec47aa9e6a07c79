// What a click, a drag and a new figure do on a chart.
import { pickSpan } from "./choice";
import { seek } from "./playback";
import { type Graph, type PlotEvents, plotArea } from "./plotly_chart";
import { type Range, room } from "./room";
import { keepForward, rememberLines } from "./score_lines";
import { keepScores } from "./score_switches";
import { zoomAll } from "./zoom";
import { bindPinch, bindWheel, chartPlace, endsPinch } from "./zoom_gestures";

const CLICK_WAIT = 30; // ms in which Plotly tells which span was clicked

export function bindChart(gd: Graph, key: string): void {
  if (room.bound.has(gd) || !gd.on || !gd.layout?.xaxis) return;
  room.bound.add(gd);
  rememberHome(gd);
  gd.addEventListener("sr-figure", () => takeFigure(gd, key)); // another one in the same chart
  if (key === "chart_quality") keepLines(gd);
  bindZoom(gd);
  bindWheel(gd, () => chartPlace(gd));
  bindPinch(gd);
  bindClicks(gd, key);
}

function bindZoom(gd: Graph): void {
  gd.on?.("plotly_relayout", (change) => {
    const [from, to] = [change["xaxis.range[0]"], change["xaxis.range[1]"]];
    if ("xaxis.range[0]" in change) zoomAll([from as number, to as number]);
    else if ("xaxis.range" in change) zoomAll(change["xaxis.range"] as Range);
    else if (change["xaxis.autorange"]) zoomHome(gd);
  });
  gd.on?.("plotly_doubleclick", () => zoomHome(gd));
}

function zoomHome(gd: Graph): void {
  const whole = room.home.get(gd);
  if (whole) zoomAll(whole.range);
}

function bindClicks(gd: Graph, key: string): void {
  let answered = false; // whether Plotly had a span for this click
  const forget = () => {
    answered = false;
  };
  gd.addEventListener("pointerdown", forget, true);
  gd.on?.("plotly_click", (event) => {
    answered = endsPinch() || clickPoint(gd, key, event) || answered;
  });
  // An empty place: go to that time.
  gd.addEventListener("click", (event) => {
    setTimeout(() => {
      if (!answered && !endsPinch()) seekTo(gd, event);
    }, CLICK_WAIT);
  });
}

// False where there is nothing at that place.
function clickPoint(gd: Graph, key: string, event: PlotEvents["plotly_click"]): boolean {
  const point = event.points?.[0];
  if (!point) return false;
  const id = [point.customdata].flat()[0];
  if (key === "chart_lanes" && id !== undefined) {
    pickSpan(Number(id));
    return true;
  }
  const compare = key === "chart_quality" && event.event.shiftKey && room.window;
  if (point.base !== undefined)
    seek(point.base); // a bar begins at its base
  else if (!compare) seekTo(gd, event.event);
  if (key === "chart_quality" && id !== undefined) room.window?.(Number(id), Boolean(compare));
  return true;
}

// The whole recording, as the figure came.
function rememberHome(gd: Graph): void {
  const axis = gd.layout?.xaxis;
  if (!axis) return;
  const [from, to] = axis.range;
  const { tickvals = [], ticktext = [] } = gd.times ?? axis;
  room.home.set(gd, { range: [from, to], tickvals, ticktext, since: performance.now() });
}

function keepLines(gd: Graph): void {
  rememberLines(gd);
  keepScores(gd);
  if (room.forward) keepForward(gd);
}

function takeFigure(gd: Graph, key: string): void {
  rememberHome(gd);
  room.whole.delete(gd);
  if (key === "chart_quality") keepLines(gd);
}

function seekTo(gd: Graph, event: MouseEvent): void {
  const area = plotArea(gd);
  if (!area) return;
  const box = gd.getBoundingClientRect();
  const x = event.clientX - box.left - area.left;
  const y = event.clientY - box.top - area.top;
  if (x >= 0 && x <= area.width && y >= 0 && y <= area.height) seek(area.secondsAt(x));
}
