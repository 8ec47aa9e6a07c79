// What people added, upon the lanes: a sign at each judged or noted span, a flag at each noted time, and
// a frame around the chosen span. Drawn beside Plotly, so that a note costs no new chart.
import { make } from "../shared/elements";
import { graph, type PlotArea, plotArea } from "./plotly_chart";
import { type Mark, room, setRoom } from "./room";

const lanes = () => graph("chart_lanes");

export function drawMarks(): void {
  const gd = lanes();
  if (!gd || !plotArea(gd) || !room.rowOf) return;
  let layer = gd.querySelector(".sr-marks");
  if (!layer) {
    layer = make("div", "sr-marks", undefined, { "aria-hidden": "true" });
    gd.appendChild(layer);
  }
  const marks = [...signMarks(), ...noteMarks()];
  const frame = make("div", "sr-frame");
  layer.replaceChildren(...marks.map((one) => one.node), frame);
  setRoom({ marks, frame, marksAt: "" });
  placeMarks();
}

const signMarks = (): Mark[] =>
  [...room.signs].map(([id, text]) => ({ node: make("div", "sr-mark", text), id }));

function noteMarks(): Mark[] {
  const ofTime = room.notes.filter((one) => one.signal === null);
  return ofTime.map(({ start, end }) => {
    const css = start === end ? "sr-flag" : "sr-flag sr-flag-range";
    return { node: make("div", css, "✎"), start, end };
  });
}

// Choosing a span moves the frame and leaves the marks alone.
export function drawFrame(): void {
  const { frame } = room;
  const area = plotArea(lanes());
  if (frame?.isConnected && area) place({ node: frame, id: room.picked }, area);
  else drawMarks();
}

export function placeMarks(): void {
  const area = plotArea(lanes());
  const { marks, frame } = room;
  if (!marks || !frame || !area) return;
  if (!frame.isConnected) {
    drawMarks();
    return;
  }
  const { range, rows, left, width, top, height } = area;
  const at = `${range}|${rows}|${left}|${width}|${top}|${height}`;
  if (at === room.marksAt) return;
  setRoom({ marksAt: at });
  for (const mark of marks) place(mark, area);
  place({ node: frame, id: room.picked }, area);
}

function place({ node, id = null, start, end }: Mark, area: PlotArea): void {
  const span = room.byId.get(id);
  const lane = room.rowOf?.get(id);
  const row = Math.abs(area.yOf(1) - area.yOf(0));
  const from = area.xOf(span?.draw_start ?? start ?? Number.NaN);
  const to = area.xOf(span?.draw_end ?? end ?? Number.NaN);
  const isPlaced = span ? lane !== undefined : start !== undefined;
  const seen = isPlaced && to >= 0 && from <= area.width;
  node.style.display = seen ? "block" : "none";
  if (!seen) return;
  const left = Math.max(0, from);
  const right = Math.min(to, area.width);
  const middle = lane === undefined ? 0 : area.yOf(lane);
  const [x, y] =
    node.className === "sr-mark"
      ? [right + 2, middle - 0.3 * row] // behind its span, which it must not hide
      : span
        ? [left, middle - 0.36 * row]
        : [left, -15]; // a flag stands above the lanes
  node.style.transform = `translate(${area.left + x}px, ${area.top + y}px)`;
  if (!node.matches(".sr-frame, .sr-flag-range")) return;
  node.style.width = `${Math.max(4, right - left)}px`;
  node.style.height = `${span ? 0.72 * row : 14}px`;
}
