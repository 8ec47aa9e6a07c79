import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setRoom } from "../../../../lib/ui/web/review/room";
import {
  awaitPart,
  leadToAwaited,
  stopAwaiting,
} from "../../../../lib/ui/web/review/scroll_target";

const scrollIntoView = vi.fn();
const part = { scrollIntoView } as unknown as HTMLElement;
const act = (timeStamp: number) => ({ timeStamp }) as Event;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  scrollIntoView.mockClear();
});

afterEach(() => {
  vi.useRealTimers();
  setRoom({ awaited: null });
});

test("what comes late is brought into view, once while the page stays as it is", () => {
  let found: HTMLElement | null = null;
  awaitPart(() => found);
  leadToAwaited(900);
  vi.advanceTimersByTime(30_000);
  expect(scrollIntoView).not.toHaveBeenCalled();
  found = part;
  leadToAwaited(900);
  leadToAwaited(900);
  expect(scrollIntoView).toHaveBeenCalledOnce();
});

test("where the page grows under it, it is brought into view again", () => {
  awaitPart(() => part);
  leadToAwaited(900);
  leadToAwaited(1400);
  expect(scrollIntoView).toHaveBeenCalledTimes(2);
});

test("a page that changes long after leads nowhere", () => {
  awaitPart(() => part);
  leadToAwaited(900);
  vi.advanceTimersByTime(10_001);
  leadToAwaited(1400);
  expect(scrollIntoView).toHaveBeenCalledOnce();
});

test("whoever goes elsewhere is not led back; the click that asked does not count", () => {
  vi.advanceTimersByTime(100);
  awaitPart(() => part);
  stopAwaiting(act(100));
  leadToAwaited(900);
  expect(scrollIntoView).toHaveBeenCalledOnce();
  stopAwaiting(act(101));
  leadToAwaited(1400);
  expect(scrollIntoView).toHaveBeenCalledOnce();
});
