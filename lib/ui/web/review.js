// Keeps video, charts, list and panel in step, in the browser alone. Mounted beside the sections of the
// page, with data = {charts, notes, verdicts, reviewer, done}.
const HOSTS = [["transport", buildTransport], ["table", buildTable], ["zoom", buildZoom], ["switches", buildScores], ["wave", buildWave]];

function fill() {
  const read = readSpans();
  if (read) { countSigns(); drawTable(); drawPanel(); drawMarks(); }
  HOSTS.forEach(([name, build]) => {
    const host = part(name);
    if (host && !host.firstChild && room.source) build(host);
  });
  fillSheet();
  const count = part("count");
  if (count && count.textContent !== room.countText) count.textContent = room.countText ?? "";
  drawChips();
  const raw = untabbedCode(); // it scrolls: by key as well
  if (raw) raw.tabIndex = 0;
  const over = openPopover(); // stands outside the app: light or dark as it is
  if (over && !over.style.colorScheme) over.style.colorScheme = getComputedStyle(appRoot()).colorScheme;
  const panel = part("panel");
  if (panel && !panel.firstChild && room.source) drawPanel();
  if (!room.arrived && room.source) arrive();
}

// A link to a moment or a span leads there, once: to the span at once, in the video when it is there.
function arrive() {
  room.arrived = true;
  const asked = new URLSearchParams(location.search), span = asked.get("span"), t = asked.get("t");
  const known = span !== null && span.trim() !== "" && room.byId.has(Number(span));
  if (known) pick(Number(span), { go: false });
  else if (span !== null) { room.about = { kind: "lost" }; drawPanel(); }
  const seconds = t !== null && t.trim() !== "" && Number(t) >= 0 ? Number(t) : known ? room.byId.get(Number(span)).draw_start : 0;
  if (seconds > 0) room.due = { seconds, until: Infinity };
}

// A page that is still loading may lay its video anew, which begins at 0: the link's moment holds.
function holdArrival(v) {
  if (!room.due || !v || v.readyState < 1) return;
  if (room.due.until === Infinity) room.due.until = performance.now() + 3000;
  if (performance.now() > room.due.until || !v.paused || room.due.seconds > v.duration) room.due = null;
  else if (v.currentTime === 0) v.currentTime = room.due.seconds;
}

function tick() {
  room.raf = requestAnimationFrame(tick); // first, so that nothing odd on the page ends the loop
  const v = video(), note = part("noplay");
  if (note) note.hidden = !v || !(v.error || (v.readyState >= 1 && v.videoWidth === 0)); // sound has no width at all
  fill();
  watchVideo(v);
  holdArrival(v);
  keepStretch();
  drawWaveHead(v);
  for (const key of room.charts) {
    const gd = graph(key), area = plotArea(gd);
    if (!area) continue;
    bind(gd, key);
    // A chart drawn anew while zoomed; the page may draw it twice, the second time whole again.
    if (room.zoom && performance.now() - room.home.get(gd)?.since < 3000) zoom(gd, room.zoom);
    drawHead(gd, plotArea(gd), v);
  }
  const drawn = room.drawn;
  drawLanes();
  if (room.drawn !== drawn) drawMarks(); // the lanes are new, or hold other rows
  placeMarks();
  keepInView();
  const now = part("now");
  if (now && v) { const text = clock(v.currentTime, 1); if (now.textContent !== text) now.textContent = text; }
}

function go(event) {
  const to = event.target instanceof Element && event.target.closest("[data-go]");
  if (!to) return;
  if (to.dataset.span) pick(Number(to.dataset.span));
  else { seek(Number(to.dataset.go)); if (to.dataset.note) openMoment(Number(to.dataset.go)); }
}

function start() {
  Object.assign(room, { bound: new WeakSet(), home: new WeakMap(), heads: new Map(), drawn: null, source: null });
  room.whole ??= new WeakMap(); // for good: a chart of the page that was left, still there, has lost spans to a filter
  document.addEventListener("keydown", press, true);
  document.addEventListener("click", go);
  room.stop = () => {
    cancelAnimationFrame(room.raf);
    document.removeEventListener("keydown", press, true);
    document.removeEventListener("click", go);
    room.heads.forEach((h) => h.remove());
    document.querySelectorAll(".sr-marks").forEach((layer) => layer.remove());
    room.stop = null;
  };
  room.redraw = () => {
    const grid = part("grid");
    if (grid) grid.scrollTop = 0;
    drawTable();
    scrollToPicked();
    drawRows();
    drawPanel();
    drawLanes();
    drawMarks();
  };
  tick();
}

export default function ({ data, setTriggerValue }) {
  Object.assign(room, { charts: data.charts, notes: data.notes, verdicts: data.verdicts });
  room.send = (what) => setTriggerValue("act", what);
  if (!room.stop) room.reviewer = data.reviewer || sessionStorage.getItem(NAME) || "";
  if (data.done !== room.done) acted(data.done);
  takeText(data.text);
  countSigns();
  if (room.stop) { drawRows(); drawPanel(); drawMarks(); } else start();
  return () => { clearTimeout(room.ending); room.ending = setTimeout(() => { if (!part("data")) room.stop?.(); }, 200); };
}
