// Coding while the recording plays: the key of a code begins a stretch at the playhead; let go after it was
// held, or pressed again, it ends it. A point is marked at once.
import type { CodeData } from "../shared/coding_protocol";
import { act } from "./acts";
import { keepBegun } from "./begun";
import { snap } from "./coding";
import { newId } from "./drafts";
import { notify } from "./notice";
import { currentTime, frameRate } from "./playback";
import { part, room, setRoom } from "./room";

const HELD = 400; // ms by the clock of the keyboard: longer is held, shorter a press

export function toggleCoding(): void {
  const { codebook } = room.coding;
  if (room.isCoding) {
    setRoom({ isCoding: false, held: null });
    return;
  }
  setRoom({ tab: "codes" });
  if (!codebook) notify("Choose a codebook first.");
  else if (!room.reviewer) part("code-tab")?.querySelector<HTMLElement>("input")?.focus();
  else setRoom({ isCoding: true });
}

// True where the press is that of a code.
export function pressCode(event: KeyboardEvent): boolean {
  if (!room.isCoding || event.ctrlKey || event.metaKey || event.altKey) return false;
  const key = event.key.toLowerCase();
  const code = room.coding.codebook?.codes.find((one) => one.key === key);
  if (!code) return false;
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat) {
    if (room.held?.key === key) setRoom({ held: { ...room.held, repeats: true } });
    return true;
  }
  const begins = mark(code);
  const held = { key, code: code.name, since: event.timeStamp, repeats: false };
  setRoom({ held: begins ? held : null });
  return true;
}

export function releaseCode(event: KeyboardEvent): void {
  const { held } = room;
  if (!held || event.key.toLowerCase() !== held.key) return;
  setRoom({ held: null });
  const code = room.coding.codebook?.codes.find((one) => one.name === held.code);
  const isHeld = held.repeats || event.timeStamp - held.since >= HELD;
  if (code && isHeld && room.begun.has(held.code)) mark(code);
}

// Marks a point, begins a stretch or ends the one that was begun; true where one begins.
export function mark(code: CodeData): boolean {
  const at = snap(currentTime(), frameRate());
  const start = room.begun.get(code.name);
  if (code.kind === "stretch" && start === undefined) {
    setBegun(new Map(room.begun).set(code.name, at));
    return true;
  }
  forgetBegun(code.name);
  write(code.name, start ?? at, at);
  return false;
}

export function forgetBegun(code: string): void {
  const begun = new Map(room.begun);
  begun.delete(code);
  setBegun(begun);
}

function setBegun(begun: ReadonlyMap<string, number>): void {
  setRoom({ begun });
  keepBegun(room.session, begun);
}

function write(code: string, one: number, other: number): void {
  const { codebook } = room.coding;
  if (!codebook) return;
  const [start, end] = [Math.min(one, other), Math.max(one, other)];
  const by = { codebook: codebook.id, version: codebook.version };
  act({ kind: "code", id: newId(), code, start, end, ...by });
}
