import { describe, expect, test } from "vitest";
import {
  COMMAS,
  columnTexts,
  nextOrder,
  plainText,
  SEMICOLONS,
  sortRows,
  TABS,
  writeCell,
  writeTable,
} from "../../../../lib/ui/web/review/data_table_values";

const up = (by: string) => ({ by, down: false });
const down = (by: string) => ({ by, down: true });

describe("rows", () => {
  const columns = { n: [2, null, 10, 1], word: ["item 10", "Item 2", null, "item 2"] };

  test("stand as they came until they are sorted", () => {
    expect(sortRows(columns, 4, { by: null, down: false })).toEqual([0, 1, 2, 3]);
  });

  test("sort numbers by size, and missing values last both ways", () => {
    expect(sortRows(columns, 4, up("n"))).toEqual([3, 0, 2, 1]);
    expect(sortRows(columns, 4, down("n"))).toEqual([2, 0, 3, 1]);
  });

  test("sort words as people do, numbers in them too", () => {
    expect(sortRows(columns, 4, up("word"))).toEqual([3, 1, 0, 2]);
  });

  test("that tie stay as they came, both ways", () => {
    const same = { n: [1, 1, 1] };
    expect(sortRows(same, 3, up("n"))).toEqual([0, 1, 2]);
    expect(sortRows(same, 3, down("n"))).toEqual([0, 1, 2]);
  });

  test("sort up, down, and a third time as they came", () => {
    const first = nextOrder({ by: null, down: false }, "n");
    const second = nextOrder(first, "n");
    expect([first, second, nextOrder(second, "n")]).toEqual([
      up("n"),
      down("n"),
      { by: null, down: false },
    ]);
    expect(nextOrder(down("n"), "word")).toEqual(up("word"));
  });
});

describe("a column as it is read", () => {
  test("has equally many decimals in all its numbers", () => {
    expect(columnTexts([1, 2.25, null, -3.5])).toEqual(["1.00", "2.25", "–", "-3.50"]);
  });

  test("has none of the noise of a subtraction", () => {
    expect(columnTexts([0.1 + 0.2, 5])).toEqual(["0.3", "5.0"]);
    expect(plainText(79.9999999)).toBe("79.9999999");
  });

  test("leaves words and numbers beyond the usual as they are", () => {
    expect(columnTexts(["1.5", 1e300, 2, true])).toEqual(["1.5", "1e+300", "2", "true"]);
  });
});

describe("a cell for other programs", () => {
  const formula = ["=", "+", "-", "@"];

  test("never runs as a formula, and a negative number is none", () => {
    expect(writeCell("=1+1", formula, COMMAS)).toBe("'=1+1");
    expect(writeCell(-3, formula, COMMAS)).toBe("-3");
  });

  test("has quotes where it needs them", () => {
    expect(writeCell('say "hi", then', [], COMMAS)).toBe('"say ""hi"", then"');
    expect(writeCell("a\tb", [], TABS)).toBe('"a\tb"');
    expect(writeCell("a;b", [], SEMICOLONS)).toBe('"a;b"');
    expect(writeCell("a,b", [], SEMICOLONS)).toBe("a,b");
  });

  test("has a decimal comma where that is asked for, in numbers alone", () => {
    expect(writeCell(1.5, [], SEMICOLONS)).toBe("1,5");
    expect(writeCell("1.5", [], SEMICOLONS)).toBe("1.5");
    expect(writeCell(null, [], COMMAS)).toBe("");
  });
});

test("a table is written in its order, with what it is about in front of each row", () => {
  const columns = { a: [1, 2], b: ["x", "=y"] };
  const table = {
    columns,
    names: ["a", "b"],
    order: [1, 0],
    formula: ["="],
    before: { label: "sample" },
  };
  expect(writeTable(table, COMMAS)).toBe("label,a,b\r\nsample,2,'=y\r\nsample,1,x");
});
