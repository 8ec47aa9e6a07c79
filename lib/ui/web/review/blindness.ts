// Judging blind: Python leaves out what is hidden. Here is the choice of it, and what is said in its place.
import { make } from "../shared/elements";
import type { OpenedSpan } from "../shared/protocol";
import { post } from "./acts";
import { part, room, setRoom } from "./room";
import type { Span } from "./spans";

export const OPEN = "open";
const BLINDEST = "blind, probability hidden";
const MODES: readonly [mode: string, title: string][] = [
  [OPEN, "Open: all is shown"],
  ["blind", "Blind to others"],
  [BLINDEST, "Fully blind"],
];
const HINT =
  "Blind: what others said of a span is hidden until you have judged it. Fully blind: its probability as well. (b)";

export const isBlind = (): boolean => room.mode !== OPEN;

export function makeModeField(): HTMLSelectElement {
  const look = {
    "aria-label": "What is hidden until you judge",
    title: HINT,
    "data-field": "mode",
  };
  const field = make("select", "sr-select sr-mode", undefined, look);
  field.append(...MODES.map(([mode, title]) => make("option", "", title, { value: mode })));
  field.value = room.mode;
  field.addEventListener("change", () => tellMode(field.value));
  return field;
}

// Python hides by who judges: it is told the name as well.
export function tellMode(mode = room.mode): void {
  post({ kind: "mode", mode, reviewer: room.reviewer, at: Date.now() });
}

// A page that was loaded anew, or connected anew to the app: it knows of nobody who judges, and hides all.
export function tellForgottenMode(known: string): void {
  const underway = room.outbox.letters.some(({ act }) => act.kind === "mode");
  if (isBlind() && !known && room.reviewer && !underway) tellMode();
}

export function focusMode(): void {
  part("panel")?.querySelector<HTMLElement>("[data-field=mode]")?.focus();
}

// In the place of what others said.
export function drawHidden(span: Span): HTMLElement[] {
  if (!isBlind() || room.opened.has(span.id)) return [];
  const what = room.mode === BLINDEST ? "the probability and what others said" : "what others said";
  return [
    make("p", "sr-source", `Blind: ${what} of this span stands here once you have judged it.`),
  ];
}

// The spans with the probabilities that are shown by now.
export function withProbabilities(
  spans: readonly Span[],
  opened: ReadonlyMap<number, string>,
): readonly Span[] {
  return spans.map((span) => {
    const probability = opened.get(span.id) ?? span.probability;
    return probability === span.probability ? span : { ...span, probability };
  });
}

export function takeOpened(told: readonly OpenedSpan[]): void {
  setRoom({ opened: new Map(told.map(({ id, probability }) => [id, probability])) });
  showProbabilities();
}

export function showProbabilities(): void {
  const spans = withProbabilities(room.sent, room.opened);
  setRoom({ spans, byId: new Map(spans.map((span) => [span.id, span])) });
}
