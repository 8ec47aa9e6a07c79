// A note that somebody else changes or removes while one changes it: the form says so, and neither text is lost.
import { button, make } from "../shared/elements";
import type { NoteData } from "../shared/protocol";
import type { Draft } from "./room";

export type Conflict = { readonly kind: "changed"; readonly text: string } | { kind: "removed" };

// null where the note is as it was when its change began, and for a new note.
export function conflictOf(
  notes: readonly Pick<NoteData, "id" | "text">[],
  { id, before }: Pick<Draft, "id" | "before">,
): Conflict | null {
  if (before === undefined) return null;
  const note = notes.find((one) => one.id === id);
  if (!note) return { kind: "removed" };
  return note.text === before ? null : { kind: "changed", text: note.text };
}

export const makeConflictHost = (): HTMLElement =>
  make("div", "sr-conflict", undefined, { role: "status" }); // there before it has a text: only then is that said

// What the form for a note shows of it; `keepBoth` saves what is typed as another note.
export function drawConflict(
  form: HTMLFormElement,
  conflict: Conflict | null,
  keepBoth: () => void,
): void {
  const host = form.querySelector<HTMLElement>(".sr-conflict");
  const shows = JSON.stringify(conflict);
  if (!host || host.dataset.shows === shows) return;
  host.dataset.shows = shows;
  const save = form.querySelector("[data-field=save]");
  if (save) save.textContent = saveText(conflict);
  if (!conflict) {
    host.replaceChildren();
    return;
  }
  const told = "was changed in the meantime. It reads now:";
  host.replaceChildren(
    make("p", "", conflict.kind === "changed" ? `This note ${told}` : REMOVED),
    ...(conflict.kind === "changed"
      ? [make("p", "sr-note-text", conflict.text), button("Save mine as another note", keepBoth)]
      : []),
  );
}

const REMOVED =
  "This note was removed in the meantime. What you typed can be saved as another note.";

function saveText(conflict: Conflict | null): string {
  if (!conflict) return "Save the change";
  return conflict.kind === "changed" ? "Save mine in its place" : "Save mine as another note";
}
