import { expect, test } from "vitest";
import { draftOf, subjectKey } from "../../../../lib/ui/web/review/drafts";
import type { Draft } from "../../../../lib/ui/web/review/room";
import type { NoteData } from "../../../../lib/ui/web/shared/protocol";

const SPAN = { session: "a", about: { kind: "span", id: 3 }, editing: null } as const;
const NOTE: NoteData = {
  id: "n1",
  reviewer: "Ada",
  text: "as it stands",
  start: 1,
  end: 1,
  signal: null,
  written_at: "",
  imported: false,
  byline: "Ada",
};

test("what is typed stays with what it is about", () => {
  const drafts = new Map<string, Draft>();
  draftOf(drafts, SPAN).text = "half a sentence";
  expect(draftOf(drafts, { ...SPAN, about: { kind: "span", id: 4 } }).text).toBe("");
  expect(draftOf(drafts, { ...SPAN, session: "b" }).text).toBe("");
  expect(draftOf(drafts, { ...SPAN }).text).toBe("half a sentence");
});

test("a note has its id from its first letter on, so that saving twice keeps one", () => {
  const drafts = new Map<string, Draft>();
  const { id } = draftOf(drafts, SPAN);
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(draftOf(drafts, SPAN).id).toBe(id);
  expect(draftOf(new Map(), SPAN).id).not.toBe(id);
});

test("changing a note begins with its text, keeps its id, and is apart from a new note there", () => {
  const drafts = new Map<string, Draft>();
  draftOf(drafts, SPAN).text = "another note";
  expect(draftOf(drafts, { ...SPAN, editing: NOTE })).toEqual({
    text: "as it stands",
    id: "n1",
    before: "as it stands",
  });
  expect(draftOf(drafts, SPAN).text).toBe("another note");
});

test("a moment is told apart from a span, and nothing chosen from both", () => {
  const keys = [
    SPAN,
    { ...SPAN, about: { kind: "moment", at: 3 } as const },
    { ...SPAN, about: null },
  ];
  expect(new Set(keys.map(subjectKey)).size).toBe(3);
});

test("a change that was begun and left untouched begins anew with what the note says by then", () => {
  const drafts = new Map<string, Draft>();
  draftOf(drafts, { ...SPAN, editing: NOTE });
  const later = { ...SPAN, editing: { ...NOTE, text: "as Ben wrote it" } };
  expect(draftOf(drafts, later)).toEqual({
    text: "as Ben wrote it",
    id: "n1",
    before: "as Ben wrote it",
  });
  draftOf(drafts, later).text = "typed";
  expect(draftOf(drafts, { ...SPAN, editing: NOTE }).text).toBe("typed");
});
