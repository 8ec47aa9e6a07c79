// A section below the charts that is asked for elsewhere on the page: Python opens it, and it is led to.
import { chosenSection } from "../shared/streamlit_page";
import { post } from "./acts";
import { setRoom } from "./room";

const TITLES = { downloads: "Downloads", notes: "Notes", transcript: "Transcript" } as const;

export function openSection(section: keyof typeof TITLES): void {
  const at = Date.now();
  post({ kind: "open", section, at });
  setRoom({ awaited: { find: () => chosenSection(TITLES[section]), at } });
}
