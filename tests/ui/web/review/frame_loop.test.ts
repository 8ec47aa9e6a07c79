import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FrameLoop, startFrames } from "../../../../lib/ui/web/review/frame_loop";

const FRAME = 16; // ms

const draw = vi.fn();
let busy = false;
let mutate = () => {};
let heard: Map<string, () => void>;
let loop: FrameLoop;

const rest = () => {
  vi.advanceTimersByTime(1000);
  draw.mockClear();
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
  vi.stubGlobal("requestAnimationFrame", (step: () => void) => setTimeout(step, FRAME));
  vi.stubGlobal("cancelAnimationFrame", clearTimeout);
  heard = new Map();
  const events = {
    addEventListener: (kind: string, act: () => void) => heard.set(kind, act),
    removeEventListener: (kind: string) => heard.delete(kind),
  };
  class Observer {
    constructor(told: () => void) {
      mutate = told;
    }
    observe() {}
    disconnect() {
      mutate = () => {};
    }
  }
  vi.stubGlobal("MutationObserver", Observer);
  vi.stubGlobal("document", { body: {}, ...events });
  vi.stubGlobal("window", events);
  busy = false;
  draw.mockReset();
  loop = startFrames(draw, () => busy);
});

afterEach(() => {
  loop.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a page on which nothing happens is drawn for a moment, then rests", () => {
  vi.advanceTimersByTime(100);
  expect(draw).toHaveBeenCalled();
  rest();
  vi.advanceTimersByTime(10_000);
  expect(draw).not.toHaveBeenCalled();
});

test("what Streamlit draws, what the analyst does, and the video bring frames", () => {
  for (const change of [
    () => mutate(),
    () => heard.get("click")?.(),
    () => heard.get("play")?.(),
  ]) {
    rest();
    change();
    vi.advanceTimersByTime(FRAME);
    expect(draw).toHaveBeenCalledOnce();
  }
});

test("frames go on while the video plays, one at a time", () => {
  rest();
  busy = true;
  loop.wake();
  loop.wake();
  vi.advanceTimersByTime(100 * FRAME);
  expect(draw).toHaveBeenCalledTimes(100);
});

test("an error while drawing does not end the frames", () => {
  rest();
  draw.mockImplementationOnce(() => {
    throw new Error("odd page");
  });
  loop.wake();
  expect(() => vi.advanceTimersByTime(FRAME)).toThrow("odd page");
  vi.advanceTimersByTime(FRAME);
  expect(draw).toHaveBeenCalledTimes(2);
});

test("once stopped, nothing is drawn and nothing is heard", () => {
  busy = true;
  rest();
  loop.stop();
  loop.wake();
  draw.mockClear();
  mutate();
  vi.advanceTimersByTime(1000);
  expect(draw).not.toHaveBeenCalled();
  expect(heard.size).toBe(0);
});
