// Coding by keys: what is pressed, held and let go, at the playhead of a video that stands where a test puts it.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { begunIn } from "../../../../lib/ui/web/review/begun";
import {
  endBegun,
  mark,
  pressCode,
  releaseAll,
  releaseCode,
  toggleCoding,
} from "../../../../lib/ui/web/review/code_keys";
import { EMPTY } from "../../../../lib/ui/web/review/outbox";
import { room, setRoom } from "../../../../lib/ui/web/review/room";
import type { CodeData } from "../../../../lib/ui/web/shared/coding_protocol";

const look = { definition: "", color: "#000000" };
const GAZE: CodeData = { ...look, name: "gaze", key: "g", kind: "stretch" };
const SMILE: CodeData = { ...look, name: "smile", key: "1", kind: "stretch" };
const NOD: CodeData = { ...look, name: "nod", key: "n", kind: "point" };
const BOOK = { id: "book", version: 2, name: "Gestures", codes: [GAZE, SMILE, NOD] };

let video: { currentTime: number; duration: number; readyState: number; error: object | null };
let here: boolean;
let said: string[];

beforeEach(() => {
  video = { currentTime: 0, duration: 60, readyState: 4, error: null };
  here = true;
  said = [];
  const notice = { replaceChildren: (line?: { textContent: string }) => line && tell(line) };
  const tell = (line: { textContent: string }) => said.push(line.textContent);
  const kept = new Map<string, string>();
  vi.useFakeTimers();
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => kept.set(name, text),
  });
  vi.stubGlobal("document", {
    createElement: () => ({}),
    querySelector: (selector: string) => {
      if (selector.includes("player")) return here ? video : null;
      if (selector === ".sr-transport") return { dataset: { frameRate: "25" } };
      return selector === ".sr-notice" ? notice : null;
    },
  });
  setRoom({ coding: { codebook: BOOK, spans: [] }, isCoding: true, reviewer: "Ana" });
  setRoom({ begun: [], held: new Map(), outbox: EMPTY, session: "a" });
});

