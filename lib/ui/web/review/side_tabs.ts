// What stands beside the video: the spans with their filters, the transcript, the notes, or the codes.
import { make } from "../shared/elements";
import { sideColumn, spansBeside } from "../shared/streamlit_page";
import { drawCodeTab } from "./code_tab";
import { drawNoteList } from "./note_list";
import { part, room, setRoom } from "./room";

export const TABS = ["spans", "words", "notes", "codes"] as const;
export type Tab = (typeof TABS)[number];

const TITLES: Readonly<Record<Tab, string>> = {
  spans: "Spans",
  words: "Transcript",
  notes: "Notes",
  codes: "Codes",
};
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

export function buildTabs(host: HTMLElement): void {
  const bar = make("div", "sr-tab-bar", undefined, {
    role: "tablist",
    "aria-label": "Spans, transcript, notes or codes",
  });
  for (const tab of TABS) {
    const one = make("button", "sr-tab", undefined, {
      type: "button",
      role: "tab",
      "data-tab": tab,
      id: `sr-tab-${tab}`,
      "aria-controls": `sr-beside-${tab}`,
    });
    one.append(make("span", "", TITLES[tab]), make("span", "sr-tab-count"));
    one.addEventListener("click", () => showTab(tab));
    bar.append(one);
  }
  bar.addEventListener("keydown", moveByKey);
  host.replaceChildren(bar);
}

function moveByKey(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const place = (TABS.indexOf(room.tab) + step + TABS.length) % TABS.length;
  showTab(TABS[place] ?? "spans");
  part("tab-bar")?.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
}

export function showTab(tab: Tab): void {
  setRoom({ tab, spoken: "" });
  drawTabs();
}

function namePanel(panel: HTMLElement | null, tab: Tab): void {
  if (!panel || panel.id) return;
  panel.id = `sr-beside-${tab}`;
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", `sr-tab-${tab}`);
}

// Streamlit may lay the column anew at any time, without what was set on it.
export function drawTabs(): void {
  const side = sideColumn();
  const bar = part("tab-bar");
  if (!side || !bar) return;
  if (side.dataset.tab !== room.tab) side.dataset.tab = room.tab;
  const panels = {
    spans: spansBeside(),
    words: part("words"),
    notes: part("note-list"),
    codes: part("code-tab"),
  };
  for (const tab of TABS) namePanel(panels[tab], tab);
  const counts = {
    spans: room.order.length,
    words: room.lines.length,
    notes: room.notes.length,
    codes: room.coding.spans.length,
  };
  for (const one of bar.querySelectorAll<HTMLElement>("[data-tab]")) {
    const tab = one.dataset.tab as Tab;
    const selected = String(tab === room.tab);
    const count = counts[tab] ? counts[tab].toLocaleString() : "";
    if (one.getAttribute("aria-selected") !== selected) {
      one.setAttribute("aria-selected", selected);
      one.tabIndex = tab === room.tab ? 0 : -1;
    }
    const shown = one.querySelector(".sr-tab-count");
    if (shown && shown.textContent !== count) shown.textContent = count;
  }
  if (room.tab === "notes") drawNoteList();
  if (room.tab === "codes") drawCodeTab();
}
