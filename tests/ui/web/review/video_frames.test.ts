import { expect, test } from "vitest";
import { frameStart } from "../../../../lib/ui/web/review/video_frames";

test.each([
  [0, 20, 1, 0.051],
  [0.051, 20, 1, 0.101],
  [0.07, 20, 1, 0.101], // from within a frame
  [0.101, 20, -1, 0.051],
  [0.051, 20, -1, 0],
  [0, 20, -1, 0],
])("at %d s of %d frames a second, %d frames on is %d s", (seconds, rate, step, due) => {
  expect(frameStart(seconds, rate, step)).toBeCloseTo(due, 9);
});

test.each([20, 24, 25, 30_000 / 1001, 60])("no frame of %d a second is left out", (rate) => {
  let at = 0;
  for (let frame = 1; frame < 2000; frame += 1) {
    at = frameStart(at, rate, 1);
    expect(Math.floor(at * rate)).toBe(frame);
  }
  for (let frame = 1998; frame >= 0; frame -= 1) {
    at = frameStart(Number(at.toFixed(6)), rate, -1); // as a player tells it
    expect(Math.floor(at * rate)).toBe(frame);
  }
});
