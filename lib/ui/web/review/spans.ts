// The spans of a session, as Python sends them: columns of JSON in a hidden element.
import type { SpanColumns, SpansPayload } from "../shared/protocol";
import { begunIn } from "./begun";
import { clockRange } from "./clock";
import { EMPTY } from "./outbox";
import { part, room, setRoom } from "./room";

export type Span = { readonly [Name in keyof SpanColumns]: SpanColumns[Name][number] };

export function spansOf(columns: SpanColumns): Span[] {
  const names = Object.keys(columns) as (keyof SpanColumns)[];
  return columns.id.map((_, place) => {
    return Object.fromEntries(names.map((name) => [name, columns[name][place]])) as unknown as Span;
  });
}

// Reads the page's own table of spans once it is there or new; false where it is neither.
export function readSpans(): boolean {
  const source = part("data");
  if (!source || source === room.source) return false;
  const read: SpansPayload = JSON.parse(source.textContent ?? "");
  const before = room.session;
  const changed = read.session !== before;
  const spans = spansOf(read.spans);
  const { session, digits, author, types, counted, lines, speakers, shares } = read;
  setRoom({ source, session, digits, author, types, counted, lines, sent: spans, spans });
  setRoom({ speakers, shares });
  setRoom({ byId: new Map(spans.map((span) => [span.id, span])) });
  if (changed) {
    forgetSession();
    changeOutbox(before);
  }
  return true;
}

// What was not answered yet waits until its session is open again.
function changeOutbox(before: string | undefined): void {
  if (before !== undefined) room.outboxes.set(before, room.outbox);
  setRoom({ outbox: room.outboxes.get(room.session) ?? EMPTY });
}

function forgetSession(): void {
  setRoom({ picked: null, zoom: null, wanted: null, long: new Map(), arrived: false, about: null });
  setRoom({ editing: null, stretch: null, due: null, forward: null });
  setRoom({
    isCoding: false,
    begun: begunIn(room.session),
    held: new Map(),
    codedPicked: null,
    dragged: null,
  });
  setRoom({ tab: "spans", wordsWanted: "", wordsFollow: true, wordsAt: 0, away: false });
}

export const timesOf = (span: Span): string => clockRange(span.start, span.end, room.digits);

export const pickedSpan = (): Span | undefined => room.byId.get(room.picked);
