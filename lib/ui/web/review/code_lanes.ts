// The lanes of codes below those of the signals, on the same time axis: a row for each coder and code. Drawn
// here, not by Plotly: what is coded shows at once, and its edges can be dragged.
import type { CodedSpanData } from "../shared/coding_protocol";
import { make } from "../shared/elements";
import { act } from "./acts";
import { clock } from "./clock";
import { type CodeRow, codeRows, isPoint, moveEdge, withUnderway } from "./coding";
import { frameRate, seek } from "./playback";
import { graph, type PlotArea, plotArea } from "./plotly_chart";
import { part, room, setRoom } from "./room";

const MOST = 5000; // spans in view that are drawn
const TOO_SHORT = 2; // pixels: a bar would not be seen
export const DIGITS = 3; // decimals of a time to the frame

let drawnAt = "";
let drawnOf: readonly unknown[] = [];
let growing: { readonly bar: HTMLElement; readonly start: number }[] = [];

export const codedNow = (): readonly CodedSpanData[] => {
  const acts = room.outbox.letters.map((letter) => letter.act);
  const spans = withUnderway(room.coding.spans, acts, room.coding.codebook?.codes ?? []);
  const { dragged } = room;
  return dragged ? spans.map((span) => (span.id === dragged.id ? dragged : span)) : spans;
};

export const codedTimes = ({ start, end }: Pick<CodedSpanData, "start" | "end">): string =>
  start === end ? clock(start, 2) : `${clock(start, 2)} – ${clock(end, 2)}`;

export function pickCoded(id: string | null): void {
  setRoom({ codedPicked: id });
}

// With each frame.
export function drawCodeLanes(v: HTMLVideoElement | null): void {
  const host = part("codes");
  const area = plotArea(graph("chart_lanes"));
  if (!host || !area) return;
  const { coding, begun, outbox, codedPicked, dragged, reviewer } = room;
  const of = [coding, begun, outbox, codedPicked, dragged, reviewer, host.firstChild];
  const at = `${area.range}|${area.left}|${area.width}`;
  if (at !== drawnAt || of.some((one, place) => one !== drawnOf[place])) {
    draw(host, area);
    drawnAt = at;
    drawnOf = [...of.slice(0, -1), host.firstChild];
  }
  follow(host, area, v?.currentTime ?? Number.NaN);
}

function follow(host: HTMLElement, area: PlotArea, now: number): void {
  const to = (start: number) => (Number.isFinite(now) ? now : start); // without a player it does not grow
  for (const { bar, start } of growing)
    placeBar(bar, area, Math.min(start, to(start)), Math.max(start, to(start)));
  const head = host.querySelector<HTMLElement>(".sr-playhead");
  const x = area.xOf(now);
  if (!head) return;
  const seen = x >= 0 && x <= area.width;
  head.style.display = seen ? "block" : "none";
  if (seen) head.style.transform = `translateX(${area.left + x - 1}px)`;
}

function draw(host: HTMLElement, area: PlotArea): void {
  const spans = codedNow();
  const rows = codeRows([...spans, ...begunSpans()]);
  host.hidden = rows.length === 0;
  growing = [];
  const inView = spans.filter(({ start, end }) => end >= area.range[0] && start <= area.range[1]);
  const shown = new Set(inView.slice(0, MOST).map(({ id }) => id));
  const part = inView.length > MOST ? `, ${MOST.toLocaleString()} of ${inView.length} in view` : "";
  const title = `Codes · ${spans.length} coded span${spans.length === 1 ? "" : "s"}${part}`;
  const lines = make("div", "sr-code-rows");
  lines.append(...drawGrid(area));
  let coder: string | null = null;
  let code: string | null = null;
  for (const row of rows) {
    if (row.coder !== coder) lines.append(make("div", "sr-coder", row.coder, { title: row.coder }));
    const isNew = row.coder !== coder || row.code !== code;
    ({ coder, code } = row);
    lines.append(drawRow(row, area, shown, isNew));
  }
  lines.append(make("div", "sr-playhead"));
  host.replaceChildren(make("div", "sr-code-title", title), lines);
}

// The lines of the charts around it, at the ticks of their time.
function drawGrid(area: PlotArea): HTMLElement[] {
  const ticks = graph("chart_lanes")?.layout?.xaxis?.tickvals ?? [];
  const places = ticks.map(area.xOf).filter((x) => x >= 0 && x <= area.width);
  return places.map((x) => {
    const line = make("div", "sr-code-grid");
    line.style.left = `${area.left + x}px`;
    return line;
  });
}

