// One line of the transcript in its list: when, who, the words, and in the margin the spans meanwhile.
import { button, make } from "../shared/elements";
import { pickSpan } from "./choice";
import { clock } from "./clock";
import { seek } from "./playback";
import { room } from "./room";
import { timesOf } from "./spans";
import { spansDuring } from "./transcript_lines";

const MOST_SIGNS = 4; // of spans in the margin

export function drawLine(place: number, wanted: RegExp | null, spoken: boolean): HTMLLIElement {
  const [start, , speaker, text] = room.lines[place] ?? [0, 0, "", ""];
  const row = make("li", "sr-word", undefined, { "data-line": place });
  if (spoken) row.setAttribute("aria-current", "true");
  const when = clock(start, room.digits);
  const go = button(when, () => seek(start), {
    class: "sr-time sr-word-time",
    "aria-label": `Go to ${when}`,
  });
  const words = make("p", "sr-word-text");
  if (speaker) words.append(marked(make("b"), `${speaker}: `, wanted));
  words.append(marked(make("span"), text, wanted));
  row.append(go, words, drawMargin(place));
  return row;
}

export function drawMargin(place: number): HTMLElement {
  const margin = make("span", "sr-margin");
  const line = room.lines[place];
  const spans = line ? spansDuring(room.spans, room.shown, line) : [];
  for (const span of spans.slice(0, MOST_SIGNS)) {
    const name = `${span.type}, ${timesOf(span)}`;
    const look = { class: `sr-meanwhile ${span.group}`, title: name, "aria-label": name };
    margin.append(button("", () => pickSpan(span.id), look));
  }
  const more = spans.length - MOST_SIGNS;
  if (more > 0) margin.append(make("span", "sr-more", `+${more}`));
  return margin;
}

// A text in which what is searched for stands out.
function marked(host: HTMLElement, text: string, wanted: RegExp | null): HTMLElement {
  if (!wanted) {
    host.textContent = text;
    return host;
  }
  const every = new RegExp(wanted.source, "giu");
  host.append(
    ...text.split(every).map((piece, n) => (n % 2 ? make("mark", "", piece) : piece)), // every other piece is what was wanted
  );
  return host;
}
