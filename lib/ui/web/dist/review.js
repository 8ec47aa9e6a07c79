// lib/ui/web/shared/streamlit_page.ts
var keyed = (key) => `.st-key-${key}`;
var video = () => document.querySelector(`${keyed("player")} :is(video, audio)`);
var untabbedCode = () => document.querySelector(".stCode pre:not([tabindex])");
var openPopover = () => document.querySelector("[data-testid=stPopoverBody]");
var searchField = () => document.querySelector(`${keyed("search")} input`);
var isOverlayOpen = () => document.querySelector("[role=dialog], dialog[open]") !== null;
var moreFilters = () => document.querySelector(`${keyed("filters_more")} summary`);
var clipForm = () => document.querySelector(keyed("clip_what"));
var pageHeight = () => document.querySelector(".stMainBlockContainer")?.scrollHeight ?? 0;
var scrollPage = (by) => document.querySelector(".stMain")?.scrollBy(0, by);
var sideColumn = () => document.querySelector(keyed("side"));
var spansBeside = () => document.querySelector(keyed("side_spans"));
function chosenSection(title) {
  const choice = document.querySelector(keyed("section"));
  const chosen = choice?.querySelector("[role=radio][aria-checked=true]");
  return chosen?.textContent?.trim() === title ? choice : null;
}
var appRoot = () => document.querySelector(".stApp");
var STREAMLIT_LINKS = [
  "[data-testid=stTopNavLink]",
  "[data-testid=stSidebarNavLink]",
  "[data-testid=stPageLink-NavLink]"
].join(", ");

// lib/ui/web/shared/elements.ts
function make(tag, css = "", text, attributes = {}) {
  const made2 = document.createElement(tag);
  if (css) made2.className = css;
  if (text !== void 0) made2.textContent = text;
  setAttributes(made2, attributes);
  return made2;
}
function makeSvg(tag, attributes = {}) {
  const made2 = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(made2, attributes);
  return made2;
}
function button(text, act2, attributes = {}) {
  const made2 = make("button", "sr-button", text, { type: "button", ...attributes });
  made2.addEventListener("click", act2);
  return made2;
}
function setAttributes(made2, attributes) {
  for (const [name, value] of Object.entries(attributes)) made2.setAttribute(name, String(value));
}

// lib/ui/web/review/drafts.ts
var subjectKey = ({ session, about, editing }) => JSON.stringify([session, about, editing?.id ?? null]);
var newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
function draftOf(drafts, subject) {
  const key = subjectKey(subject);
  const { editing } = subject;
  const known = drafts.get(key);
  const untouched = known?.before !== void 0 && known.text === known.before;
  const stale = untouched && editing?.text !== known.before;
  if (known && !stale) return known;
  const made2 = editing ? { text: editing.text, id: editing.id, before: editing.text } : { text: "", id: newId() };
  drafts.set(key, made2);
  return made2;
}

// lib/ui/web/review/outbox.ts
var PATIENCE = 1e4;
var EMPTY = { letters: [], sentAt: 0 };
function stampAct({ letters }, act2) {
  const last = letters.at(-1)?.act.at ?? 0;
  return { ...act2, at: Math.max(act2.at, last + 1) };
}
function addLetter({ letters, sentAt }, letter, now) {
  const all = [...letters, letter];
  const waits = letters.length > 0 && now - sentAt < PATIENCE;
  if (waits) return { outbox: { letters: all, sentAt }, send: null };
  return { outbox: { letters: all, sentAt: now }, send: all[0]?.act ?? null };
}
function dropRenewals({ letters, sentAt }) {
  return { letters: letters.filter(({ act: act2 }) => act2.kind !== "renew"), sentAt };
}
function sendAgain(outbox, now) {
  const first = outbox.letters[0];
  if (!first || now - outbox.sentAt < PATIENCE) return { outbox, send: null };
  return { outbox: { ...outbox, sentAt: now }, send: first.act };
}
function dropAnswered({ letters, sentAt }, answered, now) {
  const left = letters.filter(({ act: act2 }) => act2.at > answered);
  const first = left[0];
  if (!first || left.length === letters.length) {
    return { outbox: { letters: left, sentAt }, send: null };
  }
  return { outbox: { letters: left, sentAt: now }, send: first.act };
}

// lib/ui/web/review/room.ts
var BEFORE = {
  source: null,
  digits: 0,
  sent: [],
  spans: [],
  byId: /* @__PURE__ */ new Map(),
  lines: [],
  speakers: [],
  shares: {},
  charts: [],
  notes: [],
  verdicts: [],
  coding: { codebook: null, spans: [] },
  isCoding: false,
  begun: [],
  held: /* @__PURE__ */ new Map(),
  codedPicked: null,
  dragged: null,
  mode: "open",
  opened: /* @__PURE__ */ new Map(),
  undo: "",
  redo: "",
  version: "",
  live: "",
  viewers: [],
  asking: 0,
  failures: 0,
  shown: null,
  picked: null,
  about: null,
  reviewer: "",
  toldReviewer: "",
  sort: { by: "start", down: false },
  order: [],
  follow: true,
  away: false,
  keys: true,
  loop: false,
  subtitle: "",
  forward: null,
  off: /* @__PURE__ */ new Set(),
  drafts: /* @__PURE__ */ new Map(),
  long: /* @__PURE__ */ new Map(),
  signs: /* @__PURE__ */ new Map(),
  tab: "spans",
  wordsWanted: "",
  wordsFollow: true,
  linesChosen: null,
  spoken: "",
  wordsAt: 0,
  outbox: EMPTY,
  outboxes: /* @__PURE__ */ new Map(),
  picking: 0,
  ending: 0,
  bound: /* @__PURE__ */ new WeakSet(),
  home: /* @__PURE__ */ new WeakMap(),
  heads: /* @__PURE__ */ new Map(),
  lineWidths: /* @__PURE__ */ new WeakMap(),
  whole: /* @__PURE__ */ new WeakMap(),
  drawn: null
};
function openRoom() {
  window.signalReview ??= {};
  const known = { ...window.signalReview };
  return Object.assign(window.signalReview, BEFORE, known);
}
var room = openRoom();
var TIMERS = /* @__PURE__ */ new Set(["asking", "picking", "ending"]);
function setRoom(change) {
  const keys = Object.keys(change);
  const isSeen2 = keys.some((key) => !TIMERS.has(key) && room[key] !== change[key]);
  Object.assign(room, change);
  if (isSeen2) room.wake?.();
}
function part(name) {
  return document.querySelector(`.sr-${name}`);
}

// lib/ui/web/review/acts.ts
var NAME = "signal-review-reviewer";
var MAX_NAME = 80;
var aboutKey = () => subjectKey(room);
var draft = () => draftOf(room.drafts, room);
var rememberedName = () => sessionStorage.getItem(NAME) || "";
function remember(name) {
  setRoom({ reviewer: name });
  sessionStorage.setItem(NAME, name);
}
function takeReviewer(told) {
  if (!room.stop) setRoom({ reviewer: told || rememberedName() });
  else if (room.outbox.letters.length) return;
  else if (told && told !== room.toldReviewer && told !== room.reviewer) remember(told);
  setRoom({ toldReviewer: told });
}
function act(what, sending = {}) {
  if (!room.reviewer) {
    askName(what, sending);
    return;
  }
  post({ ...what, reviewer: room.reviewer, at: Date.now() }, sending.drafted);
  sending.after?.();
}
function post(asked, drafted = null) {
  const letter = { act: stampAct(room.outbox, asked), drafted };
  follow(addLetter(dropRenewals(room.outbox), letter, Date.now()));
}
function follow({ outbox, send }) {
  setRoom({ outbox });
  if (send) deliver(send);
}
function deliver(act2) {
  room.send?.(room.session === void 0 ? act2 : { ...act2, session: room.session });
}
function keepSending() {
  if (room.outbox.letters.length) follow(sendAgain(room.outbox, Date.now()));
}
function takeAnswer(answered, done) {
  const saved = room.outbox.letters.find(({ act: act2 }) => act2.at === done)?.drafted;
  const step2 = dropAnswered(room.outbox, answered, Date.now());
  setRoom({ outbox: step2.outbox });
  const { send } = step2;
  if (send) setTimeout(() => deliver(send));
  if (saved) forgetDraft(saved);
}
function forgetDraft(key) {
  room.drafts.delete(key);
  if (key !== aboutKey()) return;
  setRoom({ editing: null });
  part("panel")?.querySelector("textarea:focus")?.blur();
}
function askName(what, sending) {
  const form = make("form", "sr-form sr-row sr-name-form");
  const field = make("input", "", void 0, {
    type: "text",
    maxlength: MAX_NAME,
    required: "",
    "aria-label": "Your name",
    placeholder: "Your name, shown with what you write",
    "data-field": "name"
  });
  const go = button("Continue", () => form.requestSubmit());
  form.append(make("b", "", "Who is reviewing?"), field, go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = field.value.trim().replace(/\s+/g, " ");
    if (!name) return;
    remember(name);
    form.remove();
    act(what, sending);
  });
  part("name-form")?.remove();
  part("panel-write")?.prepend(form);
  field.focus({ preventScroll: true });
}
function leaveField(field) {
  if (field.closest(".sr-name-form")) field.closest("form")?.remove();
  else field.blur();
}

// lib/ui/web/review/redraw.ts
var drawings = /* @__PURE__ */ new Map();
function drawsAs(name, draw2) {
  drawings.set(name, draw2);
}
function redraw(...names) {
  for (const name of names) drawings.get(name)?.();
}

// lib/ui/web/review/begun.ts
var NAME2 = "signal-review-begun";
var findBegun = (begun, { code, codebook, coder }) => begun.find((one) => one.code === code && one.codebook === codebook && one.coder === coder);
function begunIn(session, store = sessionStorage) {
  const known = read(store)[session ?? ""];
  return Array.isArray(known) ? known.filter(isBegun) : [];
}
function keepBegun(session, begun, store = sessionStorage) {
  store.setItem(NAME2, JSON.stringify({ ...read(store), [session ?? ""]: begun }));
}
function isBegun(value) {
  if (typeof value !== "object" || value === null) return false;
  const { code, start: start2, codebook, version, coder } = value;
  const texts = [code, codebook, coder].every((text) => typeof text === "string" && text !== "");
  return texts && Number.isFinite(start2) && Number.isInteger(version);
}
function read(store) {
  try {
    const known = JSON.parse(store.getItem(NAME2) ?? "{}");
    return typeof known === "object" && known !== null ? known : {};
  } catch {
    return {};
  }
}

// lib/ui/web/review/clock.ts
function clock(seconds, digits) {
  const scale = 10 ** digits;
  const ticks = Math.floor(Math.abs(seconds) * scale + 0.5);
  const minutes = Math.floor(ticks / (60 * scale));
  const rest = ticks % (60 * scale) / scale;
  const tail = rest.toFixed(digits).padStart(digits ? digits + 3 : 2, "0");
  const sign = seconds < 0 && ticks ? "-" : "";
  if (minutes < 60) return `${sign}${minutes}:${tail}`;
  return `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${tail}`;
}
function clockRange(start2, end, digits) {
  return `${clock(start2, digits)} – ${clock(end, digits)}`;
}
var CLOCK = /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:\.\d{1,6})?)$/;
function parseClock(text) {
  const match = CLOCK.exec(text.trim());
  if (!match) return null;
  const [, hours = "0", minutes = "0", rest] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}
function readTime(text, end) {
  const seconds = parseClock(text);
  if (seconds === null) return "This is no time. Write it as 0:52, 52 or 1:02:03.5.";
  const shown = 0.05;
  return seconds <= end + shown ? Math.min(seconds, end) : `The recording ends at ${clock(end, 1)}.`;
}

// lib/ui/web/review/spans.ts
function spansOf(columns) {
  const names = Object.keys(columns);
  return columns.id.map((_, place2) => {
    return Object.fromEntries(names.map((name) => [name, columns[name][place2]]));
  });
}
function readSpans() {
  const source = part("data");
  if (!source || source === room.source) return false;
  const read2 = JSON.parse(source.textContent ?? "");
  const before = room.session;
  const changed = read2.session !== before;
  const spans = spansOf(read2.spans);
  const { session, digits, author, types, counted, lines, speakers, shares } = read2;
  setRoom({ source, session, digits, author, types, counted, lines, sent: spans, spans });
  setRoom({ speakers, shares });
  setRoom({ byId: new Map(spans.map((span) => [span.id, span])) });
  if (changed) {
    forgetSession();
    changeOutbox(before);
  }
  return true;
}
function changeOutbox(before) {
  if (before !== void 0) room.outboxes.set(before, room.outbox);
  setRoom({ outbox: room.outboxes.get(room.session) ?? EMPTY });
}
function forgetSession() {
  setRoom({ picked: null, zoom: null, wanted: null, long: /* @__PURE__ */ new Map(), arrived: false, about: null });
  setRoom({ editing: null, stretch: null, due: null, forward: null });
  setRoom({
    isCoding: false,
    begun: begunIn(room.session),
    held: /* @__PURE__ */ new Map(),
    codedPicked: null,
    dragged: null
  });
  setRoom({ tab: "spans", wordsWanted: "", wordsFollow: true, wordsAt: 0, away: false });
}
var timesOf = (span) => clockRange(span.start, span.end, room.digits);
var pickedSpan = () => room.byId.get(room.picked);

// lib/ui/web/review/video_frames.ts
var INSIDE = 1e-3;
function frameStart(seconds, rate, step2) {
  const now = Math.floor(seconds * rate + 0.01);
  const due = Math.max(0, now + step2);
  return due ? due / rate + INSIDE : 0;
}

// lib/ui/web/review/playback.ts
var SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
var STEP = 5;
var ASSUMED_RATE = 25;
var SHORTEST = 0.25;
var currentTime = () => video()?.currentTime ?? 0;
function playhead() {
  const v = video();
  return v && !(v.error && !v.readyState) ? v.currentTime : null;
}
function recordingEnd() {
  const seconds = video()?.duration ?? Number.NaN;
  return Number.isFinite(seconds) ? seconds : Number.POSITIVE_INFINITY;
}
function seek(seconds) {
  const v = video();
  setRoom({ stretch: null, due: null });
  if (v) v.currentTime = Math.max(0, Math.min(seconds, v.duration || seconds));
}
function toggle() {
  const v = video();
  if (v?.paused) v.play();
  else v?.pause();
}
function back() {
  const v = video();
  if (v) seek(v.currentTime - STEP);
}
function forward() {
  const v = video();
  if (v) seek(v.currentTime + STEP);
}
function stepFrame(step2) {
  const v = video();
  if (!v) return;
  v.pause();
  seek(frameStart(v.currentTime, frameRate() ?? ASSUMED_RATE, step2));
}
function frameRate() {
  const rate = Number(part("transport")?.dataset.frameRate);
  return rate > 0 ? rate : null;
}
function playSpan() {
  const span = pickedSpan();
  const v = video();
  if (!span || !v) return;
  seek(span.draw_start);
  const end = Math.max(span.draw_end, span.draw_start + SHORTEST);
  setRoom({ stretch: { start: span.draw_start, end } });
  v.play();
  redraw("transport");
}
function loopSpan() {
  setRoom({ loop: !room.loop, stretch: null });
  if (room.loop) playSpan();
  redraw("transport");
}
function keepStretch() {
  const v = video();
  const { stretch } = room;
  if (!v || !stretch || v.currentTime < stretch.end) return;
  if (room.loop) {
    v.currentTime = stretch.start;
    return;
  }
  setRoom({ stretch: null });
  v.pause();
  redraw("transport");
}
function setSpeed(rate) {
  const v = video();
  if (v) v.playbackRate = rate;
  redraw("transport");
}
function changeSpeed(step2) {
  const at = SPEEDS.indexOf(video()?.playbackRate ?? 1);
  const place2 = Math.max(0, Math.min(SPEEDS.length - 1, at + step2));
  setSpeed(SPEEDS[place2] ?? 1);
}
function showSubtitles(label) {
  setRoom({ subtitle: label });
  for (const track of video()?.textTracks ?? []) {
    track.mode = track.label === label ? "showing" : "disabled";
  }
}

// lib/ui/web/review/span_order.ts
var LIKELY = ["high", "medium", "low", "not given", "hidden"];
function columnOf(span, name) {
  if (name !== "probability") return span[name];
  const rank = LIKELY.indexOf(span.probability);
  return rank < 0 ? LIKELY.length + rank : rank;
}
function compare(a, b) {
  const [one, other] = [a, b];
  return one < other ? -1 : one > other ? 1 : 0;
}
function orderSpans(spans, shown, { by, down }) {
  const sign = down ? -1 : 1;
  return spans.filter((span) => !shown || shown.has(span.id)).sort(
    (a, b) => sign * compare(columnOf(a, by), columnOf(b, by)) || a.start - b.start || a.id - b.id
  ).map((span) => span.id);
}
function neighborOf(spans, now, at, step2) {
  const line = [...spans].sort((a, b) => a.draw_start - b.draw_start || a.id - b.id);
  const here = now ? line.indexOf(now) : -1;
  if (here >= 0) return line[here + step2];
  return step2 > 0 ? line.find((span) => span.draw_start > at) : line.findLast((span) => span.draw_start < at);
}
var meets = (start2, end, [from, to]) => start2 < to && end > from;

// lib/ui/web/review/choice.ts
function pickSpan(id, { go = true } = {}) {
  const span = room.byId.get(id);
  if (!span) return;
  setRoom({ picked: id, about: { kind: "span", id }, editing: null });
  if (go) seek(span.draw_start);
  cancelAnimationFrame(room.picking);
  setRoom({ picking: requestAnimationFrame(() => setTimeout(showPicked)) });
}
function showPicked() {
  redraw("panel", "place", "rows", "frame", "transport");
}
function openMoment(at) {
  setRoom({ about: { kind: "moment", at }, picked: null, editing: null });
  redraw("rows", "panel", "frame", "transport");
}
function openRange(start2, end) {
  setRoom({ about: { kind: "range", start: start2, end }, picked: null, editing: null });
  redraw("rows", "panel", "frame", "transport");
}
function chooseNothing() {
  setRoom({ about: null, picked: null, editing: null });
  redraw("rows", "panel", "frame", "transport");
}
function pickNeighbor(step2) {
  const now = pickedSpan();
  const listed2 = room.order.map((id) => room.byId.get(id)).filter((one) => !!one);
  const next = neighborOf(listed2, now, now ? now.draw_start : currentTime(), step2);
  if (next) pickSpan(next.id);
}

// lib/ui/web/review/link_target.ts
function askedMoment(address, startOf) {
  const given = address.get("span");
  const t = address.get("t");
  const start2 = given?.trim() ? startOf(Number(given)) : void 0;
  const span = start2 !== void 0 ? Number(given) : given !== null ? "unknown" : null;
  const seconds = t?.trim() && Number(t) >= 0 ? Number(t) : start2 ?? 0;
  return { span, seconds };
}

// lib/ui/web/review/arrival.ts
var STUCK = 800;
var NEAR = 0.1;
var HELD = 3e3;
function arrive() {
  setRoom({ arrived: true });
  const address = new URLSearchParams(location.search);
  const { span, seconds } = askedMoment(address, (id) => room.byId.get(id)?.draw_start);
  if (span === "unknown") {
    setRoom({ about: { kind: "lost" } });
    redraw("panel");
  } else if (span !== null) pickSpan(span, { go: false });
  if (seconds > 0) setRoom({ due: { seconds, until: Number.POSITIVE_INFINITY } });
}
function holdArrival(v) {
  if (!room.due || !v || v.readyState < 1) return;
  const { seconds } = room.due;
  const now = performance.now();
  const until = room.due.until === Number.POSITIVE_INFINITY ? now + HELD : room.due.until;
  setRoom({ due: { ...room.due, until } });
  const elsewhere = v.currentTime !== 0 && Math.abs(v.currentTime - seconds) > NEAR;
  if (now > until || !v.paused || seconds > v.duration || elsewhere) setRoom({ due: null });
  else if (v.currentTime === 0) v.currentTime = seconds;
  else if (v.seeking && now > until - HELD + STUCK && !room.due.again) {
    setRoom({ due: { seconds, until, again: true } });
    v.currentTime = seconds;
  }
}

