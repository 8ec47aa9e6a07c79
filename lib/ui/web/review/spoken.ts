// Who spoke during a span, as Python found in the transcript: each with the share of the span, and a filter.
import { button, make } from "../shared/elements";
import { room } from "./room";
import type { Span } from "./spans";

const OTHERS = "(other speakers)"; // of lib/frames/speakers.py: no name, so nothing to filter by
const MOST = 8; // speakers of a span in the panel; the list, the tables and the files name all

export function drawSpoken(span: Span): HTMLElement[] {
  const spoken = room.shares[span.id] ?? [];
  if (!spoken.length) return [];
  const line = make("p", "sr-cues sr-spoken", "Spoken meanwhile: ");
  for (const [place, share] of spoken.slice(0, MOST)) {
    const speaker = room.speakers[place] ?? "";
    if (speaker === OTHERS) {
      line.append(make("span", "", `${speaker} ${share}`.trimEnd()));
      continue;
    }
    const filterBy = () => room.filter?.({ speaker });
    const title = "Show the spans during which they speak";
    line.append(button(`${speaker} ${share}`.trimEnd(), filterBy, { title }));
  }
  const more = spoken.length - MOST;
  if (more > 0) line.append(make("span", "", `and ${more} more`));
  return [line];
}
