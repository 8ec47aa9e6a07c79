// The frames of a picture: where each begins.
const INSIDE = 0.001; // seconds: at its very start a player may still show the frame before

// The start of the frame that is `step` frames from the one at `seconds`.
export function frameStart(seconds: number, rate: number, step: number): number {
  const now = Math.floor(seconds * rate + 0.01); // the clock of a player is not exact
  const due = Math.max(0, now + step);
  return due ? due / rate + INSIDE : 0;
}