// lib/ui/web/review/blindness.ts
var OPEN = "open";
var BLINDEST = "blind, probability hidden";
var MODES = [
  [OPEN, "Open: all is shown"],
  ["blind", "Blind to others"],
  [BLINDEST, "Fully blind"]
];
var HINT = "Blind: what others said of a span is hidden until you have judged it. Fully blind: its probability as well. (b)";
var isBlind = () => room.mode !== OPEN;
function makeModeField() {
  const look = {
    "aria-label": "What is hidden until you judge",
    title: HINT,
    "data-field": "mode"
  };
  const field = make("select", "sr-select sr-mode", void 0, look);
  field.append(...MODES.map(([mode, title]) => make("option", "", title, { value: mode })));
  field.value = room.mode;
  field.addEventListener("change", () => tellMode(field.value));
  return field;
}
function tellMode(mode = room.mode) {
  post({ kind: "mode", mode, reviewer: room.reviewer, at: Date.now() });
}
function tellForgottenMode(known) {
  const underway = room.outbox.letters.some(({ act: act2 }) => act2.kind === "mode");
  if (isBlind() && !known && room.reviewer && !underway) tellMode();
}
function focusMode() {
  part("panel")?.querySelector("[data-field=mode]")?.focus();
}
function drawHidden(span) {
  if (!isBlind() || room.opened.has(span.id)) return [];
  const what = room.mode === BLINDEST ? "the probability and what others said" : "what others said";
  return [
    make("p", "sr-source", `Blind: ${what} of this span stands here once you have judged it.`)
  ];
}
function withProbabilities(spans, opened) {
  return spans.map((span) => {
    const probability = opened.get(span.id) ?? span.probability;
    return probability === span.probability ? span : { ...span, probability };
  });
}
function takeOpened(told) {
  setRoom({ opened: new Map(told.map(({ id, probability }) => [id, probability])) });
  showProbabilities();
}
function showProbabilities() {
  const spans = withProbabilities(room.sent, room.opened);
  setRoom({ spans, byId: new Map(spans.map((span) => [span.id, span])) });
}

// lib/ui/web/review/plotly_chart.ts
var LANE_COLUMNS = ["x", "base", "y", "customdata", "hovertext"];
var plotly = () => window.Plotly;
var graph = (key) => document.querySelector(`${keyed(key)} .js-plotly-plot`);
function plotArea(gd) {
  const layout = gd?._fullLayout;
  const size = layout?._size;
  const x = layout?.xaxis;
  const y = layout?.yaxis;
  if (!x || !size) return null;
  return {
    left: x._offset,
    width: x._length,
    top: size.t,
    height: size.h,
    range: x.range,
    rows: y?.range,
    xOf: (seconds) => x.l2p(seconds),
    yOf: (row) => y?.l2p(row) ?? Number.NaN,
    secondsAt: (pixel) => x.p2l(pixel)
  };
}
var drawnTraces = (gd) => gd?._fullData ?? null;

// lib/ui/web/review/line_strengths.ts
var FAINT = 0.18;
var BOLD = 3.5;
var strengths = (names, forward2) => names.map((name) => forward2 === null || name === forward2 ? 1 : FAINT);
var widths = (names, own, forward2) => own.map((width, place2) => names[place2] === forward2 ? Math.max(width, BOLD) : width);

// lib/ui/web/review/score_switches.ts
function buildScores(host) {
  const traces = drawnTraces(graph("chart_quality"));
  if (!traces) return;
  const row = make("div", "sr-row", void 0, { role: "group", "aria-label": "Scores shown" });
  traces.forEach(({ type, name, line }, place2) => {
    if (type === "scatter" && line) row.append(makeSwitch(name, line, place2));
  });
  if (traces.some((trace) => trace.name === "no evidence")) {
    const empty = make("span", "sr-check", " no evidence");
    empty.prepend(make("span", "sr-swatch not-given"));
    row.append(empty);
  }
  host.replaceChildren(row);
}
function makeSwitch(name, line, place2) {
  const pressed = () => String(!room.off.has(name));
  const flip = () => {
    if (!room.off.delete(name)) room.off.add(name);
    made2.setAttribute("aria-pressed", pressed());
    const gd = graph("chart_quality");
    if (gd) showScore(gd, name, place2);
  };
  const made2 = button(name, flip, { "aria-pressed": pressed() });
  made2.prepend(sampleOf(line));
  return made2;
}
function sampleOf({ color, width, dash = "" }) {
  const sample = makeSvg("svg", { class: "sr-sample" });
  const dashes = { "stroke-dasharray": dash === "solid" ? "none" : dash };
  sample.append(makeSvg("path", { d: "M0,5H26", stroke: color, "stroke-width": width, ...dashes }));
  return sample;
}
function showScore(gd, name, place2) {
  plotly()?.restyle(gd, { visible: room.off.has(name) ? "legendonly" : true }, [place2]);
}
function keepScores(gd) {
  drawnTraces(gd)?.forEach(({ name }, place2) => {
    if (room.off.has(name)) showScore(gd, name, place2);
  });
}
function showHidden(name) {
  if (!room.off.has(name)) return;
  const switches = [...part("switches")?.querySelectorAll("button") ?? []];
  switches.find((one) => one.textContent === name)?.click();
}

// lib/ui/web/review/score_lines.ts
var cards = () => document.querySelectorAll("[data-score]");
function bringScore(event) {
  const target = event.target instanceof Element ? event.target : null;
  const name = target?.closest("[data-score]")?.dataset.score;
  if (!name) return;
  setRoom({ forward: room.forward === name ? null : name });
  if (room.forward) showHidden(room.forward);
  drawForward();
}
function leaveScore() {
  if (!room.forward) return false;
  setRoom({ forward: null });
  drawForward();
  return true;
}
function drawForward() {
  pressCards();
  const gd = graph("chart_quality");
  if (gd) keepForward(gd);
}
function rememberLines(gd) {
  room.lineWidths.set(gd, new Map(scoreLines(gd).map(({ name, width }) => [name, width])));
}
function scoreLines(gd) {
  const traces = drawnTraces(gd) ?? [];
  return traces.flatMap(
    ({ type, line, name }, place2) => type === "scatter" && line ? [{ name, width: line.width, place: place2 }] : []
  );
}
function keepForward(gd) {
  const lines = scoreLines(gd);
  if (!lines.length) return;
  const names = lines.map(({ name }) => name);
  const own = lines.map(({ name, width }) => room.lineWidths.get(gd)?.get(name) ?? width);
  const change = {
    opacity: strengths(names, room.forward),
    "line.width": widths(names, own, room.forward)
  };
  const places = lines.map(({ place: place2 }) => place2);
  plotly()?.restyle(gd, change, places);
}
function pressCards() {
  for (const one of cards()) {
    one.setAttribute("aria-pressed", String(one.dataset.score === room.forward));
  }
}
function keepCards() {
  const first = part("bring");
  if (first === room.cards) return;
  setRoom({ cards: first });
  pressCards();
}

// lib/ui/web/figure/time_labels.ts
var NARROWEST = 40;
var CHARACTER = 7;
var APART = 8;
function thinLabels({ tickvals, ticktext }, width) {
  const longest = Math.max(0, ...ticktext.map((text) => text.length));
  const each = Math.max(NARROWEST, longest * CHARACTER + APART);
  const every = Math.max(1, Math.ceil(tickvals.length * each / Math.max(1, width)));
  const stays = (_, place2) => place2 % every === 0;
  return { tickvals: tickvals.filter(stays), ticktext: ticktext.filter(stays) };
}
var labelChange = ({ tickvals, ticktext }) => ({
  "xaxis.tickvals": tickvals,
  "xaxis.ticktext": ticktext
});

// lib/ui/web/review/time_ticks.ts
var NARROWEST2 = 0.01;
var MOST_TICKS = 10;
var LONGEST_STEP = 1800;
var STEPS = [
  1e-3,
  2e-3,
  5e-3,
  0.01,
  0.02,
  0.05,
  0.1,
  0.2,
  0.5,
  1,
  2,
  5,
  10,
  15,
  30,
  60,
  120,
  300,
  600
];
var isNear = (a, b) => Math.abs(a[0] - b[0]) < 1e-6 && Math.abs(a[1] - b[1]) < 1e-6;
function widen([from, to]) {
  const middle = (from + to) / 2;
  return to - from < NARROWEST2 ? [middle - NARROWEST2 / 2, middle + NARROWEST2 / 2] : [from, to];
}
function ticksOf([from, to]) {
  const step2 = STEPS.find((s) => (to - from) / s <= MOST_TICKS) ?? LONGEST_STEP;
  const first = Math.ceil(from / step2 - 1e-6);
  const count = Math.floor(to / step2 + 1e-6) - first + 1;
  const tickvals = Array.from(
    { length: Math.max(count, 0) },
    (_, n) => Number(((first + n) * step2).toFixed(3))
  );
  const digits = [0, 1, 2].find((many) => Math.abs(step2 - Number(step2.toFixed(many))) < 1e-9) ?? 3;
  return { tickvals, ticktext: tickvals.map((t) => clock(t, digits)) };
}
function viewText([from, to]) {
  const digits = to - from >= 5 ? 1 : to - from >= 0.5 ? 2 : 3;
  return `${clock(from, digits)} – ${clock(to, digits)}`;
}
function followRange(now, [from, to], end) {
  const width = to - from;
  if (now >= from && now <= to - 0.05 * width) return null;
  const start2 = Math.max(0, Math.min(now - 0.1 * width, end - width));
  return Math.abs(start2 - from) > 1e-3 ? [start2, start2 + width] : null;
}

// lib/ui/web/review/zoom.ts
function zoomAll(asked) {
  const range = widen(asked);
  setRoom({ wanted: null, away: !isInView(range) });
  for (const gd of room.charts.map(graph)) if (gd) zoomChart(gd, range);
}
function zoomChart(gd, range) {
  const whole = room.home.get(gd);
  const axis = gd.layout?.xaxis;
  const code = plotly();
  if (!whole || !axis || !code) return;
  const atHome = isNear(range, whole.range);
  gd.times = atHome ? whole : ticksOf(range);
  const labels = thinLabels(gd.times, plotArea(gd)?.width ?? 0);
  setRoom({ zoom: atHome ? null : [range[0], range[1]] });
  if (isNear(range, axis.range) && String(axis.ticktext) === String(labels.ticktext)) return;
  code.relayout(gd, {
    "xaxis.range": [range[0], range[1]],
    ...labelChange(labels)
  });
  redraw("zoom");
}
function home() {
  return room.charts.map(graph).map((gd) => gd ? room.home.get(gd) : void 0).find(Boolean);
}
var wholeRange = () => home()?.range;
var viewRange = () => room.wanted ?? room.zoom ?? wholeRange();
function requestZoom(range) {
  setRoom({ wanted: range });
}
function drawWanted() {
  if (room.wanted) zoomAll(room.wanted);
}
function zoomOut() {
  const whole = wholeRange();
  if (whole) zoomAll(whole);
}
var isInView = ([from, to]) => {
  const now = video()?.currentTime ?? from;
  return now >= from && now <= to;
};
function toggleFollow() {
  const waits = room.follow && room.away;
  setRoom({ follow: waits || !room.follow, away: false });
  if (room.follow) goToPlayhead();
  redraw("zoom");
}
function goToPlayhead() {
  const v = video();
  const range = v && room.zoom && nextRange(v, room.zoom);
  if (range) zoomAll(range);
}
var nextRange = (v, range) => followRange(v.currentTime, range, wholeRange()?.[1] ?? range[1]);
function keepInView() {
  const v = video();
  if (!room.zoom || !v) return;
  if (room.away && isInView(room.zoom)) {
    setRoom({ away: false });
    redraw("zoom");
  }
  if (room.follow && !room.away && !v.paused) goToPlayhead();
}

// lib/ui/web/review/zoom_range.ts
var NOTCH = 30;
var ZOOM_SPEED = 0.01;
var LINE = 16;
var between = (low, value, high) => Math.max(low, Math.min(value, high));
function fitRange([from, to], [first, last]) {
  const width = between(NARROWEST2, to - from, last - first);
  const start2 = between(first, from, last - width);
  return width === last - first ? [first, last] : [start2, start2 + width];
}
function zoomAround([from, to], at, factor, whole, share = (at - from) / (to - from)) {
  const width = between(NARROWEST2, (to - from) * factor, whole[1] - whole[0]);
  const start2 = at - share * width;
  return fitRange([start2, start2 + width], whole);
}
function panRange([from, to], seconds, whole) {
  return fitRange([from + seconds, to + seconds], whole);
}
function centerRange([from, to], at, whole) {
  return panRange([from, to], at - (from + to) / 2, whole);
}
function moveEnd([from, to], end, seconds, whole) {
  return end === 0 ? [between(whole[0], seconds, to - NARROWEST2), to] : [from, between(from + NARROWEST2, seconds, whole[1])];
}
function wheelAct(turn2, isZoomed) {
  const size = turn2.deltaMode ? LINE : 1;
  const [x, y] = [turn2.deltaX * size, turn2.deltaY * size];
  if (turn2.ctrlKey || turn2.metaKey)
    return { factor: Math.exp(between(-NOTCH, y, NOTCH) * ZOOM_SPEED) };
  const aside = Math.abs(x) > Math.abs(y) ? x : turn2.shiftKey ? y : 0;
  return isZoomed && aside ? { pixels: aside } : null;
}

// lib/ui/web/review/zoom_gestures.ts
var AFTER_PINCH = 500;
var pinchedAt = Number.NEGATIVE_INFINITY;
var endsPinch = () => performance.now() - pinchedAt < AFTER_PINCH;
function chartPlace(gd) {
  const area = plotArea(gd);
  const view = viewRange();
  if (!area || !view) return null;
  return { left: gd.getBoundingClientRect().left + area.left, width: area.width, range: view };
}
function secondsAt({ left, width, range: [from, to] }, x) {
  const share = Math.max(0, Math.min((x - left) / width, 1));
  return from + share * (to - from);
}
function bindWheel(host, findPlace) {
  const turn2 = (event) => {
    const act2 = wheelAct(event, Boolean(room.wanted ?? room.zoom));
    const [place2, view, whole] = [findPlace(), viewRange(), wholeRange()];
    if (!act2 || !place2 || !view || !whole) return;
    event.preventDefault();
    const { range, width } = place2;
    if ("factor" in act2) {
      requestZoom(zoomAround(view, secondsAt(place2, event.clientX), act2.factor, whole));
    } else requestZoom(panRange(view, act2.pixels * (range[1] - range[0]) / width, whole));
  };
  host.addEventListener("wheel", turn2, { passive: false });
}
function bindPinch(gd) {
  let pinch = null;
  const touch = (event) => {
    const [one, other] = event.touches;
    event.stopImmediatePropagation();
    if (!one || !other) {
      pinch = null;
      return;
    }
    event.preventDefault();
    pinchedAt = performance.now();
    const middle = (one.clientX + other.clientX) / 2;
    const apart = Math.max(1, Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY));
    const place2 = pinch?.place ?? chartPlace(gd);
    const whole = wholeRange();
    if (!place2 || !whole) return;
    pinch ??= { place: place2, seconds: secondsAt(place2, middle), apart };
    const share = (middle - place2.left) / place2.width;
    requestZoom(zoomAround(place2.range, pinch.seconds, pinch.apart / apart, whole, share));
  };
  for (const kind of ["touchstart", "touchmove"]) {
    gd.addEventListener(kind, touch, { passive: false, capture: true });
  }
  for (const kind of ["touchend", "touchcancel"]) {
    const end = (event) => {
      if (pinch) pinchedAt = performance.now();
      if (event.touches.length < 2) pinch = null;
    };
    gd.addEventListener(kind, end, { capture: true });
  }
}

// lib/ui/web/review/chart_events.ts
var CLICK_WAIT = 30;
function bindChart(gd, key) {
  if (room.bound.has(gd) || !gd.on || !gd.layout?.xaxis) return;
  room.bound.add(gd);
  rememberHome(gd);
  gd.addEventListener("sr-figure", () => takeFigure(gd, key));
  if (key === "chart_quality") keepLines(gd);
  bindZoom(gd);
  bindWheel(gd, () => chartPlace(gd));
  bindPinch(gd);
  bindClicks(gd, key);
}
function bindZoom(gd) {
  gd.on?.("plotly_relayout", (change) => {
    const [from, to] = [change["xaxis.range[0]"], change["xaxis.range[1]"]];
    if ("xaxis.range[0]" in change) zoomAll([from, to]);
    else if ("xaxis.range" in change) zoomAll(change["xaxis.range"]);
    else if (change["xaxis.autorange"]) zoomHome(gd);
  });
  gd.on?.("plotly_doubleclick", () => zoomHome(gd));
}
function zoomHome(gd) {
  const whole = room.home.get(gd);
  if (whole) zoomAll(whole.range);
}
function bindClicks(gd, key) {
  let answered = false;
  const forget = () => {
    answered = false;
  };
  gd.addEventListener("pointerdown", forget, true);
  gd.on?.("plotly_click", (event) => {
    answered = endsPinch() || clickPoint(gd, key, event) || answered;
  });
  gd.addEventListener("click", (event) => {
    setTimeout(() => {
      if (!answered && !endsPinch()) seekTo(gd, event);
    }, CLICK_WAIT);
  });
}
function clickPoint(gd, key, event) {
  const point = event.points?.[0];
  if (!point) return false;
  const id = [point.customdata].flat()[0];
  if (key === "chart_lanes" && id !== void 0) {
    pickSpan(Number(id));
    return true;
  }
  const compare4 = key === "chart_quality" && event.event.shiftKey && room.window;
  if (point.base !== void 0)
    seek(point.base);
  else if (!compare4) seekTo(gd, event.event);
  if (key === "chart_quality" && id !== void 0) room.window?.(Number(id), Boolean(compare4));
  return true;
}
function rememberHome(gd) {
  const axis = gd.layout?.xaxis;
  if (!axis) return;
  const [from, to] = axis.range;
  const { tickvals = [], ticktext = [] } = gd.times ?? axis;
  room.home.set(gd, { range: [from, to], tickvals, ticktext, since: performance.now() });
}
function keepLines(gd) {
  rememberLines(gd);
  keepScores(gd);
  if (room.forward) keepForward(gd);
}
function takeFigure(gd, key) {
  rememberHome(gd);
  room.whole.delete(gd);
  if (key === "chart_quality") keepLines(gd);
}
function seekTo(gd, event) {
  const area = plotArea(gd);
  if (!area) return;
  const box = gd.getBoundingClientRect();
  const x = event.clientX - box.left - area.left;
  const y = event.clientY - box.top - area.top;
  if (x >= 0 && x <= area.width && y >= 0 && y <= area.height) seek(area.secondsAt(x));
}

// lib/ui/web/review/coding.ts
var FINEST = 1e3;
function snap(seconds, rate) {
  const parts = rate ?? FINEST;
  return Number((Math.max(0, Math.round(seconds * parts)) / parts).toFixed(6));
}
function stretchBetween(one, other, { rate, least, last }) {
  if (one !== other) return one < other ? [one, other] : [other, one];
  const after = snap(one + least, rate);
  const before = snap(one - least, rate);
  return after > last && before < one ? [before, one] : [one, after];
}
var isPoint = ({
  start: start2,
  end,
  kind
}) => start2 === end && kind !== "stretch";
function typedTimes(start2, end, rate) {
  const from = parseClock(start2);
  if (from === null) return null;
  const first = snap(from, rate);
  if (end === null) return [first, first];
  const to = parseClock(end);
  const last = to === null ? null : snap(to, rate);
  return last !== null && last > first ? [first, last] : null;
}
function withUnderway(spans, acts, codes) {
  let now = [...spans];
  for (const act2 of acts) {
    if (act2.kind === "uncode") now = now.filter(({ id: id2 }) => id2 !== act2.id);
    if (act2.kind !== "code") continue;
    const { id, code, start: start2, end, codebook, version, reviewer } = act2;
    const known = now.find((one) => one.id === id);
    const named = codes.find(({ name }) => name === code);
    const { color = "#7f8790", definition = "", kind = "unknown" } = named ?? {};
    const of = { codebook, version, color, definition, kind };
    const made2 = { id, code, start: start2, end, coder: reviewer, byline: reviewer, ...of };
    if (known) now[now.indexOf(known)] = { ...known, start: start2, end };
    else if (!act2.moves) now.push(made2);
  }
  return now;
}
function codeRows(spans) {
  const groups = /* @__PURE__ */ new Map();
  for (const span of spans) {
    const key = JSON.stringify([span.byline, span.code]);
    const group = groups.get(key);
    if (group) group.push(span);
    else groups.set(key, [span]);
  }
  const keys = [...groups.keys()].sort((a, b) => compare2(JSON.parse(a), JSON.parse(b)));
  return keys.flatMap((key) => {
    const [coder, code] = JSON.parse(key);
    return packed(groups.get(key) ?? []).map((row) => ({ coder, code, spans: row }));
  });
}
var compare2 = (a, b) => a[0].localeCompare(b[0]) || a[1].localeCompare(b[1]);
function packed(spans) {
  const rows = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const row = rows.find((one) => isFree(one.at(-1), span));
    if (row) row.push(span);
    else rows.push([span]);
  }
  return rows;
}
var isFree = (last, next) => !last || last.end <= next.start && last.start < next.start;
function moveEdge(span, edge, to, rate) {
  const at = snap(to, rate);
  if (isPoint(span)) return { ...span, start: at, end: at };
  const least = 1 / (rate ?? FINEST);
  if (edge === "start") return { ...span, start: Math.min(at, snap(span.end - least, rate)) };
  return { ...span, end: Math.max(at, snap(span.start + least, rate)) };
}

