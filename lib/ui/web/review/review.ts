// Keeps video, charts, list and panel of a review in step, in the browser alone. Mounted beside the sections
// of the page.
import type { Mounted } from "../shared/mount";
import type { ReviewData, ReviewTriggers } from "../shared/protocol";
import { pageHeight, video } from "../shared/streamlit_page";
import { keepSending, takeAnswer, takeReviewer } from "./acts";
import { holdArrival } from "./arrival";
import { takeOpened, tellForgottenMode } from "./blindness";
import { bindChart } from "./chart_events";
import { openMoment, pickSpan } from "./choice";
import { releaseAll, releaseCode } from "./code_keys";
import { drawCodeLanes } from "./code_lanes";
import { startFrames } from "./frame_loop";
import { closeMenuBeside } from "./head_actions";
import { takeNotice } from "./history";
import { press } from "./keys";
import { drawLanes } from "./lane_chart";
import { drawHere } from "./live_names";
import { followReview, startLive, stopLive } from "./live_review";
import { placeNotice, removeNotice } from "./notice";
import { drawOverview } from "./overview";
import { fillPage } from "./page_parts";
import { keepStretch, seek } from "./playback";
import { drawTransport, watchVideo } from "./player_controls";
import { drawHead } from "./playhead";
import { graph, plotArea } from "./plotly_chart";
import { takeText } from "./rationale";
import { drawsAs } from "./redraw";
import { drawFrame, drawMarks, placeMarks } from "./review_marks";
import { part, room, setRoom } from "./room";
import { bringScore, keepCards } from "./score_lines";
import { leadToAwaited, stopAwaiting } from "./scroll_target";
import { countSigns } from "./signs";
import { drawTable, scrollToPicked } from "./span_list";
import { drawPanel, renewPanel } from "./span_panel";
import { drawRows } from "./span_rows";
import { drawClock } from "./time_field";
import { drawMargins, followWords } from "./transcript_list";
import { drawWaveHead } from "./waveform";
import { drawWindows } from "./window_frames";
import { drawWanted, keepInView, zoomChart } from "./zoom";
import { drawZoom } from "./zoom_bar";

const SETTLING = 3000; // ms: the page may draw a chart twice, the second time whole again
const ACTS_ELSEWHERE = ["pointerdown", "wheel", "touchmove", "keydown"];
const LEAVING = 200; // ms after which the page counts as left

drawsAs("rows", drawRows);
drawsAs("place", scrollToPicked);
drawsAs("panel", drawPanel);
drawsAs("people", drawPeople);
drawsAs("frame", drawFrame);
drawsAs("transport", drawTransport);
drawsAs("zoom", drawZoom);

// What has not changed costs nothing.
function drawChanges(): void {
  const v = video();
  const note = part("noplay");
  const plays = !v || !cannotPlay(v);
  if (note && note.hidden !== plays) note.hidden = plays;
  fillPage();
  keepCards();
  watchVideo(v);
  holdArrival(v);
  keepStretch();
  drawWaveHead(v);
  followWords(v);
  drawWanted();
  keepSending();
  for (const key of room.charts) keepChart(key, v);
  const { drawn } = room;
  drawLanes();
  leadToAwaited(pageHeight());
  if (room.drawn !== drawn) drawMarks(); // the lanes are new, or hold other rows
  placeMarks();
  keepInView();
  drawOverview(v);
  drawCodeLanes(v);
  drawClock(v);
}

// The video moves on, or something is waited for.
function isBusy(): boolean {
  const v = video();
  const isHeld = Number.isFinite(room.due?.until ?? Number.NaN);
  return (v && !v.paused && !v.ended) || isHeld || !!room.awaited || room.outbox.letters.length > 0;
}

// A sound has no width at all.
const cannotPlay = (v: HTMLVideoElement) =>
  v.error !== null || (v.readyState >= 1 && v.videoWidth === 0);

