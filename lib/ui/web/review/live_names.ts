// Who else has the review open, in the head and at the note that they change.
import type { ViewerData } from "../shared/live_protocol";
import { part, room } from "./room";

const NAMED = 3; // of the others, in the head

// "Also here: Ana, Ben and 2 more"; "" for nobody. Some have not given a name yet.
export function hereText(viewers: readonly ViewerData[]): string {
  if (!viewers.length) return "";
  const names = [...new Set(viewers.map((one) => one.name).filter(Boolean))];
  const nameless = viewers.filter((one) => !one.name).length;
  const more = Math.max(0, names.length - NAMED) + nameless;
  const told = names.slice(0, NAMED);
  const others = more === 1 ? "1 other" : `${more} others`;
  if (!told.length) return `Also here: ${others}`;
  const rest = more ? [`${more} more`] : [];
  const last = rest[0] ?? (told.length > 1 ? told.pop() : undefined);
  return `Also here: ${told.join(", ")}${last ? ` and ${last}` : ""}`;
}

// Who changes a note now, "" for nobody; one's own name is that of another window.
export function editingText(
  viewers: readonly ViewerData[],
  note: string,
  reviewer: string,
): string {
  const names = viewers.filter((one) => one.editing === note).map((one) => one.name);
  if (!names.length) return "";
  if (names.every((name) => name && name === reviewer)) {
    return `${reviewer} is editing this note in another window`;
  }
  const told = [...new Set(names.map((name) => name || "Somebody"))];
  return `${told.join(", ")} ${told.length > 1 ? "are" : "is"} editing this note`;
}

// It is said only when it changes.
export function drawHere(host = part("here")): void {
  const text = hereText(room.viewers);
  if (!host || host.textContent === text) return;
  host.textContent = text;
  host.title = text; // it may be cut
}
