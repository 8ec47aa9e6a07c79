// Undo and redo of what was done in this tab: Python knows the acts, and says what came of it.
import { button } from "../shared/elements";
import type { NoticeData } from "../shared/protocol";
import { post } from "./acts";
import type { Command } from "./key_press";
import { notify } from "./notice";
import { room, setRoom } from "./room";

const NAMES: Readonly<Record<Command, readonly [sign: string, title: string, key: string]>> = {
  undo: ["↶", "Undo", "Ctrl+Z"],
  redo: ["↷", "Redo", "Ctrl+Shift+Z"],
};

export function step(command: Command): void {
  const nothing = !room[command] && !room.outbox.letters.length;
  if (nothing) notify(`There is nothing to ${command}.`);
  else post({ kind: command, reviewer: room.reviewer, at: Date.now() });
}

// What can be undone by now may be more than Python has sent yet, so the button stays as it is meanwhile.
export function historyButton(command: Command): HTMLButtonElement {
  const [sign, title, key] = NAMES[command];
  const does = room[command] ? `${title}: ${room[command]} (${key})` : `${title} (${key})`;
  const look = { title: does, "aria-label": does, "data-field": command };
  const made = button(sign, () => step(command), look);
  made.disabled = !room[command];
  return made;
}

export function takeNotice(notice: NoticeData | null): void {
  if (!notice || notice.at === room.noticeAt) return;
  const isNews = room.outbox.letters.some(({ act }) => act.at === notice.at);
  setRoom({ noticeAt: notice.at });
  if (isNews) notify(notice.text);
}
