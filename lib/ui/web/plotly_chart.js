// What the scripts use of Plotly that it does not document, in one place. Of a chart, no documented call
// says where its plot stands on the screen or which rows its traces hold; tests/browser/test_sync.py holds
// both, to the pixel. Plotly itself is on the window once Streamlit has drawn a chart, which Streamlit does
// not promise; test_review_page.py holds it by filters and by the switches of the scores.
const plotly = () => window.Plotly;
const graph = (key) => document.querySelector(`${keyed(key)} .js-plotly-plot`);

// Where the plot stands within its chart, in pixels, and what its axes make of times and rows; null before
// it is drawn.
function plotArea(gd) {
  const layout = gd?._fullLayout, size = layout?._size, { xaxis: x, yaxis: y } = layout ?? {};
  if (!x || !size) return null;
  return {
    left: x._offset, width: x._length, top: size.t, height: size.h, range: x.range, rows: y.range,
    xOf: (seconds) => x.l2p(seconds), yOf: (row) => y.l2p(row), secondsAt: (pixel) => x.p2l(pixel),
  };
}

// The traces as drawn, with what Plotly made of their columns; null before it is drawn.
const drawnTraces = (gd) => gd?._fullData ?? null;
