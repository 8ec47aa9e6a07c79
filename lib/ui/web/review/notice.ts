// A short line on what a key has done where the page shows it nowhere else. It stands there before it has
// a text: only then does a screen reader say what comes into it.
import { make } from "../shared/elements";
import { appRoot } from "../shared/streamlit_page";
import { part } from "./room";

const SHOWN = 8000; // ms

let ending = 0;

export function placeNotice(): void {
  if (!part("notice")) appRoot()?.append(make("div", "sr-notice", undefined, { role: "status" }));
}

export function removeNotice(): void {
  part("notice")?.remove();
}

export function notify(text: string): void {
  placeNotice();
  const host = part("notice");
  host?.replaceChildren(make("span", "", text)); // a new element: the same text twice is said twice
  clearTimeout(ending);
  ending = window.setTimeout(() => host?.replaceChildren(), SHOWN);
}
