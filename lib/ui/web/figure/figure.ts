// Draws a figure of Python with Plotly, whose basic code (bars and lines) the app serves from static/. The
// chart stays when Python sends another figure: "sr-figure" tells those who hold on to it. Text takes its
// color from the page by style.css, and with it every change of theme.
import { make } from "../shared/elements";
import type { Mounted } from "../shared/mount";
import type { FigureData } from "../shared/protocol";
import { loadPlotly } from "./plotly_code";
import { labelChange, type TimeHost, type TimeLabels, thinLabels } from "./time_labels";

const LOOK = { displayModeBar: false, scrollZoom: false, doubleClick: "reset" };
const NOT_LOADED =
  "The charts could not be loaded. Reload the page; if that does not help, ask whoever runs this app.";

interface Figure {
  data: unknown[];
  layout: {
    height: number;
    margin: { l: number; r: number };
    xaxis: TimeLabels;
    font?: Record<string, unknown>;
    [name: string]: unknown;
  };
}

// The element that Plotly draws into: what was sent, and which of it is drawn.
interface FigureHost extends TimeHost {
  text?: string;
  figure?: Figure;
  drawn?: Figure;
  layout?: { width?: number };
}

function makeHost(parent: HTMLElement, alt: string): FigureHost {
  const host: FigureHost = make("div", "sr-figure", undefined, { role: "img", "aria-label": alt });
  parent.replaceChildren(host);
  new ResizeObserver(() => drawFigure(host)).observe(host);
  return host;
}

// As wide as its place; a figure that is drawn already is only made as wide, one that is hidden waits.
function drawFigure(host: FigureHost): void {
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

const plotWidth = ({ layout: { margin } }: Figure, width: number) => width - margin.l - margin.r;

function widthChange(host: FigureHost, figure: Figure, width: number): Record<string, unknown> {
  const times = thinLabels(host.times ?? figure.layout.xaxis, plotWidth(figure, width));
  return { width, ...labelChange(times) };
}

// With the page's font, as wide as its place, and with no more labels of times than fit there.
function layoutFor(host: FigureHost, figure: Figure, width: number): Record<string, unknown> {
  const { fontFamily: family } = getComputedStyle(host);
  const { layout } = figure;
  const { xaxis } = layout;
  return {
    ...layout,
    font: { ...layout.font, family },
    hoverlabel: { font: { family } },
    xaxis: { ...xaxis, ...thinLabels(xaxis, plotWidth(figure, width)) },
    width,
  };
}

export default function ({ data, parentElement }: Mounted<FigureData>): void {
  const host =
    parentElement.querySelector<FigureHost>(".sr-figure") ?? makeHost(parentElement, data.alt);
  if (host.text === data.figure) return;
  const figure: Figure = JSON.parse(data.figure);
  Object.assign(host, { text: data.figure, figure });
  host.setAttribute("aria-label", data.alt);
  if (!host.drawn) host.style.minHeight = `${figure.layout.height}px`; // nothing below it jumps
  loadPlotly().then(
    () => drawFigure(host),
    () => {
      host.textContent = NOT_LOADED;
    },
  );
}
