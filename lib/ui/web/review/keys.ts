// The keyboard. Keys never fire while typing, nor where the control in focus has its own use of them.
import { button } from "../shared/elements";
import { isOverlayOpen, searchField } from "../shared/streamlit_page";
import { focusMode } from "./blindness";
import { pickNeighbor } from "./choice";
import { pressCode, toggleCoding } from "./code_keys";
import { leave } from "./escape_key";
import { step } from "./history";
import { pickUnjudged } from "./judging_progress";
import { openKeys } from "./key_overlay";
import { findCommand, findKey, type Key, type KeyGroup } from "./key_press";
import { noteHere } from "./notes";
import {
  back,
  changeSpeed,
  forward,
  loopSpan,
  playSpan,
  STEP,
  stepFrame,
  toggle,
} from "./playback";
import { part, room } from "./room";
import { judge, judgeAndGoOn } from "./verdicts";
import { toggleFollow, zoomOut } from "./zoom";

const PLAYING: readonly Key[] = [
  { key: " ", shown: "space", does: "play or pause", act: toggle },
  { key: "ArrowLeft", shown: "←", does: `back ${STEP} s`, act: back },
  { key: "ArrowRight", shown: "→", does: `forward ${STEP} s`, act: forward },
  { key: ",", shown: ",", does: "one frame back", act: () => stepFrame(-1) },
  { key: ".", shown: ".", does: "one frame forward", act: () => stepFrame(1) },
  { key: "s", shown: "s", does: "play the chosen span", act: playSpan },
  { key: "l", shown: "l", does: "loop the chosen span", act: loopSpan },
  { key: "-", shown: "−", does: "slower", act: () => changeSpeed(-1) },
  { key: "+", shown: "+", does: "faster", act: () => changeSpeed(1) },
];
const MOVING: readonly Key[] = [
  { key: "p", shown: "p", does: "previous span", act: () => pickNeighbor(-1) },
  { key: "n", shown: "n", does: "next span", act: () => pickNeighbor(1) },
  { key: "j", shown: "j", does: "next span that you have not judged", act: pickUnjudged },
  { key: "/", shown: "/", does: "search", act: () => searchField()?.focus() },
];
const JUDGING: readonly Key[] = [
  { key: "a", shown: "a", does: "agree", act: () => judge("agree") },
  { key: "d", shown: "d", does: "disagree", act: () => judge("disagree") },
  { key: "u", shown: "u", does: "unsure", act: () => judge("unsure") },
  {
    key: "A",
    shown: "Shift a",
    does: "agree, and next unjudged",
    act: () => judgeAndGoOn("agree"),
  },
  { key: "D", shown: "Shift d", does: "disagree, and next", act: () => judgeAndGoOn("disagree") },
  { key: "U", shown: "Shift u", does: "unsure, and next", act: () => judgeAndGoOn("unsure") },
  { key: "m", shown: "m", does: "note at this moment", act: noteHere },
  { key: "b", shown: "b", does: "choose what is hidden while you judge", act: focusMode },
];
const CODING: readonly Key[] = [
  { key: "c", shown: "c", does: "code by the keys of the codebook, and back", act: toggleCoding },
];
const VIEW: readonly Key[] = [
  { key: "f", shown: "f", does: "follow the playhead", act: toggleFollow },
  { key: "z", shown: "z", does: "whole recording", act: zoomOut },
  { key: "?", shown: "?", does: "these keys", act: showKeys },
];
const KEYS = [...PLAYING, ...MOVING, ...JUDGING, ...CODING, ...VIEW];
const IN_NOTE = { shown: "Ctrl Enter", does: "save the note" };
const HISTORY = [
  { shown: "Ctrl z", does: "undo; on a Mac ⌘ for Ctrl" },
  { shown: "Ctrl Shift z", does: "redo; or Ctrl y" },
];
const CODE_KEYS = [
  { shown: "key", does: "of a code, meanwhile: begin; again, or let go after a while: end" },
];
const LEAVING = { shown: "Esc", does: "leave: a field, whose text stays; then what is chosen" };
const GROUPS: readonly KeyGroup[] = [
  { title: "Playing", keys: PLAYING },
  { title: "Moving", keys: MOVING },
  { title: "Judging", keys: [...JUDGING, IN_NOTE, ...HISTORY] },
  { title: "Coding and view", keys: [...CODING, ...CODE_KEYS, ...VIEW, LEAVING] },
];
const TYPING =
  "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]";
const CONTROLS = [
  ...["button", "a", "summary", "input", ".sr-sheet", "video"],
  ...["tab", "radio", "option", "combobox"].map((role) => `[role=${role}]`),
].join(", ");
// A list and a slider are moved by the arrows, and have no use for the space bar.
const OWN_ARROWS = `${CONTROLS}, [role=grid], [role=slider]`;

export function press(event: KeyboardEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (event.isComposing || event.defaultPrevented || !part("transport")) return;
  if (event.key === "Escape") {
    if (leave(target)) event.preventDefault(); // a field for a search would be cleared
    return;
  }
  const at = target ?? document.body;
  if (!room.keys || at.closest(TYPING) || isOverlayOpen()) return;
  if (pressCode(event)) return;
  if (event.key === " " && at.closest(CONTROLS)) return;
  if (event.key.startsWith("Arrow") && at.closest(OWN_ARROWS)) return;
  const command = findCommand(event);
  const key = findKey(KEYS, event);
  const act = command ? () => step(command) : key?.act;
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  const writes = command !== undefined || JUDGING.some((one) => one === key);
  if (!(writes && event.repeat)) act(); // a key that is held judges once
}

function showKeys(): void {
  openKeys(GROUPS);
}

export function keysButton(): HTMLButtonElement {
  const look = { title: "Keys (?)", "aria-label": "Keys (?)", "aria-haspopup": "dialog" };
  return button("?", showKeys, { ...look, "data-does": "keys" });
}
