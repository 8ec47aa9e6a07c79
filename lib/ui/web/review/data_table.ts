// The data of a chart as a table, in pages of rows that sort in the browser. data_tables.py puts it there as
// JSON: `columns` hold a list each, or are null for spans, which the review has: then `spans` are their ids.
import { button, make } from "../shared/elements";
import type { TablePayload } from "../shared/protocol";
import { sheetActions } from "./data_table_files";
import { type Columns, columnTexts, nextOrder, type Order, sortRows } from "./data_table_values";
import { part, room, setRoom } from "./room";

const PAGE = 50; // rows
const LONG = 1000; // characters shown of a cell; what is copied or saved has all of them

interface SheetHost extends HTMLElement {
  filled?: boolean;
}

interface Place {
  order: Order;
  page: number;
}

// One table, where one is in it, and the elements that show it.
export interface Sheet extends Place {
  readonly told: TablePayload;
  readonly columns: Columns;
  readonly names: readonly string[];
  readonly count: number; // of rows
  rows: number[];
  readonly heads: readonly HTMLElement[];
  readonly body: HTMLElement;
  readonly region: HTMLElement;
  readonly where: HTMLElement;
  readonly back: HTMLButtonElement;
  readonly next: HTMLButtonElement;
}

export function fillSheet(): void {
  const host = part<SheetHost>("tabular");
  if (!host || host.filled || !room.source) return;
  const told: TablePayload = JSON.parse(host.textContent ?? "");
  if (told.session !== room.session) return; // the spans of another one are still being taken away
  host.filled = true;
  buildSheet(host, told);
}

function columnsOf({ columns, names, spans }: TablePayload): Columns {
  if (columns) return columns;
  const values = (name: string) =>
    (spans ?? []).map((id) => {
      const span = room.byId.get(id) as Record<string, unknown> | undefined;
      return span?.[name] as Columns[string][number];
    });
  return Object.fromEntries(names.map((name) => [name, values(name)]));
}

// The same table with other rows keeps its order and its page.
function buildSheet(host: SheetHost, told: TablePayload): void {
  const before = room.sheet;
  const same = before?.told.session === told.session && before.told.name === told.name;
  const { order, page } = same ? before : { order: { by: null, down: false }, page: 0 };
  const columns = columnsOf(told);
  const count = columns[told.names[0] ?? ""]?.length ?? 0;
  const sheet: Sheet = {
    told,
    columns,
    names: told.names,
    count,
    order,
    page: Math.min(page, lastPage(count)),
    rows: sortRows(columns, count, order),
    heads: told.names.map((column) => makeHead(told, column, () => sortSheet(sheet, column))),
    body: make("tbody"),
    region: makeRegion(told.name),
    where: make("span", "sr-view", "", { role: "status" }),
    back: button("Previous rows", () => turn(sheet, -1), { title: "Page Up at the table's top" }),
    next: button("Next rows", () => turn(sheet, 1), { title: "Page Down at the table's end" }),
  };
  setRoom({ sheet });
  sheet.region.append(makeTable(sheet));
  sheet.region.addEventListener("keydown", (event) => turnByKey(sheet, event));
  host.replaceChildren(makeControls(sheet), sheet.region);
  drawSheet(sheet);
}

const lastPage = (count: number) => Math.max(0, Math.ceil(count / PAGE) - 1);

function makeHead(told: TablePayload, column: string, sort: () => void): HTMLElement {
  const unit = told.units[column] ? ` [${told.units[column]}]` : "";
  const head = make("th", kindOf(told, column), undefined, { scope: "col" });
  head.append(button(column.replaceAll("_", " ") + unit, sort));
  return head;
}

function makeRegion(name: string): HTMLElement {
  const look = { role: "region", tabindex: "0", "aria-label": `${name} as a table` };
  return make("div", "sr-sheet", undefined, look);
}

function makeTable({ told, count, heads, body }: Sheet): HTMLTableElement {
  const row = make("tr", "", undefined, { "aria-rowindex": 1 });
  const top = make("thead");
  const look = { "aria-label": told.name, "aria-rowcount": count + 1 };
  const table = make("table", "", undefined, look);
  row.append(...heads);
  top.append(row);
  table.append(top, body);
  return table;
}

function makeControls(sheet: Sheet): HTMLElement {
  const look = { role: "group", "aria-label": "Rows of the table" };
  const row = make("div", "sr-row", undefined, look);
  row.append(sheet.where, sheet.back, sheet.next, ...sheetActions(sheet));
  return row;
}

const kindOf = (told: TablePayload, column: string) =>
  told.numbers.includes(column) ? "number" : "";

function sortSheet(sheet: Sheet, column: string): void {
  const order = nextOrder(sheet.order, column);
  const rows = sortRows(sheet.columns, sheet.count, order);
  Object.assign(sheet, { order, rows, page: 0 });
  drawSheet(sheet);
}

function turn(sheet: Sheet, by: number): void {
  sheet.page = Math.max(0, Math.min(lastPage(sheet.count), sheet.page + by));
  drawSheet(sheet);
  if (document.activeElement?.matches(":disabled")) sheet.region.focus(); // there is no further page
}

// Page Down and Page Up scroll; at the end of a page they turn it.
function turnByKey(sheet: Sheet, event: KeyboardEvent): void {
  const { scrollTop, clientHeight, scrollHeight } = sheet.region;
  const atEnd = scrollTop + clientHeight >= scrollHeight - 1;
  const down = event.key === "PageDown" && atEnd && sheet.page < lastPage(sheet.count);
  const up = event.key === "PageUp" && scrollTop <= 0 && sheet.page > 0;
  if (!down && !up) return;
  event.preventDefault();
  turn(sheet, down ? 1 : -1);
  if (up) sheet.region.scrollTop = sheet.region.scrollHeight;
}

function drawSheet(sheet: Sheet): void {
  const { page, names, told, columns, order } = sheet;
  const from = page * PAGE;
  const rows = sheet.rows.slice(from, from + PAGE);
  sheet.heads.forEach((head, place) => {
    const direction = order.down ? "descending" : "ascending";
    head.setAttribute("aria-sort", names[place] === order.by ? direction : "none");
  });
  const texts = names.map((name) => columnTexts(rows.map((row) => columns[name]?.[row] ?? null)));
  const lines = rows.map((_, place) => {
    const line = make("tr", "", undefined, { "aria-rowindex": from + place + 2 });
    const kinds = names.map((name) => kindOf(told, name));
    line.append(...kinds.map((kind, column) => makeCell(texts[column]?.[place] ?? "", kind)));
    return line;
  });
  sheet.body.replaceChildren(...lines);
  const number = (one: number) => one.toLocaleString("en");
  const last = number(from + rows.length);
  sheet.where.textContent = `Rows ${number(from + 1)}–${last} of ${number(sheet.count)}`;
  sheet.back.disabled = page === 0;
  sheet.next.disabled = page === lastPage(sheet.count);
  sheet.region.scrollTop = 0;
}

function makeCell(text: string, css: string): HTMLTableCellElement {
  const made = make("td", css);
  made.append(make("div", "", text.length > LONG ? `${text.slice(0, LONG)} …` : text));
  return made;
}
