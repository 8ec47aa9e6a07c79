// A session's quality over time as small levels, one a window as the chart of it has them: 50, the API's
// "no evidence either way", is the middle, and where a window has no evidence there is a gap.
const WIDE = 120, HIGH = 30, EDGE = 3;

function spark(scores) {
  const svg = drawn("svg", { class: "sr-spark", viewBox: `0 0 ${WIDE} ${HIGH}`, "aria-hidden": "true" });
  svg.append(drawn("path", { class: "sr-spark-middle", d: `M0 ${HIGH / 2}H${WIDE}` }));
  const x = (place) => (EDGE + (place * (WIDE - 2 * EDGE)) / scores.length).toFixed(1);
  const y = (score) => EDGE + (HIGH - 2 * EDGE) * (1 - Math.max(0, Math.min(100, score)) / 100);
  for (const run of runs(scores)) {
    const level = (place, at) => `${at ? "V" : `M${x(place)} `}${y(scores[place]).toFixed(1)}H${x(place + 1)}`;
    svg.append(drawn("path", { class: "sr-spark-level", d: run.map(level).join("") }));
  }
  return svg;
}

// The places of the scores that follow each other without a gap.
function runs(scores) {
  const found = [];
  scores.forEach((score, place) => {
    if (score === null) return;
    if (place && scores[place - 1] !== null) found.at(-1).push(place); else found.push([place]);
  });
  return found;
}

function drawn(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}
