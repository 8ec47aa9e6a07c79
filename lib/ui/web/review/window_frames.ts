// Which windows are chosen in the section on quality, and which one they are compared with: frames upon the
// quality chart. Drawn beside Plotly, so that a choice costs no new chart.
import { make } from "../shared/elements";
import type { Graph, PlotArea } from "./plotly_chart";
import { type Range, room } from "./room";

const LEAST = 4; // pixels of a frame
const LABELLED = 76; // pixels from which on a frame has its label

interface Layer extends HTMLElement {
  drawn?: string; // what it shows, as text
}

export function drawWindows(gd: Graph, area: PlotArea): void {
  const known = gd.querySelector<Layer>(".sr-windows");
  const { windows } = room;
  if (!windows) {
    known?.remove();
    return;
  }
  const { range, left, width, top, height } = area;
  const now = JSON.stringify([windows, range, left, width, top, height]);
  if (known?.drawn === now) return;
  const layer: Layer = known ?? make("div", "sr-windows", undefined, { "aria-hidden": "true" });
  layer.drawn = now;
  layer.replaceChildren(
    ...windows.chosen.flatMap((one) => drawFrame(one, "", area)),
    ...windows.compared.flatMap((one) => drawFrame(one, "compared with", area)),
  );
  if (!known) gd.appendChild(layer);
}

function drawFrame([start, end]: Range, label: string, area: PlotArea): HTMLElement[] {
  const from = Math.max(0, area.xOf(start));
  const to = Math.min(area.width, area.xOf(end));
  if (to < 0 || from > area.width) return [];
  const width = Math.max(LEAST, to - from);
  const text = width < LABELLED ? "" : label; // dashes say it where there is no room
  const frame = make("div", label ? "sr-window compared" : "sr-window", text);
  frame.style.transform = `translate(${area.left + from}px, ${area.top}px)`;
  frame.style.width = `${width}px`;
  frame.style.height = `${area.height}px`;
  return [frame];
}
