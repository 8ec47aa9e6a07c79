// The bar below the quality chart names its lines, and switches each of them on and off; the chart stays.
// A score without a level, because none was sent or none holds evidence, has no line to switch.
function buildScores(host) {
  const traces = drawnTraces(graph("chart_quality"));
  if (!traces) return;
  const row = make("div", "sr-row", undefined, { role: "group", "aria-label": "Scores shown" });
  traces.forEach((trace, place) => {
    if (trace.type === "scatter" && trace.line) row.append(scoreSwitch(trace, place));
  });
  if (traces.some((trace) => trace.name === "no evidence")) {
    const empty = make("span", "sr-check", " no evidence");
    empty.prepend(make("span", "sr-swatch not-given"));
    row.append(empty);
  }
  host.replaceChildren(row);
}

function scoreSwitch({ name, line }, place) {
  const made = button(name, () => {
    room.off.has(name) ? room.off.delete(name) : room.off.add(name);
    made.setAttribute("aria-pressed", String(!room.off.has(name)));
    showScore(graph("chart_quality"), name, place);
  }, { "aria-pressed": String(!room.off.has(name)) });
  const sample = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  sample.setAttribute("class", "sr-sample");
  const drawn = sample.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  const look = { d: "M0,5H26", stroke: line.color, "stroke-width": line.width, "stroke-dasharray": line.dash === "solid" ? "none" : line.dash };
  Object.entries(look).forEach(([key, value]) => drawn.setAttribute(key, value));
  made.prepend(sample);
  return made;
}

function showScore(gd, name, place) {
  plotly().restyle(gd, { visible: room.off.has(name) ? "legendonly" : true }, [place]);
}

// A chart that is drawn anew has all its lines again.
function keepScores(gd) {
  drawnTraces(gd).forEach(({ name }, place) => { if (room.off.has(name)) showScore(gd, name, place); });
}
