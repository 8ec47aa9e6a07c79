// The list of spans: a table that sorts. Only the rows in sight are in the page.
import { button, make } from "../shared/elements";
import { scrollPage } from "../shared/streamlit_page";
import { pickSpan } from "./choice";
import { part, room, type Sort, setRoom } from "./room";
import { orderSpans } from "./span_order";
import { drawRows, ROW } from "./span_rows";

const COLUMNS: readonly [name: Sort["by"], title: string][] = [
  ["start", "Start"],
  ["end", "End"],
  ["length", "Length"],
  ["type", "Type"],
  ["probability", "Probability"],
  ["spoken_by", "Spoken by"],
];
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 6,
  PageUp: -6,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

export function buildTable(host: HTMLElement): void {
  const look = { role: "grid", tabindex: "0", "aria-label": "Spans" };
  const grid = make("div", "sr-grid", undefined, look);
  const body = make("div", "sr-body", undefined, { role: "rowgroup" });
  const top = make("div", "", undefined, { role: "rowgroup" });
  top.append(makeHeads());
  grid.append(top, body);
  grid.addEventListener("scroll", drawRows, { passive: true });
  grid.addEventListener("keydown", moveByKey);
  body.addEventListener("click", (event) => {
    const line = (event.target as Element).closest<HTMLElement>(".sr-line");
    if (line) pickSpan(Number(line.dataset.id));
  });
  host.replaceChildren(grid);
  drawTable();
}

function makeHeads(): HTMLDivElement {
  const heads = make("div", "sr-line sr-headline", undefined, { role: "row" });
  for (const [name, title] of COLUMNS) {
    const cell = make("div", `sr-cell ${name}`, undefined, { role: "columnheader" });
    cell.append(button(title, () => sortBy(name), { "data-sort": name }));
    heads.append(cell);
  }
  heads.append(make("div", "sr-cell words", "Rationale", { role: "columnheader" }));
  return heads;
}

function sortBy(name: Sort["by"]): void {
  setRoom({ sort: { by: name, down: room.sort.by === name && !room.sort.down } });
  drawTable();
}

export function drawTable(): void {
  setRoom({ order: orderSpans(room.spans, room.shown, room.sort) });
  const grid = part("grid");
  if (!grid) return;
  grid.classList.toggle("spoken", room.speakers.length > 0);
  grid.setAttribute("aria-rowcount", String(room.order.length + 1));
  const body = grid.querySelector<HTMLElement>(".sr-body");
  if (body) body.style.height = `${room.order.length * ROW}px`;
  for (const title of grid.querySelectorAll<HTMLElement>("[data-sort]")) {
    const mine = title.dataset.sort === room.sort.by;
    const direction = room.sort.down ? "descending" : "ascending";
    title.parentElement?.setAttribute("aria-sort", mine ? direction : "none");
  }
  drawRows();
}

function moveByKey(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  if (step === undefined || (event.target as Element).closest("button")) return;
  if (!room.order.length) return;
  event.preventDefault();
  const at = room.picked === null ? -1 : room.order.indexOf(room.picked);
  const place = at < 0 ? 0 : Math.max(0, Math.min(room.order.length - 1, at + step));
  const id = room.order[place];
  if (id !== undefined) pickSpan(id);
}

export function scrollToPicked(): void {
  const grid = part("grid");
  const at = room.picked === null ? -1 : room.order.indexOf(room.picked);
  if (!grid || at < 0) return;
  const top = at * ROW;
  const space = grid.clientHeight - 2 * ROW; // the head covers a row
  if (top < grid.scrollTop || top > grid.scrollTop + space) {
    grid.scrollTop = Math.max(0, top - space / 2);
  }
  keepAboveSheet(grid.getBoundingClientRect().top + top + ROW - grid.scrollTop);
}

// On a phone the detail lies upon the lower half: a row in there that is chosen comes above it.
function keepAboveSheet(top: number): void {
  const panel = part("panel");
  if (!panel || getComputedStyle(panel).position !== "fixed") return;
  const under = top + ROW - panel.getBoundingClientRect().top;
  if (under > 0 && top < window.innerHeight) scrollPage(under);
}
