// The parts of the page that Streamlit draws empty, and draws anew as it likes: filled once they are there.
import { appRoot, openPopover, untabbedCode } from "../shared/streamlit_page";
import { arrive } from "./arrival";
import { showProbabilities } from "./blindness";
import { fillSheet } from "./data_table";
import { drawChips } from "./filter_chips";
import { buildHeadActions } from "./head_actions";
import { buildTransport } from "./player_controls";
import { drawMarks } from "./review_marks";
import { part, room } from "./room";
import { buildScores } from "./score_switches";
import { buildTabs, drawTabs } from "./side_tabs";
import { countSigns } from "./signs";
import { buildTable, drawTable } from "./span_list";
import { drawPanel } from "./span_panel";
import { readSpans } from "./spans";
import { buildWords, renewWords } from "./transcript_list";
import { buildWave } from "./waveform";
import { buildZoom } from "./zoom_bar";

const BUILDERS: readonly [name: string, build: (host: HTMLElement) => void][] = [
  ["transport", buildTransport],
  ["table", buildTable],
  ["zoom", buildZoom],
  ["switches", buildScores],
  ["wave", buildWave],
  ["tabs", buildTabs],
  ["words", buildWords],
  ["head-acts", buildHeadActions],
];

export function fillPage(): void {
  if (readSpans()) {
    showProbabilities();
    countSigns();
    drawTable();
    drawPanel();
    drawMarks();
    renewWords();
  }
  for (const [name, build] of BUILDERS) {
    const host = part(name);
    if (host && !host.firstChild && room.source) build(host);
  }
  drawTabs();
  fillSheet();
  setText(part("count"), room.countText ?? "");
  drawChips();
  mendStreamlit();
  const panel = part("panel");
  if (panel && !panel.firstChild && room.source) drawPanel();
  if (!room.arrived && room.source) arrive();
}

export function setText(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

function mendStreamlit(): void {
  const raw = untabbedCode(); // it scrolls: by key as well
  if (raw) raw.tabIndex = 0;
  const over = openPopover(); // stands outside the app: light or dark as it is
  const root = appRoot();
  if (over && root && !over.style.colorScheme) {
    over.style.colorScheme = getComputedStyle(root).colorScheme;
  }
}
