// The labels of a time axis that fit beside each other.
const NARROWEST = 40; // pixels from one to the next
const CHARACTER = 7; // pixels, at most
const APART = 8; // pixels

export interface TimeLabels {
  readonly tickvals: readonly number[];
  readonly ticktext: readonly string[];
}

// A chart, with all labels of the times in view: which of them fit is chosen anew with its width.
export interface TimeHost extends HTMLElement {
  times?: TimeLabels | undefined;
}

// Leaves out as many labels between any two that stay; `width` is that of the plot, in pixels.
export function thinLabels({ tickvals, ticktext }: TimeLabels, width: number): TimeLabels {
  const longest = Math.max(0, ...ticktext.map((text) => text.length));
  const each = Math.max(NARROWEST, longest * CHARACTER + APART);
  const every = Math.max(1, Math.ceil((tickvals.length * each) / Math.max(1, width)));
  const stays = (_: unknown, place: number): boolean => place % every === 0;
  return { tickvals: tickvals.filter(stays), ticktext: ticktext.filter(stays) };
}

// As Plotly changes them.
export const labelChange = ({ tickvals, ticktext }: TimeLabels): Record<string, unknown> => ({
  "xaxis.tickvals": tickvals,
  "xaxis.ticktext": ticktext,
});
