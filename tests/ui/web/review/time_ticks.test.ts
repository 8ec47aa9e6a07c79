import { expect, test } from "vitest";
import type { Range } from "../../../../lib/ui/web/review/room";
import {
  followRange,
  isNear,
  ticksOf,
  viewText,
  widen,
} from "../../../../lib/ui/web/review/time_ticks";

test.each<[Range, number[], string[]]>([
  [
    [0, 60],
    [0, 10, 20, 30, 40, 50, 60],
    ["0:00", "0:10", "0:20", "0:30", "0:40", "0:50", "1:00"],
  ],
  [
    [1.1, 2.9],
    [1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.4, 2.6, 2.8],
    ["0:01.2", "0:01.4", "0:01.6", "0:01.8", "0:02.0", "0:02.2", "0:02.4", "0:02.6", "0:02.8"],
  ],
  [
    [0, 0.004],
    [0, 0.001, 0.002, 0.003, 0.004],
    ["0:00.000", "0:00.001", "0:00.002", "0:00.003", "0:00.004"],
  ],
  [
    [0, 20_000],
    [0, 1800, 3600, 5400, 7200, 9000, 10_800, 12_600, 14_400, 16_200, 18_000, 19_800],
    [
      "0:00",
      "30:00",
      "1:00:00",
      "1:30:00",
      "2:00:00",
      "2:30:00",
      "3:00:00",
      "3:30:00",
      "4:00:00",
      "4:30:00",
      "5:00:00",
      "5:30:00",
    ],
  ],
])("%j has ticks where people expect them", (range, tickvals, ticktext) => {
  expect(ticksOf(range)).toEqual({ tickvals, ticktext });
});

test("there are ten steps at most, however far one zooms, and no two ticks read the same", () => {
  for (let width = 0.01; width < 17_000; width *= 1.37) {
    const { tickvals, ticktext } = ticksOf([12.345, 12.345 + width]);
    expect(tickvals.length).toBeLessThanOrEqual(11);
    expect(new Set(ticktext).size).toBe(tickvals.length);
  }
});

test("what is in view is told with digits that tell its ends apart", () => {
  expect(viewText([0, 5])).toBe("0:00.0 – 0:05.0");
  expect(viewText([1, 1.5])).toBe("0:01.00 – 0:01.50");
  expect(viewText([1, 1.01])).toBe("0:01.000 – 0:01.010");
});

test("a zoom that is too narrow is widened about its middle", () => {
  expect(widen([2, 2])).toEqual([1.995, 2.005]);
  expect(widen([2, 3])).toEqual([2, 3]);
});

test("a range follows the playhead that leaves it, and ends with the recording", () => {
  expect(followRange(14, [10, 20], 100)).toBeNull();
  expect(followRange(19.6, [10, 20], 100)).toEqual([18.6, 28.6]);
  expect(followRange(5, [10, 20], 100)).toEqual([4, 14]);
  expect(followRange(0.2, [10, 20], 100)).toEqual([0, 10]);
  expect(followRange(99, [60, 70], 100)).toEqual([90, 100]);
  expect(followRange(99.9, [90, 100], 100)).toBeNull(); // it is at the end
});

test("ranges that differ by what a drag cannot tell are the same", () => {
  expect(isNear([0, 88], [1e-7, 88])).toBe(true);
  expect(isNear([0, 88], [0, 88.00001])).toBe(false);
});
