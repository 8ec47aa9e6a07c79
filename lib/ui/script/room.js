// Keeps video, charts, list and panel in step, in the browser alone. Mounted beside the sections of the
// page, with data = {charts, notes, verdicts, reviewer, session}.
const HOSTS = [["transport", buildTransport], ["table", buildTable], ["zoom", buildZoom], ["switches", buildScores]];

function fill() {
  const read = readSpans();
  if (read) { drawTable(); drawPanel(); drawMarks(); }
  HOSTS.forEach(([name, build]) => {
    const host = part(name);
    if (host && !host.firstChild && room.source) build(host);
  });
  const raw = document.querySelector(".stCode pre:not([tabindex])"); // it scrolls: by key as well
  if (raw) raw.tabIndex = 0;
  const panel = part("panel");
  if (panel && !panel.firstChild && room.source) drawPanel();
  if (!room.arrived && room.source && video()?.readyState >= 1) arrive();
}

// A link to a moment or a span leads there, once.
function arrive() {
  room.arrived = true;
  const asked = new URLSearchParams(location.search), span = asked.get("span"), t = asked.get("t");
  if (span !== null) {
    if (room.byId.has(Number(span)) && span.trim() !== "") pick(Number(span));
    else { room.about = { kind: "lost" }; drawPanel(); }
  }
  if (t !== null && t.trim() !== "" && Number.isFinite(Number(t))) seek(Number(t));
  const v = video();
  room.due = { seconds: v.currentTime, until: performance.now() + 3000 };
}

// A page that is still loading may lay its video anew, which begins at 0: the link's moment holds.
function holdArrival(v) {
  if (!room.due || !v || v.readyState < 1) return;
  if (performance.now() > room.due.until || !v.paused) room.due = null;
  else if (v.currentTime === 0 && room.due.seconds > 0) v.currentTime = room.due.seconds;
}

function tick() {
  const v = video(), note = part("noplay");
  if (note) note.hidden = !v || !(v.error || (v.readyState >= 1 && !v.videoWidth));
  fill();
  holdArrival(v);
  keepStretch();
  for (const key of room.charts) {
    const gd = graph(key);
    if (!gd?._fullLayout?.xaxis || !gd._fullLayout._size) continue;
    bind(gd, key);
    // A chart drawn anew while zoomed; the page may draw it twice, the second time whole again.
    if (room.zoom && performance.now() - room.home.get(gd)?.since < 3000) zoom(gd, room.zoom);
    drawHead(gd, v);
  }
  const drawn = room.drawn;
  drawLanes();
  if (room.drawn !== drawn) drawMarks(); // the lanes are new, or hold other rows
  placeMarks();
  keepInView();
  const now = part("now");
  if (now && v) { const text = clock(v.currentTime, 1); if (now.textContent !== text) now.textContent = text; }
  room.raf = requestAnimationFrame(tick);
}

function go(event) {
  const to = event.target instanceof Element && event.target.closest("[data-go]");
  if (to) to.dataset.span ? pick(Number(to.dataset.span)) : seek(Number(to.dataset.go));
}

function start() {
  Object.assign(room, { bound: new WeakSet(), home: new WeakMap(), whole: new WeakMap(), heads: new Map(), drawn: null, source: null });
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
  room.redraw = () => { drawTable(); drawLanes(); drawMarks(); };
  tick();
}

export default function ({ data, setTriggerValue }) {
  Object.assign(room, { charts: data.charts, notes: data.notes, verdicts: data.verdicts });
  room.send = (what) => setTriggerValue("act", what);
  room.window = data.windows ? (index) => setTriggerValue("window", { index, at: Date.now() }) : null;
  if (data.reviewer) room.reviewer = data.reviewer;
  if (data.done !== room.done) { room.done = data.done; room.sent = true; room.editing = null; }
  if (room.stop) { drawTable(); drawPanel(); drawMarks(); } else start();
  return () => { clearTimeout(room.ending); room.ending = setTimeout(() => { if (!part("data")) room.stop?.(); }, 200); };
}