// lib/ui/web/review/notice.ts
var SHOWN = 8e3;
var ending = 0;
function placeNotice() {
  if (!part("notice")) appRoot()?.append(make("div", "sr-notice", void 0, { role: "status" }));
}
function removeNotice() {
  part("notice")?.remove();
}
function notify(text) {
  placeNotice();
  const host = part("notice");
  host?.replaceChildren(make("span", "", text));
  clearTimeout(ending);
  ending = window.setTimeout(() => host?.replaceChildren(), SHOWN);
}

// lib/ui/web/review/code_keys.ts
var HELD2 = 400;
var GONE = "The recording is not here: choose its file again to code.";
var NOT_PLAYED = "This browser cannot play the recording: nothing is coded.";
function toggleCoding() {
  const { codebook } = room.coding;
  if (room.isCoding) {
    setRoom({ isCoding: false });
    return;
  }
  setRoom({ tab: "codes" });
  if (!codebook) notify("Choose a codebook first.");
  else if (!room.reviewer) part("code-tab")?.querySelector("input")?.focus();
  else setRoom({ isCoding: true });
}
function pressCode(event) {
  const isOfCode = event.repeat ? repeat(event) : begin(event);
  if (!isOfCode) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
function begin(event) {
  const code = codeOf(event);
  if (!code) return false;
  const stretch = mark(code);
  const held = new Map(room.held);
  held.delete(placeOf(event));
  if (stretch) held.set(placeOf(event), { stretch, since: event.timeStamp, repeats: false });
  setRoom({ held });
  return true;
}
function repeat(event) {
  const key = room.held.get(placeOf(event));
  if (!key) return codeOf(event) !== void 0;
  if (!key.repeats) {
    setRoom({ held: new Map(room.held).set(placeOf(event), { ...key, repeats: true }) });
  }
  return true;
}
function codeOf(event) {
  if (!room.isCoding || event.ctrlKey || event.metaKey || event.altKey) return void 0;
  const key = event.key.toLowerCase();
  return room.coding.codebook?.codes.find((one) => one.key === key);
}
var placeOf = (event) => event.code || event.key.toLowerCase();
function releaseCode(event) {
  const key = room.held.get(placeOf(event));
  if (!key) return;
  const held = new Map(room.held);
  held.delete(placeOf(event));
  setRoom({ held });
  letGo(key, event.timeStamp);
}
function releaseAll(event) {
  const keys = [...room.held.values()];
  if (keys.length) setRoom({ held: /* @__PURE__ */ new Map() });
  for (const key of keys) letGo(key, event.timeStamp);
}
function letGo({ stretch, since, repeats }, now) {
  if (repeats || now - since >= HELD2) endBegun(stretch);
}
function mark({ name, kind }) {
  const { codebook } = room.coding;
  const at = whereToCode();
  if (!codebook || at === null) return null;
  const { id, version } = codebook;
  const made2 = { code: name, start: at, codebook: id, version, coder: room.reviewer };
  const begun = findBegun(room.begun, made2);
  if (begun) endBegun(begun);
  else if (kind === "stretch") setBegun([...room.begun, made2]);
  else write(made2, at, at);
  return !begun && kind === "stretch" ? made2 : null;
}
function endBegun(stretch) {
  if (stretch.coder !== room.reviewer || !room.begun.includes(stretch)) return;
  const at = whereToCode();
  if (at === null) return;
  forgetBegun(stretch);
  const rate = frameRate();
  const least = 1 / (rate ?? ASSUMED_RATE);
  write(stretch, ...stretchBetween(stretch.start, at, { rate, least, last: recordingEnd() }));
}
function whereToCode() {
  const at = playhead();
  if (at === null) notify(video() ? NOT_PLAYED : GONE);
  else if (!room.reviewer) notify("Write your name first, to code.");
  else return snap(at, frameRate());
  return null;
}
function forgetBegun(stretch) {
  setBegun(room.begun.filter((one) => one !== stretch));
}
function setBegun(begun) {
  setRoom({ begun });
  keepBegun(room.session, begun);
}
function write({ code, codebook, version }, start2, end) {
  act({ kind: "code", id: newId(), code, start: start2, end, codebook, version, moves: false });
}

// lib/ui/web/review/code_lanes.ts
var MOST = 5e3;
var TOO_SHORT = 2;
var DIGITS = 3;
var drawnAt = "";
var drawnOf = [];
var growing = [];
var codedNow = () => {
  const acts = room.outbox.letters.map((letter) => letter.act);
  const spans = withUnderway(room.coding.spans, acts, room.coding.codebook?.codes ?? []);
  const { dragged } = room;
  return dragged ? spans.map((span) => span.id === dragged.id ? dragged : span) : spans;
};
var codedTimes = ({ start: start2, end }) => start2 === end ? clock(start2, 2) : `${clock(start2, 2)} – ${clock(end, 2)}`;
function pickCoded(id) {
  setRoom({ codedPicked: id });
}
function drawCodeLanes(v) {
  const host = part("codes");
  const area = plotArea(graph("chart_lanes"));
  if (!host || !area) return;
  const { coding, begun, outbox, codedPicked, dragged, reviewer } = room;
  const of = [coding, begun, outbox, codedPicked, dragged, reviewer, host.firstChild];
  const at = `${area.range}|${area.left}|${area.width}`;
  if (at !== drawnAt || of.some((one, place2) => one !== drawnOf[place2])) {
    draw(host, area);
    drawnAt = at;
    drawnOf = [...of.slice(0, -1), host.firstChild];
  }
  follow2(host, area, v?.currentTime ?? Number.NaN);
}
function follow2(host, area, now) {
  const to = (start2) => Number.isFinite(now) ? now : start2;
  for (const { bar, start: start2 } of growing)
    placeBar(bar, area, Math.min(start2, to(start2)), Math.max(start2, to(start2)));
  const head = host.querySelector(".sr-playhead");
  const x = area.xOf(now);
  if (!head) return;
  const seen = x >= 0 && x <= area.width;
  head.style.display = seen ? "block" : "none";
  if (seen) head.style.transform = `translateX(${area.left + x - 1}px)`;
}
function draw(host, area) {
  const spans = codedNow();
  const rows = codeRows([...spans, ...begunSpans()]);
  host.hidden = rows.length === 0;
  growing = [];
  const inView = spans.filter(({ start: start2, end }) => end >= area.range[0] && start2 <= area.range[1]);
  const shown = new Set(inView.slice(0, MOST).map(({ id }) => id));
  const part2 = inView.length > MOST ? `, ${MOST.toLocaleString()} of ${inView.length} in view` : "";
  const title = `Codes · ${spans.length} coded span${spans.length === 1 ? "" : "s"}${part2}`;
  const lines = make("div", "sr-code-rows");
  lines.append(...drawGrid(area));
  let coder = null;
  let code = null;
  for (const row of rows) {
    if (row.coder !== coder) lines.append(make("div", "sr-coder", row.coder, { title: row.coder }));
    const isNew = row.coder !== coder || row.code !== code;
    ({ coder, code } = row);
    lines.append(drawRow(row, area, shown, isNew));
  }
  lines.append(make("div", "sr-playhead"));
  host.replaceChildren(make("div", "sr-code-title", title), lines);
}
function drawGrid(area) {
  const ticks = graph("chart_lanes")?.layout?.xaxis?.tickvals ?? [];
  const places = ticks.map(area.xOf).filter((x) => x >= 0 && x <= area.width);
  return places.map((x) => {
    const line = make("div", "sr-code-grid");
    line.style.left = `${area.left + x}px`;
    return line;
  });
}
function begunSpans() {
  const { codebook } = room.coding;
  return room.begun.map((stretch) => {
    const codes = codebook?.id === stretch.codebook ? codebook.codes : [];
    const { color = "", definition = "" } = codes.find(({ name }) => name === stretch.code) ?? {};
    const of = { color, definition, kind: "stretch" };
    return { ...stretch, id: "", byline: stretch.coder, end: stretch.start, ...of };
  });
}
function drawRow({ code, spans }, area, shown, isNew) {
  const row = make("div", "sr-code-row");
  const label = make("span", "sr-code-label", isNew ? code : "", { title: code });
  label.style.width = `${area.left - 8}px`;
  const plot = make("div", "sr-code-plot");
  plot.style.left = `${area.left}px`;
  plot.style.width = `${area.width}px`;
  plot.addEventListener("click", (event) => {
    if (event.target === plot) seek(area.secondsAt(event.offsetX));
  });
  for (const span of spans) {
    if (!span.id || shown.has(span.id)) plot.append(drawBar(span, area));
  }
  row.append(label, plot);
  return row;
}
function drawBar(span, area) {
  const name = `${span.code}, ${span.byline}, ${codedTimes(span)}`;
  const about = span.definition ? `${name}
${span.definition}` : name;
  const bar = make("div", "sr-code-bar", void 0, { title: about, "data-coded": span.id });
  bar.style.setProperty("--sr-code", span.color);
  placeBar(bar, area, span.start, span.end);
  if (!span.id) {
    growing.push({ bar, start: span.start });
    return bar;
  }
  if (span.id === room.codedPicked) bar.classList.add("chosen");
  bar.addEventListener("click", () => {
    if (room.codedPicked !== span.id) seek(span.start);
    pickCoded(span.id);
    setRoom({ tab: "codes" });
  });
  if (span.coder === room.reviewer && span.id === room.codedPicked) {
    const edges = isPoint(span) ? ["start"] : ["start", "end"];
    for (const edge of edges) bar.append(makeGrip(span, edge));
  }
  return bar;
}
function placeBar(bar, area, start2, end) {
  const from = Math.max(0, area.xOf(start2));
  const to = Math.min(area.width, area.xOf(end));
  const isShort = to - from < TOO_SHORT;
  bar.classList.toggle("short", isShort);
  bar.style.left = `${from}px`;
  bar.style.width = isShort ? "0" : `${to - from}px`;
}
function makeGrip(span, edge) {
  const hint2 = `Drag to move the ${edge}, to the frame`;
  const grip = make("span", `sr-code-grip ${edge}`, void 0, { title: hint2 });
  grip.addEventListener("click", (event) => event.stopPropagation());
  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    event.stopPropagation();
    drag(span, edge, event.pointerId);
  });
  return grip;
}
function drag(span, edge, pointer) {
  const end = new AbortController();
  const { signal } = end;
  const move = (event) => {
    const gd = graph("chart_lanes");
    const area = plotArea(gd);
    if (event.pointerId !== pointer || !gd || !area) return;
    const x = event.clientX - gd.getBoundingClientRect().left - area.left;
    const to = area.secondsAt(Math.max(0, Math.min(area.width, x)));
    const dragged = moveEdge(span, edge, to, frameRate());
    setRoom({ dragged });
    seek(dragged[edge]);
  };
  const drop = () => {
    end.abort();
    const { dragged } = room;
    setRoom({ dragged: null });
    if (dragged && (dragged.start !== span.start || dragged.end !== span.end)) moveCoded(dragged);
  };
  document.addEventListener("pointermove", move, { signal });
  document.addEventListener("pointerup", drop, { signal });
  document.addEventListener("pointercancel", drop, { signal });
}
function moveCoded({ id, code, start: start2, end, codebook, version }) {
  act({ kind: "code", id, code, start: start2, end, codebook, version, moves: true });
}

// lib/ui/web/review/frame_loop.ts
var LINGERING = 250;
var CHANGES = [
  ..."pointerdown pointermove pointerup click wheel keydown keyup input change focusin focusout".split(
    " "
  ),
  ..."scroll transitionend visibilitychange fullscreenchange load".split(" "),
  ..."play playing pause seeking seeked timeupdate ratechange".split(" "),
  ..."loadedmetadata loadeddata durationchange emptied error".split(" ")
];
function startFrames(draw2, isBusy2) {
  let frame = 0;
  let until = 0;
  let stopped = false;
  const step2 = () => {
    frame = 0;
    try {
      draw2();
    } finally {
      if (isBusy2() || performance.now() < until) frame ||= requestAnimationFrame(step2);
    }
  };
  const wake = () => {
    if (stopped) return;
    until = performance.now() + LINGERING;
    frame ||= requestAnimationFrame(step2);
  };
  const observer2 = new MutationObserver(wake);
  observer2.observe(document.body, {
    attributes: true,
    characterData: true,
    childList: true,
    subtree: true
  });
  const heard = { capture: true, passive: true };
  for (const change of CHANGES) document.addEventListener(change, wake, heard);
  window.addEventListener("resize", wake);
  const stop2 = () => {
    stopped = true;
    cancelAnimationFrame(frame);
    observer2.disconnect();
    for (const change of CHANGES) document.removeEventListener(change, wake, heard);
    window.removeEventListener("resize", wake);
  };
  wake();
  return { wake, stop: stop2 };
}

// lib/ui/web/review/live_names.ts
var NAMED = 3;
function hereText(viewers) {
  if (!viewers.length) return "";
  const names = [...new Set(viewers.map((one) => one.name).filter(Boolean))];
  const nameless = viewers.filter((one) => !one.name).length;
  const more = Math.max(0, names.length - NAMED) + nameless;
  const told = names.slice(0, NAMED);
  const others = more === 1 ? "1 other" : `${more} others`;
  if (!told.length) return `Also here: ${others}`;
  const rest = more ? [`${more} more`] : [];
  const last = rest[0] ?? (told.length > 1 ? told.pop() : void 0);
  return `Also here: ${told.join(", ")}${last ? ` and ${last}` : ""}`;
}
function editingText(viewers, note, reviewer) {
  const names = viewers.filter((one) => one.editing === note).map((one) => one.name);
  if (!names.length) return "";
  if (names.every((name) => name && name === reviewer)) {
    return `${reviewer} is editing this note in another window`;
  }
  const told = [...new Set(names.map((name) => name || "Somebody"))];
  return `${told.join(", ")} ${told.length > 1 ? "are" : "is"} editing this note`;
}
function drawHere(host = part("here")) {
  const text = hereText(room.viewers);
  if (!host || host.textContent === text) return;
  host.textContent = text;
  host.title = text;
}

// lib/ui/web/review/scroll_target.ts
var PATIENCE2 = 6e4;
var GROWING = 1e4;
function awaitPart(find) {
  const since = performance.now();
  setRoom({ awaited: { find, since, until: since + PATIENCE2, height: null } });
}
function leadToAwaited(pageHeight2) {
  const { awaited } = room;
  if (!awaited) return;
  const now = performance.now();
  if (now > awaited.until) {
    setRoom({ awaited: null });
    return;
  }
  const found = awaited.find();
  if (!found || pageHeight2 === awaited.height) return;
  found.scrollIntoView({ block: "center" });
  const until = awaited.height === null ? now + GROWING : awaited.until;
  setRoom({ awaited: { ...awaited, until, height: pageHeight2 } });
}
function stopAwaiting(event) {
  if (room.awaited && event.timeStamp > room.awaited.since) setRoom({ awaited: null });
}

// lib/ui/web/review/open_section.ts
var TITLES = {
  codes: "Codes",
  downloads: "Downloads",
  notes: "Notes",
  transcript: "Transcript"
};
function openSection(section) {
  post({ kind: "open", section, at: Date.now() });
  awaitPart(() => chosenSection(TITLES[section]));
}

// lib/ui/web/review/share_link.ts
var OF_MOMENTS = ["t", "span"];
async function copyLink(extra, told) {
  const link = new URL(location.href);
  for (const name of OF_MOMENTS) link.searchParams.delete(name);
  link.searchParams.set("session", String(room.session));
  for (const [name, value] of Object.entries(extra)) link.searchParams.set(name, String(value));
  try {
    await navigator.clipboard.writeText(link.href);
    told.textContent = "Copied";
  } catch {
    const look = { readonly: "", value: link.href, "aria-label": "Link" };
    const field = make("input", "sr-link", void 0, look);
    told.replaceChildren(field);
    field.select();
  }
}

// lib/ui/web/review/head_actions.ts
function buildHeadActions(host) {
  const told = make("span", "sr-told", "", { role: "status" });
  const menu = make("div", "sr-menu", void 0, { role: "group", "aria-label": "Share" });
  menu.hidden = true;
  const moment = () => ({ t: currentTime().toFixed(room.digits) });
  const links = [
    ["Link to this view", () => ({})],
    ["Link to this moment", moment],
    ["Link to this span", () => ({ ...moment(), span: room.picked ?? "" })]
  ];
  for (const [text, extra] of links) menu.append(button(text, () => copyLink(extra(), told)));
  menu.append(told);
  const share = button("Share", () => open(Boolean(menu.hidden)), { "aria-expanded": "false" });
  const open = (on) => {
    menu.hidden = !on;
    told.textContent = "";
    share.setAttribute("aria-expanded", String(on));
    const ofSpan = menu.querySelectorAll("button")[links.length - 1];
    if (ofSpan) ofSpan.disabled = room.picked === null;
  };
  host.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    open(false);
    share.focus();
  });
  host.addEventListener("focusout", (event) => {
    const to = event.relatedTarget;
    if (to instanceof Node && !host.contains(to)) open(false);
  });
  menu.addEventListener("sr-close", () => open(false));
  const here = make("span", "sr-here", "", { role: "status" });
  host.replaceChildren(
    here,
    share,
    button("Export", () => openSection("downloads")),
    menu
  );
  drawHere(here);
}
function closeMenuBeside(event) {
  const inside = event.target instanceof Element && event.target.closest(".sr-head-acts");
  if (!inside) openMenu()?.dispatchEvent(new Event("sr-close"));
}
var openMenu = () => {
  const menu = part("menu");
  return menu && !menu.hidden ? menu : null;
};

// lib/ui/web/review/history.ts
var NAMES = {
  undo: ["↶", "Undo", "Ctrl+Z"],
  redo: ["↷", "Redo", "Ctrl+Shift+Z"]
};
function step(command) {
  const nothing = !room[command] && !room.outbox.letters.length;
  if (nothing) notify(`There is nothing to ${command}.`);
  else post({ kind: command, reviewer: room.reviewer, at: Date.now() });
}
function historyButton(command) {
  const [sign, title, key] = NAMES[command];
  const does = room[command] ? `${title}: ${room[command]} (${key})` : `${title} (${key})`;
  const look = { title: does, "aria-label": does, "data-field": command };
  const made2 = button(sign, () => step(command), look);
  made2.disabled = !room[command];
  return made2;
}
function takeNotice(notice) {
  if (!notice || notice.at === room.noticeAt) return;
  const isNews = room.outbox.letters.some(({ act: act2 }) => act2.at === notice.at);
  setRoom({ noticeAt: notice.at });
  if (isNews) notify(notice.text);
}

// lib/ui/web/review/escape_key.ts
var OF_PANEL = ".sr-panel :is(textarea, input, select)";
var TEXT = "input:is([type=text], [type=search]), textarea";
var OPENS = "[role=combobox], [aria-expanded=true]";
function leave(target) {
  if (isOverlayOpen() || openPopover() || openMenu() || document.fullscreenElement) return false;
  const field = target?.closest(OF_PANEL) ?? plainField(target);
  if (field) {
    leaveField(field);
    return true;
  }
  if (target?.closest(OPENS)) return false;
  const asking = part("name-form");
  if (asking) asking.remove();
  else if (room.about) chooseNothing();
  else return leaveScore();
  return true;
}
var plainField = (target) => target?.matches(OPENS) ? null : target?.closest(TEXT);

// lib/ui/web/review/judging_order.ts
function judgedBy(verdicts, reviewer) {
  if (!reviewer) return /* @__PURE__ */ new Set();
  return new Set(verdicts.filter((one) => one.reviewer === reviewer).map((one) => one.signal));
}
function opinionUnderway(acts, reviewer, id) {
  const last = acts.findLast(
    (act2) => (act2.kind === "verdict" || act2.kind === "unjudge") && act2.signal === id && act2.reviewer === reviewer
  );
  if (last?.kind === "verdict") return last.opinion;
  return last ? null : void 0;
}
function nextUnjudged(order, judged, now) {
  const here = now === null ? -1 : order.indexOf(now);
  const line = [...order.slice(here + 1), ...order.slice(0, here + 1)];
  return line.find((id) => !judged.has(id));
}
function progressText(order, judged) {
  const count = order.filter((id) => judged.has(id)).length;
  return `${count} of ${order.length} judged by you`;
}

