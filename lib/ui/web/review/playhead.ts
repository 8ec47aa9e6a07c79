// The playhead of each chart.
import { make } from "../shared/elements";
import type { Graph, PlotArea } from "./plotly_chart";
import { room } from "./room";

function headOf(gd: Graph): HTMLElement {
  const known = room.heads.get(gd);
  if (known?.isConnected) return known;
  room.heads.forEach((_, old) => {
    if (!old.isConnected) room.heads.delete(old);
  });
  const made = make("div", "sr-playhead");
  if (getComputedStyle(gd).position === "static") gd.style.position = "relative";
  gd.appendChild(made);
  room.heads.set(gd, made);
  return made;
}

export function drawHead(gd: Graph, area: PlotArea, v: HTMLVideoElement | null): void {
  const head = headOf(gd);
  const x = v ? area.xOf(v.currentTime) : Number.NaN;
  const seen = x >= 0 && x <= area.width;
  head.style.display = seen ? "block" : "none";
  if (!seen) return;
  head.style.height = `${area.height}px`;
  head.style.transform = `translate(${area.left + x - 1}px, ${area.top}px)`;
}
