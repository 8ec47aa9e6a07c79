// Others in the same review: who they are, in words, and when the page asks about them.
import "../page";
import { expect, test } from "vitest";
import { editingText, hereText } from "../../../../lib/ui/web/review/live_names";
import { isBehind, waitAfter } from "../../../../lib/ui/web/review/live_review";
import type { ReviewAct } from "../../../../lib/ui/web/shared/protocol";

const named = (...names: string[]) => names.map((name) => ({ name, editing: "" }));

test.each([
  [[], ""],
  [["Ana"], "Also here: Ana"],
  [["Ana", "Ben"], "Also here: Ana and Ben"],
  [["Ana", "Ben", "Cleo"], "Also here: Ana, Ben and Cleo"],
  [["Ana", "Ben", "Cleo", "Dan", "Eve"], "Also here: Ana, Ben, Cleo and 2 more"],
  [["Ana", "Ana"], "Also here: Ana"], // two windows of one
  [["Ana", ""], "Also here: Ana and 1 more"],
  [["", "Ana", "Ben", ""], "Also here: Ana, Ben and 2 more"],
  [[""], "Also here: 1 other"],
  [["", ""], "Also here: 2 others"],
  [["<b>Ana</b>"], "Also here: <b>Ana</b>"],
])("of %j the head says %j", (names, text) => {
  expect(hereText(named(...names))).toBe(text);
});

const editing = (...names: string[]) => names.map((name) => ({ name, editing: "n1" }));

test.each([
  [[], ""],
  [["Ana"], "Ana is editing this note"],
  [["Ana", "Cleo"], "Ana, Cleo are editing this note"],
  [["Ben"], "Ben is editing this note in another window"],
  [["Ben", "Ben"], "Ben is editing this note in another window"],
  [["Ben", "Ana"], "Ben, Ana are editing this note"],
  [[""], "Somebody is editing this note"],
])("a note that %j change tells Ben %j", (names, text) => {
  expect(editingText([...editing(...names), ...named("Dan")], "n1", "Ben")).toBe(text);
  expect(editingText(editing(...names), "n2", "Ben")).toBe("");
});

test("it asks every four seconds, and less and less often where nobody answers", () => {
  expect([0, 1, 2, 3, 9].map(waitAfter)).toEqual([4000, 8000, 16_000, 32_000, 120_000]);
});

test("a page is behind another version, but waits for what is on its own way", () => {
  const act: ReviewAct = { kind: "unjudge", signal: 1, reviewer: "Ana", at: 5 };
  expect(isBehind("v2", "v1", { letters: [] })).toBe(true);
  expect(isBehind("v1", "v1", { letters: [] })).toBe(false);
  expect(isBehind("v2", "v1", { letters: [{ act, drafted: null }] })).toBe(false);
});
