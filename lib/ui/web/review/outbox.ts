// What is on its way to Python, one after the other: of two that come while it is at work, Streamlit keeps
// the later one alone. Each is answered by its `at`, whether it was done or refused.
import type { ReviewAct } from "../shared/protocol";

export interface Letter {
  readonly act: ReviewAct;
  readonly drafted: string | null; // the draft that the act saves
}

export interface Outbox {
  readonly letters: readonly Letter[]; // the first one is sent, the others wait
  readonly sentAt: number; // ms
}

const PATIENCE = 10_000; // ms after which the first one counts as lost with its connection

export const EMPTY: Outbox = { letters: [], sentAt: 0 };

// The act with a time that no other has: two within a millisecond would count as one.
export function stampAct<Act extends ReviewAct>({ letters }: Outbox, act: Act): Act {
  const last = letters.at(-1)?.act.at ?? 0;
  return { ...act, at: Math.max(act.at, last + 1) };
}

// `send` is what has to be sent now, if anything.
export interface Step {
  readonly outbox: Outbox;
  readonly send: ReviewAct | null;
}

export function addLetter({ letters, sentAt }: Outbox, letter: Letter, now: number): Step {
  const all = [...letters, letter];
  const waits = letters.length > 0 && now - sentAt < PATIENCE;
  if (waits) return { outbox: { letters: all, sentAt }, send: null };
  return { outbox: { letters: all, sentAt: now }, send: all[0]?.act ?? null };
}

// An act of the analyst goes before a wish to hear what others wrote: its answer brings that too.
export function dropRenewals({ letters, sentAt }: Outbox): Outbox {
  return { letters: letters.filter(({ act }) => act.kind !== "renew"), sentAt };
}

// What was not answered for long.
export function sendAgain(outbox: Outbox, now: number): Step {
  const first = outbox.letters[0];
  if (!first || now - outbox.sentAt < PATIENCE) return { outbox, send: null };
  return { outbox: { ...outbox, sentAt: now }, send: first.act };
}

export function dropAnswered({ letters, sentAt }: Outbox, answered: number, now: number): Step {
  const left = letters.filter(({ act }) => act.at > answered);
  const first = left[0];
  if (!first || left.length === letters.length) {
    return { outbox: { letters: left, sentAt }, send: null };
  }
  return { outbox: { letters: left, sentAt: now }, send: first.act };
}
