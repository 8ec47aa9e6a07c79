// Choosing a span is one act, whether on the chart, in the list or by key. A moment is chosen instead of it.
import { currentTime, seek } from "./playback";
import { redraw } from "./redraw";
import { room, setRoom } from "./room";
import { neighborOf } from "./span_order";
import { pickedSpan, type Span } from "./spans";

export function pickSpan(id: number, { go = true } = {}): void {
  const span = room.byId.get(id);
  if (!span) return;
  setRoom({ picked: id, about: { kind: "span", id }, editing: null });
  if (go) seek(span.draw_start);
  cancelAnimationFrame(room.picking);
  setRoom({ picking: requestAnimationFrame(() => setTimeout(showPicked)) }); // the video goes first
}

function showPicked(): void {
  redraw("panel", "place", "rows", "frame", "transport"); // the panel takes of the list's height
}

export function openMoment(at: number): void {
  setRoom({ about: { kind: "moment", at }, picked: null, editing: null });
  redraw("rows", "panel", "frame", "transport");
}

// A stretch of the transcript, for a note on it.
export function openRange(start: number, end: number): void {
  setRoom({ about: { kind: "range", start, end }, picked: null, editing: null });
  redraw("rows", "panel", "frame", "transport");
}

export function chooseNothing(): void {
  setRoom({ about: null, picked: null, editing: null });
  redraw("rows", "panel", "frame", "transport");
}

// The next or previous of the spans that the filters leave.
export function pickNeighbor(step: 1 | -1): void {
  const now = pickedSpan();
  const listed = room.order.map((id) => room.byId.get(id)).filter((one): one is Span => !!one);
  const next = neighborOf(listed, now, now ? now.draw_start : currentTime(), step);
  if (next) pickSpan(next.id);
}
