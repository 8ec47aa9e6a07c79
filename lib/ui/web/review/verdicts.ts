// Verdicts on the chosen span: one's own, and those of others.
import { button, make } from "../shared/elements";
import type { Opinion, VerdictData } from "../shared/protocol";
import { act, remember } from "./acts";
import { isBlind, OPEN, tellMode } from "./blindness";
import { opinionUnderway } from "./judging_order";
import { pickUnjudged } from "./judging_progress";
import { redraw } from "./redraw";
import { room } from "./room";
import { pickedSpan, type Span } from "./spans";

const OPINIONS: readonly [opinion: Opinion, title: string][] = [
  ["agree", "Agree (a)"],
  ["disagree", "Disagree (d)"],
  ["unsure", "Unsure (u)"],
];

const isMine = (one: VerdictData, id: number) =>
  one.signal === id && one.reviewer === room.reviewer;

const ownVerdict = (id: number): VerdictData | undefined =>
  room.reviewer ? room.verdicts.find((one) => isMine(one, id)) : undefined;

function opinionNow(id: number): Opinion | null | undefined {
  const acts = room.outbox.letters.map((letter) => letter.act);
  const underway = opinionUnderway(acts, room.reviewer, id);
  return underway === undefined ? ownVerdict(id)?.opinion : underway;
}

export function drawVerdict(span: Span): HTMLElement {
  const own = ownVerdict(span.id);
  const look = { role: "group", "aria-label": "Your verdict on this span" };
  const row = make("div", "sr-row", undefined, look);
  for (const [opinion, title] of OPINIONS) {
    const pressed = String(own?.opinion === opinion);
    const state = { "data-field": opinion, "aria-pressed": pressed };
    row.append(button(title, () => judge(opinion), state));
  }
  if (own?.opinion === "disagree") row.append(makeCorrection(span, own));
  if (room.reviewer) {
    row.append(button(`as ${room.reviewer}`, forgetName, { title: "Change the name" }));
  }
  return row;
}

function forgetName(): void {
  remember("");
  if (isBlind()) tellMode(); // what this one has judged is hidden from the next
  redraw("panel");
}

function makeCorrection(span: Span, own: VerdictData): HTMLSelectElement {
  const look = { "aria-label": "What it is instead", "data-field": "corrected" };
  const kind = make("select", "sr-select", undefined, look);
  kind.append(make("option", "", "what it is instead …", { value: "" }));
  kind.append(...(room.types ?? []).map((name) => make("option", "", name, { value: name })));
  kind.value = own.corrected;
  kind.addEventListener("change", () => {
    const corrected = kind.value;
    act({ kind: "verdict", signal: span.id, opinion: "disagree", corrected, mode: room.mode });
  });
  return kind;
}

export function drawOtherVerdicts(span: Span): HTMLElement[] {
  const own = ownVerdict(span.id);
  return room.verdicts
    .filter((one) => one.signal === span.id && (one !== own || one.imported))
    .map(({ byline, opinion, corrected, mode }) => {
      const instead = corrected ? `, ${corrected} instead` : "";
      const how = mode === OPEN ? "" : ` (${mode})`;
      return make("p", "sr-source", `${byline}: ${opinion}${instead}${how}`);
    });
}

// The same verdict again takes it back.
export function judge(opinion: Opinion): void {
  const span = judgedSpan();
  if (!span) return;
  if (opinionNow(span.id) === opinion) act({ kind: "unjudge", signal: span.id });
  else act({ kind: "verdict", signal: span.id, opinion, corrected: "", mode: room.mode });
}

// The same verdict again stays as it is, with its correction.
export function judgeAndGoOn(opinion: Opinion): void {
  const span = judgedSpan();
  if (!span) return;
  if (opinionNow(span.id) === opinion) pickUnjudged();
  else {
    const { mode } = room;
    act(
      { kind: "verdict", signal: span.id, opinion, corrected: "", mode },
      { after: pickUnjudged },
    );
  }
}

const judgedSpan = (): Span | undefined => (room.about?.kind === "span" ? pickedSpan() : undefined);
