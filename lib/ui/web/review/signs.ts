// What people said of a span, in a sign or two in front of its rationale and behind it on the lanes.
import type { NoteData, Opinion, VerdictData } from "../shared/protocol";
import { room, setRoom } from "./room";

const SIGNS: Readonly<Record<Opinion, string>> = { agree: "✓", disagree: "✗", unsure: "?" };
const NOTED = "✎";

export function countSigns(): void {
  setRoom({ signs: signsOf(room.verdicts, room.notes, (id) => room.byId.has(id)) });
}

// One sign for each verdict, and one if there is a note; of the spans that there are.
export function signsOf(
  verdicts: readonly Pick<VerdictData, "signal" | "opinion">[],
  notes: readonly Pick<NoteData, "signal">[],
  isSpan: (id: number | null) => boolean,
): Map<number | null, string> {
  const signs = new Map<number | null, string>();
  const add = (id: number | null, sign: string) => {
    if (isSpan(id)) signs.set(id, (signs.get(id) ?? "") + sign);
  };
  for (const one of verdicts) add(one.signal, SIGNS[one.opinion]);
  for (const id of new Set(notes.map((one) => one.signal))) add(id, NOTED);
  return signs;
}
