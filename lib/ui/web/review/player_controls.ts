// The bar below the video: what it plays, how fast, with which subtitles.
import { make } from "../shared/elements";
import { video } from "../shared/streamlit_page";
import { pickNeighbor } from "./choice";
import { type IconName, iconButton, makeIcon } from "./icons";
import { keysButton } from "./keys";
import {
  ASSUMED_RATE,
  back,
  forward,
  frameRate,
  loopSpan,
  playSpan,
  SPEEDS,
  STEP,
  setSpeed,
  showSubtitles,
  stepFrame,
  toggle,
} from "./playback";
import { part, room, setRoom } from "./room";
import { makeClock } from "./time_field";

const TRACK_WAIT = 300; // ms: the player shows a new track by itself

export function buildTransport(host: HTMLElement): void {
  const row = make("div", "sr-row", undefined, { role: "group", "aria-label": "Player" });
  const add = (name: string, icon: IconName, title: string, act: () => void) => {
    row.append(iconButton(icon, title, act, { "data-does": name }));
  };
  add("previous", "previous", "Previous span (p)", () => pickNeighbor(-1));
  add("back", "back", `Back ${STEP} seconds (←)`, back);
  add("frame-back", "frameBack", `${frameText("back")} (,)`, () => stepFrame(-1));
  add("play", "play", "Play or pause (space)", toggle);
  add("frame-forward", "frameForward", `${frameText("forward")} (.)`, () => stepFrame(1));
  add("forward", "forward", `Forward ${STEP} seconds (→)`, forward);
  add("next", "next", "Next span (n)", () => pickNeighbor(1));
  add("span", "span", "Play the chosen span (s)", playSpan);
  add("loop", "loop", "Loop the chosen span (l)", loopSpan);
  const rate = makeSelect("Speed (+ and −)");
  for (const value of SPEEDS) rate.append(make("option", "", `${value}×`, { value }));
  rate.addEventListener("change", () => setSpeed(Number(rate.value)));
  const words = makeSelect("Subtitles");
  words.addEventListener("change", () => showSubtitles(words.value));
  host.replaceChildren(row, makeClock(), rate, words, keysButton());
  drawTransport();
}

function frameText(way: string): string {
  const known = frameRate();
  const length = known ? "" : `, taken as 1/${ASSUMED_RATE} s: its rate is not known`;
  return `One frame ${way}${length}`;
}

const makeSelect = (title: string) =>
  make("select", "sr-select", undefined, { "aria-label": title, title });

// A video can come later, anew, or go: the bar follows whichever is there.
export function watchVideo(v: HTMLVideoElement | null): void {
  if (v === room.watched) return;
  setRoom({ watched: v });
  for (const kind of ["play", "pause", "ratechange", "loadedmetadata"]) {
    v?.addEventListener(kind, drawTransport);
  }
  for (const kind of ["addtrack", "removetrack"]) {
    v?.textTracks.addEventListener(kind, drawTransport);
  }
  drawTransport();
}

export function drawTransport(): void {
  const host = part("transport");
  const v = video();
  if (!host?.firstChild) return;
  const find = (name: string) => host.querySelector<HTMLButtonElement>(`[data-does="${name}"]`);
  const [rate, words] = host.querySelectorAll("select");
  if (!rate || !words) return;
  const moves = ["back", "frame-back", "play", "frame-forward", "forward"].map(find);
  for (const one of [...moves, rate]) if (one) one.disabled = !v;
  for (const one of [find("span"), find("loop")]) {
    if (one) one.disabled = !v || !room.byId.has(room.picked);
  }
  const play = find("play");
  const sign = !v || v.paused ? "play" : "pause";
  if (play?.querySelector<SVGElement>("svg")?.dataset.icon !== sign) {
    play?.replaceChildren(makeIcon(sign));
  }
  find("loop")?.setAttribute("aria-pressed", String(room.loop));
  rate.value = String(v?.playbackRate ?? 1);
  drawSubtitles(words, v);
}

function drawSubtitles(words: HTMLSelectElement, v: HTMLVideoElement | null): void {
  const tracks = [...(v?.textTracks ?? [])];
  const labels = tracks.map((track) => track.label).filter((label) => label !== "none");
  words.hidden = labels.length === 0;
  if (words.dataset.has === labels.join()) return;
  words.dataset.has = labels.join();
  setTimeout(() => {
    showSubtitles(room.subtitle);
    words.value = room.subtitle;
  }, TRACK_WAIT);
  if (!labels.includes(room.subtitle)) setRoom({ subtitle: "" });
  words.replaceChildren(
    make("option", "", "Subtitles: off", { value: "" }),
    ...labels.map((label) => make("option", "", label, { value: label })),
  );
}