afterEach(() => {
  setRoom({ coding: { codebook: null, spans: [] }, isCoding: false, reviewer: "" });
  setRoom({ begun: [], held: new Map(), outbox: EMPTY });
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function key(name: string, timeStamp: number, more: Partial<KeyboardEvent> = {}): KeyboardEvent {
  const code = /\d/.test(name) ? `Digit${name}` : `Key${name.toUpperCase()}`;
  const none = { preventDefault() {}, stopPropagation() {} };
  return { key: name, code, timeStamp, ...none, ...more } as unknown as KeyboardEvent;
}

const at = (seconds: number) => {
  video.currentTime = seconds;
};

const written = () =>
  room.outbox.letters.map(({ act }) =>
    act.kind === "code" ? [act.reviewer, act.code, act.start, act.end] : [act.kind],
  );

const open = () => room.begun.map(({ code, coder, start }) => [code, coder, start]);

test("a key that is held ends its stretch where it is let go, whatever is pressed meanwhile", () => {
  at(1);
  pressCode(key("g", 0));
  at(2);
  pressCode(key("1", 1000));
  pressCode(key("n", 1100));
  releaseCode(key("n", 1150));
  at(3);
  releaseCode(key("g", 2000));
  at(4);
  releaseCode(key("1", 3000));
  expect(written()).toEqual([
    ["Ana", "nod", 2, 2],
    ["Ana", "gaze", 1, 3],
    ["Ana", "smile", 2, 4],
  ]);
  expect(open()).toEqual([]);
  expect(room.held.size).toBe(0);
});

test("a key that is only pressed leaves its stretch open, and pressed again ends it", () => {
  at(1);
  pressCode(key("g", 0));
  releaseCode(key("g", 399));
  expect(open()).toEqual([["gaze", "Ana", 1]]);
  at(2);
  pressCode(key("g", 5000));
  at(3);
  releaseCode(key("g", 9000));
  expect(written()).toEqual([["Ana", "gaze", 1, 2]]);
});

test("a digit is let go with Shift as well, and goes on being its code while it repeats", () => {
  at(1);
  pressCode(key("1", 0));
  expect(pressCode(key("!", 50, { code: "Digit1", repeat: true, shiftKey: true }))).toBe(true);
  at(2);
  releaseCode(key("!", 100, { code: "Digit1", shiftKey: true }));
  expect(written()).toEqual([["Ana", "smile", 1, 2]]);
});

test("where the window is left, what is held ends, and its key-up counts no more", () => {
  at(1);
  pressCode(key("g", 0));
  pressCode(key("1", 900));
  at(2);
  releaseAll({ timeStamp: 1000 } as Event);
  expect(written()).toEqual([["Ana", "gaze", 1, 2]]);
  expect(open()).toEqual([["smile", "Ana", 1]]); // that was a short press
  at(3);
  releaseCode(key("1", 5000));
  releaseCode(key("g", 5000));
  expect(open()).toEqual([["smile", "Ana", 1]]);
  expect(written()).toHaveLength(1);
});

test("a stretch that was begun anew is not ended by the key of the one before", () => {
  pressCode(key("g", 0));
  at(1);
  mark(GAZE); // by the pointer
  at(2);
  mark(GAZE);
  releaseCode(key("g", 5000));
  expect(open()).toEqual([["gaze", "Ana", 2]]);
  expect(written()).toEqual([["Ana", "gaze", 0, 1]]);
});

test("a key that is pressed again is not held any more, if its key-up was lost", () => {
  pressCode(key("g", 0));
  at(1);
  pressCode(key("g", 900));
  expect(room.held.size).toBe(0);
  expect(written()).toEqual([["Ana", "gaze", 0, 1]]);
});

test("a key that is held ends its stretch also after coding was switched off", () => {
  pressCode(key("g", 0));
  toggleCoding();
  at(1);
  releaseCode(key("g", 5000));
  expect(written()).toEqual([["Ana", "gaze", 0, 1]]);
});

test("without a recording nothing is coded, and the page says why", () => {
  at(1);
  mark(GAZE);
  here = false;
  for (const name of ["n", "1", "g"]) expect(pressCode(key(name, 0))).toBe(true);
  expect(written()).toEqual([]);
  expect(open()).toEqual([["gaze", "Ana", 1]]);
  const gone = "The recording is not here: choose its file again to code.";
  expect(said).toEqual([gone, gone, gone]);
});

test("nothing is coded at the start of a recording that cannot be played", () => {
  video = { ...video, readyState: 0, error: {} };
  mark(NOD);
  expect(written()).toEqual([]);
  expect(said).toEqual(["This browser cannot play the recording: nothing is coded."]);
});

test("without a name nothing is begun", () => {
  setRoom({ reviewer: "" });
  mark(GAZE);
  expect(open()).toEqual([]);
  expect(said).toEqual(["Write your name first, to code."]);
});

test("a stretch that is ended where it began is a frame long, also at the end of the recording", () => {
  for (const seconds of [1, 60]) {
    at(seconds);
    mark(GAZE);
    mark(GAZE);
  }
  expect(written()).toEqual([
    ["Ana", "gaze", 1, 1.04],
    ["Ana", "gaze", 59.96, 60],
  ]);
});

test("what was begun is ended by the codebook that it was begun by", () => {
  at(1);
  mark(GAZE);
  const other = { ...BOOK, id: "other", version: 7 };
  setRoom({ coding: { codebook: other, spans: [] } });
  at(2);
  mark(GAZE); // another code of this name
  at(3);
  expect(room.begun).toHaveLength(2);
  expect(begunIn("a")).toEqual(room.begun);
  for (const stretch of room.begun) endBegun(stretch);
  const acts = room.outbox.letters.map(({ act }) => act);
  expect(acts).toMatchObject([
    { code: "gaze", start: 1, end: 3, codebook: "book", version: 2, moves: false },
    { code: "gaze", start: 2, end: 3, codebook: "other", version: 7, moves: false },
  ]);
});

test("what somebody else began is not ended under one's own name", () => {
  at(1);
  pressCode(key("g", 0));
  setRoom({ reviewer: "Bo" });
  at(2);
  releaseCode(key("g", 5000));
  for (const stretch of room.begun) endBegun(stretch);
  mark(GAZE);
  expect(open()).toEqual([
    ["gaze", "Ana", 1],
    ["gaze", "Bo", 2],
  ]);
  at(3);
  mark(GAZE);
  expect(written()).toEqual([["Bo", "gaze", 2, 3]]);
});
