// The data of a chart as a table, in pages of rows that sort in the browser. data_tables.py puts it there as JSON:
// `columns` hold a list each, or are null for spans, which the review has: then `spans` are the ids of the rows.
const PAGE = 50; // rows
const LONG = 1000; // characters shown of a cell; what is copied or saved has all of them
const NONE = "–"; // stands for what is missing
const EUROPEAN = "CSV with ; between cells and a decimal comma"; // as in the section Downloads

function fillSheet() {
  const host = part("tabular");
  if (!host || host.filled || !room.source) return;
  const told = JSON.parse(host.textContent);
  if (told.session !== room.session) return; // the spans of another one are still being taken away
  host.filled = true;
  const columns = told.columns ?? Object.fromEntries(told.names.map((name) => [name, told.spans.map((id) => room.byId.get(id)[name])]));
  buildSheet(host, { ...told, columns });
}

// The same table with other rows keeps its order and its page.
function buildSheet(host, told) {
  const same = room.sheet?.told.session === told.session && room.sheet.told.name === told.name;
  const { by, down, page } = same ? room.sheet : { by: null, down: false, page: 0 };
  const sheet = (room.sheet = { told, names: told.names, count: told.columns[told.names[0]].length, by, down });
  sheet.page = Math.min(page, last(sheet));
  sheet.order = sorted(sheet);
  host.replaceChildren(sheetControls(sheet), sheetRegion(sheet));
  drawSheet(sheet);
}

const last = (sheet) => Math.max(0, Math.ceil(sheet.count / PAGE) - 1);

function sheetRegion(sheet) {
  const { name, units } = sheet.told;
  sheet.heads = sheet.names.map((column) => {
    const unit = units[column] ? ` [${units[column]}]` : "", head = make("th", kind(sheet, column), undefined, { scope: "col" });
    head.append(button(column.replaceAll("_", " ") + unit, () => sortSheet(sheet, column)));
    return head;
  });
  const row = make("tr", "", undefined, { "aria-rowindex": 1 }), top = make("thead");
  const table = make("table", "", undefined, { "aria-label": name, "aria-rowcount": sheet.count + 1 });
  row.append(...sheet.heads);
  top.append(row);
  table.append(top, (sheet.body = make("tbody")));
  sheet.region = make("div", "sr-sheet", undefined, { role: "region", tabindex: "0", "aria-label": `${name} as a table` });
  sheet.region.append(table);
  sheet.region.addEventListener("keydown", (event) => turnByKey(sheet, event));
  return sheet.region;
}

function sheetControls(sheet) {
  const row = make("div", "sr-row", undefined, { role: "group", "aria-label": "Rows of the table" });
  sheet.where = make("span", "sr-view", "", { role: "status" });
  sheet.back = button("Previous rows", () => turn(sheet, -1), { title: "Page Up at the table's top" });
  sheet.next = button("Next rows", () => turn(sheet, 1), { title: "Page Down at the table's end" });
  const said = make("span", "sr-told", "", { role: "status" });
  row.append(sheet.where, sheet.back, sheet.next, button("Copy the table", () => copySheet(sheet, said)), button("Save as CSV", () => saveSheet(sheet)), europeanBox(), said);
  return row;
}

// What is chosen holds for every table until the page is left.
function europeanBox() {
  const made = make("label", "sr-check"), box = make("input", "", undefined, { type: "checkbox" });
  box.checked = room.european ?? false;
  box.addEventListener("change", () => { room.european = box.checked; });
  made.append(box, ` ${EUROPEAN}`);
  return made;
}

const kind = (sheet, column) => (sheet.told.numbers.includes(column) ? "number" : "");

// Missing values stand last, whichever way the rest is sorted.
function sorted({ told, by, down, count }) {
  const rows = Array.from({ length: count }, (_, place) => place), values = told.columns[by];
  if (!by) return rows;
  const words = new Intl.Collator("en", { numeric: true }), sign = down ? -1 : 1;
  const compare = (a, b) => (typeof a === "string" ? words.compare(a, b) : a - b);
  const missing = (one) => Number(values[one] === null);
  return rows.sort((a, b) => missing(a) - missing(b) || (missing(a) ? 0 : sign * compare(values[a], values[b])) || a - b);
}