// What was begun is drawn as far as the playhead.
function begunSpans(): CodedSpanData[] {
  const { codebook } = room.coding;
  return room.begun.map((stretch) => {
    const codes = codebook?.id === stretch.codebook ? codebook.codes : [];
    const { color = "", definition = "" } = codes.find(({ name }) => name === stretch.code) ?? {};
    const of = { color, definition, kind: "stretch" } as const;
    return { ...stretch, id: "", byline: stretch.coder, end: stretch.start, ...of };
  });
}

function drawRow(
  { code, spans }: CodeRow,
  area: PlotArea,
  shown: ReadonlySet<string>,
  isNew: boolean,
): HTMLElement {
  const row = make("div", "sr-code-row");
  const label = make("span", "sr-code-label", isNew ? code : "", { title: code });
  label.style.width = `${area.left - 8}px`;
  const plot = make("div", "sr-code-plot");
  plot.style.left = `${area.left}px`;
  plot.style.width = `${area.width}px`;
  plot.addEventListener("click", (event) => {
    if (event.target === plot) seek(area.secondsAt(event.offsetX));
  });
  for (const span of spans) {
    if (!span.id || shown.has(span.id)) plot.append(drawBar(span, area));
  }
  row.append(label, plot);
  return row;
}

function drawBar(span: CodedSpanData, area: PlotArea): HTMLElement {
  const name = `${span.code}, ${span.byline}, ${codedTimes(span)}`;
  const about = span.definition ? `${name}\n${span.definition}` : name;
  const bar = make("div", "sr-code-bar", undefined, { title: about, "data-coded": span.id });
  bar.style.setProperty("--sr-code", span.color);
  placeBar(bar, area, span.start, span.end);
  if (!span.id) {
    growing.push({ bar, start: span.start });
    return bar;
  }
  if (span.id === room.codedPicked) bar.classList.add("chosen");
  bar.addEventListener("click", () => {
    if (room.codedPicked !== span.id) seek(span.start);
    pickCoded(span.id);
    setRoom({ tab: "codes" });
  });
  if (span.coder === room.reviewer && span.id === room.codedPicked) {
    const edges = isPoint(span) ? (["start"] as const) : (["start", "end"] as const);
    for (const edge of edges) bar.append(makeGrip(span, edge));
  }
  return bar;
}

// A bar has its true length; one too short to see is a marker.
function placeBar(bar: HTMLElement, area: PlotArea, start: number, end: number): void {
  const from = Math.max(0, area.xOf(start));
  const to = Math.min(area.width, area.xOf(end));
  const isShort = to - from < TOO_SHORT;
  bar.classList.toggle("short", isShort);
  bar.style.left = `${from}px`;
  bar.style.width = isShort ? "0" : `${to - from}px`;
}

function makeGrip(span: CodedSpanData, edge: "start" | "end"): HTMLElement {
  const hint = `Drag to move the ${edge}, to the frame`;
  const grip = make("span", `sr-code-grip ${edge}`, undefined, { title: hint });
  grip.addEventListener("click", (event) => event.stopPropagation());
  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    event.stopPropagation();
    drag(span, edge, event.pointerId);
  });
  return grip;
}

// Listened to on the page: the bars are drawn anew while one is dragged.
function drag(span: CodedSpanData, edge: "start" | "end", pointer: number): void {
  const end = new AbortController();
  const { signal } = end;
  const move = (event: PointerEvent) => {
    const gd = graph("chart_lanes");
    const area = plotArea(gd);
    if (event.pointerId !== pointer || !gd || !area) return;
    const x = event.clientX - gd.getBoundingClientRect().left - area.left;
    const to = area.secondsAt(Math.max(0, Math.min(area.width, x)));
    const dragged = moveEdge(span, edge, to, frameRate());
    setRoom({ dragged });
    seek(dragged[edge]); // so that one sees where it is
  };
  const drop = () => {
    end.abort();
    const { dragged } = room;
    setRoom({ dragged: null });
    if (dragged && (dragged.start !== span.start || dragged.end !== span.end)) moveCoded(dragged);
  };
  document.addEventListener("pointermove", move, { signal });
  document.addEventListener("pointerup", drop, { signal });
  document.addEventListener("pointercancel", drop, { signal });
}

export function moveCoded({ id, code, start, end, codebook, version }: CodedSpanData): void {
  act({ kind: "code", id, code, start, end, codebook, version, moves: true });
}
