// All notes of the session, in the order of time: a click on one chooses what it is on.
import { button, make } from "../shared/elements";
import type { NoteData } from "../shared/protocol";
import { openMoment, openRange, pickSpan } from "./choice";
import { timeText } from "./notes";
import { openSection } from "./open_section";
import { seek } from "./playback";
import { part, room } from "./room";

let listed: readonly NoteData[] | null = null; // what it shows

export function drawNoteList(): void {
  const host = part("note-list");
  if (!host) return;
  if (room.notes === listed && host.firstChild) return;
  listed = room.notes;
  const now = JSON.stringify([room.session, room.digits, room.byId.size, room.notes]);
  if (host.dataset.shows === now && host.firstChild) return; // sent anew, and the same
  host.dataset.shows = now;
  const notes = [...room.notes].sort((a, b) => a.start - b.start || a.end - b.end);
  const hint = "No notes yet. Choose a span, or press m for a note at this moment.";
  const list = make("ol", "sr-noted");
  list.append(...notes.map(drawEntry));
  const box = make("div", "sr-note-box", undefined, {
    tabindex: "0",
    role: "group",
    "aria-label": "Notes of this session",
  });
  box.append(notes.length ? list : make("p", "sr-quiet", hint));
  const more = "How far reviewers agree";
  host.replaceChildren(
    box,
    button(more, () => openSection("notes")),
  );
}

function drawEntry(one: NoteData): HTMLLIElement {
  const entry = make("li");
  const span = one.signal === null ? undefined : room.byId.get(one.signal);
  const go = button("", () => choose(one), { class: "sr-moment" });
  go.append(
    make("span", "sr-time", timeText(one)),
    ...(span ? [make("span", `sr-type ${span.group}`, span.type)] : []),
    make("span", "sr-note-text", one.text),
    make("span", "sr-source", one.byline),
  );
  entry.append(go);
  return entry;
}

function choose(one: NoteData): void {
  if (one.signal !== null && room.byId.has(one.signal)) {
    pickSpan(one.signal);
    return;
  }
  seek(one.start);
  if (one.start === one.end) openMoment(one.start);
  else openRange(one.start, one.end);
}
