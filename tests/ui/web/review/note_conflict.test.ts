import { expect, test } from "vitest";
import { conflictOf } from "../../../../lib/ui/web/review/note_conflict";

const notes = [
  { id: "n1", text: "as it stood" },
  { id: "n2", text: "another" },
];

test("a note that is as it was can be changed, and a new one never stands against another", () => {
  expect(conflictOf(notes, { id: "n1", before: "as it stood" })).toBeNull();
  expect(conflictOf(notes, { id: "n3" })).toBeNull();
});

test("a note that was changed or removed in the meantime is told, with its text", () => {
  const changed = { kind: "changed", text: "as it stood" };
  expect(conflictOf(notes, { id: "n1", before: "as it was" })).toEqual(changed);
  expect(conflictOf(notes, { id: "n3", before: "as it was" })).toEqual({ kind: "removed" });
});
