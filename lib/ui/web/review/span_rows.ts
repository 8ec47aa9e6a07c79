// The rows of the list that are in sight.
import { make } from "../shared/elements";
import { clock } from "./clock";
import { part, room } from "./room";
import type { Span } from "./spans";

export const ROW = 30; // pixels, as in style.css
const SPARE = 5; // rows above what is in sight

interface RowsBody extends HTMLElement {
  rows?: string; // what it shows, as JSON
}

export function drawRows(): void {
  const grid = part("grid");
  const body = grid?.querySelector<RowsBody>(".sr-body");
  if (!grid || !body) return;
  const from = Math.max(0, Math.floor(grid.scrollTop / ROW) - SPARE);
  const ids = room.order.slice(from, from + Math.ceil(grid.clientHeight / ROW) + 2 * SPARE);
  const signed = ids.map((id) => [id, signsOf(id), room.byId.get(id)?.spoken_by]);
  const now = JSON.stringify([room.session, room.digits, from, room.picked, signed]);
  if (body.rows === now) return; // nothing new: a press of the mouse on a row finds it still there
  body.rows = now;
  if (!ids.length) {
    body.replaceChildren(make("p", "sr-quiet", "No span passes the filters."));
    return;
  }
  const rows = ids.flatMap((id, place) => {
    const span = room.byId.get(id);
    return span ? [drawRow(span, from + place)] : [];
  });
  body.replaceChildren(...rows);
  if (room.picked !== null && ids.includes(room.picked)) {
    grid.setAttribute("aria-activedescendant", `sr-line-${room.picked}`);
  } else grid.removeAttribute("aria-activedescendant");
}

function drawRow(span: Span, place: number): HTMLDivElement {
  const made = make("div", "sr-line", undefined, {
    role: "row",
    id: `sr-line-${span.id}`,
    "data-id": span.id,
    "aria-rowindex": place + 2,
    "aria-selected": String(span.id === room.picked),
  });
  made.style.top = `${place * ROW}px`;
  const add = (css: string, text: string) => {
    made.append(make("div", `sr-cell ${css}`, text, { role: "gridcell" }));
  };
  add("start", clock(span.start, room.digits));
  add("end", clock(span.end, room.digits));
  add("length", lengthText(span.length, room.digits));
  add(`type ${span.group}`, span.flag ? `${span.type} ⚠` : span.type);
  add("probability", span.probability);
  add("spoken_by", span.spoken_by);
  made.lastElementChild?.setAttribute("title", span.spoken_by); // what the cell cuts off
  add("words", [signsOf(span.id), span.rationale ?? ""].filter(Boolean).join(" "));
  return made;
}

export const lengthText = (length: number | null, digits: number): string =>
  length === null ? "?" : `${Number(length.toFixed(digits))} s`;

const signsOf = (id: number): string => room.signs.get(id) ?? "";
