// The whole recording above the lanes: its spans in small, what is in view as a window, and the playhead.
import { make, makeSvg } from "../shared/elements";
import { clock } from "./clock";
import { clickRange, dragRange, type Grip, keyRange, SLOP } from "./overview_drag";
import { GROUPS, markPaths } from "./overview_marks";
import { seek } from "./playback";
import { graph, type PlotArea, plotArea } from "./plotly_chart";
import { type Range, room } from "./room";
import { isNear, viewText } from "./time_ticks";
import { requestZoom, viewRange, wholeRange, zoomOut } from "./zoom";
import { bindWheel, secondsAt, type TimePlace } from "./zoom_gestures";

const HEIGHT = 26; // pixels, as in style.css
const NAMES = { window: "View", from: "Start of the view", to: "End of the view" };

interface Overview {
  readonly track: HTMLElement;
  readonly marks: SVGSVGElement;
  readonly sliders: Readonly<Record<"window" | "from" | "to", HTMLElement>>;
  readonly head: HTMLElement;
  readonly text: HTMLElement;
  at: string; // where it stands
  marked: unknown[]; // what its marks show
  shown: string; // what its window shows
}

let overview: Overview | null = null;

export function makeOverview(): HTMLElement {
  const track = make("div", "sr-overview", undefined, { role: "group" });
  track.title =
    "Drag to choose what is in view; click to go there. Double click: whole recording. Short spans are a pixel wide";
  const sliders = { window: makeSlider("window"), from: makeSlider("from"), to: makeSlider("to") };
  const marks = makeSvg("svg", { "aria-hidden": "true" });
  const shade = make("div", "sr-shade");
  const head = make("div", "sr-playhead");
  const text = make("span", "sr-view");
  shade.append(sliders.window, sliders.from, sliders.to);
  track.append(marks, shade, head, text);
  overview = { track, marks, sliders, head, text, at: "", marked: [], shown: "" };
  track.addEventListener("pointerdown", press);
  track.addEventListener("mousedown", (event) => event.preventDefault()); // the keys stay the page's
  track.addEventListener("dblclick", zoomOut);
  track.addEventListener("keydown", moveByKey);
  bindWheel(track, placeOf);
  return track;
}

function makeSlider(grip: keyof typeof NAMES): HTMLElement {
  const look = { role: "slider", tabindex: 0, "aria-label": NAMES[grip], "data-grip": grip };
  return make("div", `sr-grip-${grip}`, undefined, look);
}

function placeOf(): TimePlace | null {
  const whole = wholeRange();
  if (!overview || !whole) return null;
  const { left, width } = overview.track.getBoundingClientRect();
  return { left, width, range: whole };
}

const gripAt = (target: EventTarget | null): Grip => {
  const found = target instanceof Element && target.closest<HTMLElement>("[data-grip]");
  const grip = found ? (found.dataset.grip as Grip) : "beside";
  return grip === "window" && !room.zoom ? "beside" : grip; // all is in view: there is nothing to move
};

function press(event: PointerEvent): void {
  const [place, view, whole] = [placeOf(), viewRange(), wholeRange()];
  if (!place || !view || !whole || event.button !== 0) return;
  const grip = gripAt(event.target);
  if (!event.isPrimary) return;
  const { track } = overview as Overview;
  const from = secondsAt(place, event.clientX);
  const started = event.clientX;
  let moved = false;
  let cancelled = false; // the finger scrolls the page
  track.setPointerCapture(event.pointerId);
  const move = (now: PointerEvent) => {
    moved ||= Math.abs(now.clientX - started) > SLOP;
    if (moved) requestZoom(dragRange(grip, view, from, secondsAt(place, now.clientX), whole));
  };
  const end = () => {
    track.removeEventListener("pointermove", move);
    track.removeEventListener("pointercancel", cancel);
    if (moved || cancelled) return;
    if (grip === "beside" && room.zoom) requestZoom(clickRange(view, from, whole));
    else if (grip === "beside") seek(from);
  };
  const cancel = () => {
    cancelled = true;
  };
  track.addEventListener("pointermove", move);
  track.addEventListener("pointercancel", cancel, { once: true });
  track.addEventListener("lostpointercapture", end, { once: true });
}

