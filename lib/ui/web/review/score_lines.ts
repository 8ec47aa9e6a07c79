// A score in the row above is chosen: its line stands out in the quality chart, until it is chosen again.
import { strengths, widths } from "./line_strengths";
import { drawnTraces, type Graph, graph, plotly } from "./plotly_chart";
import { part, room, setRoom } from "./room";
import { showHidden } from "./score_switches";

const cards = () => document.querySelectorAll<HTMLElement>("[data-score]");

export function bringScore(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  const name = target?.closest<HTMLElement>("[data-score]")?.dataset.score;
  if (!name) return;
  setRoom({ forward: room.forward === name ? null : name });
  if (room.forward) showHidden(room.forward);
  drawForward();
}

// All lines as they were; false where they are.
export function leaveScore(): boolean {
  if (!room.forward) return false;
  setRoom({ forward: null });
  drawForward();
  return true;
}

function drawForward(): void {
  pressCards();
  const gd = graph("chart_quality");
  if (gd) keepForward(gd);
}

// A new figure has its lines as Python drew them.
export function rememberLines(gd: Graph): void {
  room.lineWidths.set(gd, new Map(scoreLines(gd).map(({ name, width }) => [name, width])));
}

function scoreLines(gd: Graph): { name: string; width: number; place: number }[] {
  const traces = drawnTraces(gd) ?? [];
  return traces.flatMap(({ type, line, name }, place) =>
    type === "scatter" && line ? [{ name, width: line.width, place }] : [],
  );
}

export function keepForward(gd: Graph): void {
  const lines = scoreLines(gd);
  if (!lines.length) return;
  const names = lines.map(({ name }) => name);
  const own = lines.map(({ name, width }) => room.lineWidths.get(gd)?.get(name) ?? width);
  const change = {
    opacity: strengths(names, room.forward),
    "line.width": widths(names, own, room.forward),
  };
  const places = lines.map(({ place }) => place);
  plotly()?.restyle(gd, change, places);
}

function pressCards(): void {
  for (const one of cards()) {
    one.setAttribute("aria-pressed", String(one.dataset.score === room.forward));
  }
}

// Cards that Streamlit draws anew do not know what is forward.
export function keepCards(): void {
  const first = part("bring");
  if (first === room.cards) return;
  setRoom({ cards: first });
  pressCards();
}
