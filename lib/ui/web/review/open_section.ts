// A section below the charts that is asked for elsewhere on the page: Python opens it, and it is led to.
import { chosenSection } from "../shared/streamlit_page";
import { post } from "./acts";
import { awaitPart } from "./scroll_target";

const TITLES = {
  codes: "Codes",
  downloads: "Downloads",
  notes: "Notes",
  transcript: "Transcript",
} as const;

export function openSection(section: keyof typeof TITLES): void {
  post({ kind: "open", section, at: Date.now() });
  awaitPart(() => chosenSection(TITLES[section]));
}