// Up, down, and a third time as it came.
function sortSheet(sheet, column) {
  const again = sheet.by === column;
  Object.assign(sheet, again && sheet.down ? { by: null, down: false } : { by: column, down: again }, { page: 0 });
  sheet.order = sorted(sheet);
  drawSheet(sheet);
}

function turn(sheet, by) {
  sheet.page = Math.max(0, Math.min(last(sheet), sheet.page + by));
  drawSheet(sheet);
  if (document.activeElement?.disabled) sheet.region.focus(); // there is no further page
}

// Page Down and Page Up scroll; at the end of a page they turn it.
function turnByKey(sheet, event) {
  const { scrollTop, clientHeight, scrollHeight } = sheet.region;
  const down = event.key === "PageDown" && scrollTop + clientHeight >= scrollHeight - 1 && sheet.page < last(sheet);
  const up = event.key === "PageUp" && scrollTop <= 0 && sheet.page > 0;
  if (!down && !up) return;
  event.preventDefault();
  turn(sheet, down ? 1 : -1);
  if (up) sheet.region.scrollTop = sheet.region.scrollHeight;
}

function drawSheet(sheet) {
  const { order, page, names, told } = sheet, from = page * PAGE, rows = order.slice(from, from + PAGE);
  sheet.heads.forEach((head, place) => {
    head.setAttribute("aria-sort", names[place] !== sheet.by ? "none" : sheet.down ? "descending" : "ascending");
  });
  const texts = names.map((name) => shown(rows.map((one) => told.columns[name][one])));
  sheet.body.replaceChildren(...rows.map((_, place) => {
    const row = make("tr", "", undefined, { "aria-rowindex": from + place + 2 });
    row.append(...names.map((name, column) => cell(texts[column][place], kind(sheet, name))));
    return row;
  }));
  const number = (one) => one.toLocaleString("en");
  sheet.where.textContent = `Rows ${number(from + 1)}–${number(from + rows.length)} of ${number(sheet.count)}`;
  sheet.back.disabled = page === 0;
  sheet.next.disabled = page === last(sheet);
  sheet.region.scrollTop = 0;
}

function cell(text, css) {
  const made = make("td", css);
  made.append(make("div", "", text.length > LONG ? `${text.slice(0, LONG)} …` : text));
  return made;
}

// The noise of a subtraction was not sent.
const plain = (value) => (value === null ? "" : typeof value === "number" ? String(Number(value.toPrecision(12))) : String(value));

// A column as it is read: its numbers have equally many decimals.
function shown(values) {
  const texts = values.map((value) => (value === null ? NONE : plain(value)));
  const usual = (place) => typeof values[place] === "number" && /^-?[\d.]+$/.test(texts[place]);
  const digits = Math.max(0, ...texts.map((text, place) => (usual(place) ? (text.split(".")[1] ?? "").length : 0)));
  return texts.map((text, place) => (usual(place) ? values[place].toFixed(digits) : text));
}

// What a spreadsheet would run gets an apostrophe in front, as in the downloads.
function field(value, formula, { odd, decimal }) {
  const runs = typeof value === "string" && formula.some((sign) => value.startsWith(sign));
  const text = runs ? `'${value}` : typeof value === "number" ? plain(value).replace(".", decimal) : plain(value);
  return odd.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const TABS = { between: "\t", odd: /["\t\r\n]/, decimal: "." };
const COMMAS = { between: ",", odd: /[",\r\n]/, decimal: "." };
const SEMICOLONS = { between: ";", odd: /[";\r\n]/, decimal: "," };

function written(sheet, names, before, style) {
  const { columns, formula } = sheet.told, line = (values) => [...before.values, ...values].map((one) => field(one, formula, style)).join(style.between);
  const head = [...before.names, ...names].join(style.between);
  return [head, ...sheet.order.map((one) => line(names.map((name) => columns[name][one])))].join("\r\n");
}

const NOTHING = { names: [], values: [] };

async function copySheet(sheet, said) {
  try {
    await navigator.clipboard.writeText(written(sheet, sheet.names, NOTHING, TABS));
    said.textContent = "Copied for a spreadsheet";
  } catch {
    said.textContent = "The browser does not allow copying; save the table instead";
  }
}

function saveSheet(sheet) {
  const { about, file } = sheet.told, before = { names: Object.keys(about), values: Object.values(about) };
  const text = `${written(sheet, sheet.names, before, room.european ? SEMICOLONS : COMMAS)}\r\n`;
  const link = make("a", "", undefined, { href: URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" })), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
