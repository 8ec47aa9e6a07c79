// What people added, upon the lanes: a sign at each judged or noted span, a flag at each noted time, and
// a frame around the chosen span. Drawn beside Plotly, so that a note costs no new chart.
function drawMarks() {
  const gd = graph("chart_lanes");
  if (!plotArea(gd) || !room.rowOf) return;
  let layer = gd.querySelector(".sr-marks");
  if (!layer) { layer = make("div", "sr-marks", undefined, { "aria-hidden": "true" }); gd.appendChild(layer); }
  const wanted = [];
  room.signs.forEach((text, id) => wanted.push({ css: "sr-mark", text, id }));
  room.notes.filter((one) => one.signal === null).forEach((one) => wanted.push({ css: one.start === one.end ? "sr-flag" : "sr-flag sr-flag-range", text: "✎", start: one.start, end: one.end }));
  room.marks = wanted.map((one) => ({ ...one, node: make("div", one.css, one.text) }));
  room.frame = make("div", "sr-frame");
  layer.replaceChildren(...room.marks.map((one) => one.node), room.frame);
  room.marksAt = "";
  placeMarks();
}

// Choosing a span moves the frame and leaves the marks alone.
function drawFrame() {
  if (room.frame?.isConnected) place({ node: room.frame, id: room.picked }, plotArea(graph("chart_lanes"))); else drawMarks();
}

function placeMarks() {
  const area = plotArea(graph("chart_lanes"));
  if (!room.marks || !area) return;
  const at = `${area.range}|${area.rows}|${area.left}|${area.width}|${area.top}|${area.height}`;
  if (!room.frame.isConnected) { drawMarks(); return; }
  if (at === room.marksAt) return;
  room.marksAt = at;
  room.marks.forEach((mark) => place(mark, area));
  place({ node: room.frame, id: room.picked }, area);
}

function place({ node, id, start, end }, area) {
  const row = Math.abs(area.yOf(1) - area.yOf(0));
  const span = room.byId.get(id), lane = room.rowOf.get(id);
  const from = area.xOf(span ? span.draw_start : start), to = area.xOf(span ? span.draw_end : end);
  const lost = (span && lane === undefined) || (!span && start === undefined) || !(to >= 0 && from <= area.width);
  node.style.display = lost ? "none" : "block";
  if (lost) return;
  const left = Math.max(0, from), right = Math.min(to, area.width), wide = node.matches(".sr-frame, .sr-flag-range");
  const at = node.className === "sr-mark" ? [right + 2, area.yOf(lane) - 0.3 * row]  // behind its span, which it must not hide
    : span ? [left, area.yOf(lane) - 0.36 * row] : [left, -15];                      // a flag stands above the lanes
  node.style.transform = `translate(${area.left + at[0]}px, ${area.top + at[1]}px)`;
  if (wide) {
    node.style.width = `${Math.max(4, right - left)}px`;
    node.style.height = `${span ? 0.72 * row : 14}px`;
  }
}
