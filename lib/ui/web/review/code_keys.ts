// Coding while the recording plays: the key of a code begins a stretch at the playhead; let go after it was
// held, or pressed again, it ends it. A point is marked at once.
import type { CodeData } from "../shared/coding_protocol";
import { video } from "../shared/streamlit_page";
import { act } from "./acts";
import { type BegunStretch, findBegun, keepBegun } from "./begun";
import { snap, stretchBetween } from "./coding";
import { newId } from "./drafts";
import { notify } from "./notice";
import { ASSUMED_RATE, frameRate, playhead, recordingEnd } from "./playback";
import { type HeldKey, part, room, setRoom } from "./room";

const HELD = 400; // ms by the clock of the keyboard: longer is held, shorter a press
const GONE = "The recording is not here: choose its file again to code.";
const NOT_PLAYED = "This browser cannot play the recording: nothing is coded.";

export function toggleCoding(): void {
  const { codebook } = room.coding;
  if (room.isCoding) {
    setRoom({ isCoding: false });
    return;
  }
  setRoom({ tab: "codes" });
  if (!codebook) notify("Choose a codebook first.");
  else if (!room.reviewer) part("code-tab")?.querySelector<HTMLElement>("input")?.focus();
  else setRoom({ isCoding: true });
}

// True where the press is that of a code.
export function pressCode(event: KeyboardEvent): boolean {
  const isOfCode = event.repeat ? repeat(event) : begin(event);
  if (!isOfCode) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function begin(event: KeyboardEvent): boolean {
  const code = codeOf(event);
  if (!code) return false;
  const stretch = mark(code);
  const held = new Map(room.held);
  held.delete(placeOf(event)); // the same key again: its end was lost
  if (stretch) held.set(placeOf(event), { stretch, since: event.timeStamp, repeats: false });
  setRoom({ held });
  return true;
}

// Whatever is pressed besides: a key that is held goes on being that of its code.
function repeat(event: KeyboardEvent): boolean {
  const key = room.held.get(placeOf(event));
  if (!key) return codeOf(event) !== undefined;
  if (!key.repeats) {
    setRoom({ held: new Map(room.held).set(placeOf(event), { ...key, repeats: true }) });
  }
  return true;
}

function codeOf(event: KeyboardEvent): CodeData | undefined {
  if (!room.isCoding || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const key = event.key.toLowerCase();
  return room.coding.codebook?.codes.find((one) => one.key === key);
}

// Which key it is, whatever it writes: a digit with Shift writes something else. A keyboard on a screen has no places.
const placeOf = (event: KeyboardEvent): string => event.code || event.key.toLowerCase();

export function releaseCode(event: KeyboardEvent): void {
  const key = room.held.get(placeOf(event));
  if (!key) return;
  const held = new Map(room.held);
  held.delete(placeOf(event));
  setRoom({ held });
  letGo(key, event.timeStamp);
}

// The window is left: nobody tells where a key is let go after that.
export function releaseAll(event: Event): void {
  const keys = [...room.held.values()];
  if (keys.length) setRoom({ held: new Map() });
  for (const key of keys) letGo(key, event.timeStamp);
}

function letGo({ stretch, since, repeats }: HeldKey, now: number): void {
  if (repeats || now - since >= HELD) endBegun(stretch);
}

// Marks a point, begins a stretch or ends the one that was begun; which one begins, else null.
export function mark({ name, kind }: CodeData): BegunStretch | null {
  const { codebook } = room.coding;
  const at = whereToCode();
  if (!codebook || at === null) return null;
  const { id, version } = codebook;
  const made = { code: name, start: at, codebook: id, version, coder: room.reviewer };
  const begun = findBegun(room.begun, made);
  if (begun) endBegun(begun);
  else if (kind === "stretch") setBegun([...room.begun, made]);
  else write(made, at, at);
  return !begun && kind === "stretch" ? made : null;
}

// At the playhead, unless it is somebody else's, or was ended or dropped meanwhile.
export function endBegun(stretch: BegunStretch): void {
  if (stretch.coder !== room.reviewer || !room.begun.includes(stretch)) return;
  const at = whereToCode();
  if (at === null) return;
  forgetBegun(stretch);
  const rate = frameRate();
  const least = 1 / (rate ?? ASSUMED_RATE);
  write(stretch, ...stretchBetween(stretch.start, at, { rate, least, last: recordingEnd() }));
}

// The frame at the playhead; without one nothing is coded, and the page says why.
function whereToCode(): number | null {
  const at = playhead();
  if (at === null) notify(video() ? NOT_PLAYED : GONE);
  else if (!room.reviewer) notify("Write your name first, to code.");
  else return snap(at, frameRate());
  return null;
}

export function forgetBegun(stretch: BegunStretch): void {
  setBegun(room.begun.filter((one) => one !== stretch));
}

function setBegun(begun: readonly BegunStretch[]): void {
  setRoom({ begun });
  keepBegun(room.session, begun);
}

function write({ code, codebook, version }: BegunStretch, start: number, end: number): void {
  act({ kind: "code", id: newId(), code, start, end, codebook, version, moves: false });
}
