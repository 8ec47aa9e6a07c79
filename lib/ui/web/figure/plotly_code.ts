// Plotly's basic code, which the app serves from static/, on the window once it has arrived.
import { addressInApp } from "../shared/app_address";

export interface Plotly {
  react(host: HTMLElement, data: unknown, layout: unknown, config: unknown): void;
  relayout(host: HTMLElement, change: Record<string, unknown>): void;
  restyle(host: HTMLElement, change: Record<string, unknown>, traces: number[]): void;
  update(
    host: HTMLElement,
    change: Record<string, unknown>,
    layout: Record<string, unknown>,
    traces: number[],
  ): void;
}

declare global {
  interface Window {
    Plotly?: Plotly;
    signalReviewPlotly?: Promise<unknown>;
  }
}

// The documents of the pages ask for it early (page_documents.py), but for that of the first page.
export function loadPlotly(): Promise<unknown> {
  window.signalReviewPlotly ??= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = addressInApp("app/static/plotly-basic.min.js").href;
    Object.assign(script, { onload: done, onerror: fail });
    document.head.append(script);
  });
  return window.signalReviewPlotly;
}
