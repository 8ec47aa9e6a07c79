// The bar below the quality chart names its lines, and switches each of them on and off; the chart stays.
// A score without a level, because none was sent or none holds evidence, has no line to switch.
import { button, make, makeSvg } from "../shared/elements";
import { drawnTraces, type Graph, graph, plotly, type Trace } from "./plotly_chart";
import { part, room } from "./room";

type Line = NonNullable<Trace["line"]>;

export function buildScores(host: HTMLElement): void {
  const traces = drawnTraces(graph("chart_quality"));
  if (!traces) return;
  const row = make("div", "sr-row", undefined, { role: "group", "aria-label": "Scores shown" });
  traces.forEach(({ type, name, line }, place) => {
    if (type === "scatter" && line) row.append(makeSwitch(name, line, place));
  });
  if (traces.some((trace) => trace.name === "no evidence")) {
    const empty = make("span", "sr-check", " no evidence");
    empty.prepend(make("span", "sr-swatch not-given"));
    row.append(empty);
  }
  host.replaceChildren(row);
}

function makeSwitch(name: string, line: Line, place: number): HTMLButtonElement {
  const pressed = () => String(!room.off.has(name));
  const flip = () => {
    if (!room.off.delete(name)) room.off.add(name);
    made.setAttribute("aria-pressed", pressed());
    const gd = graph("chart_quality");
    if (gd) showScore(gd, name, place);
  };
  const made = button(name, flip, { "aria-pressed": pressed() });
  made.prepend(sampleOf(line));
  return made;
}

function sampleOf({ color, width, dash = "" }: Line): SVGSVGElement {
  const sample = makeSvg("svg", { class: "sr-sample" });
  const dashes = { "stroke-dasharray": dash === "solid" ? "none" : dash };
  sample.append(makeSvg("path", { d: "M0,5H26", stroke: color, "stroke-width": width, ...dashes }));
  return sample;
}

function showScore(gd: Graph, name: string, place: number): void {
  plotly()?.restyle(gd, { visible: room.off.has(name) ? "legendonly" : true }, [place]);
}

// A chart that is drawn anew has all its lines again.
export function keepScores(gd: Graph): void {
  drawnTraces(gd)?.forEach(({ name }, place) => {
    if (room.off.has(name)) showScore(gd, name, place);
  });
}

// One that is switched off is there again.
export function showHidden(name: string): void {
  if (!room.off.has(name)) return;
  const switches = [...(part("switches")?.querySelectorAll("button") ?? [])];
  switches.find((one) => one.textContent === name)?.click();
}
