import { expect, it } from "vitest";
import { begunIn, findBegun, keepBegun } from "../../../../lib/ui/web/review/begun";

const NOD = { code: "nod", start: 1.5, codebook: "book", version: 2, coder: "Ana" };

function memory(text: string | null = null): Storage {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  } as unknown as Storage;
}

it("gives each session what was begun in it, by whom and by which codebook, and no other", () => {
  const store = memory();
  keepBegun("a", [NOD, { ...NOD, coder: "Bo" }], store);
  keepBegun("b", [], store);
  expect(begunIn("a", store)).toEqual([NOD, { ...NOD, coder: "Bo" }]);
  expect(begunIn("b", store)).toEqual([]);
  expect(begunIn(undefined, store)).toEqual([]);
});

it("is told by its code, its coder and its codebook, in whatever version", () => {
  const which = { code: "nod", codebook: "book", coder: "Ana" };
  expect(findBegun([NOD], which)).toBe(NOD);
  for (const other of [{ code: "x" }, { codebook: "other" }, { coder: "Bo" }]) {
    expect(findBegun([NOD], { ...which, ...other })).toBeUndefined();
  }
});

it.each([
  [null],
  ["no json"],
  ["null"],
  ["[]"],
  ['{"a": null}'],
  ['{"a": {"nod": 1.5}}'], // as it was kept once: by whom is not known
  ['{"a": [null, 3, {}, {"code": "nod", "start": 1.5, "codebook": "book", "version": 1}]}'],
  ['{"a": [{"code": "nod", "start": "soon", "codebook": "book", "version": 1, "coder": "Ana"}]}'],
  ['{"a": [{"code": "nod", "start": 1, "codebook": "book", "version": 0.5, "coder": "Ana"}]}'],
])("is nothing where what was kept is %s", (text) => {
  expect(begunIn("a", memory(text))).toEqual([]);
});
