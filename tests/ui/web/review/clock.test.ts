import { expect, test } from "vitest";
import { clock, clockRange, parseClock, readTime } from "../../../../lib/ui/web/review/clock";
import inputs from "../../../time_inputs.json";
import cases from "../../../time_texts.json";

test.each(cases as [number, number, string][])(
  "%d s to %d decimals is %s, as lib/timecode.py writes it",
  (seconds, digits, text) => {
    expect(clock(seconds, digits)).toBe(text);
  },
);

test("a stretch is written from its start to its end", () => {
  expect(clockRange(59.5, 3600, 1)).toBe("0:59.5 – 1:00:00.0");
});

test.each(inputs as [string, number | null][])(
  "%j means %s s, as lib/timecode.py reads it",
  (text, seconds) => {
    expect(parseClock(text)).toBe(seconds);
  },
);

test("a time that is typed leads nowhere where it is none, or beyond the end", () => {
  expect(readTime("1:28", 88)).toBe(88);
  expect(readTime("five", 88)).toBe("This is no time. Write it as 0:52, 52 or 1:02:03.5.");
  expect(readTime("1:28.1", 88)).toBe("The recording ends at 1:28.0.");
});

test("the end as it is shown is taken for the end", () => {
  expect(readTime("1:28.0", 87.96)).toBe(87.96);
  expect(readTime("1:28.1", 87.96)).toContain("ends at 1:28.0");
});
