// Notes on what is chosen.
import { button, make } from "../shared/elements";
import type { NoteData } from "../shared/protocol";
import { act, draft } from "./acts";
import { openMoment } from "./choice";
import { clock, clockRange } from "./clock";
import { editingText } from "./live_names";
import { askSoon } from "./live_review";
import { currentTime } from "./playback";
import { redraw } from "./redraw";
import { part, type Range, room, setRoom } from "./room";
import type { Span } from "./spans";

const BESIDE = 0.5; // seconds around a moment

// Those on a span, and those whose time meets it.
export const drawSpanNotes = (span: Span): HTMLElement[] =>
  drawNotes([span.draw_start, span.draw_end], span.id);

export const drawMomentNotes = (at: number): HTMLElement[] =>
  drawNotes([at - BESIDE, at + BESIDE], null);

export const drawRangeNotes = (range: Range): HTMLElement[] => drawNotes(range, null);

function drawNotes([start, end]: Range, signal: number | null): HTMLElement[] {
  return room.notes
    .filter((one) => {
      if (one.signal !== null) return one.signal === signal;
      return one.start <= end && one.end >= start;
    })
    .map(drawNote);
}

function drawNote(one: NoteData): HTMLElement {
  const row = make("div", "sr-note");
  const foot = make("p", "sr-source", `${one.byline}, ${timeText(one)} `);
  if (one.reviewer === room.reviewer) {
    foot.append(
      button("Edit", () => edit(one), { "data-field": `edit-${one.id}` }),
      button("Remove", () => act({ kind: "remove", id: one.id })),
    );
  }
  row.append(make("p", "sr-note-text", one.text), foot);
  const editing = editingText(room.viewers, one.id, room.reviewer);
  if (editing) row.prepend(make("p", "sr-source sr-editing", editing));
  return row;
}

export const timeText = ({ start, end }: NoteData) =>
  start === end ? clock(start, room.digits) : clockRange(start, end, room.digits);

function edit(note: NoteData): void {
  setRoom({ editing: note });
  redraw("panel");
  if (room.live) askSoon(); // others see it at once
  focusNote();
}

// A note at this moment; a chosen span stays so, for the verdict that may follow.
export function noteHere(): void {
  const at = currentTime();
  if (room.about?.kind === "span") {
    setRoom({ editing: null });
    Object.assign(draft(), { place: "moment", at });
    redraw("panel");
  } else openMoment(at);
  focusNote();
}

function focusNote(): void {
  part("panel")?.querySelector("textarea")?.focus();
}
