// The values of a table: in which order, as text to read, and as text for other programs.
import type { Cell } from "../shared/protocol";

export interface Order {
  readonly by: string | null; // a column; null: as the rows came
  readonly down: boolean;
}
export type Columns = Readonly<Record<string, readonly Cell[]>>;

const NONE = "–"; // stands for what is missing
const words = new Intl.Collator("en", { numeric: true });

const compare = (a: Cell, b: Cell) =>
  typeof a === "string" ? words.compare(a, String(b)) : Number(a) - Number(b);

// The places of the rows. Missing values stand last, whichever way the rest is sorted.
export function sortRows(columns: Columns, count: number, { by, down }: Order): number[] {
  const rows = Array.from({ length: count }, (_, place) => place);
  const values = by === null ? undefined : columns[by];
  if (!values) return rows;
  const sign = down ? -1 : 1;
  const value = (row: number) => values[row] ?? null;
  const missing = (row: number) => Number(value(row) === null);
  return rows.sort(
    (a, b) =>
      missing(a) - missing(b) || (missing(a) ? 0 : sign * compare(value(a), value(b))) || a - b,
  );
}

// Up, down, and a third time as it came.
export function nextOrder({ by, down }: Order, column: string): Order {
  const again = by === column;
  return again && down ? { by: null, down: false } : { by: column, down: again };
}

// The noise of a subtraction was not sent.
export function plainText(value: Cell): string {
  if (value === null) return "";
  return typeof value === "number" ? String(Number(value.toPrecision(12))) : String(value);
}

// A column as it is read: its numbers have equally many decimals.
export function columnTexts(values: readonly Cell[]): string[] {
  const texts = values.map((value) => (value === null ? NONE : plainText(value)));
  const isUsual = (value: Cell, text: string): value is number =>
    typeof value === "number" && /^-?[\d.]+$/.test(text);
  const decimals = texts.map((text, place) =>
    isUsual(values[place] ?? null, text) ? (text.split(".")[1] ?? "").length : 0,
  );
  const digits = Math.max(0, ...decimals);
  return texts.map((text, place) => {
    const value = values[place] ?? null;
    return isUsual(value, text) ? value.toFixed(digits) : text;
  });
}

// How a table is written for other programs.
export interface Style {
  readonly between: string;
  readonly odd: RegExp; // what needs quotes
  readonly decimal: string;
}
export const TABS: Style = { between: "\t", odd: /["\t\r\n]/, decimal: "." };
export const COMMAS: Style = { between: ",", odd: /[",\r\n]/, decimal: "." };
export const SEMICOLONS: Style = { between: ";", odd: /[";\r\n]/, decimal: "," };

// What a spreadsheet would run gets an apostrophe in front, as in the downloads.
export function writeCell(value: Cell, formula: readonly string[], style: Style): string {
  const runs = typeof value === "string" && formula.some((sign) => value.startsWith(sign));
  const plain = plainText(value);
  const number = typeof value === "number" ? plain.replace(".", style.decimal) : plain;
  const text = runs ? `'${value}` : number;
  return style.odd.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export interface Written {
  readonly columns: Columns;
  readonly names: readonly string[];
  readonly order: readonly number[]; // the rows
  readonly formula: readonly string[];
  readonly before: Readonly<Record<string, Cell>>; // cells in front of each row, by their head
}

export function writeTable(table: Written, style: Style): string {
  const { columns, names, order, formula, before } = table;
  const write = (values: readonly Cell[]) =>
    [...Object.values(before), ...values]
      .map((one) => writeCell(one, formula, style))
      .join(style.between);
  const head = [...Object.keys(before), ...names].join(style.between);
  const rows = order.map((row) => write(names.map((name) => columns[name]?.[row] ?? null)));
  return [head, ...rows].join("\r\n");
}