// lib/ui/web/review/judging_progress.ts
var GOES_ON = "unjudged";
function judgedNow() {
  const judged = judgedBy(room.verdicts, room.reviewer);
  for (const { act: act2 } of room.outbox.letters) {
    if (act2.kind === "verdict" && act2.reviewer === room.reviewer) judged.add(act2.signal);
    if (act2.kind === "unjudge" && act2.reviewer === room.reviewer) judged.delete(act2.signal);
  }
  return judged;
}
function pickUnjudged() {
  const next = nextUnjudged(room.order, judgedNow(), room.picked);
  if (next !== void 0) pickSpan(next);
  else notify(room.order.length ? "You have judged all spans of the list." : "The list is empty.");
}
function drawProgress() {
  const row = make("div", "sr-row sr-judged");
  if (room.spans.length) {
    row.append(
      button("Next unjudged (j)", pickUnjudged, { "data-field": GOES_ON }),
      make("span", "sr-progress-text", progressText(room.order, judgedNow()))
    );
  }
  row.append(historyButton("undo"), historyButton("redo"));
  if (room.spans.length) row.append(makeModeField());
  return [row];
}

// lib/ui/web/review/key_overlay.ts
function openKeys(groups) {
  const host = part("transport");
  if (!host || part("keys")) return;
  const look = { "aria-labelledby": "sr-keys-title" };
  const dialog = make("dialog", "sr-keys", void 0, look);
  const sheet = make("div", "sr-keys-sheet");
  sheet.append(makeHead(dialog), ...groups.map(makeGroup), makeSwitch2());
  dialog.append(sheet);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "?") dialog.close();
  });
  closeBeside(dialog);
  host.append(dialog);
  dialog.showModal();
}
function closeBeside(dialog) {
  let pressed = null;
  dialog.addEventListener("pointerdown", (event) => {
    pressed = event.target;
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && pressed === dialog) dialog.close();
  });
}
function makeHead(dialog) {
  const row = make("div", "sr-keys-head");
  row.append(
    make("h2", "", "Keys", { id: "sr-keys-title" }),
    button("✕", () => dialog.close(), { "aria-label": "Close" })
  );
  return row;
}
function makeGroup({ title, keys }) {
  const list = make("dl");
  for (const { shown, does } of keys) {
    const names = make("dt");
    for (const name of shown.split(" ")) names.append(make("kbd", "", name), " ");
    list.append(names, make("dd", "", does));
  }
  const group = make("section");
  group.append(make("h3", "", title), list);
  return group;
}
function makeSwitch2() {
  const label = make("label", "sr-check", " Keys are on");
  const on = make("input", "", void 0, { type: "checkbox" });
  on.checked = room.keys;
  on.addEventListener("change", () => setRoom({ keys: on.checked }));
  label.prepend(on);
  return label;
}

// lib/ui/web/review/key_press.ts
function findCommand(press3) {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = press3;
  if (ctrlKey === metaKey || altKey) return void 0;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && ctrlKey && !shiftKey ? "redo" : void 0;
}
function findKey(keys, press3) {
  if (press3.ctrlKey || press3.metaKey || press3.altKey) return void 0;
  const letter = /^\p{L}$/u.test(press3.key);
  const { key } = press3;
  const wanted = !letter ? key : press3.shiftKey ? key.toUpperCase() : key.toLowerCase();
  return keys.find((one) => one.key === wanted);
}

// lib/ui/web/shared/app_address.ts
function addressInApp(path) {
  return new URL(path, window.__streamlit?.BACKEND_BASE_URL ?? new URL(".", location.href));
}

// lib/ui/web/review/live_review.ts
var EVERY = 4e3;
var SLOWEST = 12e4;
var PATIENCE3 = 1e4;
var NOT_OURS = 403;
var waitAfter = (failures) => Math.min(EVERY * 2 ** failures, SLOWEST);
var isBehind = (told, shown, { letters }) => told !== shown && letters.length === 0;
function startLive() {
  document.addEventListener("visibilitychange", askIfSeen);
  window.addEventListener("pagehide", tellLeaving);
}
function stopLive() {
  document.removeEventListener("visibilitychange", askIfSeen);
  window.removeEventListener("pagehide", tellLeaving);
  clearTimeout(room.asking);
  tellLeaving();
  setRoom({ live: "", viewers: [] });
}
function followReview(live, version) {
  const isNew = live !== room.live;
  if (isNew) tellLeaving();
  setRoom({ live, version });
  if (!isNew) return;
  setRoom({ failures: 0, viewers: [] });
  redraw("people");
  askSoon();
}
function askSoon(wait = 0) {
  clearTimeout(room.asking);
  setRoom({ asking: window.setTimeout(ask, wait) });
}
function askIfSeen() {
  if (isSeen()) askSoon();
}
var isSeen = () => document.visibilityState === "visible";
async function ask() {
  const { live } = room;
  if (!live || !isSeen()) return;
  const answer = await fetchAnswer(live);
  if (room.live !== live) return;
  if (answer === NOT_OURS && !room.failures) renew();
  const isTold = typeof answer === "object";
  setRoom({ failures: isTold ? 0 : room.failures + 1 });
  if (isTold) take(answer);
  askSoon(waitAfter(room.failures));
}
async function fetchAnswer(live) {
  try {
    const answer = await fetch(addressInApp(live), {
      method: "POST",
      body: JSON.stringify(report()),
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE3)
    });
    return answer.ok ? await answer.json() : answer.status;
  } catch {
    return 0;
  }
}
var report = () => ({ reviewer: room.reviewer, editing: room.editing?.id ?? "" });
function take({ version, viewers }) {
  if (JSON.stringify(viewers) !== JSON.stringify(room.viewers)) {
    setRoom({ viewers });
    redraw("people");
  }
  if (isBehind(version, room.version, room.outbox)) renew();
}
function renew() {
  post({ kind: "renew", at: Date.now() });
}
function tellLeaving() {
  if (!room.live) return;
  navigator.sendBeacon(addressInApp(room.live), JSON.stringify({ ...report(), leaving: true }));
}

// lib/ui/web/review/notes.ts
var BESIDE = 0.5;
var drawSpanNotes = (span) => drawNotes([span.draw_start, span.draw_end], span.id);
var drawMomentNotes = (at) => drawNotes([at - BESIDE, at + BESIDE], null);
var drawRangeNotes = (range) => drawNotes(range, null);
function drawNotes([start2, end], signal) {
  return room.notes.filter((one) => {
    if (one.signal !== null) return one.signal === signal;
    return one.start <= end && one.end >= start2;
  }).map(drawNote);
}
function drawNote(one) {
  const row = make("div", "sr-note");
  const foot = make("p", "sr-source", `${one.byline}, ${timeText(one)} `);
  if (one.reviewer === room.reviewer) {
    foot.append(
      button("Edit", () => edit(one), { "data-field": `edit-${one.id}` }),
      button("Remove", () => act({ kind: "remove", id: one.id }))
    );
  }
  row.append(make("p", "sr-note-text", one.text), foot);
  const editing = editingText(room.viewers, one.id, room.reviewer);
  if (editing) row.prepend(make("p", "sr-source sr-editing", editing));
  return row;
}
var timeText = ({ start: start2, end }) => start2 === end ? clock(start2, room.digits) : clockRange(start2, end, room.digits);
function edit(note) {
  setRoom({ editing: note });
  redraw("panel");
  if (room.live) askSoon();
  focusNote();
}
function noteHere() {
  const at = currentTime();
  if (room.about?.kind === "span") {
    setRoom({ editing: null });
    Object.assign(draft(), { place: "moment", at });
    redraw("panel");
  } else openMoment(at);
  focusNote();
}
function focusNote() {
  part("panel")?.querySelector("textarea")?.focus();
}

// lib/ui/web/review/verdicts.ts
var OPINIONS = [
  ["agree", "Agree (a)"],
  ["disagree", "Disagree (d)"],
  ["unsure", "Unsure (u)"]
];
var isMine = (one, id) => one.signal === id && one.reviewer === room.reviewer;
var ownVerdict = (id) => room.reviewer ? room.verdicts.find((one) => isMine(one, id)) : void 0;
function opinionNow(id) {
  const acts = room.outbox.letters.map((letter) => letter.act);
  const underway = opinionUnderway(acts, room.reviewer, id);
  return underway === void 0 ? ownVerdict(id)?.opinion : underway;
}
function drawVerdict(span) {
  const own = ownVerdict(span.id);
  const look = { role: "group", "aria-label": "Your verdict on this span" };
  const row = make("div", "sr-row", void 0, look);
  for (const [opinion, title] of OPINIONS) {
    const pressed = String(own?.opinion === opinion);
    const state = { "data-field": opinion, "aria-pressed": pressed };
    row.append(button(title, () => judge(opinion), state));
  }
  if (own?.opinion === "disagree") row.append(makeCorrection(span, own));
  if (room.reviewer) {
    row.append(button(`as ${room.reviewer}`, forgetName, { title: "Change the name" }));
  }
  return row;
}
function forgetName() {
  remember("");
  if (isBlind()) tellMode();
  redraw("panel");
}
function makeCorrection(span, own) {
  const look = { "aria-label": "What it is instead", "data-field": "corrected" };
  const kind = make("select", "sr-select", void 0, look);
  kind.append(make("option", "", "what it is instead …", { value: "" }));
  kind.append(...(room.types ?? []).map((name) => make("option", "", name, { value: name })));
  kind.value = own.corrected;
  kind.addEventListener("change", () => {
    const corrected = kind.value;
    act({ kind: "verdict", signal: span.id, opinion: "disagree", corrected, mode: room.mode });
  });
  return kind;
}
function drawOtherVerdicts(span) {
  const own = ownVerdict(span.id);
  return room.verdicts.filter((one) => one.signal === span.id && (one !== own || one.imported)).map(({ byline, opinion, corrected, mode }) => {
    const instead = corrected ? `, ${corrected} instead` : "";
    const how = mode === OPEN ? "" : ` (${mode})`;
    return make("p", "sr-source", `${byline}: ${opinion}${instead}${how}`);
  });
}
function judge(opinion) {
  const span = judgedSpan();
  if (!span) return;
  if (opinionNow(span.id) === opinion) act({ kind: "unjudge", signal: span.id });
  else act({ kind: "verdict", signal: span.id, opinion, corrected: "", mode: room.mode });
}
function judgeAndGoOn(opinion) {
  const span = judgedSpan();
  if (!span) return;
  if (opinionNow(span.id) === opinion) pickUnjudged();
  else {
    const { mode } = room;
    act(
      { kind: "verdict", signal: span.id, opinion, corrected: "", mode },
      { after: pickUnjudged }
    );
  }
}
var judgedSpan = () => room.about?.kind === "span" ? pickedSpan() : void 0;

// lib/ui/web/review/keys.ts
var PLAYING = [
  { key: " ", shown: "space", does: "play or pause", act: toggle },
  { key: "ArrowLeft", shown: "←", does: `back ${STEP} s`, act: back },
  { key: "ArrowRight", shown: "→", does: `forward ${STEP} s`, act: forward },
  { key: ",", shown: ",", does: "one frame back", act: () => stepFrame(-1) },
  { key: ".", shown: ".", does: "one frame forward", act: () => stepFrame(1) },
  { key: "s", shown: "s", does: "play the chosen span", act: playSpan },
  { key: "l", shown: "l", does: "loop the chosen span", act: loopSpan },
  { key: "-", shown: "−", does: "slower", act: () => changeSpeed(-1) },
  { key: "+", shown: "+", does: "faster", act: () => changeSpeed(1) }
];
var MOVING = [
  { key: "p", shown: "p", does: "previous span", act: () => pickNeighbor(-1) },
  { key: "n", shown: "n", does: "next span", act: () => pickNeighbor(1) },
  { key: "j", shown: "j", does: "next span that you have not judged", act: pickUnjudged },
  { key: "/", shown: "/", does: "search", act: () => searchField()?.focus() }
];
var JUDGING = [
  { key: "a", shown: "a", does: "agree", act: () => judge("agree") },
  { key: "d", shown: "d", does: "disagree", act: () => judge("disagree") },
  { key: "u", shown: "u", does: "unsure", act: () => judge("unsure") },
  {
    key: "A",
    shown: "Shift a",
    does: "agree, and next unjudged",
    act: () => judgeAndGoOn("agree")
  },
  { key: "D", shown: "Shift d", does: "disagree, and next", act: () => judgeAndGoOn("disagree") },
  { key: "U", shown: "Shift u", does: "unsure, and next", act: () => judgeAndGoOn("unsure") },
  { key: "m", shown: "m", does: "note at this moment", act: noteHere },
  { key: "b", shown: "b", does: "choose what is hidden while you judge", act: focusMode }
];
var CODING = [
  { key: "c", shown: "c", does: "code by the keys of the codebook, and back", act: toggleCoding }
];
var VIEW = [
  { key: "f", shown: "f", does: "follow the playhead", act: toggleFollow },
  { key: "z", shown: "z", does: "whole recording", act: zoomOut },
  { key: "?", shown: "?", does: "these keys", act: showKeys }
];
var KEYS = [...PLAYING, ...MOVING, ...JUDGING, ...CODING, ...VIEW];
var IN_NOTE = { shown: "Ctrl Enter", does: "save the note" };
var HISTORY = [
  { shown: "Ctrl z", does: "undo; on a Mac ⌘ for Ctrl" },
  { shown: "Ctrl Shift z", does: "redo; or Ctrl y" }
];
var CODE_KEYS = [
  { shown: "key", does: "of a code, meanwhile: begin; again, or let go after a while: end" }
];
var LEAVING = { shown: "Esc", does: "leave: a field, whose text stays; then what is chosen" };
var GROUPS = [
  { title: "Playing", keys: PLAYING },
  { title: "Moving", keys: MOVING },
  { title: "Judging", keys: [...JUDGING, IN_NOTE, ...HISTORY] },
  { title: "Coding and view", keys: [...CODING, ...CODE_KEYS, ...VIEW, LEAVING] }
];
var TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]";
var CONTROLS = [
  ...["button", "a", "summary", "input", ".sr-sheet", "video"],
  ...["tab", "radio", "option", "combobox"].map((role) => `[role=${role}]`)
].join(", ");
var OWN_ARROWS = `${CONTROLS}, [role=grid], [role=slider]`;
function press(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (event.isComposing || event.defaultPrevented || !part("transport")) return;
  if (event.key === "Escape") {
    if (leave(target)) event.preventDefault();
    return;
  }
  const at = target ?? document.body;
  if (!room.keys || at.closest(TYPING) || isOverlayOpen()) return;
  if (pressCode(event)) return;
  if (event.key === " " && at.closest(CONTROLS)) return;
  if (event.key.startsWith("Arrow") && at.closest(OWN_ARROWS)) return;
  const command = findCommand(event);
  const key = findKey(KEYS, event);
  const act2 = command ? () => step(command) : key?.act;
  if (!act2) return;
  event.preventDefault();
  event.stopPropagation();
  const writes = command !== void 0 || JUDGING.some((one) => one === key);
  if (!(writes && event.repeat)) act2();
}
function showKeys() {
  openKeys(GROUPS);
}
function keysButton() {
  const look = { title: "Keys (?)", "aria-label": "Keys (?)", "aria-haspopup": "dialog" };
  return button("?", showKeys, { ...look, "data-does": "keys" });
}

// lib/ui/web/review/lane_rows.ts
var NO_COLUMN = [];
function placesOf(column, keep) {
  const found = [];
  for (let place2 = 0; place2 < column.length; place2 += 1) {
    const value = column[place2];
    if (value !== void 0 && keep(value)) found.push(place2);
  }
  return found;
}
function passingPlaces(traces, shown) {
  const passes = (id) => !shown || shown.has(Number(id));
  return traces.map((trace) => placesOf(trace.customdata ?? NO_COLUMN, passes));
}
var rowAt = (trace, place2) => (trace.y ?? NO_COLUMN)[place2];
function usedRows(traces, kept) {
  const rows = traces.flatMap((trace, n) => (kept[n] ?? []).map((place2) => rowAt(trace, place2)));
  return [...new Set(rows)].sort((a, b) => a - b);
}
function placeRows(traces, used) {
  const rows = new Map(used.map((row, place2) => [row, place2]));
  const rowOf2 = /* @__PURE__ */ new Map();
  for (const trace of traces) {
    const ids = trace.customdata ?? NO_COLUMN;
    for (let place2 = 0; place2 < ids.length; place2 += 1) {
      rowOf2.set(Number(ids[place2]), rows.get(rowAt(trace, place2)));
    }
  }
  return { rows, rowOf: rowOf2 };
}
function keptColumns(traces, kept, rows) {
  const change = {};
  for (const name of LANE_COLUMNS) {
    change[name] = traces.map((trace, n) => {
      const column = trace[name];
      const value = (place2) => name === "y" ? rows.get(rowAt(trace, place2)) : column?.[place2];
      return column && (kept[n] ?? []).map(value);
    });
  }
  return change;
}
var COUNTED = /\d+ spans?(, one for each window)?/;
var NO_LANE = "The spans that pass the filters have no lane here: see the list of spans.";
var NO_SPAN = "No span passes the filters.";
function laneLayout(all, used, { shown, countText }) {
  const { meta } = all;
  const { labels } = meta;
  const seams = meta.of_parts ?? { shapes: [], annotations: [] };
  const lanes2 = used.map((row) => meta.lane_of_row[row]);
  const there = [...new Set(lanes2)];
  const middle = (lane) => (lanes2.indexOf(lane) + lanes2.lastIndexOf(lane)) / 2;
  const edges = edgesBetween(lanes2, there);
  const plot = Math.min(used.length * meta.row_height, meta.tallest);
  const note = shown?.size ? NO_LANE : NO_SPAN;
  return {
    // It counts what is drawn.
    "title.text": shown ? all.title.replace(COUNTED, String(countText)) : all.title,
    "yaxis.range": [Math.max(used.length, 1) - 0.5, -0.5],
    "yaxis.tickvals": there.map(middle),
    "yaxis.ticktext": there.map((lane) => labels[lane]),
    "yaxis.labelalias": Object.fromEntries(lanes2.map((lane, row) => [row, labels[lane]])),
    shapes: edges ? [edgeShape(edges, meta), ...seams.shapes] : seams.shapes,
    annotations: used.length ? seams.annotations : [...seams.annotations, emptyNote(note)],
    height: used.length ? plot + all.margins.t + all.margins.b : meta.shortest
  };
}
var edgesBetween = (lanes2, there) => there.slice(1).map((lane) => `M0,${lanes2.indexOf(lane) - 0.5}H1`).join("");
var edgeShape = (path, { line }) => {
  return { type: "path", path, xref: "paper", yref: "y", layer: "below", line };
};
var emptyNote = (text) => {
  const place2 = { xref: "paper", yref: "paper", x: 0.5, y: 0.5 };
  return { text, ...place2, showarrow: false, font: { size: 13 } };
};

// lib/ui/web/review/lane_chart.ts
function laneTrace(trace) {
  const filled = LANE_COLUMNS.filter((name) => trace[name]?.length);
  return Object.fromEntries(filled.map((name) => [name, trace[name]]));
}
function wholeFigure(gd) {
  const known = room.whole.get(gd);
  if (known) return known;
  const drawn = drawnTraces(gd);
  const { layout } = gd;
  if (!drawn || !layout?.meta) return null;
  const whole = {
    traces: drawn.map(laneTrace),
    meta: layout.meta,
    title: layout.title.text,
    height: layout.height,
    margins: layout.margin
  };
  room.whole.set(gd, whole);
  return whole;
}
function drawLanes() {
  const gd = graph("chart_lanes");
  const code = plotly();
  const all = gd && code ? wholeFigure(gd) : null;
  if (!gd || !code || !all) return;
  const before = room.drawn;
  const known = before?.gd === gd && before.data === gd.data;
  if (known && before.shown === room.shown) return;
  setRoom({ drawn: { gd, shown: room.shown, data: gd.data } });
  if (!known && !room.shown) {
    setRoom(placeRows(all.traces, [...all.meta.lane_of_row.keys()]));
    return;
  }
  const kept = passingPlaces(all.traces, room.shown);
  const used = usedRows(all.traces, kept);
  const places = placeRows(all.traces, used);
  setRoom(places);
  const change = keptColumns(all.traces, kept, places.rows);
  const layout = laneLayout(all, used, room);
  code.update(gd, change, layout, [...all.traces.keys()]);
  setRoom({ drawn: { gd, shown: room.shown, data: gd.data } });
}