function keepChart(key: string, v: HTMLVideoElement | null): void {
  const gd = graph(key);
  if (!gd || !plotArea(gd)) return;
  bindChart(gd, key);
  // A chart drawn anew while zoomed.
  const since = room.home.get(gd)?.since ?? Number.NaN;
  if (room.zoom && performance.now() - since < SETTLING) zoomChart(gd, room.zoom);
  const area = plotArea(gd);
  if (area) drawHead(gd, area, v);
  if (area && key === "chart_quality") drawWindows(gd, area);
}

// Links within the page, which Python draws.
function followGo(event: MouseEvent): void {
  const to = event.target instanceof Element && event.target.closest<HTMLElement>("[data-go]");
  if (!to) return;
  if (to.dataset.span) {
    pickSpan(Number(to.dataset.span));
    return;
  }
  const seconds = Number(to.dataset.go);
  seek(seconds);
  if (to.dataset.note) openMoment(seconds);
}

function start(): void {
  setRoom({ bound: new WeakSet(), home: new WeakMap(), heads: new Map() });
  setRoom({ drawn: null, source: null }); // `whole` stays: a chart of the page that was left, still there, has lost spans to a filter
  document.addEventListener("keydown", press, true);
  document.addEventListener("keyup", releaseCode, true);
  window.addEventListener("blur", releaseAll);
  document.addEventListener("click", followGo);
  document.addEventListener("click", bringScore);
  document.addEventListener("pointerdown", closeMenuBeside);
  for (const act of ACTS_ELSEWHERE) document.addEventListener(act, stopAwaiting, true);
  placeNotice();
  startLive();
  const { wake, stop: rest } = startFrames(drawChanges, isBusy);
  setRoom({ stop: () => stop(rest), redraw: redrawAll, wake });
}

function stop(rest: () => void): void {
  rest();
  document.removeEventListener("keydown", press, true);
  document.removeEventListener("keyup", releaseCode, true);
  window.removeEventListener("blur", releaseAll);
  document.removeEventListener("click", followGo);
  document.removeEventListener("click", bringScore);
  document.removeEventListener("pointerdown", closeMenuBeside);
  for (const act of ACTS_ELSEWHERE) document.removeEventListener(act, stopAwaiting, true);
  room.heads.forEach((head) => {
    head.remove();
  });
  for (const layer of document.querySelectorAll(".sr-marks, .sr-windows")) layer.remove();
  removeNotice();
  stopLive();
  setRoom({ stop: null, wake: null });
}

function drawPeople(): void {
  drawHere();
  renewPanel();
}

function redrawAll(): void {
  const grid = part("grid");
  if (grid) grid.scrollTop = 0;
  drawTable();
  scrollToPicked();
  drawRows();
  drawPanel();
  drawLanes();
  drawMarks();
  drawMargins();
}

// The component may be mounted anew at once: the page is left only when its spans are gone.
function leave(): void {
  clearTimeout(room.ending);
  const stopIfGone = () => {
    if (!part("data")) room.stop?.();
  };
  setRoom({ ending: window.setTimeout(stopIfGone, LEAVING) });
}

export default function ({
  data,
  setTriggerValue,
}: Mounted<ReviewData, ReviewTriggers>): () => void {
  setRoom({ charts: data.charts, notes: data.notes, verdicts: data.verdicts });
  setRoom({ coding: data.coding });
  setRoom({ send: (act) => setTriggerValue("act", act) });
  setRoom({ undo: data.undo, redo: data.redo, mode: data.mode });
  takeOpened(data.opened);
  takeNotice(data.notice);
  takeAnswer(data.answered, data.done);
  takeReviewer(data.reviewer);
  takeText(data.text);
  countSigns();
  if (room.stop) {
    drawTable();
    renewPanel();
    drawMarks();
  } else start();
  tellForgottenMode(data.reviewer);
  followReview(data.live, data.version);
  return leave;
}
