import { expect, test } from "vitest";
import { findCommand, findKey, type Press } from "../../../../lib/ui/web/review/key_press";

const KEYS = [" ", "a", "A", "n", "?", "/", "+", "ArrowLeft"].map((key) => ({ key }));
const PLAIN = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const found = (key: string, more: Partial<Press> = {}) =>
  findKey(KEYS, { ...PLAIN, key, ...more })?.key;

test("a key is found by its name, and none where it is not listed", () => {
  expect([" ", "a", "n", "/", "ArrowLeft"].map((key) => found(key))).toEqual([
    " ",
    "a",
    "n",
    "/",
    "ArrowLeft",
  ]);
  expect(found("x")).toBeUndefined();
});

test("a letter with Shift is another key than without, whatever Caps Lock says", () => {
  expect(found("A", { shiftKey: true })).toBe("A");
  expect(found("A")).toBe("a"); // Caps Lock
  expect(found("a", { shiftKey: true })).toBe("A"); // both
  expect(found("N", { shiftKey: true })).toBeUndefined();
});

test("signs are found wherever a keyboard has them", () => {
  expect(found("?", { shiftKey: true })).toBe("?");
  expect(found("/", { shiftKey: true })).toBe("/"); // German
  expect(found("+")).toBe("+");
});

test.each(["ctrlKey", "metaKey", "altKey"] as const)("with %s a key is the browser's", (name) => {
  expect(found("a", { [name]: true })).toBeUndefined();
});

const command = (key: string, more: Partial<Press> = {}) => findCommand({ ...PLAIN, key, ...more });

test("undo and redo have the keys that they have elsewhere", () => {
  expect(command("z", { ctrlKey: true })).toBe("undo");
  expect(command("z", { metaKey: true })).toBe("undo");
  expect(command("Z", { ctrlKey: true, shiftKey: true })).toBe("redo");
  expect(command("z", { metaKey: true, shiftKey: true })).toBe("redo");
  expect(command("y", { ctrlKey: true })).toBe("redo");
});

test("other keys, and these with another modifier, are no command", () => {
  expect(command("z")).toBeUndefined();
  expect(command("z", { ctrlKey: true, altKey: true })).toBeUndefined();
  expect(command("z", { ctrlKey: true, metaKey: true })).toBeUndefined();
  expect(command("y", { metaKey: true })).toBeUndefined(); // the history of a browser on a Mac
  expect(command("a", { ctrlKey: true })).toBeUndefined();
});
