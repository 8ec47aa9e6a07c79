// One zoom for all charts, and the bar that tells of it. Each zoom is told to all again, and
// ends when every chart shows the same.
const near = (a, b) => Math.abs(a[0] - b[0]) < 1e-6 && Math.abs(a[1] - b[1]) < 1e-6;

function zoomAll(range) {
  room.charts.map(graph).forEach((gd) => gd && zoom(gd, range));
}

function zoom(gd, range) {
  const whole = room.home.get(gd), axis = gd.layout?.xaxis;
  if (!whole || !axis || !plotly()) return;
  const marks = near(range, whole.range) ? whole : ticks(range);
  room.zoom = marks === whole ? null : [...range];
  if (near(range, axis.range) && String(axis.ticktext) === String(marks.ticktext)) return;
  plotly().relayout(gd, { "xaxis.range": [...range], "xaxis.tickvals": marks.tickvals, "xaxis.ticktext": marks.ticktext });
  drawZoom();
}

function ticks([from, to]) {
  const finest = room.digits ? 0.1 : 1; // no finer than what was measured
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600].find((s) => s >= finest && (to - from) / s <= 10) ?? 1800;
  const tickvals = [];
  for (let t = Math.ceil(from / step) * step; t <= to + 1e-9; t += step) tickvals.push(Math.round(t * 10) / 10);
  return { tickvals, ticktext: tickvals.map((t) => clock(t, step < 1 ? 1 : 0)) };
}

function home() {
  const whole = room.charts.map(graph).map((gd) => gd && room.home.get(gd)).find(Boolean);
  if (whole) zoomAll([...whole.range]);
}

function follow(on) {
  room.follow = on;
  drawZoom();
}

// While zoomed and playing, the range moves on before the playhead leaves it.
function keepInView() {
  const v = video();
  if (!room.follow || !room.zoom || !v || v.paused) return;
  const [from, to] = room.zoom, width = to - from;
  if (v.currentTime >= from && v.currentTime <= to - 0.05 * width) return;
  const whole = [...room.charts.map(graph)].map((gd) => gd && room.home.get(gd)).find(Boolean)?.range[1] ?? to;
  const start = Math.max(0, Math.min(v.currentTime - 0.1 * width, whole - width));
  if (Math.abs(start - from) > 1e-3) zoomAll([start, start + width]);
}

async function copyLink(extra, told) {
  const link = new URL(location.href);
  ["t", "span"].forEach((name) => link.searchParams.delete(name));
  link.searchParams.set("session", room.session);
  Object.entries(extra).forEach(([name, value]) => link.searchParams.set(name, value));
  try {
    await navigator.clipboard.writeText(link.href);
    told.textContent = "Copied";
  } catch {
    told.replaceChildren(make("input", "sr-link", undefined, { readonly: "", value: link.href, "aria-label": "Link" }));
    told.firstChild.select();
  }
}

function buildZoom(host) {
  const row = make("div", "sr-row", undefined, { role: "group", "aria-label": "View" });
  const told = make("span", "sr-told", "", { role: "status" });
  const moment = () => {
    const chosen = room.byId.has(room.picked) ? { span: room.picked } : {};
    copyLink({ t: (video()?.currentTime ?? 0).toFixed(room.digits), ...chosen }, told);
  };
  const whole = button("Whole recording", home, { "data-does": "home", title: "Whole recording (z)" });
  const only = button("Only spans in view", () => room.filter?.({ range: room.zoom }), { "data-does": "range" });
  const box = make("label", "sr-check", " Follow"), on = make("input", "", undefined, { type: "checkbox", "data-does": "follow" });
  on.addEventListener("change", () => follow(on.checked));
  box.prepend(on);
  box.title = "Keep the playhead in view while zoomed (f)";
  row.append(make("span", "sr-view"), whole, only, box, button("Link to this view", () => copyLink({}, told)), button("Link to this moment", moment), told);
  host.replaceChildren(row);
  drawZoom();
}

function drawZoom() {
  offerRange();
  const host = part("zoom");
  if (!host?.firstChild) return;
  host.querySelector(".sr-view").textContent = room.zoom ? `In view: ${clock(room.zoom[0], 1)} – ${clock(room.zoom[1], 1)}` : "Drag over a chart to zoom";
  host.querySelectorAll("[data-does=home], [data-does=range]").forEach((one) => { one.disabled = !room.zoom; });
  host.querySelector("[data-does=follow]").checked = room.follow;
}