// lib/ui/web/review/overview_drag.ts
var STEP2 = 0.1;
var PAGE = 1;
var SLOP = 4;
function dragRange(grip, view, from, to, whole) {
  if (grip === "window") return panRange(view, to - from, whole);
  if (grip === "beside") return [Math.min(from, to), Math.max(from, to)];
  const end = grip === "from" ? 0 : 1;
  return moveEnd(view, end, view[end] + to - from, whole);
}
var clickRange = (view, at, whole) => centerRange(view, at, whole);
function keyRange(key, grip, view, whole) {
  const width = view[1] - view[0];
  const steps = {
    ArrowLeft: -STEP2,
    ArrowDown: -STEP2,
    ArrowRight: STEP2,
    ArrowUp: STEP2,
    PageDown: -PAGE,
    PageUp: PAGE,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY
  };
  const step2 = steps[key];
  if (step2 === void 0) return null;
  const far = whole[1] - whole[0];
  const by = Number.isFinite(step2) ? step2 * width : Math.sign(step2) * far;
  return dragRange(grip, view, 0, by, whole);
}

// lib/ui/web/review/overview_marks.ts
var GROUPS2 = ["supportive", "friction", "other"];
var groupOf = (group) => group === "supportive" || group === "friction" ? group : "other";
function runsOf(spans, width, end) {
  const scale = width / end;
  const sorted = [...spans].sort((a, b) => a.draw_start - b.draw_start);
  const runs = [];
  for (const span of sorted) {
    const from = Math.min(span.draw_start * scale, width - 1);
    const to = Math.max(from + 1, span.draw_end * scale);
    const last = runs.at(-1);
    if (last && from <= last[1] + 0.5) last[1] = Math.max(last[1], to);
    else runs.push([from, to]);
  }
  return runs;
}
function markPaths(spans, width, height, end) {
  const row = height / GROUPS2.length;
  const pathOf = (group, place2) => {
    const runs = runsOf(
      spans.filter((span) => groupOf(span.group) === group),
      width,
      end
    );
    const top = place2 * row + 1;
    return runs.map(([from, to]) => {
      const wide = (to - from).toFixed(1);
      return `M${from.toFixed(1)} ${top.toFixed(1)}h${wide}v${(row - 2).toFixed(1)}h-${wide}z`;
    }).join("");
  };
  const paths = GROUPS2.map((group, place2) => [group, pathOf(group, place2)]);
  return Object.fromEntries(paths);
}

// lib/ui/web/review/overview.ts
var HEIGHT = 26;
var NAMES2 = { window: "View", from: "Start of the view", to: "End of the view" };
var overview = null;
function makeOverview() {
  const track = make("div", "sr-overview", void 0, { role: "group" });
  track.title = "Drag to choose what is in view; click to go there. Double click: whole recording. Short spans are a pixel wide";
  const sliders = { window: makeSlider("window"), from: makeSlider("from"), to: makeSlider("to") };
  const marks = makeSvg("svg", { "aria-hidden": "true" });
  const shade = make("div", "sr-shade");
  const head = make("div", "sr-playhead");
  const text = make("span", "sr-view");
  shade.append(sliders.window, sliders.from, sliders.to);
  track.append(marks, shade, head, text);
  overview = { track, marks, sliders, head, text, at: "", marked: [], shown: "" };
  track.addEventListener("pointerdown", press2);
  track.addEventListener("mousedown", (event) => event.preventDefault());
  track.addEventListener("dblclick", zoomOut);
  track.addEventListener("keydown", moveByKey);
  bindWheel(track, placeOf2);
  return track;
}
function makeSlider(grip) {
  const look = { role: "slider", tabindex: 0, "aria-label": NAMES2[grip], "data-grip": grip };
  return make("div", `sr-grip-${grip}`, void 0, look);
}
function placeOf2() {
  const whole = wholeRange();
  if (!overview || !whole) return null;
  const { left, width } = overview.track.getBoundingClientRect();
  return { left, width, range: whole };
}
var gripAt = (target) => {
  const found = target instanceof Element && target.closest("[data-grip]");
  const grip = found ? found.dataset.grip : "beside";
  return grip === "window" && !room.zoom ? "beside" : grip;
};
function press2(event) {
  const [place2, view, whole] = [placeOf2(), viewRange(), wholeRange()];
  if (!place2 || !view || !whole || event.button !== 0) return;
  const grip = gripAt(event.target);
  if (!event.isPrimary) return;
  const { track } = overview;
  const from = secondsAt(place2, event.clientX);
  const started = event.clientX;
  let moved = false;
  let cancelled = false;
  track.setPointerCapture(event.pointerId);
  const move = (now) => {
    moved ||= Math.abs(now.clientX - started) > SLOP;
    if (moved) requestZoom(dragRange(grip, view, from, secondsAt(place2, now.clientX), whole));
  };
  const end = () => {
    track.removeEventListener("pointermove", move);
    track.removeEventListener("pointercancel", cancel);
    if (moved || cancelled) return;
    if (grip === "beside" && room.zoom) requestZoom(clickRange(view, from, whole));
    else if (grip === "beside") seek(from);
  };
  const cancel = () => {
    cancelled = true;
  };
  track.addEventListener("pointermove", move);
  track.addEventListener("pointercancel", cancel, { once: true });
  track.addEventListener("lostpointercapture", end, { once: true });
}
function moveByKey(event) {
  const [view, whole] = [viewRange(), wholeRange()];
  const found = event.target instanceof HTMLElement && event.target.dataset.grip;
  if (!found || !view || !whole || event.ctrlKey || event.metaKey || event.altKey) return;
  const range = keyRange(event.key, found, view, whole);
  if (!range) return;
  event.preventDefault();
  requestZoom(range);
}
function drawOverview(v) {
  if (!overview?.track.isConnected) return;
  const area = findArea();
  const [view, whole] = [viewRange(), wholeRange()];
  if (!area || !view || !whole) return;
  standBelow(overview, area.left, area.width);
  drawMarks(overview, area.width, whole[1]);
  drawWindow(overview, view, whole, area.width);
  const x = Math.min(v?.currentTime ?? 0, whole[1]) / whole[1] * area.width - 1;
  overview.head.style.display = v ? "block" : "none";
  overview.head.style.transform = `translateX(${x.toFixed(1)}px)`;
}
function findArea() {
  for (const key of room.charts) {
    const area = plotArea(graph(key));
    if (area) return area;
  }
  return null;
}
function standBelow(one, left, width) {
  const at = `${left}|${width}`;
  if (one.at === at) return;
  one.at = at;
  one.track.style.left = `${left}px`;
  one.track.style.width = `${width}px`;
  one.marks.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
}
function drawMarks(one, width, end) {
  const now = [room.source, room.shown, width, end];
  if (now.every((value, place2) => value === one.marked[place2])) return;
  one.marked = now;
  const spans = room.spans.filter(({ id }) => !room.shown || room.shown.has(id));
  const paths = markPaths(spans, width, HEIGHT, end);
  one.marks.replaceChildren(
    ...GROUPS2.map((group) => makeSvg("path", { class: group, d: paths[group] }))
  );
  const count = `${spans.length} ${spans.length === 1 ? "span" : "spans"}`;
  one.track.setAttribute("aria-label", `Overview of the whole recording: ${count}`);
}
function drawWindow(one, view, whole, width) {
  const shown = `${view}|${whole}|${width}`;
  if (one.shown === shown) return;
  one.shown = shown;
  const zoomed = !isNear(view, whole);
  const scale = width / (whole[1] - whole[0]);
  const [left, right] = [(view[0] - whole[0]) * scale, (view[1] - whole[0]) * scale];
  one.track.style.setProperty("--sr-from", `${left.toFixed(2)}px`);
  one.track.style.setProperty("--sr-to", `${right.toFixed(2)}px`);
  one.track.classList.toggle("zoomed", zoomed);
  one.text.textContent = zoomed ? viewText(view) : "";
  one.text.dataset.side = width - right >= left ? "right" : "left";
  say(one.sliders.window, view[0], whole[0], whole[1] - (view[1] - view[0]), viewText(view));
  const digits = view[1] - view[0] >= 5 ? 1 : 2;
  say(one.sliders.from, view[0], whole[0], view[1], clock(view[0], digits));
  say(one.sliders.to, view[1], view[0], whole[1], clock(view[1], digits));
}
function say(slider, now, least, most, text) {
  slider.setAttribute("aria-valuenow", now.toFixed(2));
  slider.setAttribute("aria-valuemin", least.toFixed(2));
  slider.setAttribute("aria-valuemax", most.toFixed(2));
  slider.setAttribute("aria-valuetext", text);
}

