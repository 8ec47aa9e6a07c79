// What the parts of the Review page share in the browser. The files of this folder are joined,
// in the order that scripts.py names, to one module. `room` is all that it
// knows; filter_result.js, which stands with the filters, writes to it as well.
const BEFORE = {
  spans: [], byId: new Map(), lines: [], shown: null, order: [], sort: { by: "start", down: false }, charts: [],
  picked: null, about: null, notes: [], verdicts: [], reviewer: "", source: null, follow: false, keys: true, digits: 0,
  drafts: new Map(), long: new Map(), signs: new Map(), loop: false, subtitle: "", off: new Set(),
};
const NAME = "signal-review-reviewer"; // kept while the browser tab is open
const room = Object.assign((window.signalReview ??= {}), { ...BEFORE, ...window.signalReview });

const part = (name) => document.querySelector(`.sr-${name}`);

// Seconds as m:ss, as lib/timecode.py writes them.
function clock(seconds, digits) {
  const scale = 10 ** digits, ticks = Math.floor(Math.abs(seconds) * scale + 0.5);
  const minutes = Math.floor(ticks / (60 * scale)), rest = (ticks % (60 * scale)) / scale;
  const tail = rest.toFixed(digits).padStart(digits ? digits + 3 : 2, "0");
  const sign = seconds < 0 && ticks ? "-" : "";
  if (minutes < 60) return `${sign}${minutes}:${tail}`;
  return `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${tail}`;
}

const times = (span) => `${clock(span.start, room.digits)} – ${clock(span.end, room.digits)}`;

// The page's own table of spans, columns of JSON in a hidden element; read once it is there or new.
function readSpans() {
  const source = part("data");
  if (!source || source === room.source) return false;
  const read = JSON.parse(source.textContent);
  const names = Object.keys(read.spans);
  const changed = read.session !== room.session;
  Object.assign(room, { source, session: read.session, digits: read.digits, author: read.author, types: read.types, counted: read.counted });
  room.spans = read.spans.id.map((_, place) => Object.fromEntries(names.map((name) => [name, read.spans[name][place]])));
  room.byId = new Map(room.spans.map((span) => [span.id, span]));
  room.lines = read.lines;
  if (changed) Object.assign(room, { picked: null, zoom: null, long: new Map(), arrived: false, about: null, editing: null, stretch: null, due: null });
  return true;
}
