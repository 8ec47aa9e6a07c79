// What people added, upon the lanes: a sign at each judged or noted span, a flag at each noted time, and
// a frame around the chosen span. Drawn beside Plotly, so that a note costs no new chart.
function drawMarks() {
  const gd = graph("chart_lanes");
  if (!gd?._fullLayout?.xaxis || !room.rowOf) return;
  let layer = gd.querySelector(".sr-marks");
  if (!layer) { layer = make("div", "sr-marks", undefined, { "aria-hidden": "true" }); gd.appendChild(layer); }
  const wanted = [];
  const judged = new Set([...room.verdicts.map((one) => one.signal), ...room.notes.filter((one) => one.signal !== null).map((one) => one.signal)]);
  judged.forEach((id) => wanted.push({ css: "sr-mark", text: said(id), id }));
  room.notes.filter((one) => one.signal === null).forEach((one) => wanted.push({ css: one.start === one.end ? "sr-flag" : "sr-flag sr-flag-range", text: "✎", start: one.start, end: one.end, title: one.text }));
  if (room.picked !== null) wanted.push({ css: "sr-frame", text: "", id: room.picked });
  room.marks = wanted.map((one) => ({ ...one, node: make("div", one.css, one.text) }));
  layer.replaceChildren(...room.marks.map((one) => one.node));
  room.marksAt = "";
  placeMarks();
}

function placeMarks() {
  const gd = graph("chart_lanes"), layout = gd?._fullLayout;
  if (!room.marks?.length || !layout?.xaxis) return;
  const { xaxis: x, yaxis: y, _size: size } = layout;
  const at = `${x.range}|${y.range}|${x._offset}|${x._length}|${size.t}|${size.h}`;
  if (at === room.marksAt && room.marks[0].node.isConnected) return;
  if (!room.marks[0].node.isConnected) { drawMarks(); return; }
  room.marksAt = at;
  const row = Math.abs(y.l2p(1) - y.l2p(0));
  room.marks.forEach(({ node, id, start, end }) => {
    const span = room.byId.get(id), place = room.rowOf.get(id);
    const from = x.l2p(span ? span.draw_start : start), to = x.l2p(span ? span.draw_end : end);
    const lost = (span && place === undefined) || to < 0 || from > x._length;
    node.style.display = lost ? "none" : "block";
    if (lost) return;
    const left = Math.max(0, from), ranged = node.className.includes("range");
    const top = span ? y.l2p(place) - 0.36 * row : ranged ? 0 : size.h - 16; // a flag stands at the foot
    node.style.transform = `translate(${x._offset + left}px, ${size.t + top}px)`;
    if (node.className === "sr-frame" || ranged) {
      node.style.width = `${Math.max(4, Math.min(to, x._length) - left)}px`;
      node.style.height = `${span ? 0.72 * row : size.h}px`;
    }
  });
}
