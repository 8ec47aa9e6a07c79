// One zoom for all charts, and the bar that tells of it. Each zoom is told to all again, and
// ends when every chart shows the same.
const near = (a, b) => Math.abs(a[0] - b[0]) < 1e-6 && Math.abs(a[1] - b[1]) < 1e-6;

const NARROWEST = 0.01; // seconds in view: ticks of a millisecond, the finest text of a time

function zoomAll([from, to]) {
  const middle = (from + to) / 2, range = to - from < NARROWEST ? [middle - NARROWEST / 2, middle + NARROWEST / 2] : [from, to];
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
  // The axis is the recording's own time: as fine as the zoom asks for, whatever the spans were measured with.
  const step = STEPS.find((s) => (to - from) / s <= 10) ?? 1800;
  const first = Math.ceil(from / step - 1e-6), count = Math.floor(to / step + 1e-6) - first + 1;
  const tickvals = Array.from({ length: Math.max(count, 0) }, (_, n) => Number(((first + n) * step).toFixed(3)));
  const digits = [0, 1, 2].find((many) => Math.abs(step - Number(step.toFixed(many))) < 1e-9) ?? 3;
  return { tickvals, ticktext: tickvals.map((t) => clock(t, digits)) };
}

const STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600];

// The ends of what is in view, with digits that tell them apart.
function viewText([from, to]) {
  const digits = to - from >= 5 ? 1 : to - from >= 0.5 ? 2 : 3;
  return `${clock(from, digits)} – ${clock(to, digits)}`;
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
  host.querySelector(".sr-view").textContent = room.zoom ? `In view: ${viewText(room.zoom)}` : "Drag over a chart to zoom";
  host.querySelectorAll("[data-does=home], [data-does=range]").forEach((one) => { one.disabled = !room.zoom; });
  host.querySelector("[data-does=follow]").checked = room.follow;
}
