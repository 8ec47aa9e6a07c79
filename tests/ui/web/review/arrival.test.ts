import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { holdArrival } from "../../../../lib/ui/web/review/arrival";
import { room, setRoom } from "../../../../lib/ui/web/review/room";

const video = (currentTime: number, seeking = false) =>
  ({ currentTime, seeking, duration: 60, paused: true, readyState: 1 }) as HTMLVideoElement;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  setRoom({ due: { seconds: 44.5, until: Number.POSITIVE_INFINITY } });
});

afterEach(() => {
  vi.useRealTimers();
  setRoom({ due: null });
});

test("a video laid anew, which begins at 0, is taken to the link's moment again", () => {
  holdArrival(video(0));
  vi.advanceTimersByTime(1000);
  const anew = video(0);
  holdArrival(anew);
  expect(anew.currentTime).toBe(44.5);
});

test("a seek that was left undone is asked for again, once", () => {
  const stuck = video(44.5, true);
  const asked = vi.fn();
  Object.defineProperty(stuck, "currentTime", { get: () => 44.5, set: asked });
  for (let ms = 0; ms < 2900; ms += 100) {
    holdArrival(stuck);
    vi.advanceTimersByTime(100);
  }
  expect(asked.mock.calls).toEqual([[44.5]]);
});

test("whoever goes elsewhere with the video's own controls is not taken back", () => {
  const v = video(0);
  holdArrival(v);
  vi.advanceTimersByTime(1000);
  Object.assign(v, { currentTime: 30.25, seeking: true });
  holdArrival(v);
  expect(v.currentTime).toBe(30.25);
  expect(room.due).toBeNull();
});