function moveByKey(event: KeyboardEvent): void {
  const [view, whole] = [viewRange(), wholeRange()];
  const found = event.target instanceof HTMLElement && event.target.dataset.grip;
  if (!found || !view || !whole || event.ctrlKey || event.metaKey || event.altKey) return;
  const range = keyRange(event.key, found as Grip, view, whole);
  if (!range) return;
  event.preventDefault();
  requestZoom(range);
}

// With each frame: what has not changed costs nothing.
export function drawOverview(v: HTMLVideoElement | null): void {
  if (!overview?.track.isConnected) return;
  const area = findArea();
  const [view, whole] = [viewRange(), wholeRange()];
  if (!area || !view || !whole) return;
  standBelow(overview, area.left, area.width);
  drawMarks(overview, area.width, whole[1]);
  drawWindow(overview, view, whole, area.width);
  const x = (Math.min(v?.currentTime ?? 0, whole[1]) / whole[1]) * area.width - 1;
  overview.head.style.display = v ? "block" : "none";
  overview.head.style.transform = `translateX(${x.toFixed(1)}px)`;
}

// All charts have theirs at the same place.
function findArea(): PlotArea | null {
  for (const key of room.charts) {
    const area = plotArea(graph(key));
    if (area) return area;
  }
  return null;
}

// As far from the left, and as wide, as the plots of the charts below.
function standBelow(one: Overview, left: number, width: number): void {
  const at = `${left}|${width}`;
  if (one.at === at) return;
  one.at = at;
  one.track.style.left = `${left}px`;
  one.track.style.width = `${width}px`;
  one.marks.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
}

function drawMarks(one: Overview, width: number, end: number): void {
  const now = [room.source, room.shown, width, end];
  if (now.every((value, place) => value === one.marked[place])) return;
  one.marked = now;
  const spans = room.spans.filter(({ id }) => !room.shown || room.shown.has(id));
  const paths = markPaths(spans, width, HEIGHT, end);
  one.marks.replaceChildren(
    ...GROUPS.map((group) => makeSvg("path", { class: group, d: paths[group] })),
  );
  const count = `${spans.length} ${spans.length === 1 ? "span" : "spans"}`;
  one.track.setAttribute("aria-label", `Overview of the whole recording: ${count}`);
}

function drawWindow(one: Overview, view: Range, whole: Range, width: number): void {
  const shown = `${view}|${whole}|${width}`;
  if (one.shown === shown) return;
  one.shown = shown;
  const zoomed = !isNear(view, whole);
  const scale = width / (whole[1] - whole[0]);
  const [left, right] = [(view[0] - whole[0]) * scale, (view[1] - whole[0]) * scale];
  one.track.style.setProperty("--sr-from", `${left.toFixed(2)}px`);
  one.track.style.setProperty("--sr-to", `${right.toFixed(2)}px`);
  one.track.classList.toggle("zoomed", zoomed);
  one.text.textContent = zoomed ? viewText(view) : "";
  one.text.dataset.side = width - right >= left ? "right" : "left"; // where there is more room
  say(one.sliders.window, view[0], whole[0], whole[1] - (view[1] - view[0]), viewText(view));
  const digits = view[1] - view[0] >= 5 ? 1 : 2;
  say(one.sliders.from, view[0], whole[0], view[1], clock(view[0], digits));
  say(one.sliders.to, view[1], view[0], whole[1], clock(view[1], digits));
}

function say(slider: HTMLElement, now: number, least: number, most: number, text: string): void {
  slider.setAttribute("aria-valuenow", now.toFixed(2));
  slider.setAttribute("aria-valuemin", least.toFixed(2));
  slider.setAttribute("aria-valuemax", most.toFixed(2));
  slider.setAttribute("aria-valuetext", text);
}
