// Each score of the quality chart can be switched on and off; the chart itself stays.
function buildScores(host) {
  const gd = graph("chart_quality");
  if (!gd?._fullData) return;
  const lines = gd._fullData.map((trace, place) => ({ name: trace.name, place, shown: trace.showlegend !== false, visible: trace.visible }))
    .filter((one) => one.shown && gd._fullData[one.place].type === "scatter");
  const row = make("div", "sr-row", undefined, { role: "group", "aria-label": "Scores shown" });
  lines.forEach(({ name, place }) => {
    const made = button(name, () => {
      const on = gd._fullData[place].visible === true;
      window.Plotly.restyle(gd, { visible: on ? "legendonly" : true }, [place]);
      made.setAttribute("aria-pressed", String(!on));
    }, { "aria-pressed": "true" });
    row.append(made);
  });
  host.replaceChildren(row);
}
