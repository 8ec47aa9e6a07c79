// What the analyst does to a session: told to Python, and who does it asked for once.
import { button, make } from "../shared/elements";
import type { ReviewAct, WritingAct } from "../shared/protocol";
import { draftOf, subjectKey } from "./drafts";
import { addLetter, dropAnswered, dropRenewals, type Step, sendAgain, stampAct } from "./outbox";
import { type Draft, part, room, setRoom } from "./room";

const NAME = "signal-review-reviewer"; // kept while the browser tab is open
const MAX_NAME = 80; // characters

export const aboutKey = (): string => subjectKey(room);
export const draft = (): Draft => draftOf(room.drafts, room);

export const rememberedName = (): string => sessionStorage.getItem(NAME) || "";

export function remember(name: string): void {
  setRoom({ reviewer: name });
  sessionStorage.setItem(NAME, name);
}

// Who judges, as Python says: once mounted, only where that is news. A name that was changed here counts until an
// act tells it, and while one is on its way.
export function takeReviewer(told: string): void {
  if (!room.stop) setRoom({ reviewer: told || rememberedName() });
  else if (room.outbox.letters.length) return;
  else if (told && told !== room.toldReviewer && told !== room.reviewer) remember(told);
  setRoom({ toldReviewer: told });
}

interface Sending {
  readonly drafted?: string; // the draft that the act saves
  readonly after?: () => void; // once it is on its way
}

export function act(what: WritingAct, sending: Sending = {}): void {
  if (!room.reviewer) {
    askName(what, sending);
    return;
  }
  post({ ...what, reviewer: room.reviewer, at: Date.now() }, sending.drafted);
  sending.after?.();
}

export function post(asked: ReviewAct, drafted: string | null = null): void {
  const letter = { act: stampAct(room.outbox, asked), drafted };
  follow(addLetter(dropRenewals(room.outbox), letter, Date.now()));
}

function follow({ outbox, send }: Step): void {
  setRoom({ outbox });
  if (send) deliver(send);
}

// Python refuses what was done to another session: its page may just be there.
function deliver(act: ReviewAct): void {
  room.send?.(room.session === undefined ? act : { ...act, session: room.session });
}

// With each frame: what was lost with its connection is sent again.
export function keepSending(): void {
  if (room.outbox.letters.length) follow(sendAgain(room.outbox, Date.now()));
}

// Python has answered up to one act, and done up to another: the draft of what was done is not needed any more.
export function takeAnswer(answered: number, done: number): void {
  const saved = room.outbox.letters.find(({ act }) => act.at === done)?.drafted;
  const step = dropAnswered(room.outbox, answered, Date.now());
  setRoom({ outbox: step.outbox });
  const { send } = step;
  if (send) setTimeout(() => deliver(send)); // once Streamlit has mounted what it brought
  if (saved) forgetDraft(saved);
}

function forgetDraft(key: string): void {
  room.drafts.delete(key);
  if (key !== aboutKey()) return;
  setRoom({ editing: null });
  part("panel")?.querySelector<HTMLElement>("textarea:focus")?.blur(); // the note is written: the keys work again
}

function askName(what: WritingAct, sending: Sending): void {
  const form = make("form", "sr-form sr-row sr-name-form");
  const field = make("input", "", undefined, {
    type: "text",
    maxlength: MAX_NAME,
    required: "",
    "aria-label": "Your name",
    placeholder: "Your name, shown with what you write",
    "data-field": "name",
  });
  const go = button("Continue", () => form.requestSubmit());
  form.append(make("b", "", "Who is reviewing?"), field, go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = field.value.trim().replace(/\s+/g, " ");
    if (!name) return;
    remember(name);
    form.remove();
    act(what, sending);
  });
  part("name-form")?.remove();
  part("panel-write")?.prepend(form); // beside what was begun: a long rationale above it stays where it is
  field.focus({ preventScroll: true });
}

// Escape leaves a field of the panel: what is typed stays there, and the keys work again.
export function leaveField(field: HTMLElement): void {
  if (field.closest(".sr-name-form")) field.closest("form")?.remove();
  else field.blur();
}
