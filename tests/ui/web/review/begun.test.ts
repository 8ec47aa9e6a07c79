import { expect, it } from "vitest";
import { begunIn, keepBegun } from "../../../../lib/ui/web/review/begun";

function memory(text: string | null = null): Storage {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  } as unknown as Storage;
}

it("gives each session what was begun in it, and no other", () => {
  const store = memory();
  keepBegun("a", new Map([["nod", 1.5]]), store);
  keepBegun("b", new Map(), store);
  expect(begunIn("a", store)).toEqual(new Map([["nod", 1.5]]));
  expect(begunIn("b", store)).toEqual(new Map());
  expect(begunIn(undefined, store)).toEqual(new Map());
});

it.each([
  [null],
  ["no json"],
  ["null"],
  ["[]"],
  ['{"a": null}'],
  ['{"a": {"nod": "soon", "x": null}}'],
])("is nothing where what was kept is %s", (text) => {
  expect(begunIn("a", memory(text))).toEqual(new Map());
});
