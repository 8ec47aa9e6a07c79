// How far a reviewer is, and the way to the next span that they have not judged.
import { button, make } from "../shared/elements";
import { makeModeField } from "./blindness";
import { pickSpan } from "./choice";
import { historyButton } from "./history";
import { judgedBy, nextUnjudged, progressText } from "./judging_order";
import { notify } from "./notice";
import { room } from "./room";

// The field that keeps the focus while it leads from span to span.
export const GOES_ON = "unjudged";

// With what is on its way already: by key one is faster than Python.
function judgedNow(): Set<number> {
  const judged = judgedBy(room.verdicts, room.reviewer);
  for (const { act } of room.outbox.letters) {
    if (act.kind === "verdict" && act.reviewer === room.reviewer) judged.add(act.signal);
    if (act.kind === "unjudge" && act.reviewer === room.reviewer) judged.delete(act.signal);
  }
  return judged;
}

export function pickUnjudged(): void {
  const next = nextUnjudged(room.order, judgedNow(), room.picked);
  if (next !== undefined) pickSpan(next);
  else notify(room.order.length ? "You have judged all spans of the list." : "The list is empty.");
}

export function drawProgress(): HTMLElement[] {
  const row = make("div", "sr-row sr-judged");
  if (room.spans.length) {
    row.append(
      button("Next unjudged (j)", pickUnjudged, { "data-field": GOES_ON }),
      make("span", "sr-progress-text", progressText(room.order, judgedNow())),
    );
  }
  row.append(historyButton("undo"), historyButton("redo"));
  if (room.spans.length) row.append(makeModeField());
  return [row];
}
