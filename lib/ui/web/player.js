// The video: where it is, what it plays, how fast.
const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
const STEP = 5; // seconds

function seek(seconds) {
  const v = video();
  room.stretch = room.due = null;
  if (v) v.currentTime = Math.max(0, Math.min(seconds, v.duration || seconds));
}

function toggle() {
  const v = video();
  if (v) v.paused ? v.play() : v.pause();
}

function back() { const v = video(); if (v) seek(v.currentTime - STEP); }
function forward() { const v = video(); if (v) seek(v.currentTime + STEP); }

// The next or previous of the spans that the filters leave, in the order of time.
function neighbour(step) {
  const now = room.byId.get(room.picked), at = now ? now.draw_start : video()?.currentTime ?? 0;
  const line = [...room.order].map((id) => room.byId.get(id)).sort((a, b) => a.draw_start - b.draw_start || a.id - b.id);
  const here = line.indexOf(now);
  const found = here >= 0 ? line[here + step]
    : step > 0 ? line.find((span) => span.draw_start > at) : line.findLast((span) => span.draw_start < at);
  if (found) pick(found.id);
}

function playSpan() {
  const span = room.byId.get(room.picked), v = video();
  if (!span || !v) return;
  seek(span.draw_start);
  room.stretch = { start: span.draw_start, end: Math.max(span.draw_end, span.draw_start + 0.25) };
  v.play();
  drawTransport();
}

function loopSpan() {
  room.loop = !room.loop;
  room.stretch = null; // switched off, the video plays on
  if (room.loop) playSpan();
  drawTransport();
}

function keepStretch() {
  const v = video(), stretch = room.stretch;
  if (!v || !stretch || v.currentTime < stretch.end) return;
  if (room.loop) { v.currentTime = stretch.start; return; }
  room.stretch = null;
  v.pause();
  drawTransport();
}

function speed(rate) {
  const v = video();
  if (v) v.playbackRate = rate;
  drawTransport();
}

function faster(step) {
  const at = SPEEDS.indexOf(video()?.playbackRate ?? 1);
  speed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + step))]);
}

function subtitles(label) {
  room.subtitle = label;
  [...(video()?.textTracks ?? [])].forEach((track) => { track.mode = track.label === label ? "showing" : "disabled"; });
}

function buildTransport(host) {
  const row = make("div", "sr-row", undefined, { role: "group", "aria-label": "Player" });
  const one = (name, text, title, act) => {
    const made = button(text, act, { title, "aria-label": title, "data-does": name });
    row.append(made);
  };
  one("previous", "‹ span", "Previous span (p)", () => neighbour(-1));
  one("back", `−${STEP} s`, `Back ${STEP} seconds (←)`, back);
  one("play", "Play", "Play or pause (space)", toggle);
  one("forward", `+${STEP} s`, `Forward ${STEP} seconds (→)`, forward);
  one("next", "span ›", "Next span (n)", () => neighbour(1));
  one("span", "Play span", "Play the chosen span (s)", () => playSpan());
  one("loop", "Loop", "Loop the chosen span (l)", loopSpan);
  const rate = make("select", "sr-select", undefined, { "aria-label": "Speed (+ and −)", title: "Speed (+ and −)" });
  SPEEDS.forEach((value) => rate.append(make("option", "", `${value}×`, { value })));
  rate.addEventListener("change", () => speed(Number(rate.value)));
  const words = make("select", "sr-select", undefined, { "aria-label": "Subtitles", title: "Subtitles" });
  words.addEventListener("change", () => subtitles(words.value));
  row.append(rate, words);
  host.replaceChildren(row, keyList(), make("span", "sr-now"));
  drawTransport();
}

// A video can come later, anew, or go: the bar follows whichever is there.
function watchVideo(v) {
  if (v === room.watched) return;
  room.watched = v;
  ["play", "pause", "ratechange", "loadedmetadata"].forEach((kind) => v?.addEventListener(kind, drawTransport));
  ["addtrack", "removetrack"].forEach((kind) => v?.textTracks.addEventListener(kind, drawTransport));
  drawTransport();
}

function drawTransport() {
  const host = part("transport"), v = video();
  if (!host?.firstChild) return;
  const find = (name) => host.querySelector(`[data-does="${name}"]`);
  const [rate, words] = host.querySelectorAll("select");
  [find("back"), find("play"), find("forward"), rate].forEach((one) => { one.disabled = !v; });
  ["span", "loop"].forEach((name) => { find(name).disabled = !v || !room.byId.has(room.picked); });
  find("play").textContent = !v || v.paused ? "Play" : "Pause";
  find("loop").setAttribute("aria-pressed", String(room.loop));
  rate.value = String(v?.playbackRate ?? 1);
  const labels = [...(v?.textTracks ?? [])].map((track) => track.label).filter((label) => label !== "none");
  if (words.dataset.has !== labels.join()) {
    words.dataset.has = labels.join();
    setTimeout(() => { subtitles(room.subtitle); words.value = room.subtitle; }, 300); // the player shows a new track by itself
    if (!labels.includes(room.subtitle)) room.subtitle = "";
    words.replaceChildren(make("option", "", "Subtitles: off", { value: "" }), ...labels.map((label) => make("option", "", label, { value: label })));
  }
  words.hidden = labels.length === 0;
}
