// What is typed stays with what it is about, until it is saved. The note's id is made with it, so that
// saving twice keeps one note.
import type { Draft, Room } from "./room";

type Subject = Partial<Pick<Room, "session" | "about" | "editing">>;

export const subjectKey = ({ session, about, editing }: Subject): string =>
  JSON.stringify([session, about, editing?.id ?? null]);

export const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

// The draft of what is chosen; that of a note which is changed begins with its text.
export function draftOf(drafts: Map<string, Draft>, subject: Subject): Draft {
  const key = subjectKey(subject);
  const { editing } = subject;
  const known = drafts.get(key);
  const untouched = known?.before !== undefined && known.text === known.before;
  const stale = untouched && editing?.text !== known.before;
  if (known && !stale) return known;
  const made: Draft = editing
    ? { text: editing.text, id: editing.id, before: editing.text }
    : { text: "", id: newId() };
  drafts.set(key, made);
  return made;
}
