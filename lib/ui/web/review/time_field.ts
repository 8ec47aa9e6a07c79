// The clock of the player: where it is, of how much. A time that is typed into it is gone to with Enter.
import { make } from "../shared/elements";
import { video } from "../shared/streamlit_page";
import { clock, readTime } from "./clock";
import { seek } from "./playback";
import { wholeRange } from "./zoom";

const HINT = "Type a time, as 0:52, and press Enter to go there";

interface Clock {
  readonly field: HTMLInputElement;
  readonly length: HTMLElement;
  readonly problem: HTMLElement;
}

let made: Clock | null = null;

export function makeClock(): HTMLElement {
  const form = make("form", "sr-now");
  const look = { type: "text", autocomplete: "off", spellcheck: "false", "data-does": "time" };
  const field = make("input", "", undefined, { ...look, "aria-label": HINT, title: HINT });
  const length = make("span");
  const problem = make("span", "sr-problem", "", { role: "alert" });
  form.append(field, length, problem);
  made = { field, length, problem };
  field.addEventListener("focus", () => field.select());
  field.addEventListener("blur", () => complain(""));
  field.addEventListener("input", () => complain(""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    goTo(field);
  });
  return form;
}

// The length of what is played; where that is not known, that of the charts.
function endOf(v: HTMLVideoElement | null): number {
  const length = v?.duration ?? Number.NaN;
  return Number.isFinite(length) ? length : (wholeRange()?.[1] ?? 0);
}

function goTo(field: HTMLInputElement): void {
  const read = readTime(field.value, endOf(video()));
  if (typeof read === "string") {
    complain(read);
    return;
  }
  seek(read);
  field.blur();
}

function complain(why: string): void {
  if (!made) return;
  made.problem.textContent = why;
  made.field.setAttribute("aria-invalid", String(why !== ""));
}

// While one types, the time stays as it is typed.
export function drawClock(v: HTMLVideoElement | null): void {
  if (!made?.field.isConnected) return;
  const { field, length } = made;
  if (field.disabled !== !v) field.disabled = !v; // a write is a change, and would wake the page
  const end = endOf(v);
  const whole = ` / ${clock(end, 0)}`;
  if (length.textContent !== whole) length.textContent = whole;
  const width = `${clock(end, 1).length}ch`;
  if (field.style.width !== width) field.style.width = width;
  if (document.activeElement === field) return;
  const now = clock(v?.currentTime ?? 0, 1);
  if (field.value !== now) field.value = now;
}
