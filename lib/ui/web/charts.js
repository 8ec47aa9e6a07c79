// The charts: clicks, playhead, and the lanes that a filter leaves.
function bind(gd, key) {
  if (room.bound.has(gd) || !gd.on || !gd.layout?.xaxis) return;
  room.bound.add(gd);
  const { range, tickvals, ticktext } = gd.layout.xaxis;
  room.home.set(gd, { range: [...range], tickvals, ticktext, since: performance.now() });
  if (key === "chart_quality") keepScores(gd);
  let answered = false;                             // whether Plotly had a span for this click
  gd.addEventListener("pointerdown", () => { answered = false; }, true);
  gd.on("plotly_relayout", (change) => {
    if ("xaxis.range[0]" in change) zoomAll([change["xaxis.range[0]"], change["xaxis.range[1]"]]);
    else if ("xaxis.range" in change) zoomAll(change["xaxis.range"]);
    else if (change["xaxis.autorange"]) zoomAll(room.home.get(gd).range);
  });
  gd.on("plotly_doubleclick", () => zoomAll(room.home.get(gd).range));
  gd.on("plotly_click", (event) => {
    const point = event.points?.[0];
    if (!point) return;
    answered = true;
    const id = [point.customdata].flat()[0];
    if (key === "chart_lanes" && id !== undefined) { pick(Number(id)); return; }
    if (point.base !== undefined) seek(point.base); // a bar begins at its base
    else seekTo(gd, event.event);
    if (key === "chart_quality" && id !== undefined) room.window?.(Number(id));
  });
  gd.addEventListener("click", (event) => {         // an empty place: go to that time
    setTimeout(() => { if (!answered) seekTo(gd, event); }, 30);
  });
}

function seekTo(gd, event) {
  const area = plotArea(gd);
  if (!area) return;
  const box = gd.getBoundingClientRect();
  const x = event.clientX - box.left - area.left, y = event.clientY - box.top - area.top;
  if (x >= 0 && x <= area.width && y >= 0 && y <= area.height) seek(area.secondsAt(x));
}

function head(gd) {
  let h = room.heads.get(gd);
  if (!h?.isConnected) {
    room.heads.forEach((_, old) => { if (!old.isConnected) room.heads.delete(old); });
    h = make("div", "sr-playhead");
    if (getComputedStyle(gd).position === "static") gd.style.position = "relative";
    gd.appendChild(h);
    room.heads.set(gd, h);
  }
  return h;
}

function drawHead(gd, area, v) {
  const h = head(gd), x = v ? area.xOf(v.currentTime) : NaN;
  const seen = x >= 0 && x <= area.width;
  h.style.display = seen ? "block" : "none";
  if (!seen) return;
  h.style.height = `${area.height}px`;
  h.style.transform = `translate(${area.left + x - 1}px, ${area.top}px)`;
}

// The lanes as Python drew them, all spans; a filter takes columns out of them and rows together.
const COLUMNS_OF_A_TRACE = ["x", "base", "y", "customdata", "hovertext"];

function whole(gd) {
  const known = room.whole.get(gd);
  if (known) return known;
  const drawn = drawnTraces(gd);
  if (!drawn || !gd.layout?.meta) return null;
  const traces = drawn.map((trace) => Object.fromEntries(COLUMNS_OF_A_TRACE.filter((name) => trace[name]?.length).map((name) => [name, trace[name]])));
  const found = { traces, meta: gd.layout.meta, title: gd.layout.title.text, height: gd.layout.height, margins: gd.layout.margin };
  room.whole.set(gd, found);
  return found;
}

function drawLanes() {
  const gd = graph("chart_lanes"), all = gd && plotly() && whole(gd);
  if (!all || room.drawn?.gd === gd && room.drawn.shown === room.shown && room.drawn.data === gd.data) return;
  const first = room.drawn?.gd !== gd || room.drawn.data !== gd.data;
  room.drawn = { gd, shown: room.shown, data: gd.data };
  if (first && !room.shown) { placeRows(all, all.meta.lane_of_row.map((_, row) => row)); return; }
  const kept = all.traces.map((trace) => places(trace.customdata, (id) => !room.shown || room.shown.has(Number(id))));
  const used = [...new Set(all.traces.flatMap((trace, n) => kept[n].map((i) => trace.y[i])))].sort((a, b) => a - b);
  placeRows(all, used);
  const change = {};
  all.traces.forEach((trace, n) => COLUMNS_OF_A_TRACE.forEach((name) => {
    const column = trace[name] && kept[n].map((i) => (name === "y" ? room.rows.get(trace.y[i]) : trace[name][i]));
    (change[name] ??= [])[n] = column;
  }));
  plotly().update(gd, change, laid(all, used), all.traces.map((_, n) => n));
  room.drawn.data = gd.data;
}

function places(column, keep) {
  const found = [];
  for (let i = 0; i < column.length; i += 1) if (keep(column[i])) found.push(i);
  return found;
}

// Where each span stands now, for the marks upon it.
function placeRows(all, used) {
  room.rows = new Map(used.map((row, place) => [row, place]));
  room.rowOf = new Map();
  all.traces.forEach((trace) => { for (let i = 0; i < trace.customdata.length; i += 1) room.rowOf.set(Number(trace.customdata[i]), room.rows.get(trace.y[i])); });
}

const COUNTED = /\d+ spans?(, one for each window)?/; // as Python writes it

function laid(all, used) {
  const { lane_of_row, labels, row_height, tallest, shortest, of_parts } = all.meta;
  const seams = of_parts ?? { shapes: [], annotations: [] };
  const lanes = used.map((row) => lane_of_row[row]), there = [...new Set(lanes)];
  const middle = (lane) => (lanes.indexOf(lane) + lanes.lastIndexOf(lane)) / 2;
  const edges = there.slice(1).map((lane) => `M0,${lanes.indexOf(lane) - 0.5}H1`).join("");
  const plot = Math.min(used.length * row_height, tallest), around = all.margins.t + all.margins.b;
  return {
    "title.text": room.shown ? all.title.replace(COUNTED, room.countText) : all.title, // it counts what is drawn
    "yaxis.range": [Math.max(used.length, 1) - 0.5, -0.5],
    "yaxis.tickvals": there.map(middle),
    "yaxis.ticktext": there.map((lane) => labels[lane]),
    "yaxis.labelalias": Object.fromEntries(lanes.map((lane, row) => [row, labels[lane]])),
    shapes: edges ? [{ type: "path", path: edges, xref: "paper", yref: "y", layer: "below", line: all.meta.line }, ...seams.shapes] : seams.shapes,
    annotations: used.length ? seams.annotations : [...seams.annotations, { text: room.shown?.size ? "The spans that pass the filters have no lane here: see the list of spans." : "No span passes the filters.", xref: "paper", yref: "paper", x: 0.5, y: 0.5, showarrow: false, font: { size: 13 } }],
    height: used.length ? plot + around : shortest,
  };
}
