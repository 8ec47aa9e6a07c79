// lib/ui/web/shared/elements.ts
function make(tag, css = "", text, attributes = {}) {
  const made = document.createElement(tag);
  if (css) made.className = css;
  if (text !== void 0) made.textContent = text;
  setAttributes(made, attributes);
  return made;
}
function setAttributes(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
}

// lib/ui/web/shared/app_address.ts
function addressInApp(path) {
  return new URL(path, window.__streamlit?.BACKEND_BASE_URL ?? new URL(".", location.href));
}

// lib/ui/web/figure/plotly_code.ts
function loadPlotly() {
  window.signalReviewPlotly ??= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = addressInApp("app/static/plotly-basic.min.js").href;
    Object.assign(script, { onload: done, onerror: fail });
    document.head.append(script);
  });
  return window.signalReviewPlotly;
}

// lib/ui/web/figure/time_labels.ts
var NARROWEST = 40;
var CHARACTER = 7;
var APART = 8;
function thinLabels({ tickvals, ticktext }, width) {
  const longest = Math.max(0, ...ticktext.map((text) => text.length));
  const each = Math.max(NARROWEST, longest * CHARACTER + APART);
  const every = Math.max(1, Math.ceil(tickvals.length * each / Math.max(1, width)));
  const stays = (_, place) => place % every === 0;
  return { tickvals: tickvals.filter(stays), ticktext: ticktext.filter(stays) };
}
var labelChange = ({ tickvals, ticktext }) => ({
  "xaxis.tickvals": tickvals,
  "xaxis.ticktext": ticktext
});

// lib/ui/web/figure/figure.ts
var LOOK = { displayModeBar: false, scrollZoom: false, doubleClick: "reset" };
var NOT_LOADED = "The charts could not be loaded. Reload the page; if that does not help, ask whoever runs this app.";
function makeHost(parent, alt) {
  const host = make("div", "sr-figure", void 0, { role: "img", "aria-label": alt });
  parent.replaceChildren(host);
  new ResizeObserver(() => drawFigure(host)).observe(host);
  return host;
}
function drawFigure(host) {
  const width = host.clientWidth;
  const { figure } = host;
  if (!window.Plotly || !width || !figure) return;
  if (host.drawn === figure) {
    if (host.layout?.width !== width)
      window.Plotly.relayout(host, widthChange(host, figure, width));
    return;
  }
  const first = !host.drawn;
  host.drawn = figure;
  host.times = figure.layout.xaxis;
  window.Plotly.react(host, figure.data, layoutFor(host, figure, width), LOOK);
  host.style.minHeight = "";
  if (!first) host.dispatchEvent(new CustomEvent("sr-figure"));
}
var plotWidth = ({ layout: { margin } }, width) => width - margin.l - margin.r;
function widthChange(host, figure, width) {
  const times = thinLabels(host.times ?? figure.layout.xaxis, plotWidth(figure, width));
  return { width, ...labelChange(times) };
}
function layoutFor(host, figure, width) {
  const { fontFamily: family } = getComputedStyle(host);
  const { layout } = figure;
  const { xaxis } = layout;
  return {
    ...layout,
    font: { ...layout.font, family },
    hoverlabel: { font: { family } },
    xaxis: { ...xaxis, ...thinLabels(xaxis, plotWidth(figure, width)) },
    width
  };
}
function figure_default({ data, parentElement }) {
  const host = parentElement.querySelector(".sr-figure") ?? makeHost(parentElement, data.alt);
  if (host.text === data.figure) return;
  const figure = JSON.parse(data.figure);
  Object.assign(host, { text: data.figure, figure });
  host.setAttribute("aria-label", data.alt);
  if (!host.drawn) host.style.minHeight = `${figure.layout.height}px`;
  loadPlotly().then(
    () => drawFigure(host),
    () => {
      host.textContent = NOT_LOADED;
    }
  );
}
export {
  figure_default as default
};
