// How the lines of the quality chart are drawn, one of which may be forward.
const FAINT = 0.18; // of a line that stands back
const BOLD = 3.5; // pixels, as that of the index

// With none forward, all as they came.
export const strengths = (names: readonly string[], forward: string | null): number[] =>
  names.map((name) => (forward === null || name === forward ? 1 : FAINT));

export const widths = (
  names: readonly string[],
  own: readonly number[],
  forward: string | null,
): number[] =>
  own.map((width, place) => (names[place] === forward ? Math.max(width, BOLD) : width));
