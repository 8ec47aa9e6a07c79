// Keeps the video, the charts and the list of spans in step, in the browser alone.
// The page names them by key: data = {video, charts: [...], list, shown: ids of the list or null}. Plotly's _fullLayout is not a
// documented interface; a browser test holds what is used of it here.
export default function ({ data, parentElement }) {
  const S = (parentElement.__sync ??= { bound: new WeakSet(), home: new WeakMap(), heads: new Map(), raf: 0, picked: null, list: null });
  S.data = data;

  const video = () => document.querySelector(`.st-key-${S.data.video} video`);
  const graph = (key) => document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const list = () => document.querySelector(`.st-key-${S.data.list} .sr-list`);
  const row = (id) => list()?.querySelector(`.sr-span[data-id="${Number(id)}"]`);

  function seek(seconds) {
    const v = video();
    if (v) v.currentTime = Math.max(0, Math.min(seconds, v.duration || seconds));
  }

  function mark(id) {
    list()?.querySelectorAll(".sr-picked").forEach((r) => r.classList.remove("sr-picked"));
    S.picked = id;
    row(id)?.classList.add("sr-picked");
  }

  function pick(id) {
    mark(id);
    const r = row(id);
    if (!r) return;
    r.open = true;
    const panel = document.querySelector(".sr-panel");    // where the list is out of sight
    if (panel) { panel.replaceChildren(...r.cloneNode(true).childNodes); panel.hidden = false; }
    let box = r.parentElement;                      // scroll the list's own box, never the page
    while (box && !(box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
    if (box && !box.matches(".stMain")) box.scrollTop += r.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
  }

  function bind(gd) {
    if (S.bound.has(gd) || !gd.on) return;
    S.bound.add(gd);
    const { range, tickvals, ticktext } = gd.layout.xaxis;
    S.home.set(gd, { range: [...range], tickvals, ticktext, since: performance.now() });
    let answered = false;                           // whether Plotly had a span for this click
    gd.addEventListener("pointerdown", () => { answered = false; }, true);
    gd.on("plotly_relayout", (change) => {          // a resize is told here as well
      if (Object.keys(change).some((key) => key.startsWith("xaxis."))) zoomAll([...gd._fullLayout.xaxis.range]);
    });
    gd.on("plotly_click", (event) => {
      const point = event.points?.[0];
      if (!point) return;
      answered = true;
      const spans = gd.closest(`.st-key-${S.data.charts[0]}`) && point.customdata !== undefined;
      if (point.base !== undefined) seek(point.base);     // a bar begins at its base
      else if (spans) seek(point.x);                      // the marker of a very short span
      else seekTo(gd, event.event);
      if (spans) pick([point.customdata].flat()[0]);
    });
    gd.addEventListener("click", (event) => {             // an empty place: go to that time
      setTimeout(() => { if (!answered) seekTo(gd, event); }, 30);
    });
  }

  // One zoom for all charts. Plotly puts itself on the window once it has drawn a chart. Each
  // zoom is told to all again, and ends when every chart shows the same.
  const near = (a, b) => Math.abs(a[0] - b[0]) < 1e-6 && Math.abs(a[1] - b[1]) < 1e-6;

  function zoomAll(range) {
    S.data.charts.map(graph).forEach((gd) => gd && zoom(gd, range));
  }

  function zoom(gd, range) {
    const home = S.home.get(gd), axis = gd.layout?.xaxis;
    if (!home || !axis || !window.Plotly) return;
    const marks = near(range, home.range) ? home : ticks(range);
    S.range = marks === home ? null : range;
    if (near(range, axis.range) && String(axis.ticktext) === String(marks.ticktext)) return;
    window.Plotly.relayout(gd, { "xaxis.range": [...range], "xaxis.tickvals": marks.tickvals, "xaxis.ticktext": marks.ticktext });
  }

  function ticks([from, to]) {
    const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600].find((s) => (to - from) / s <= 10) ?? 1800;
    const tickvals = [];
    for (let t = Math.ceil(from / step) * step; t <= to + 1e-9; t += step) tickvals.push(Math.round(t * 10) / 10);
    const two = (n) => String(n).padStart(2, "0");
    const text = (t) => {
      const s = Math.floor(t + 1e-9), h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
      return `${h ? `${h}:${two(m)}` : m}:${two(s % 60)}${step < 1 ? `.${Math.round((t - s) * 10)}` : ""}`;
    };
    return { tickvals, ticktext: tickvals.map(text) };
  }

  function seekTo(gd, event) {
    const layout = gd._fullLayout;
    if (!layout?.xaxis) return;
    const box = gd.getBoundingClientRect(), axis = layout.xaxis;
    const x = event.clientX - box.left - axis._offset, y = event.clientY - box.top - layout._size.t;
    if (x >= 0 && x <= axis._length && y >= 0 && y <= layout._size.h) seek(axis.p2l(x));
  }

  function filter() {
    const shown = S.data.shown && new Set(S.data.shown.map(String));
    S.list?.querySelectorAll(".sr-span").forEach((r) => { r.hidden = Boolean(shown) && !shown.has(r.dataset.id); });
  }

  function watchList() {
    const now = list();
    if (now === S.list) return;
    S.list = now;                                   // drawn for the first time, or anew
    if (!now) return;
    filter();
    if (S.picked !== null) mark(S.picked);
    now.addEventListener("click", (event) => {
      const r = event.target.closest("summary")?.parentElement;
      if (!r) return;
      mark(r.dataset.id);
      if (!r.open) seek(Number(r.dataset.start));   // it is about to open
    });
  }

  function head(gd) {
    let h = S.heads.get(gd);
    if (!h?.isConnected) {
      S.heads.forEach((_, old) => { if (!old.isConnected) S.heads.delete(old); });
      h = document.createElement("div");
      h.className = "sr-playhead";
      if (getComputedStyle(gd).position === "static") gd.style.position = "relative";
      gd.appendChild(h);
      S.heads.set(gd, h);
    }
    return h;
  }

  function tick() {
    const v = video();
    const note = document.querySelector(".sr-noplay");
    if (note) note.hidden = !v || !(v.error || (v.readyState >= 1 && !v.videoWidth));
    watchList();
    for (const key of S.data.charts) {
      const gd = graph(key), layout = gd?._fullLayout;
      if (!layout?.xaxis || !layout._size) continue;
      bind(gd);
      // A chart drawn anew while zoomed; the page may draw it twice, the second time whole again.
      if (S.range && performance.now() - S.home.get(gd)?.since < 3000) zoom(gd, S.range);
      const h = head(gd), axis = layout.xaxis, x = v ? axis.l2p(v.currentTime) : NaN;
      const seen = x >= 0 && x <= axis._length;
      h.style.display = seen ? "block" : "none";
      if (seen) {
        h.style.height = `${layout._size.h}px`;
        h.style.transform = `translate(${axis._offset + x - 1}px, ${layout._size.t}px)`;
      }
    }
    S.raf = requestAnimationFrame(tick);
  }

  filter();                                         // called anew when the page's data changed
  cancelAnimationFrame(S.raf);
  S.raf = requestAnimationFrame(tick);
  return () => {
    cancelAnimationFrame(S.raf);
    S.heads.forEach((h) => h.remove());
    S.heads.clear();
  };
}