// lib/ui/web/review/data_table_values.ts
var NONE = "–";
var words = new Intl.Collator("en", { numeric: true });
var compare3 = (a, b) => typeof a === "string" ? words.compare(a, String(b)) : Number(a) - Number(b);
function sortRows(columns, count, { by, down }) {
  const rows = Array.from({ length: count }, (_, place2) => place2);
  const values = by === null ? void 0 : columns[by];
  if (!values) return rows;
  const sign = down ? -1 : 1;
  const value = (row) => values[row] ?? null;
  const missing = (row) => Number(value(row) === null);
  return rows.sort(
    (a, b) => missing(a) - missing(b) || (missing(a) ? 0 : sign * compare3(value(a), value(b))) || a - b
  );
}
function nextOrder({ by, down }, column) {
  const again = by === column;
  return again && down ? { by: null, down: false } : { by: column, down: again };
}
function plainText(value) {
  if (value === null) return "";
  return typeof value === "number" ? String(Number(value.toPrecision(12))) : String(value);
}
function columnTexts(values) {
  const texts = values.map((value) => value === null ? NONE : plainText(value));
  const isUsual = (value, text) => typeof value === "number" && /^-?[\d.]+$/.test(text);
  const decimals = texts.map(
    (text, place2) => isUsual(values[place2] ?? null, text) ? (text.split(".")[1] ?? "").length : 0
  );
  const digits = Math.max(0, ...decimals);
  return texts.map((text, place2) => {
    const value = values[place2] ?? null;
    return isUsual(value, text) ? value.toFixed(digits) : text;
  });
}
var TABS = { between: "	", odd: /["\t\r\n]/, decimal: "." };
var COMMAS = { between: ",", odd: /[",\r\n]/, decimal: "." };
var SEMICOLONS = { between: ";", odd: /[";\r\n]/, decimal: "," };
function writeCell(value, formula, style) {
  const runs = typeof value === "string" && formula.some((sign) => value.startsWith(sign));
  const plain = plainText(value);
  const number = typeof value === "number" ? plain.replace(".", style.decimal) : plain;
  const text = runs ? `'${value}` : number;
  return style.odd.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
function writeTable(table, style) {
  const { columns, names, order, formula, before } = table;
  const write3 = (values) => [...Object.values(before), ...values].map((one) => writeCell(one, formula, style)).join(style.between);
  const head = [...Object.keys(before), ...names].join(style.between);
  const rows = order.map((row) => write3(names.map((name) => columns[name]?.[row] ?? null)));
  return [head, ...rows].join("\r\n");
}

// lib/ui/web/review/data_table_files.ts
var EUROPEAN = "CSV with ; between cells and a decimal comma";
var SAVING = 6e4;
function sheetActions(sheet) {
  const said = make("span", "sr-told", "", { role: "status" });
  return [
    button("Copy the table", () => copySheet(sheet, said)),
    button("Save as CSV", () => saveSheet(sheet)),
    makeEuropeanBox(),
    said
  ];
}
function makeEuropeanBox() {
  const made2 = make("label", "sr-check");
  const box = make("input", "", void 0, { type: "checkbox" });
  box.checked = room.european ?? false;
  box.addEventListener("change", () => setRoom({ european: box.checked }));
  made2.append(box, ` ${EUROPEAN}`);
  return made2;
}
function textOf({ told, columns, names, rows }, style, before = {}) {
  return writeTable({ columns, names, order: rows, formula: told.formula, before }, style);
}
async function copySheet(sheet, said) {
  try {
    await navigator.clipboard.writeText(textOf(sheet, TABS));
    said.textContent = "Copied for a spreadsheet";
  } catch {
    said.textContent = "The browser does not allow copying; save the table instead";
  }
}
function saveSheet(sheet) {
  const { about, file } = sheet.told;
  const text = `${textOf(sheet, room.european ? SEMICOLONS : COMMAS, about)}\r
`;
  const href = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/csv" }));
  const link = make("a", "", void 0, { href, download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), SAVING);
}

// lib/ui/web/review/data_table.ts
var PAGE2 = 50;
var LONG = 1e3;
function fillSheet() {
  const host = part("tabular");
  if (!host || host.filled || !room.source) return;
  const told = JSON.parse(host.textContent ?? "");
  if (told.session !== room.session) return;
  host.filled = true;
  buildSheet(host, told);
}
function columnsOf({ columns, names, spans }) {
  if (columns) return columns;
  const values = (name) => (spans ?? []).map((id) => {
    const span = room.byId.get(id);
    return span?.[name];
  });
  return Object.fromEntries(names.map((name) => [name, values(name)]));
}
function buildSheet(host, told) {
  const before = room.sheet;
  const same = before?.told.session === told.session && before.told.name === told.name;
  const { order, page } = same ? before : { order: { by: null, down: false }, page: 0 };
  const columns = columnsOf(told);
  const count = columns[told.names[0] ?? ""]?.length ?? 0;
  const sheet = {
    told,
    columns,
    names: told.names,
    count,
    order,
    page: Math.min(page, lastPage(count)),
    rows: sortRows(columns, count, order),
    heads: told.names.map((column) => makeHead2(told, column, () => sortSheet(sheet, column))),
    body: make("tbody"),
    region: makeRegion(told.name),
    where: make("span", "sr-view", "", { role: "status" }),
    back: button("Previous rows", () => turn(sheet, -1), { title: "Page Up at the table's top" }),
    next: button("Next rows", () => turn(sheet, 1), { title: "Page Down at the table's end" })
  };
  setRoom({ sheet });
  sheet.region.append(makeTable(sheet));
  sheet.region.addEventListener("keydown", (event) => turnByKey(sheet, event));
  host.replaceChildren(makeControls(sheet), sheet.region);
  drawSheet(sheet);
}
var lastPage = (count) => Math.max(0, Math.ceil(count / PAGE2) - 1);
function makeHead2(told, column, sort) {
  const unit = told.units[column] ? ` [${told.units[column]}]` : "";
  const head = make("th", kindOf(told, column), void 0, { scope: "col" });
  head.append(button(column.replaceAll("_", " ") + unit, sort));
  return head;
}
function makeRegion(name) {
  const look = { role: "region", tabindex: "0", "aria-label": `${name} as a table` };
  return make("div", "sr-sheet", void 0, look);
}
function makeTable({ told, count, heads, body }) {
  const row = make("tr", "", void 0, { "aria-rowindex": 1 });
  const top = make("thead");
  const look = { "aria-label": told.name, "aria-rowcount": count + 1 };
  const table = make("table", "", void 0, look);
  row.append(...heads);
  top.append(row);
  table.append(top, body);
  return table;
}
function makeControls(sheet) {
  const look = { role: "group", "aria-label": "Rows of the table" };
  const row = make("div", "sr-row", void 0, look);
  row.append(sheet.where, sheet.back, sheet.next, ...sheetActions(sheet));
  return row;
}
var kindOf = (told, column) => told.numbers.includes(column) ? "number" : "";
function sortSheet(sheet, column) {
  const order = nextOrder(sheet.order, column);
  const rows = sortRows(sheet.columns, sheet.count, order);
  Object.assign(sheet, { order, rows, page: 0 });
  drawSheet(sheet);
}
function turn(sheet, by) {
  sheet.page = Math.max(0, Math.min(lastPage(sheet.count), sheet.page + by));
  drawSheet(sheet);
  if (document.activeElement?.matches(":disabled")) sheet.region.focus();
}
function turnByKey(sheet, event) {
  const { scrollTop, clientHeight, scrollHeight } = sheet.region;
  const atEnd = scrollTop + clientHeight >= scrollHeight - 1;
  const down = event.key === "PageDown" && atEnd && sheet.page < lastPage(sheet.count);
  const up = event.key === "PageUp" && scrollTop <= 0 && sheet.page > 0;
  if (!down && !up) return;
  event.preventDefault();
  turn(sheet, down ? 1 : -1);
  if (up) sheet.region.scrollTop = sheet.region.scrollHeight;
}
function drawSheet(sheet) {
  const { page, names, told, columns, order } = sheet;
  const from = page * PAGE2;
  const rows = sheet.rows.slice(from, from + PAGE2);
  sheet.heads.forEach((head, place2) => {
    const direction = order.down ? "descending" : "ascending";
    head.setAttribute("aria-sort", names[place2] === order.by ? direction : "none");
  });
  const texts = names.map((name) => columnTexts(rows.map((row) => columns[name]?.[row] ?? null)));
  const lines = rows.map((_, place2) => {
    const line = make("tr", "", void 0, { "aria-rowindex": from + place2 + 2 });
    const kinds = names.map((name) => kindOf(told, name));
    line.append(...kinds.map((kind, column) => makeCell(texts[column]?.[place2] ?? "", kind)));
    return line;
  });
  sheet.body.replaceChildren(...lines);
  const number = (one) => one.toLocaleString("en");
  const last = number(from + rows.length);
  sheet.where.textContent = `Rows ${number(from + 1)}–${last} of ${number(sheet.count)}`;
  sheet.back.disabled = page === 0;
  sheet.next.disabled = page === lastPage(sheet.count);
  sheet.region.scrollTop = 0;
}
function makeCell(text, css) {
  const made2 = make("td", css);
  made2.append(make("div", "", text.length > LONG ? `${text.slice(0, LONG)} …` : text));
  return made2;
}

// lib/ui/web/review/filter_chips.ts
var NO_CHIPS = [];
function drawChips() {
  const host = part("chips");
  const chips = room.chips ?? NO_CHIPS;
  const label = moreFilters()?.querySelector("p");
  if (label && label.dataset.set !== setText()) label.dataset.set = setText();
  if (!host || host.chips === chips) return;
  const focused = document.activeElement;
  const held = focused ? [...host.children].indexOf(focused) : -1;
  host.chips = chips;
  const made2 = chips.map(makeChip);
  host.replaceChildren(...made2);
  if (held >= 0) (made2[Math.min(held, chips.length - 1)] ?? moreFilters())?.focus();
}
function makeChip({ name, value, label }) {
  const remove = () => room.filter?.({ remove: { name, value } });
  const chip = button(label, remove, { "aria-label": `Remove filter: ${label}` });
  chip.append(make("span", "", " ×", { "aria-hidden": "true" }));
  return chip;
}
var setText = () => room.folded ? ` · ${room.folded} set` : "";

// lib/ui/web/review/icons.ts
var ICONS = {
  play: { fill: "M4 2v12l9.5-6z" },
  pause: { fill: "M4 2.5h3v11H4zM9 2.5h3v11H9z" },
  previous: { fill: "M13 2.5v11L5.5 8z", stroke: "M3.5 3v10" },
  next: { fill: "M3 2.5v11L10.5 8z", stroke: "M12.5 3v10" },
  back: { stroke: "M8 3.5L3.5 8 8 12.5M12.5 3.5L8 8l4.5 4.5" },
  forward: { stroke: "M8 3.5L12.5 8 8 12.5M3.5 3.5L8 8l-4.5 4.5" },
  frameBack: { stroke: "M10 3.5L5.5 8l4.5 4.5" },
  frameForward: { stroke: "M6 3.5L10.5 8 6 12.5" },
  span: { fill: "M6 4.5v7L11.5 8z", stroke: "M4 2.5H2v11h2M12 2.5h2v11h-2" },
  loop: {
    stroke: "M3 7.5V7a3 3 0 0 1 3-3h7M10.5 1.5L13 4l-2.5 2.5M13 8.5V9a3 3 0 0 1-3 3H3M5.5 14.5L3 12l2.5-2.5"
  },
  whole: { stroke: "M2 3v10M14 3v10M4.5 8h7M6.5 6l-2 2 2 2M9.5 6l2 2-2 2" },
  range: { stroke: "M2 3h12L9.5 8.5v5l-3-1.5V8.5z" },
  follow: { stroke: "M4 2v12M7 8h6.5M11 5.5L13.5 8 11 10.5" }
};
function makeIcon(name) {
  const svg = makeSvg("svg", { class: "sr-icon", viewBox: "0 0 16 16", "aria-hidden": "true" });
  svg.dataset.icon = name;
  const { fill: fill2, stroke } = ICONS[name];
  if (fill2) svg.append(makeSvg("path", { d: fill2 }));
  if (stroke) svg.append(makeSvg("path", { class: "line", d: stroke }));
  return svg;
}
function iconButton(icon, title, act2, attributes = {}) {
  const made2 = button("", act2, { title, "aria-label": title, ...attributes });
  made2.classList.add("sr-sign");
  made2.append(makeIcon(icon));
  return made2;
}

// lib/ui/web/review/time_field.ts
var HINT2 = "Type a time, as 0:52, and press Enter to go there";
var made = null;
function makeClock() {
  const form = make("form", "sr-now");
  const look = { type: "text", autocomplete: "off", spellcheck: "false", "data-does": "time" };
  const field = make("input", "", void 0, { ...look, "aria-label": HINT2, title: HINT2 });
  const length = make("span");
  const problem = make("span", "sr-problem", "", { role: "alert" });
  form.append(field, length, problem);
  made = { field, length, problem };
  field.addEventListener("focus", () => field.select());
  field.addEventListener("blur", () => complain(""));
  field.addEventListener("input", () => complain(""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    goTo(field);
  });
  return form;
}
function endOf(v) {
  const length = v?.duration ?? Number.NaN;
  return Number.isFinite(length) ? length : wholeRange()?.[1] ?? 0;
}
function goTo(field) {
  const read2 = readTime(field.value, endOf(video()));
  if (typeof read2 === "string") {
    complain(read2);
    return;
  }
  seek(read2);
  field.blur();
}
function complain(why) {
  if (!made) return;
  made.problem.textContent = why;
  made.field.setAttribute("aria-invalid", String(why !== ""));
}
function drawClock(v) {
  if (!made?.field.isConnected) return;
  const { field, length } = made;
  if (field.disabled !== !v) field.disabled = !v;
  const end = endOf(v);
  const whole = ` / ${clock(end, 0)}`;
  if (length.textContent !== whole) length.textContent = whole;
  const width = `${clock(end, 1).length}ch`;
  if (field.style.width !== width) field.style.width = width;
  if (document.activeElement === field) return;
  const now = clock(v?.currentTime ?? 0, 1);
  if (field.value !== now) field.value = now;
}

// lib/ui/web/review/player_controls.ts
var TRACK_WAIT = 300;
function buildTransport(host) {
  const row = make("div", "sr-row", void 0, { role: "group", "aria-label": "Player" });
  const add = (name, icon, title, act2) => {
    row.append(iconButton(icon, title, act2, { "data-does": name }));
  };
  add("previous", "previous", "Previous span (p)", () => pickNeighbor(-1));
  add("back", "back", `Back ${STEP} seconds (←)`, back);
  add("frame-back", "frameBack", `${frameText("back")} (,)`, () => stepFrame(-1));
  add("play", "play", "Play or pause (space)", toggle);
  add("frame-forward", "frameForward", `${frameText("forward")} (.)`, () => stepFrame(1));
  add("forward", "forward", `Forward ${STEP} seconds (→)`, forward);
  add("next", "next", "Next span (n)", () => pickNeighbor(1));
  add("span", "span", "Play the chosen span (s)", playSpan);
  add("loop", "loop", "Loop the chosen span (l)", loopSpan);
  const rate = makeSelect("Speed (+ and −)");
  for (const value of SPEEDS) rate.append(make("option", "", `${value}×`, { value }));
  rate.addEventListener("change", () => setSpeed(Number(rate.value)));
  const words2 = makeSelect("Subtitles");
  words2.addEventListener("change", () => showSubtitles(words2.value));
  host.replaceChildren(row, makeClock(), rate, words2, keysButton());
  drawTransport();
}
function frameText(way) {
  const known = frameRate();
  const length = known ? "" : `, taken as 1/${ASSUMED_RATE} s: its rate is not known`;
  return `One frame ${way}${length}`;
}
var makeSelect = (title) => make("select", "sr-select", void 0, { "aria-label": title, title });
function watchVideo(v) {
  if (v === room.watched) return;
  setRoom({ watched: v });
  for (const kind of ["play", "pause", "ratechange", "loadedmetadata"]) {
    v?.addEventListener(kind, drawTransport);
  }
  for (const kind of ["addtrack", "removetrack"]) {
    v?.textTracks.addEventListener(kind, drawTransport);
  }
  drawTransport();
}
function drawTransport() {
  const host = part("transport");
  const v = video();
  if (!host?.firstChild) return;
  const find = (name) => host.querySelector(`[data-does="${name}"]`);
  const [rate, words2] = host.querySelectorAll("select");
  if (!rate || !words2) return;
  const moves = ["back", "frame-back", "play", "frame-forward", "forward"].map(find);
  for (const one of [...moves, rate]) if (one) one.disabled = !v;
  for (const one of [find("span"), find("loop")]) {
    if (one) one.disabled = !v || !room.byId.has(room.picked);
  }
  const play = find("play");
  const sign = !v || v.paused ? "play" : "pause";
  if (play?.querySelector("svg")?.dataset.icon !== sign) {
    play?.replaceChildren(makeIcon(sign));
  }
  find("loop")?.setAttribute("aria-pressed", String(room.loop));
  rate.value = String(v?.playbackRate ?? 1);
  drawSubtitles(words2, v);
}
function drawSubtitles(words2, v) {
  const tracks = [...v?.textTracks ?? []];
  const labels = tracks.map((track) => track.label).filter((label) => label !== "none");
  words2.hidden = labels.length === 0;
  if (words2.dataset.has === labels.join()) return;
  words2.dataset.has = labels.join();
  setTimeout(() => {
    showSubtitles(room.subtitle);
    words2.value = room.subtitle;
  }, TRACK_WAIT);
  if (!labels.includes(room.subtitle)) setRoom({ subtitle: "" });
  words2.replaceChildren(
    make("option", "", "Subtitles: off", { value: "" }),
    ...labels.map((label) => make("option", "", label, { value: label }))
  );
}

// lib/ui/web/review/review_marks.ts
var lanes = () => graph("chart_lanes");
function drawMarks2() {
  const gd = lanes();
  if (!gd || !plotArea(gd) || !room.rowOf) return;
  let layer = gd.querySelector(".sr-marks");
  if (!layer) {
    layer = make("div", "sr-marks", void 0, { "aria-hidden": "true" });
    gd.appendChild(layer);
  }
  const marks = [...signMarks(), ...noteMarks()];
  const frame = make("div", "sr-frame");
  layer.replaceChildren(...marks.map((one) => one.node), frame);
  setRoom({ marks, frame, marksAt: "" });
  placeMarks();
}
var signMarks = () => [...room.signs].map(([id, text]) => ({ node: make("div", "sr-mark", text), id }));
function noteMarks() {
  const ofTime = room.notes.filter((one) => one.signal === null);
  return ofTime.map(({ start: start2, end }) => {
    const css = start2 === end ? "sr-flag" : "sr-flag sr-flag-range";
    return { node: make("div", css, "✎"), start: start2, end };
  });
}
function drawFrame() {
  const { frame } = room;
  const area = plotArea(lanes());
  if (frame?.isConnected && area) place({ node: frame, id: room.picked }, area);
  else drawMarks2();
}
function placeMarks() {
  const area = plotArea(lanes());
  const { marks, frame } = room;
  if (!marks || !frame || !area) return;
  if (!frame.isConnected) {
    drawMarks2();
    return;
  }
  const { range, rows, left, width, top, height } = area;
  const at = `${range}|${rows}|${left}|${width}|${top}|${height}`;
  if (at === room.marksAt) return;
  setRoom({ marksAt: at });
  for (const mark2 of marks) place(mark2, area);
  place({ node: frame, id: room.picked }, area);
}
function place({ node, id = null, start: start2, end }, area) {
  const span = room.byId.get(id);
  const lane = room.rowOf?.get(id);
  const row = Math.abs(area.yOf(1) - area.yOf(0));
  const from = area.xOf(span?.draw_start ?? start2 ?? Number.NaN);
  const to = area.xOf(span?.draw_end ?? end ?? Number.NaN);
  const isPlaced = span ? lane !== void 0 : start2 !== void 0;
  const seen = isPlaced && to >= 0 && from <= area.width;
  node.style.display = seen ? "block" : "none";
  if (!seen) return;
  const left = Math.max(0, from);
  const right = Math.min(to, area.width);
  const middle = lane === void 0 ? 0 : area.yOf(lane);
  const [x, y] = node.className === "sr-mark" ? [right + 2, middle - 0.3 * row] : span ? [left, middle - 0.36 * row] : [left, -15];
  node.style.transform = `translate(${area.left + x}px, ${area.top + y}px)`;
  if (!node.matches(".sr-frame, .sr-flag-range")) return;
  node.style.width = `${Math.max(4, right - left)}px`;
  node.style.height = `${span ? 0.72 * row : 14}px`;
}

// lib/ui/web/review/code_tab.ts
var drawnOf2 = [];
function drawCodeTab() {
  const host = part("code-tab");
  if (!host) return;
  const { coding, begun, outbox, codedPicked, dragged, isCoding, reviewer, mode } = room;
  const of = [coding, begun, outbox, codedPicked, dragged, isCoding, reviewer, mode];
  if (host.firstChild && of.every((one, place2) => one === drawnOf2[place2])) return;
  if (host.querySelector("input:focus")) return;
  drawnOf2 = of;
  const box = host.querySelector(".sr-note-box");
  const scrolled = box?.scrollTop ?? 0;
  host.replaceChildren(...drawHead(), drawLists());
  const drawn = host.querySelector(".sr-note-box");
  if (drawn) drawn.scrollTop = scrolled;
}
function drawHead() {
  const { codebook } = room.coding;
  const more = button(codebook ? "Codebook…" : "Choose a codebook", () => openSection("codes"));
  if (!codebook) {
    const hint2 = "Code your own kinds of spans while the recording plays: choose a codebook first.";
    return [make("p", "sr-quiet", hint2), more];
  }
  const row = make("div", "sr-row sr-code-head");
  row.append(make("b", "", `${codebook.name} · version ${codebook.version}`), more);
  const toggle2 = button(
    room.isCoding ? "Coding by keys is on (c)" : "Code by keys (c)",
    toggleCoding,
    {
      "aria-pressed": String(room.isCoding),
      "data-does": "coding"
    }
  );
  const acts = make("div", "sr-row");
  acts.append(...room.reviewer ? [toggle2] : [makeNameForm()]);
  return [row, acts];
}
function makeNameForm() {
  const form = make("form", "sr-form sr-row sr-code-name");
  const look = { type: "text", maxlength: 80, required: "", placeholder: "Your name, to code" };
  const field = make("input", "", void 0, { ...look, "aria-label": "Your name" });
  form.append(
    field,
    button("Continue", () => form.requestSubmit())
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = field.value.trim().replace(/\s+/g, " ");
    if (!name) return;
    field.blur();
    remember(name);
    toggleCoding();
  });
  return form;
}
function drawLists() {
  const box = make("div", "sr-note-box", void 0, {
    tabindex: "0",
    role: "group",
    "aria-label": "Codes, and what was coded"
  });
  const codes = make("ul", "sr-code-list");
  const known = room.coding.codebook?.codes ?? [];
  const shown = known.map(begunOf);
  const others = room.begun.filter((one) => !shown.includes(one));
  codes.append(...known.map(drawCode), ...others.map(drawOther));
  const spans = [...codedNow()].sort((a, b) => a.start - b.start || a.end - b.end);
  const list = make("ol", "sr-noted");
  list.append(...spans.map(drawSpan));
  const hidden = "Blind: what others coded is hidden.";
  box.append(
    codes,
    ...isBlind() ? [make("p", "sr-source", hidden)] : [],
    ...spans.length ? [list] : [make("p", "sr-quiet", "Nothing is coded yet.")]
  );
  return box;
}
function begunOf({ name }) {
  const { codebook } = room.coding;
  const { reviewer: coder } = room;
  return codebook ? findBegun(room.begun, { code: name, codebook: codebook.id, coder }) : void 0;
}
function drawCode(code) {
  const entry = make("li");
  const begun = begunOf(code);
  const does = begun ? "end it here" : code.kind === "point" ? "mark it here" : "begin";
  const one = button("", () => mark(code), {
    class: "sr-code",
    title: code.definition,
    "data-code": code.name,
    "aria-label": `${code.name}: ${does}`
  });
  one.disabled = !room.reviewer;
  one.style.setProperty("--sr-code", code.color);
  const point = code.kind === "point" ? [make("span", "sr-source", "point")] : [];
  one.append(
    make("kbd", "", code.key || "–"),
    make("span", `sr-code-sign${code.kind === "point" ? " point" : ""}`),
    make("span", "sr-code-name", code.name),
    ...point,
    make("span", "sr-source sr-code-about", code.definition)
  );
  entry.append(one);
  if (begun) entry.append(...drawBegun(begun));
  return entry;
}
function drawOther(stretch) {
  const entry = make("li");
  const { code, coder } = stretch;
  const isOwn = coder === room.reviewer;
  const text = isOwn ? `${code}, begun by another codebook` : `${code}, begun by ${coder}, who alone ends it`;
  const end = button("End here", () => endBegun(stretch), { "aria-label": `End ${code} here` });
  const [since, drop] = drawBegun(stretch);
  entry.append(make("span", "sr-source", text), since, ...isOwn ? [end] : [], drop);
  return entry;
}
function drawBegun(stretch) {
  const about = { title: "Forget what was begun", "aria-label": `Drop ${stretch.code}` };
  const drop = button("Drop", () => forgetBegun(stretch), about);
  return [make("span", "sr-since", `since ${clock(stretch.start, 2)}`), drop];
}
function drawSpan(span) {
  const entry = make("li");
  const go = button("", () => choose(span), {
    class: "sr-moment sr-coded",
    "aria-expanded": String(span.id === room.codedPicked)
  });
  go.style.setProperty("--sr-code", span.color);
  go.append(
    make("span", "sr-time", codedTimes(span)),
    make("span", `sr-code-sign${isPoint(span) ? " point" : ""}`),
    make("span", "sr-note-text", span.code),
    make("span", "sr-source", span.byline)
  );
  entry.append(go);
  if (span.id === room.codedPicked) entry.append(drawDetail(span));
  return entry;
}
function choose(span) {
  pickCoded(span.id === room.codedPicked ? null : span.id);
  seek(span.start);
}
function drawDetail(span) {
  const form = make("form", "sr-row sr-code-form");
  if (span.coder !== room.reviewer) {
    form.append(make("span", "sr-source", "Only who coded it changes it."));
    return form;
  }
  const hasEnd = !isPoint(span);
  const start2 = makeTime(hasEnd ? "Start" : "At", span.start);
  const end = makeTime("End", span.end);
  const problem = make("span", "sr-problem", "", { role: "alert" });
  form.append(start2, ...hasEnd ? [end] : []);
  form.append(button("Save times", () => form.requestSubmit()));
  form.append(
    button("Remove", () => act({ kind: "uncode", id: span.id })),
    problem
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = typedTimes(start2.value, hasEnd ? end.value : null, frameRate());
    if (!typed) {
      problem.textContent = "Write times as 0:52.04, the end after the start.";
      return;
    }
    document.activeElement?.blur();
    const [from, to] = typed;
    moveCoded({ ...span, start: from, end: to });
  });
  return form;
}
function makeTime(name, seconds) {
  const look = { type: "text", size: 9, autocomplete: "off", title: name, "aria-label": name };
  const field = make("input", "", void 0, look);
  field.value = clock(seconds, DIGITS);
  return field;
}

// lib/ui/web/review/note_list.ts
var listed = null;
function drawNoteList() {
  const host = part("note-list");
  if (!host) return;
  if (room.notes === listed && host.firstChild) return;
  listed = room.notes;
  const now = JSON.stringify([room.session, room.digits, room.byId.size, room.notes]);
  if (host.dataset.shows === now && host.firstChild) return;
  host.dataset.shows = now;
  const notes = [...room.notes].sort((a, b) => a.start - b.start || a.end - b.end);
  const hint2 = "No notes yet. Choose a span, or press m for a note at this moment.";
  const list = make("ol", "sr-noted");
  list.append(...notes.map(drawEntry));
  const box = make("div", "sr-note-box", void 0, {
    tabindex: "0",
    role: "group",
    "aria-label": "Notes of this session"
  });
  box.append(notes.length ? list : make("p", "sr-quiet", hint2));
  const more = "How far reviewers agree";
  host.replaceChildren(
    box,
    button(more, () => openSection("notes"))
  );
}
function drawEntry(one) {
  const entry = make("li");
  const span = one.signal === null ? void 0 : room.byId.get(one.signal);
  const go = button("", () => choose2(one), { class: "sr-moment" });
  go.append(
    make("span", "sr-time", timeText(one)),
    ...span ? [make("span", `sr-type ${span.group}`, span.type)] : [],
    make("span", "sr-note-text", one.text),
    make("span", "sr-source", one.byline)
  );
  entry.append(go);
  return entry;
}
function choose2(one) {
  if (one.signal !== null && room.byId.has(one.signal)) {
    pickSpan(one.signal);
    return;
  }
  seek(one.start);
  if (one.start === one.end) openMoment(one.start);
  else openRange(one.start, one.end);
}

// lib/ui/web/review/side_tabs.ts
var TABS2 = ["spans", "words", "notes", "codes"];
var TITLES2 = {
  spans: "Spans",
  words: "Transcript",
  notes: "Notes",
  codes: "Codes"
};
var STEPS2 = { ArrowLeft: -1, ArrowRight: 1 };
function buildTabs(host) {
  const bar = make("div", "sr-tab-bar", void 0, {
    role: "tablist",
    "aria-label": "Spans, transcript, notes or codes"
  });
  for (const tab of TABS2) {
    const one = make("button", "sr-tab", void 0, {
      type: "button",
      role: "tab",
      "data-tab": tab,
      id: `sr-tab-${tab}`,
      "aria-controls": `sr-beside-${tab}`
    });
    one.append(make("span", "", TITLES2[tab]), make("span", "sr-tab-count"));
    one.addEventListener("click", () => showTab(tab));
    bar.append(one);
  }
  bar.addEventListener("keydown", moveByKey2);
  host.replaceChildren(bar);
}
function moveByKey2(event) {
  const step2 = STEPS2[event.key];
  if (!step2) return;
  event.preventDefault();
  const place2 = (TABS2.indexOf(room.tab) + step2 + TABS2.length) % TABS2.length;
  showTab(TABS2[place2] ?? "spans");
  part("tab-bar")?.querySelector("[aria-selected=true]")?.focus();
}
function showTab(tab) {
  setRoom({ tab, spoken: "" });
  drawTabs();
}
function namePanel(panel, tab) {
  if (!panel || panel.id) return;
  panel.id = `sr-beside-${tab}`;
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", `sr-tab-${tab}`);
}
function drawTabs() {
  const side = sideColumn();
  const bar = part("tab-bar");
  if (!side || !bar) return;
  if (side.dataset.tab !== room.tab) side.dataset.tab = room.tab;
  const panels = {
    spans: spansBeside(),
    words: part("words"),
    notes: part("note-list"),
    codes: part("code-tab")
  };
  for (const tab of TABS2) namePanel(panels[tab], tab);
  const counts = {
    spans: room.order.length,
    words: room.lines.length,
    notes: room.notes.length,
    codes: room.coding.spans.length
  };
  for (const one of bar.querySelectorAll("[data-tab]")) {
    const tab = one.dataset.tab;
    const selected = String(tab === room.tab);
    const count = counts[tab] ? counts[tab].toLocaleString() : "";
    if (one.getAttribute("aria-selected") !== selected) {
      one.setAttribute("aria-selected", selected);
      one.tabIndex = tab === room.tab ? 0 : -1;
    }
    const shown = one.querySelector(".sr-tab-count");
    if (shown && shown.textContent !== count) shown.textContent = count;
  }
  if (room.tab === "notes") drawNoteList();
  if (room.tab === "codes") drawCodeTab();
}

// lib/ui/web/review/signs.ts
var SIGNS = { agree: "✓", disagree: "✗", unsure: "?" };
var NOTED = "✎";
function countSigns() {
  setRoom({ signs: signsOf(room.verdicts, room.notes, (id) => room.byId.has(id)) });
}
function signsOf(verdicts, notes, isSpan) {
  const signs = /* @__PURE__ */ new Map();
  const add = (id, sign) => {
    if (isSpan(id)) signs.set(id, (signs.get(id) ?? "") + sign);
  };
  for (const one of verdicts) add(one.signal, SIGNS[one.opinion]);
  for (const id of new Set(notes.map((one) => one.signal))) add(id, NOTED);
  return signs;
}

// lib/ui/web/review/span_rows.ts
var ROW = 30;
var SPARE = 5;
function drawRows() {
  const grid = part("grid");
  const body = grid?.querySelector(".sr-body");
  if (!grid || !body) return;
  const from = Math.max(0, Math.floor(grid.scrollTop / ROW) - SPARE);
  const ids = room.order.slice(from, from + Math.ceil(grid.clientHeight / ROW) + 2 * SPARE);
  const signed = ids.map((id) => [id, signsOf2(id), room.byId.get(id)?.spoken_by]);
  const now = JSON.stringify([room.session, room.digits, from, room.picked, signed]);
  if (body.rows === now) return;
  body.rows = now;
  if (!ids.length) {
    body.replaceChildren(make("p", "sr-quiet", "No span passes the filters."));
    return;
  }
  const rows = ids.flatMap((id, place2) => {
    const span = room.byId.get(id);
    return span ? [drawRow2(span, from + place2)] : [];
  });
  body.replaceChildren(...rows);
  if (room.picked !== null && ids.includes(room.picked)) {
    grid.setAttribute("aria-activedescendant", `sr-line-${room.picked}`);
  } else grid.removeAttribute("aria-activedescendant");
}
function drawRow2(span, place2) {
  const made2 = make("div", "sr-line", void 0, {
    role: "row",
    id: `sr-line-${span.id}`,
    "data-id": span.id,
    "aria-rowindex": place2 + 2,
    "aria-selected": String(span.id === room.picked)
  });
  made2.style.top = `${place2 * ROW}px`;
  const add = (css, text) => {
    made2.append(make("div", `sr-cell ${css}`, text, { role: "gridcell" }));
  };
  add("start", clock(span.start, room.digits));
  add("end", clock(span.end, room.digits));
  add("length", lengthText(span.length, room.digits));
  add(`type ${span.group}`, span.flag ? `${span.type} ⚠` : span.type);
  add("probability", span.probability);
  add("spoken_by", span.spoken_by);
  made2.lastElementChild?.setAttribute("title", span.spoken_by);
  add("words", [signsOf2(span.id), span.rationale ?? ""].filter(Boolean).join(" "));
  return made2;
}
var lengthText = (length, digits) => length === null ? "?" : `${Number(length.toFixed(digits))} s`;
var signsOf2 = (id) => room.signs.get(id) ?? "";

// lib/ui/web/review/span_list.ts
var COLUMNS = [
  ["start", "Start"],
  ["end", "End"],
  ["length", "Length"],
  ["type", "Type"],
  ["probability", "Probability"],
  ["spoken_by", "Spoken by"]
];
var STEPS3 = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 6,
  PageUp: -6,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY
};
function buildTable(host) {
  const look = { role: "grid", tabindex: "0", "aria-label": "Spans" };
  const grid = make("div", "sr-grid", void 0, look);
  const body = make("div", "sr-body", void 0, { role: "rowgroup" });
  const top = make("div", "", void 0, { role: "rowgroup" });
  top.append(makeHeads());
  grid.append(top, body);
  grid.addEventListener("scroll", drawRows, { passive: true });
  grid.addEventListener("keydown", moveByKey3);
  body.addEventListener("click", (event) => {
    const line = event.target.closest(".sr-line");
    if (line) pickSpan(Number(line.dataset.id));
  });
  host.replaceChildren(grid);
  drawTable();
}
function makeHeads() {
  const heads = make("div", "sr-line sr-headline", void 0, { role: "row" });
  for (const [name, title] of COLUMNS) {
    const cell = make("div", `sr-cell ${name}`, void 0, { role: "columnheader" });
    cell.append(button(title, () => sortBy(name), { "data-sort": name }));
    heads.append(cell);
  }
  heads.append(make("div", "sr-cell words", "Rationale", { role: "columnheader" }));
  return heads;
}
function sortBy(name) {
  setRoom({ sort: { by: name, down: room.sort.by === name && !room.sort.down } });
  drawTable();
}
function drawTable() {
  setRoom({ order: orderSpans(room.spans, room.shown, room.sort) });
  const grid = part("grid");
  if (!grid) return;
  grid.classList.toggle("spoken", room.speakers.length > 0);
  grid.setAttribute("aria-rowcount", String(room.order.length + 1));
  const body = grid.querySelector(".sr-body");
  if (body) body.style.height = `${room.order.length * ROW}px`;
  for (const title of grid.querySelectorAll("[data-sort]")) {
    const mine = title.dataset.sort === room.sort.by;
    const direction = room.sort.down ? "descending" : "ascending";
    title.parentElement?.setAttribute("aria-sort", mine ? direction : "none");
  }
  drawRows();
}
function moveByKey3(event) {
  const step2 = STEPS3[event.key];
  if (step2 === void 0 || event.target.closest("button")) return;
  if (!room.order.length) return;
  event.preventDefault();
  const at = room.picked === null ? -1 : room.order.indexOf(room.picked);
  const place2 = at < 0 ? 0 : Math.max(0, Math.min(room.order.length - 1, at + step2));
  const id = room.order[place2];
  if (id !== void 0) pickSpan(id);
}
function scrollToPicked() {
  const grid = part("grid");
  const at = room.picked === null ? -1 : room.order.indexOf(room.picked);
  if (!grid || at < 0) return;
  const top = at * ROW;
  const space = grid.clientHeight - 2 * ROW;
  if (top < grid.scrollTop || top > grid.scrollTop + space) {
    grid.scrollTop = Math.max(0, top - space / 2);
  }
  keepAboveSheet(grid.getBoundingClientRect().top + top + ROW - grid.scrollTop);
}
function keepAboveSheet(top) {
  const panel = part("panel");
  if (!panel || getComputedStyle(panel).position !== "fixed") return;
  const under = top + ROW - panel.getBoundingClientRect().top;
  if (under > 0 && top < window.innerHeight) scrollPage(under);
}

// lib/ui/web/review/note_conflict.ts
function conflictOf(notes, { id, before }) {
  if (before === void 0) return null;
  const note = notes.find((one) => one.id === id);
  if (!note) return { kind: "removed" };
  return note.text === before ? null : { kind: "changed", text: note.text };
}
var makeConflictHost = () => make("div", "sr-conflict", void 0, { role: "status" });
function drawConflict(form, conflict, keepBoth) {
  const host = form.querySelector(".sr-conflict");
  const shows = JSON.stringify(conflict);
  if (!host || host.dataset.shows === shows) return;
  host.dataset.shows = shows;
  const save = form.querySelector("[data-field=save]");
  if (save) save.textContent = saveText(conflict);
  if (!conflict) {
    host.replaceChildren();
    return;
  }
  const told = "was changed in the meantime. It reads now:";
  host.replaceChildren(
    make("p", "", conflict.kind === "changed" ? `This note ${told}` : REMOVED),
    ...conflict.kind === "changed" ? [make("p", "sr-note-text", conflict.text), button("Save mine as another note", keepBoth)] : []
  );
}
var REMOVED = "This note was removed in the meantime. What you typed can be saved as another note.";
function saveText(conflict) {
  if (!conflict) return "Save the change";
  return conflict.kind === "changed" ? "Save mine in its place" : "Save mine as another note";
}

// lib/ui/web/review/note_form.ts
function drawNoteForm(span, moment, lines) {
  const old = room.editing;
  const typed = draft();
  const form = make("form", "sr-form sr-note-form", void 0, { "data-draft": typed.id });
  const at = span ? typed.at ?? moment : moment;
  const area = makeTextArea(form);
  const where = makePlaceField(span, at, lines);
  const row = make("div", "sr-row");
  row.append(area);
  if (!old) row.append(where);
  const save = old ? "Save the change" : "Save the note";
  row.append(button(save, () => form.requestSubmit(), { "data-field": "save" }));
  if (old) row.append(button("Discard the change", discardChange));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!area.value.trim()) {
      area.focus();
      return;
    }
    if (old) saveChange(area.value);
    else write2({ id: typed.id, text: area.value, ...chosenPlace(where, span, at) });
  });
  form.append(row);
  if (old) {
    form.prepend(makeConflictHost());
    showConflict(form);
  }
  return form;
}
function write2(note) {
  act({ kind: "note", ...note }, { drafted: aboutKey() });
}
function saveChange(text) {
  const { editing } = room;
  const typed = draft();
  const conflict = conflictOf(room.notes, typed);
  if (!editing || conflict?.kind === "removed") {
    saveApart(text);
    return;
  }
  const { signal, start: start2, end } = editing;
  const before = conflict?.text ?? typed.before ?? editing.text;
  write2({ id: typed.id, text, signal, start: start2, end, before });
}
function saveApart(text) {
  if (!room.editing || !text.trim()) return;
  const { signal, start: start2, end, id } = room.editing;
  const typed = draft();
  typed.apart ??= newId();
  write2({ id: typed.apart, text, signal, start: start2, end, instead: id });
}
function showConflict(form) {
  const conflict = conflictOf(room.notes, draft());
  drawConflict(form, conflict, () => saveApart(draft().text));
}
var momentOf = (span) => video()?.currentTime ?? span.draw_start;
function makeTextArea(form) {
  const typed = draft();
  const look = { rows: "1", placeholder: "Write a note" };
  const names = { "aria-label": "Note", "data-field": "note" };
  const area = make("textarea", "", void 0, { ...look, ...names });
  area.value = typed.text;
  area.addEventListener("input", () => {
    typed.text = area.value;
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  return area;
}
function makePlaceField(span, at, lines) {
  const typed = draft();
  const look = { "aria-label": "What the note is on", "data-field": "place" };
  const where = make("select", "sr-select", void 0, look);
  if (span) where.append(make("option", "", "on this span", { value: "span" }));
  if (lines) {
    where.lines = lines;
    where.append(make("option", "", `on ${clockRange(...lines, room.digits)}`, { value: "lines" }));
  }
  where.append(make("option", "", `at ${clock(at, room.digits)}`, { value: "moment" }));
  offerRange(where);
  if (typed.place && where.querySelector(`[value=${typed.place}]`)) where.value = typed.place;
  where.addEventListener("change", () => {
    const chosen = where.value === "moment" ? at : void 0;
    Object.assign(typed, { place: where.value, at: chosen });
  });
  return where;
}
function chosenPlace(where, span, at) {
  if (span && where.value === "span") {
    return { signal: span.id, start: span.draw_start, end: span.draw_end };
  }
  const exact = (time) => Number(time.toFixed(Math.max(1, room.digits)));
  const stretches = {
    range: where.range,
    lines: where.lines
  };
  const [start2, end] = stretches[where.value] ?? [at, at];
  if (where.value === "lines") return { signal: null, start: start2, end };
  return { signal: null, start: exact(start2), end: exact(end) };
}
function discardChange() {
  room.drafts.delete(aboutKey());
  setRoom({ editing: null });
  redraw("panel");
}
function offerRange(where = part("panel")?.querySelector("[data-field=place]")) {
  if (!where) return;
  const offered = where.querySelector("[value=range]");
  if (!room.zoom) {
    if (where.value !== "range") offered?.remove();
    return;
  }
  const [start2, end] = room.zoom;
  where.range = [start2, end];
  const one = offered ?? where.appendChild(make("option", "", "", { value: "range" }));
  one.textContent = `on ${clockRange(start2, end, 0)}, the range in view`;
}

// lib/ui/web/review/rationale.ts
function drawRationale(span) {
  const loaded = room.long.get(span.id);
  const text = loaded?.text ?? (span.rationale || "No rationale was given.");
  const box = make("p", "sr-rationale", text);
  const from = loaded?.next ?? 0;
  const more = span.characters - from;
  if (!span.characters || more <= 0) return [box];
  const loadNext = () => post({ kind: "text", signal: span.id, from, at: Date.now() });
  const title = loaded ? `Show more (${more} characters are left)` : "Read all of it";
  return [box, button(title, loadNext, { "data-field": "long" })];
}
function addPart(before, { from, next, text }) {
  const begun = before ?? { text: "", next: 0 };
  return begun.next === from ? { text: begun.text + text, next } : null;
}
function takeText(part2) {
  const longer = part2 && addPart(room.long.get(part2.signal), part2);
  if (part2 && longer) room.long.set(part2.signal, longer);
}

// lib/ui/web/review/spoken.ts
var OTHERS = "(other speakers)";
var MOST2 = 8;
function drawSpoken(span) {
  const spoken = room.shares[span.id] ?? [];
  if (!spoken.length) return [];
  const line = make("p", "sr-cues sr-spoken", "Spoken meanwhile: ");
  for (const [place2, share] of spoken.slice(0, MOST2)) {
    const speaker = room.speakers[place2] ?? "";
    if (speaker === OTHERS) {
      line.append(make("span", "", `${speaker} ${share}`.trimEnd()));
      continue;
    }
    const filterBy = () => room.filter?.({ speaker });
    const title = "Show the spans during which they speak";
    line.append(button(`${speaker} ${share}`.trimEnd(), filterBy, { title }));
  }
  const more = spoken.length - MOST2;
  if (more > 0) line.append(make("span", "", `and ${more} more`));
  return [line];
}

// lib/ui/web/review/span_panel.ts
var MAX_LINES = 40;
function drawPanel() {
  const host = part("panel");
  if (!host) return;
  const same = host.dataset.about === aboutKey();
  const field = focusedField();
  const focus = same || field === GOES_ON ? field : void 0;
  const scrolled = same ? part("panel-read")?.scrollTop ?? 0 : 0;
  const asking = same ? part("name-form") : null;
  const { read: read2, write: write3 } = contents();
  host.replaceChildren(readArea(read2), ...write3 ? [writeArea(write3)] : []);
  host.dataset.open = write3 ? "yes" : "no";
  if (write3) host.prepend(closeButton());
  host.dataset.about = aboutKey();
  if (asking) part("panel-write")?.prepend(asking);
  const area = part("panel-read");
  if (area) area.scrollTop = scrolled;
  if (focus) focusField(host, focus);
}
function renewPanel() {
  const host = part("panel");
  const form = host?.querySelector(".sr-note-form");
  const read2 = part("panel-read");
  if (!form || !read2 || !isTypedIn(form) || host?.dataset.about !== aboutKey()) {
    drawPanel();
    return;
  }
  showConflict(form);
  const fresh = contents();
  const focus = focusedField();
  renewChildren(read2, fresh.read);
  renewBefore(form, (fresh.write ?? []).slice(0, -1));
  if (focus && focusedField() !== focus) focusField(host, focus);
}
function isTypedIn(form) {
  const typed = draft();
  const isOfDraft = form.dataset.draft === typed.id;
  return isOfDraft && (typed.text !== "" || form.contains(document.activeElement));
}
function renewChildren(area, children) {
  const fresh = area.cloneNode(false);
  if (!(fresh instanceof HTMLElement)) return;
  fresh.append(...children);
  if (fresh.isEqualNode(area)) return;
  const { scrollTop } = area;
  area.replaceChildren(...children);
  area.scrollTop = scrollTop;
}
function renewBefore(form, fresh) {
  const old = [...form.parentElement?.querySelectorAll(":scope > :not(.sr-form)") ?? []];
  const same = old.length === fresh.length;
  fresh.forEach((piece, place2) => {
    if (!same) form.before(piece);
    else if (!old[place2]?.isEqualNode(piece)) old[place2]?.replaceWith(piece);
  });
  if (!same) for (const piece of old) piece.remove();
}
function focusField(host, name) {
  host.querySelector(`[data-field="${CSS.escape(name)}"]`)?.focus();
}
function closeButton() {
  return button("✕", chooseNothing, { class: "sr-button sr-close", "aria-label": "Close" });
}
function focusedField() {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !active.closest(".sr-panel")) return void 0;
  return active.dataset.field;
}
function readArea(children) {
  const look = { tabindex: "0", role: "group", "aria-label": "What is chosen" };
  const area = make("div", "sr-panel-read", void 0, look);
  area.append(...children);
  return area;
}
function writeArea(children) {
  const area = make("div", "sr-panel-write");
  area.append(...children);
  return area;
}
function contents() {
  const { about } = room;
  const span = about?.kind === "span" ? room.byId.get(about.id) : void 0;
  if (span) {
    return {
      read: [
        ...drawSpan2(span),
        ...drawHidden(span),
        ...drawOtherVerdicts(span),
        ...drawSpanNotes(span)
      ],
      write: [drawVerdict(span), ...drawProgress(), drawNoteForm(span, momentOf(span))]
    };
  }
  if (about?.kind === "moment") {
    const title = make("p", "sr-panel-title", `At ${clock(about.at, room.digits)}`);
    const read2 = [title, ...drawMomentNotes(about.at)];
    return { read: read2, write: [...drawProgress(), drawNoteForm(null, about.at)] };
  }
  if (about?.kind === "range") {
    const title = make("p", "sr-panel-title", clockRange(about.start, about.end, room.digits));
    const read2 = [title, ...drawRangeNotes([about.start, about.end])];
    return {
      read: read2,
      write: [...drawProgress(), drawNoteForm(null, about.start, [about.start, about.end])]
    };
  }
  return { read: [make("p", "sr-quiet", hint()), ...drawProgress()] };
}
function hint() {
  if (room.about?.kind === "lost") {
    return "This link names a span that this session does not have. Choose one in the list or on the chart.";
  }
  return room.spans.length ? "Choose a span in the list or on the chart to read its rationale." : "There is no span to choose. To write a note on a moment, press m.";
}
function drawSpan2(span) {
  const title = make("p", "sr-panel-title");
  title.append(
    make("span", `sr-type ${span.group}`, span.type),
    make("span", "sr-time", timesOf(span)),
    make("span", "sr-prob", `probability: ${span.probability}`),
    button("Cut a clip", () => cutClip(span), {
      class: "sr-button sr-cut",
      "data-field": "clip",
      "aria-label": "Cut a clip of this span",
      title: "Opens the section Clips, with this span chosen"
    })
  );
  const hidden = room.shown && !room.shown.has(span.id);
  return [
    title,
    ...hidden ? [make("p", "sr-source", "This span does not pass the filters.")] : [],
    ...drawRationale(span),
    make("p", "sr-source", sourceText(span)),
    ...drawCues(span),
    ...drawSpoken(span),
    ...drawLines(span)
  ];
}
function sourceText(span) {
  const told = [
    span.rationale ? `Rationale, ${room.author}` : "",
    span.modality ? `seen in: ${span.modality}` : "",
    span.flag ? `⚠ ${span.flag}` : ""
  ];
  return told.filter(Boolean).join(" · ");
}
function drawCues(span) {
  if (!span.cues.length) return [];
  const cues = make("p", "sr-cues", "Mentioned: ");
  for (const cue of span.cues) {
    const filterBy = () => room.filter?.({ cue });
    const title = "Show the spans that mention it";
    cues.append(button(`${cue} (${room.counted?.[cue]})`, filterBy, { title }));
  }
  return [cues];
}
function drawLines(span) {
  const lines = room.lines.filter(
    ([start2, end]) => meets(start2, end, [span.draw_start, span.draw_end])
  );
  if (!lines.length) return [];
  const look = { role: "group", "aria-label": "Transcript", tabindex: "0" };
  const box = make("div", "sr-lines", void 0, look);
  for (const [start2, , speaker, text] of lines.slice(0, MAX_LINES)) {
    const row = make("p");
    const name = make("b", "", speaker ? ` ${speaker}: ` : " ");
    row.append(make("span", "sr-time", clock(start2, room.digits)), name, make("span", "", text));
    box.append(row);
  }
  return [box];
}
function cutClip(span) {
  post({ kind: "clip", signal: span.id, at: Date.now() });
  awaitPart(clipForm);
}

// lib/ui/web/review/transcript_lines.ts
var BEFORE2 = 20;
function lastBegun(lines, at) {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = low + high >> 1;
    if ((lines[middle]?.[0] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
function linesAt(lines, at) {
  const last = lastBegun(lines, at);
  const first = Math.max(0, last - BEFORE2 + 1);
  return lines.slice(first, last + 1).flatMap(([start2, end], place2) => at < end || at === start2 ? [first + place2] : []);
}
function searched(text) {
  const wanted = text.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return wanted ? new RegExp(`(${wanted})`, "iu") : null;
}
function placesWith(lines, wanted) {
  return lines.flatMap(
    ([, , speaker, text], place2) => !wanted || wanted.test(speaker) || wanted.test(text) ? [place2] : []
  );
}
function stretchOf(lines, one, other) {
  const chosen = lines.slice(Math.min(one, other), Math.max(one, other) + 1);
  return [Math.min(...chosen.map(([start2]) => start2)), Math.max(...chosen.map(([, end]) => end))];
}
function spansDuring(spans, shown, [start2, end]) {
  return spans.filter(
    (span) => (!shown || shown.has(span.id)) && meets(span.draw_start, span.draw_end, [start2, end])
  );
}

// lib/ui/web/review/transcript_row.ts
var MOST_SIGNS = 4;
function drawLine(place2, wanted, spoken) {
  const [start2, , speaker, text] = room.lines[place2] ?? [0, 0, "", ""];
  const row = make("li", "sr-word", void 0, { "data-line": place2 });
  if (spoken) row.setAttribute("aria-current", "true");
  const when = clock(start2, room.digits);
  const go = button(when, () => seek(start2), {
    class: "sr-time sr-word-time",
    "aria-label": `Go to ${when}`
  });
  const words2 = make("p", "sr-word-text");
  if (speaker) words2.append(marked(make("b"), `${speaker}: `, wanted));
  words2.append(marked(make("span"), text, wanted));
  row.append(go, words2, drawMargin(place2));
  return row;
}
function drawMargin(place2) {
  const margin = make("span", "sr-margin");
  const line = room.lines[place2];
  const spans = line ? spansDuring(room.spans, room.shown, line) : [];
  for (const span of spans.slice(0, MOST_SIGNS)) {
    const name = `${span.type}, ${timesOf(span)}`;
    const look = { class: `sr-meanwhile ${span.group}`, title: name, "aria-label": name };
    margin.append(button("", () => pickSpan(span.id), look));
  }
  const more = spans.length - MOST_SIGNS;
  if (more > 0) margin.append(make("span", "sr-more", `+${more}`));
  return margin;
}
function marked(host, text, wanted) {
  if (!wanted) {
    host.textContent = text;
    return host;
  }
  const every = new RegExp(wanted.source, "giu");
  host.append(
    ...text.split(every).map((piece, n) => n % 2 ? make("mark", "", piece) : piece)
    // every other piece is what was wanted
  );
  return host;
}

// lib/ui/web/review/transcript_list.ts
var PIECE = 50;
var GUESS = 30;
var NEAR2 = "800px 0px";
var HANDS_OFF = 1500;
var pieces = /* @__PURE__ */ new WeakMap();
var observer = null;
var anchor = null;
var touched = Number.NEGATIVE_INFINITY;
function buildWords(host) {
  if (!room.lines.length) {
    const hint2 = "No transcript is attached. Its lines would stand here, in step with the video.";
    host.replaceChildren(
      make("p", "sr-quiet", hint2),
      button("Attach a transcript", () => openSection("transcript"))
    );
    return;
  }
  const field = make("input", "sr-search", void 0, {
    type: "search",
    placeholder: "Search the transcript",
    "aria-label": "Search the transcript"
  });
  field.value = room.wordsWanted;
  field.addEventListener("input", () => {
    setRoom({ wordsWanted: field.value });
    drawPieces();
  });
  const bar = make("div", "sr-row sr-word-bar");
  const count = make("span", "sr-word-count", "", { role: "status" });
  const back2 = button("To the playhead", returnToNow, { "data-does": "now", hidden: "" });
  const note = button("Note on these lines", noteOnLines, { "data-does": "lines", hidden: "" });
  bar.append(field, count, back2, note);
  const list = make("div", "sr-word-list", void 0, {
    tabindex: "0",
    role: "group",
    "aria-label": "Lines of the transcript"
  });
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    list.addEventListener(kind, () => touched = performance.now(), { passive: true });
  }
  list.addEventListener("scroll", minding, { passive: true });
  list.addEventListener("click", clickLine);
  list.addEventListener("pointerup", () => setTimeout(takeSelection));
  host.replaceChildren(bar, list);
  drawPieces();
}
function renewWords() {
  setRoom({ linesChosen: null, spoken: "" });
  anchor = null;
  part("words")?.replaceChildren();
}
function drawPieces() {
  const list = part("word-list");
  if (!list) return;
  const places = placesWith(room.lines, searched(room.wordsWanted));
  observer?.disconnect();
  observer = new IntersectionObserver(fillNear, { root: list, rootMargin: NEAR2 });
  pieces = /* @__PURE__ */ new WeakMap();
  const made2 = [];
  for (let from = 0; from < places.length; from += PIECE) {
    const piece = make("ol", "sr-piece");
    const lines = places.slice(from, from + PIECE);
    piece.style.minHeight = `${lines.length * GUESS}px`;
    pieces.set(piece, lines);
    made2.push(piece);
  }
  list.replaceChildren(...made2);
  for (const piece of made2) observer.observe(piece);
  const counted = places.length === room.lines.length ? "" : `${places.length.toLocaleString()} of `;
  const total = room.lines.length;
  const count = part("word-count");
  const noun = total === 1 ? "line" : "lines";
  if (count) count.textContent = `${counted}${total.toLocaleString()} ${noun}`;
  if (!room.wordsWanted) returnToNow();
}
function fillNear(seen) {
  if (!part("word-list")?.clientHeight) return;
  for (const { target, isIntersecting } of seen) {
    if (isIntersecting) fill(target);
    else if (target.firstChild) {
      target.style.minHeight = `${target.clientHeight}px`;
      target.replaceChildren();
    }
  }
}
function fill(piece) {
  if (piece.firstChild) return;
  const wanted = searched(room.wordsWanted);
  const spoken = new Set(linesAt(room.lines, room.wordsAt));
  const rows = (pieces.get(piece) ?? []).map((place2) => drawLine(place2, wanted, spoken.has(place2)));
  piece.replaceChildren(...rows);
  piece.style.minHeight = "";
  markChosen();
}
var rowOf = (place2) => part("word-list")?.querySelector(`[data-line="${place2}"]`) ?? null;
function followWords(v) {
  if (room.tab !== "words" || !v || !part("word-list")) return;
  const now = linesAt(room.lines, v.currentTime);
  const spoken = `${now}|${lastBegun(room.lines, v.currentTime)}`;
  setRoom({ wordsAt: v.currentTime });
  if (spoken === room.spoken) return;
  setRoom({ spoken });
  for (const row of part("word-list")?.querySelectorAll("[aria-current]") ?? []) {
    row.removeAttribute("aria-current");
  }
  for (const place2 of now) rowOf(place2)?.setAttribute("aria-current", "true");
  if (room.wordsFollow && !room.wordsWanted) scrollToLine(lastBegun(room.lines, v.currentTime));
}
function scrollToLine(place2) {
  const list = part("word-list");
  if (!list) return;
  for (const piece of list.children) {
    if (pieces.get(piece)?.includes(place2)) fill(piece);
  }
  const row = rowOf(Math.max(0, place2));
  if (!row) return;
  const top = row.offsetTop - list.scrollTop;
  if (top < list.clientHeight * 0.1 || top + row.offsetHeight > list.clientHeight * 0.8) {
    list.scrollTop = row.offsetTop - list.clientHeight * 0.25;
  }
}
function returnToNow() {
  setRoom({ wordsFollow: true });
  drawWordButtons();
  scrollToLine(lastBegun(room.lines, room.wordsAt));
}
function minding() {
  const list = part("word-list");
  if (!list || performance.now() - touched > HANDS_OFF) return;
  touched = performance.now();
  const row = rowOf(lastBegun(room.lines, room.wordsAt));
  const top = row ? row.offsetTop - list.scrollTop : -1;
  setRoom({ wordsFollow: row !== null && top >= 0 && top < list.clientHeight });
  drawWordButtons();
}
var lineOf = (node) => {
  const element = node instanceof Element ? node : node?.parentElement;
  const row = element?.closest("[data-line]");
  return row ? Number(row.dataset.line) : null;
};
function clickLine(event) {
  const target = event.target;
  const place2 = lineOf(target);
  if (place2 === null || target.closest(".sr-meanwhile")) return;
  if (event.shiftKey && anchor !== null) {
    choose3(anchor, place2);
    return;
  }
  if (getSelection()?.isCollapsed === false) return;
  anchor = place2;
  setRoom({ linesChosen: null });
  markChosen();
  seek(room.lines[place2]?.[0] ?? 0);
}
function takeSelection() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed) return;
  const [from, to] = [lineOf(selection.anchorNode), lineOf(selection.focusNode)];
  if (from !== null && to !== null) choose3(from, to);
}
function choose3(from, to) {
  setRoom({ linesChosen: [Math.min(from, to), Math.max(from, to)] });
  markChosen();
}
function markChosen() {
  const [from, to] = room.linesChosen ?? [0, -1];
  for (const row of part("word-list")?.querySelectorAll("[data-line]") ?? []) {
    const place2 = Number(row.dataset.line);
    row.classList.toggle("chosen", place2 >= from && place2 <= to);
  }
  drawWordButtons();
}
function noteOnLines() {
  if (!room.linesChosen) return;
  const [start2, end] = stretchOf(room.lines, ...room.linesChosen);
  openRange(start2, end);
  part("panel")?.querySelector("textarea")?.focus();
}
function drawWordButtons() {
  const bar = part("word-bar");
  const note = bar?.querySelector("[data-does=lines]");
  const back2 = bar?.querySelector("[data-does=now]");
  if (note) note.hidden = !room.linesChosen;
  if (back2) back2.hidden = room.wordsFollow;
}
function drawMargins() {
  for (const row of part("word-list")?.querySelectorAll("[data-line]") ?? []) {
    row.querySelector(".sr-margin")?.replaceWith(drawMargin(Number(row.dataset.line)));
  }
}

// lib/ui/web/review/waveform.ts
var wave = null;
function wavePath(levels) {
  const most = Math.max(1, ...levels);
  const bar = (level, place2) => {
    const high = Math.max(1, level / most * 48);
    return `M${place2} ${50 - high}h1v${2 * high}h-1z`;
  };
  return levels.map(bar).join("");
}
function buildWave(host) {
  const levels = (host.dataset.levels ?? "").split(",").map(Number);
  const seconds = Number(host.dataset.seconds);
  const svg = makeSvg("svg", {
    viewBox: `0 0 ${levels.length} 100`,
    preserveAspectRatio: "none",
    "aria-hidden": "true"
  });
  svg.append(makeSvg("path", { d: wavePath(levels) }));
  const head = make("div", "sr-playhead");
  host.replaceChildren(svg, head);
  wave = { host, head, seconds };
  host.addEventListener("click", (event) => {
    const box = host.getBoundingClientRect();
    seek((event.clientX - box.left) / box.width * seconds);
  });
}
function drawWaveHead(v) {
  if (!wave?.host.isConnected || !v || !wave.seconds) return;
  const x = Math.min(1, v.currentTime / wave.seconds) * wave.host.clientWidth - 1;
  wave.head.style.display = "block";
  wave.head.style.height = "100%";
  wave.head.style.transform = `translateX(${x.toFixed(1)}px)`;
}

// lib/ui/web/review/zoom_bar.ts
function buildZoom(host) {
  const row = make("div", "sr-row", void 0, { role: "group", "aria-label": "View" });
  const filterByView = () => room.filter?.({ range: room.zoom });
  row.append(
    iconButton("whole", "Whole recording (z)", zoomOut, { "data-does": "home" }),
    iconButton("range", "Only spans in view", filterByView, { "data-does": "range" }),
    iconButton("follow", "Follow", toggleFollow, { "data-does": "follow" })
  );
  host.replaceChildren(row, makeOverview());
  drawZoom();
}
function drawZoom() {
  offerRange();
  const host = part("zoom");
  if (!host?.firstChild) return;
  const zoomed = host.querySelectorAll("[data-does=home], [data-does=range]");
  for (const one of zoomed) one.disabled = !room.zoom;
  const box = host.querySelector("[data-does=follow]");
  if (box) drawFollow(box);
}
function drawFollow(box) {
  const waits = room.follow && room.away;
  box.setAttribute("aria-pressed", String(room.follow && !room.away));
  box.title = waits ? "Follow (f): goes on once the playhead is in view again" : "Follow (f): keeps the playhead in view while zoomed";
}

// lib/ui/web/review/page_parts.ts
var BUILDERS = [
  ["transport", buildTransport],
  ["table", buildTable],
  ["zoom", buildZoom],
  ["switches", buildScores],
  ["wave", buildWave],
  ["tabs", buildTabs],
  ["words", buildWords],
  ["head-acts", buildHeadActions]
];
function fillPage() {
  if (readSpans()) {
    showProbabilities();
    countSigns();
    drawTable();
    drawPanel();
    drawMarks2();
    renewWords();
  }
  for (const [name, build] of BUILDERS) {
    const host = part(name);
    if (host && !host.firstChild && room.source) build(host);
  }
  drawTabs();
  fillSheet();
  setText2(part("count"), room.countText ?? "");
  drawChips();
  mendStreamlit();
  const panel = part("panel");
  if (panel && !panel.firstChild && room.source) drawPanel();
  if (!room.arrived && room.source) arrive();
}
function setText2(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
function mendStreamlit() {
  const raw = untabbedCode();
  if (raw) raw.tabIndex = 0;
  const over = openPopover();
  const root = appRoot();
  if (over && root && !over.style.colorScheme) {
    over.style.colorScheme = getComputedStyle(root).colorScheme;
  }
}

// lib/ui/web/review/playhead.ts
function headOf(gd) {
  const known = room.heads.get(gd);
  if (known?.isConnected) return known;
  room.heads.forEach((_, old) => {
    if (!old.isConnected) room.heads.delete(old);
  });
  const made2 = make("div", "sr-playhead");
  if (getComputedStyle(gd).position === "static") gd.style.position = "relative";
  gd.appendChild(made2);
  room.heads.set(gd, made2);
  return made2;
}
function drawHead2(gd, area, v) {
  const head = headOf(gd);
  const x = v ? area.xOf(v.currentTime) : Number.NaN;
  const seen = x >= 0 && x <= area.width;
  head.style.display = seen ? "block" : "none";
  if (!seen) return;
  head.style.height = `${area.height}px`;
  head.style.transform = `translate(${area.left + x - 1}px, ${area.top}px)`;
}

// lib/ui/web/review/window_frames.ts
var LEAST = 4;
var LABELLED = 76;
function drawWindows(gd, area) {
  const known = gd.querySelector(".sr-windows");
  const { windows } = room;
  if (!windows) {
    known?.remove();
    return;
  }
  const { range, left, width, top, height } = area;
  const now = JSON.stringify([windows, range, left, width, top, height]);
  if (known?.drawn === now) return;
  const layer = known ?? make("div", "sr-windows", void 0, { "aria-hidden": "true" });
  layer.drawn = now;
  layer.replaceChildren(
    ...windows.chosen.flatMap((one) => drawFrame2(one, "", area)),
    ...windows.compared.flatMap((one) => drawFrame2(one, "compared with", area))
  );
  if (!known) gd.appendChild(layer);
}
function drawFrame2([start2, end], label, area) {
  const from = Math.max(0, area.xOf(start2));
  const to = Math.min(area.width, area.xOf(end));
  if (to < 0 || from > area.width) return [];
  const width = Math.max(LEAST, to - from);
  const text = width < LABELLED ? "" : label;
  const frame = make("div", label ? "sr-window compared" : "sr-window", text);
  frame.style.transform = `translate(${area.left + from}px, ${area.top}px)`;
  frame.style.width = `${width}px`;
  frame.style.height = `${area.height}px`;
  return [frame];
}

// lib/ui/web/review/review.ts
var SETTLING = 3e3;
var ACTS_ELSEWHERE = ["pointerdown", "wheel", "touchmove", "keydown"];
var LEAVING2 = 200;
drawsAs("rows", drawRows);
drawsAs("place", scrollToPicked);
drawsAs("panel", drawPanel);
drawsAs("people", drawPeople);
drawsAs("frame", drawFrame);
drawsAs("transport", drawTransport);
drawsAs("zoom", drawZoom);
function drawChanges() {
  const v = video();
  const note = part("noplay");
  const plays = !v || !cannotPlay(v);
  if (note && note.hidden !== plays) note.hidden = plays;
  fillPage();
  keepCards();
  watchVideo(v);
  holdArrival(v);
  keepStretch();
  drawWaveHead(v);
  followWords(v);
  drawWanted();
  keepSending();
  for (const key of room.charts) keepChart(key, v);
  const { drawn } = room;
  drawLanes();
  leadToAwaited(pageHeight());
  if (room.drawn !== drawn) drawMarks2();
  placeMarks();
  keepInView();
  drawOverview(v);
  drawCodeLanes(v);
  drawClock(v);
}
function isBusy() {
  const v = video();
  const isHeld = Number.isFinite(room.due?.until ?? Number.NaN);
  return v && !v.paused && !v.ended || isHeld || !!room.awaited || room.outbox.letters.length > 0;
}
var cannotPlay = (v) => v.error !== null || v.readyState >= 1 && v.videoWidth === 0;
function keepChart(key, v) {
  const gd = graph(key);
  if (!gd || !plotArea(gd)) return;
  bindChart(gd, key);
  const since = room.home.get(gd)?.since ?? Number.NaN;
  if (room.zoom && performance.now() - since < SETTLING) zoomChart(gd, room.zoom);
  const area = plotArea(gd);
  if (area) drawHead2(gd, area, v);
  if (area && key === "chart_quality") drawWindows(gd, area);
}
function followGo(event) {
  const to = event.target instanceof Element && event.target.closest("[data-go]");
  if (!to) return;
  if (to.dataset.span) {
    pickSpan(Number(to.dataset.span));
    return;
  }
  const seconds = Number(to.dataset.go);
  seek(seconds);
  if (to.dataset.note) openMoment(seconds);
}
function start() {
  setRoom({ bound: /* @__PURE__ */ new WeakSet(), home: /* @__PURE__ */ new WeakMap(), heads: /* @__PURE__ */ new Map() });
  setRoom({ drawn: null, source: null });
  document.addEventListener("keydown", press, true);
  document.addEventListener("keyup", releaseCode, true);
  window.addEventListener("blur", releaseAll);
  document.addEventListener("click", followGo);
  document.addEventListener("click", bringScore);
  document.addEventListener("pointerdown", closeMenuBeside);
  for (const act2 of ACTS_ELSEWHERE) document.addEventListener(act2, stopAwaiting, true);
  placeNotice();
  startLive();
  const { wake, stop: rest } = startFrames(drawChanges, isBusy);
  setRoom({ stop: () => stop(rest), redraw: redrawAll, wake });
}
function stop(rest) {
  rest();
  document.removeEventListener("keydown", press, true);
  document.removeEventListener("keyup", releaseCode, true);
  window.removeEventListener("blur", releaseAll);
  document.removeEventListener("click", followGo);
  document.removeEventListener("click", bringScore);
  document.removeEventListener("pointerdown", closeMenuBeside);
  for (const act2 of ACTS_ELSEWHERE) document.removeEventListener(act2, stopAwaiting, true);
  room.heads.forEach((head) => {
    head.remove();
  });
  for (const layer of document.querySelectorAll(".sr-marks, .sr-windows")) layer.remove();
  removeNotice();
  stopLive();
  setRoom({ stop: null, wake: null });
}
function drawPeople() {
  drawHere();
  renewPanel();
}
function redrawAll() {
  const grid = part("grid");
  if (grid) grid.scrollTop = 0;
  drawTable();
  scrollToPicked();
  drawRows();
  drawPanel();
  drawLanes();
  drawMarks2();
  drawMargins();
}
function leave2() {
  clearTimeout(room.ending);
  const stopIfGone = () => {
    if (!part("data")) room.stop?.();
  };
  setRoom({ ending: window.setTimeout(stopIfGone, LEAVING2) });
}
function review_default({
  data,
  setTriggerValue
}) {
  setRoom({ charts: data.charts, notes: data.notes, verdicts: data.verdicts });
  setRoom({ coding: data.coding });
  setRoom({ send: (act2) => setTriggerValue("act", act2) });
  setRoom({ undo: data.undo, redo: data.redo, mode: data.mode });
  takeOpened(data.opened);
  takeNotice(data.notice);
  takeAnswer(data.answered, data.done);
  takeReviewer(data.reviewer);
  takeText(data.text);
  countSigns();
  if (room.stop) {
    drawTable();
    renewPanel();
    drawMarks2();
  } else start();
  tellForgottenMode(data.reviewer);
  followReview(data.live, data.version);
  return leave2;
}
export {
  review_default as default
};
