// The form for a note: on a span, at a moment or on the range in view.
import { button, make } from "../shared/elements";
import type { WriteNote } from "../shared/protocol";
import { video } from "../shared/streamlit_page";
import { aboutKey, act, draft } from "./acts";
import { clock, clockRange } from "./clock";
import { newId } from "./drafts";
import { conflictOf, drawConflict, makeConflictHost } from "./note_conflict";
import { redraw } from "./redraw";
import { part, type Range, room, setRoom } from "./room";
import type { Span } from "./spans";

interface PlaceField extends HTMLSelectElement {
  range?: Range; // in view, that is offered
  lines?: Range; // of the transcript
}

type Place = Pick<WriteNote, "signal" | "start" | "end">;

export function drawNoteForm(span: Span | null, moment: number, lines?: Range): HTMLFormElement {
  const old = room.editing;
  const typed = draft();
  const form = make("form", "sr-form sr-note-form", undefined, { "data-draft": typed.id });
  const at = span ? (typed.at ?? moment) : moment;
  const area = makeTextArea(form);
  const where = makePlaceField(span, at, lines);
  const row = make("div", "sr-row");
  row.append(area);
  if (!old) row.append(where);
  const save = old ? "Save the change" : "Save the note";
  row.append(button(save, () => form.requestSubmit(), { "data-field": "save" }));
  if (old) row.append(button("Discard the change", discardChange));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!area.value.trim()) {
      area.focus();
      return;
    }
    if (old) saveChange(area.value);
    else write({ id: typed.id, text: area.value, ...chosenPlace(where, span, at) });
  });
  form.append(row);
  if (old) {
    form.prepend(makeConflictHost());
    showConflict(form);
  }
  return form;
}

function write(note: Omit<WriteNote, "kind">): void {
  act({ kind: "note", ...note }, { drafted: aboutKey() });
}

// In the place of what the note says now, as the form shows it.
function saveChange(text: string): void {
  const { editing } = room;
  const typed = draft();
  const conflict = conflictOf(room.notes, typed);
  if (!editing || conflict?.kind === "removed") {
    saveApart(text);
    return;
  }
  const { signal, start, end } = editing;
  const before = conflict?.text ?? typed.before ?? editing.text;
  write({ id: typed.id, text, signal, start, end, before });
}

// As another note at the same place.
function saveApart(text: string): void {
  if (!room.editing || !text.trim()) return;
  const { signal, start, end, id } = room.editing;
  const typed = draft();
  typed.apart ??= newId();
  write({ id: typed.apart, text, signal, start, end, instead: id });
}

// In a form that changes a note, what others did to it meanwhile.
export function showConflict(form: HTMLFormElement): void {
  const conflict = conflictOf(room.notes, draft());
  drawConflict(form, conflict, () => saveApart(draft().text));
}

// When a note on this span is at a moment, it is at this one.
export const momentOf = (span: Span): number => video()?.currentTime ?? span.draw_start;

function makeTextArea(form: HTMLFormElement): HTMLTextAreaElement {
  const typed = draft();
  const look = { rows: "1", placeholder: "Write a note" };
  const names = { "aria-label": "Note", "data-field": "note" };
  const area = make("textarea", "", undefined, { ...look, ...names }); // no limit: a paste would be cut in silence
  area.value = typed.text;
  area.addEventListener("input", () => {
    typed.text = area.value;
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  return area;
}

function makePlaceField(span: Span | null, at: number, lines?: Range): PlaceField {
  const typed = draft();
  const look = { "aria-label": "What the note is on", "data-field": "place" };
  const where: PlaceField = make("select", "sr-select", undefined, look);
  if (span) where.append(make("option", "", "on this span", { value: "span" }));
  if (lines) {
    where.lines = lines;
    where.append(make("option", "", `on ${clockRange(...lines, room.digits)}`, { value: "lines" }));
  }
  where.append(make("option", "", `at ${clock(at, room.digits)}`, { value: "moment" }));
  offerRange(where);
  if (typed.place && where.querySelector(`[value=${typed.place}]`)) where.value = typed.place;
  where.addEventListener("change", () => {
    const chosen = where.value === "moment" ? at : undefined;
    Object.assign(typed, { place: where.value, at: chosen });
  });
  return where;
}

function chosenPlace(where: PlaceField, span: Span | null, at: number): Place {
  if (span && where.value === "span") {
    return { signal: span.id, start: span.draw_start, end: span.draw_end };
  }
  const exact = (time: number) => Number(time.toFixed(Math.max(1, room.digits))); // a pointer measures no finer
  const stretches: Readonly<Record<string, Range | undefined>> = {
    range: where.range,
    lines: where.lines,
  };
  const [start, end] = stretches[where.value] ?? [at, at];
  if (where.value === "lines") return { signal: null, start, end }; // as the transcript has it
  return { signal: null, start: exact(start), end: exact(end) };
}

function discardChange(): void {
  room.drafts.delete(aboutKey());
  setRoom({ editing: null });
  redraw("panel");
}

// The range in view, for a note. One that is chosen for it stays so when all is in view again.
export function offerRange(
  where = part("panel")?.querySelector<PlaceField>("[data-field=place]"),
): void {
  if (!where) return;
  const offered = where.querySelector("[value=range]");
  if (!room.zoom) {
    if (where.value !== "range") offered?.remove();
    return;
  }
  const [start, end] = room.zoom;
  where.range = [start, end];
  const one = offered ?? where.appendChild(make("option", "", "", { value: "range" }));
  one.textContent = `on ${clockRange(start, end, 0)}, the range in view`;
}
