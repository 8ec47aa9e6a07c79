// The list of spans: a table that sorts. Only the rows in sight are in the page.
const ROW = 30; // pixels, as in style.css
const COLUMNS = [
  ["start", "Start"], ["end", "End"], ["length", "Length"], ["type", "Type"], ["probability", "Probability"],
];
const LIKELY = ["high", "medium", "low", "not given"];

function buildTable(host) {
  const grid = make("div", "sr-grid", undefined, { role: "grid", tabindex: "0", "aria-label": "Spans" });
  const head = make("div", "sr-line sr-headline", undefined, { role: "row" });
  COLUMNS.forEach(([name, title]) => {
    const cell = make("div", `sr-cell ${name}`, undefined, { role: "columnheader" });
    cell.append(button(title, () => sortBy(name), { "data-sort": name }));
    head.append(cell);
  });
  head.append(make("div", "sr-cell words", "Rationale", { role: "columnheader" }));
  const body = make("div", "sr-body", undefined, { role: "rowgroup" });
  const top = make("div", "", undefined, { role: "rowgroup" });
  top.append(head);
  grid.append(top, body);
  grid.addEventListener("scroll", drawRows, { passive: true });
  grid.addEventListener("keydown", moveByKey);
  body.addEventListener("click", (event) => {
    const line = event.target.closest(".sr-line");
    if (line) pick(Number(line.dataset.id));
  });
  host.replaceChildren(grid);
  drawTable();
}

function sortBy(name) {
  room.sort = { by: name, down: room.sort.by === name && !room.sort.down };
  drawTable();
}

const VALUE = {
  probability: (span) => LIKELY.indexOf(span.probability) + 4 * (LIKELY.indexOf(span.probability) < 0),
};

function ordered() {
  const { by, down } = room.sort, value = VALUE[by] ?? ((span) => span[by]), sign = down ? -1 : 1;
  const kept = room.shown ? room.spans.filter((span) => room.shown.has(span.id)) : [...room.spans];
  const less = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return kept.sort((a, b) => sign * less(value(a), value(b)) || a.start - b.start || a.id - b.id).map((span) => span.id);
}

function drawTable() {
  room.order = ordered();
  const grid = part("grid");
  if (!grid) return;
  grid.setAttribute("aria-rowcount", room.order.length + 1);
  grid.querySelector(".sr-body").style.height = `${room.order.length * ROW}px`;
  grid.querySelectorAll("[data-sort]").forEach((title) => {
    const mine = title.dataset.sort === room.sort.by;
    title.parentElement.setAttribute("aria-sort", mine ? (room.sort.down ? "descending" : "ascending") : "none");
  });
  drawRows();
}

function drawRows() {
  const grid = part("grid"), body = grid?.querySelector(".sr-body");
  if (!body) return;
  const from = Math.max(0, Math.floor(grid.scrollTop / ROW) - 5);
  const rows = room.order.slice(from, from + Math.ceil(grid.clientHeight / ROW) + 10);
  const now = JSON.stringify([room.session, room.digits, from, room.picked, rows.map((id) => [id, said(id)])]);
  if (body.rows === now) return; // nothing new: a press of the mouse on a row finds it still there
  body.rows = now;
  if (!rows.length) { body.replaceChildren(make("p", "sr-quiet", "No span passes the filters.")); return; }
  body.replaceChildren(...rows.map((id, place) => line(room.byId.get(id), from + place)));
  const seen = rows.includes(room.picked);
  seen ? grid.setAttribute("aria-activedescendant", `sr-line-${room.picked}`) : grid.removeAttribute("aria-activedescendant");
}

function line(span, place) {
  const made = make("div", "sr-line", undefined, {
    role: "row", id: `sr-line-${span.id}`, "data-id": span.id, "aria-rowindex": place + 2, "aria-selected": String(span.id === room.picked),
  });
  made.style.top = `${place * ROW}px`;
  const cell = (css, text) => made.append(make("div", `sr-cell ${css}`, text, { role: "gridcell" }));
  cell("start", clock(span.start, room.digits));
  cell("end", clock(span.end, room.digits));
  cell("length", span.length === null ? "?" : `${Number(span.length.toFixed(room.digits))} s`);
  cell(`type ${span.group}`, span.flag ? `${span.type} ⚠` : span.type);
  cell("probability", span.probability);
  cell("words", [said(span.id), span.rationale ?? ""].filter(Boolean).join(" "));
  return made;
}

// What people said of a span, in a sign or two in front of its rationale.
const SIGNS = { agree: "✓", disagree: "✗", unsure: "?" };
const said = (id) => room.signs.get(id) ?? "";

function countSigns() {
  const found = new Map(), noted = new Set();
  const add = (id, sign) => room.byId.has(id) && found.set(id, (found.get(id) ?? "") + sign);
  room.verdicts.forEach((one) => add(one.signal, SIGNS[one.opinion]));
  room.notes.forEach((one) => { if (!noted.has(one.signal)) add(one.signal, "✎"); noted.add(one.signal); });
  room.signs = found;
}

function moveByKey(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6, Home: -Infinity, End: Infinity };
  if (!(event.key in steps) || event.target.closest("button") || !room.order.length) return;
  event.preventDefault();
  const at = room.order.indexOf(room.picked), last = room.order.length - 1;
  pick(room.order[at < 0 ? 0 : Math.max(0, Math.min(last, at + steps[event.key]))]);
}

function scrollToPicked() {
  const grid = part("grid"), at = room.order.indexOf(room.picked);
  if (!grid || at < 0) return;
  const top = at * ROW, room_for = grid.clientHeight - 2 * ROW; // the head covers a row
  if (top < grid.scrollTop || top > grid.scrollTop + room_for) grid.scrollTop = Math.max(0, top - room_for / 2);
}

// Choosing a span is one act, whether on the chart, in the list or by key.
function pick(id, { go = true } = {}) {
  const span = room.byId.get(id);
  if (!span) return;
  room.picked = id;
  room.about = { kind: "span", id };
  room.editing = null;
  if (go) seek(span.draw_start);
  cancelAnimationFrame(room.picking);
  room.picking = requestAnimationFrame(() => setTimeout(showPicked)); // the video goes first
}

function showPicked() {
  scrollToPicked();
  drawRows();
  drawPanel();
  drawFrame();
  drawTransport();
}
