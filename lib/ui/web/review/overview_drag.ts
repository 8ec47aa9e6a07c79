// What a press on the overview begins, and what the keys of its sliders do.
import type { Range } from "./room";
import { centerRange, moveEnd, panRange } from "./zoom_range";

const STEP = 0.1; // of what is in view, an arrow key
const PAGE = 1; // of what is in view, Page Up and Page Down
export const SLOP = 4; // pixels that a click may move

export type Grip = "from" | "to" | "window" | "beside";

// What is dragged from one time to another; `view` is what was in view when it began.
export function dragRange(grip: Grip, view: Range, from: number, to: number, whole: Range): Range {
  if (grip === "window") return panRange(view, to - from, whole);
  if (grip === "beside") return [Math.min(from, to), Math.max(from, to)];
  const end = grip === "from" ? 0 : 1;
  return moveEnd(view, end, view[end] + to - from, whole);
}

// A click beside the window brings it there.
export const clickRange = (view: Range, at: number, whole: Range): Range =>
  centerRange(view, at, whole);

// Null: the key is none of a slider's.
export function keyRange(key: string, grip: Grip, view: Range, whole: Range): Range | null {
  const width = view[1] - view[0];
  const steps: Record<string, number> = {
    ArrowLeft: -STEP,
    ArrowDown: -STEP,
    ArrowRight: STEP,
    ArrowUp: STEP,
    PageDown: -PAGE,
    PageUp: PAGE,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  const step = steps[key];
  if (step === undefined) return null;
  const far = whole[1] - whole[0];
  const by = Number.isFinite(step) ? step * width : Math.sign(step) * far;
  return dragRange(grip, view, 0, by, whole);
}
