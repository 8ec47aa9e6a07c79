// Wheel and pinch on what shows time. The plain wheel, and one finger, stay what they are to the page.
import { type Graph, plotArea } from "./plotly_chart";
import { type Range, room } from "./room";
import { requestZoom, viewRange, wholeRange } from "./zoom";
import { panRange, wheelAct, zoomAround } from "./zoom_range";

const AFTER_PINCH = 500; // ms in which what looks like a click is the end of a pinch
let pinchedAt = Number.NEGATIVE_INFINITY; // ms

// Where time stands on the page: its left end and its width in pixels, and the seconds there.
export interface TimePlace {
  readonly left: number;
  readonly width: number;
  readonly range: Range;
}

export const endsPinch = (): boolean => performance.now() - pinchedAt < AFTER_PINCH;

export function chartPlace(gd: Graph): TimePlace | null {
  const area = plotArea(gd);
  const view = viewRange();
  if (!area || !view) return null;
  return { left: gd.getBoundingClientRect().left + area.left, width: area.width, range: view };
}

export function secondsAt({ left, width, range: [from, to] }: TimePlace, x: number): number {
  const share = Math.max(0, Math.min((x - left) / width, 1));
  return from + share * (to - from);
}

export function bindWheel(host: HTMLElement, findPlace: () => TimePlace | null): void {
  const turn = (event: WheelEvent) => {
    const act = wheelAct(event, Boolean(room.wanted ?? room.zoom));
    const [place, view, whole] = [findPlace(), viewRange(), wholeRange()];
    if (!act || !place || !view || !whole) return;
    event.preventDefault();
    const { range, width } = place;
    if ("factor" in act) {
      requestZoom(zoomAround(view, secondsAt(place, event.clientX), act.factor, whole));
    } else requestZoom(panRange(view, (act.pixels * (range[1] - range[0])) / width, whole));
  };
  host.addEventListener("wheel", turn, { passive: false });
}

interface Pinch {
  readonly place: TimePlace; // as it was when the second finger came
  readonly seconds: number; // under the middle of both
  readonly apart: number; // pixels
}

export function bindPinch(gd: Graph): void {
  let pinch: Pinch | null = null;
  const touch = (event: TouchEvent) => {
    const [one, other] = event.touches;
    event.stopImmediatePropagation(); // Plotly would drag with the first finger; a tap is a click all the same
    if (!one || !other) {
      pinch = null;
      return;
    }
    event.preventDefault();
    pinchedAt = performance.now();
    const middle = (one.clientX + other.clientX) / 2;
    const apart = Math.max(1, Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY));
    const place = pinch?.place ?? chartPlace(gd);
    const whole = wholeRange();
    if (!place || !whole) return;
    pinch ??= { place, seconds: secondsAt(place, middle), apart };
    const share = (middle - place.left) / place.width;
    requestZoom(zoomAround(place.range, pinch.seconds, pinch.apart / apart, whole, share));
  };
  for (const kind of ["touchstart", "touchmove"] as const) {
    gd.addEventListener(kind, touch, { passive: false, capture: true });
  }
  for (const kind of ["touchend", "touchcancel"] as const) {
    const end = (event: TouchEvent) => {
      if (pinch) pinchedAt = performance.now();
      if (event.touches.length < 2) pinch = null;
    };
    gd.addEventListener(kind, end, { capture: true });
  }
}
