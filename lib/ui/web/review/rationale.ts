// A long rationale is in the page with its beginning alone; the rest is loaded when it is asked for.
import { button, make } from "../shared/elements";
import type { TextPart } from "../shared/protocol";
import { post } from "./acts";
import { type LongText, room } from "./room";
import type { Span } from "./spans";

export function drawRationale(span: Span): HTMLElement[] {
  const loaded = room.long.get(span.id);
  const text = loaded?.text ?? (span.rationale || "No rationale was given.");
  const box = make("p", "sr-rationale", text);
  const from = loaded?.next ?? 0;
  const more = span.characters - from;
  if (!span.characters || more <= 0) return [box];
  const loadNext = () => post({ kind: "text", signal: span.id, from, at: Date.now() });
  const title = loaded ? `Show more (${more} characters are left)` : "Read all of it";
  return [box, button(title, loadNext, { "data-field": "long" })];
}

// A part of a long rationale has come: it goes behind what is there. Where the next one begins is told
// with it: Python counts characters, and a string here the halves that some of them are made of.
export function addPart(
  before: LongText | undefined,
  { from, next, text }: TextPart,
): LongText | null {
  const begun = before ?? { text: "", next: 0 };
  return begun.next === from ? { text: begun.text + text, next } : null;
}

export function takeText(part: TextPart | null): void {
  const longer = part && addPart(room.long.get(part.signal), part);
  if (part && longer) room.long.set(part.signal, longer);
}
