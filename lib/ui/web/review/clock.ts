// Seconds as m:ss, as lib/timecode.py writes them: tests/time_texts.json holds both.
export function clock(seconds: number, digits: number): string {
  const scale = 10 ** digits;
  const ticks = Math.floor(Math.abs(seconds) * scale + 0.5);
  const minutes = Math.floor(ticks / (60 * scale));
  const rest = (ticks % (60 * scale)) / scale;
  const tail = rest.toFixed(digits).padStart(digits ? digits + 3 : 2, "0");
  const sign = seconds < 0 && ticks ? "-" : "";
  if (minutes < 60) return `${sign}${minutes}:${tail}`;
  return `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${tail}`;
}

export function clockRange(start: number, end: number, digits: number): string {
  return `${clock(start, digits)} – ${clock(end, digits)}`;
}

const CLOCK = /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:\.\d{1,6})?)$/;

// The seconds of "1:02:03", "0:07.5" or "12", as lib/timecode.py reads them; null if it is no time.
export function parseClock(text: string): number | null {
  const match = CLOCK.exec(text.trim());
  if (!match) return null;
  const [, hours = "0", minutes = "0", rest] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}

// The seconds that a typed time means, within a recording that ends at `end`; else why there are none.
export function readTime(text: string, end: number): number | string {
  const seconds = parseClock(text);
  if (seconds === null) return "This is no time. Write it as 0:52, 52 or 1:02:03.5.";
  const shown = 0.05; // the end as it is shown may be rounded up
  return seconds <= end + shown
    ? Math.min(seconds, end)
    : `The recording ends at ${clock(end, 1)}.`;
}
