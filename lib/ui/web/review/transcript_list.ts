// The transcript beside the video: its lines, searched, followed, and chosen for a note. Only pieces near what is
// in sight are in the page: a transcript may have 100,000 lines.
import { button, make } from "../shared/elements";
import { openRange } from "./choice";
import { openSection } from "./open_section";
import { seek } from "./playback";
import { part, room, setRoom } from "./room";
import { lastBegun, linesAt, placesWith, searched, stretchOf } from "./transcript_lines";
import { drawLine, drawMargin } from "./transcript_row";

const PIECE = 50; // lines
const GUESS = 30; // pixels of a line that was not in the page yet
const NEAR = "800px 0px"; // of what is in sight: filled before it comes
const HANDS_OFF = 1500; // ms after which a scroll is not the analyst's any more

let pieces = new WeakMap<Element, readonly number[]>();
let observer: IntersectionObserver | null = null;
let anchor: number | null = null; // the line that a stretch is chosen from
let touched = Number.NEGATIVE_INFINITY; // when the analyst last scrolled

export function buildWords(host: HTMLElement): void {
  if (!room.lines.length) {
    const hint = "No transcript is attached. Its lines would stand here, in step with the video.";
    host.replaceChildren(
      make("p", "sr-quiet", hint),
      button("Attach a transcript", () => openSection("transcript")),
    );
    return;
  }
  const field = make("input", "sr-search", undefined, {
    type: "search",
    placeholder: "Search the transcript",
    "aria-label": "Search the transcript",
  });
  field.value = room.wordsWanted;
  field.addEventListener("input", () => {
    setRoom({ wordsWanted: field.value });
    drawPieces();
  });
  const bar = make("div", "sr-row sr-word-bar");
  const count = make("span", "sr-word-count", "", { role: "status" });
  const back = button("To the playhead", returnToNow, { "data-does": "now", hidden: "" });
  const note = button("Note on these lines", noteOnLines, { "data-does": "lines", hidden: "" });
  bar.append(field, count, back, note);
  const list = make("div", "sr-word-list", undefined, {
    tabindex: "0",
    role: "group",
    "aria-label": "Lines of the transcript",
  });
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    list.addEventListener(kind, () => (touched = performance.now()), { passive: true });
  }
  list.addEventListener("scroll", minding, { passive: true });
  list.addEventListener("click", clickLine);
  list.addEventListener("pointerup", () => setTimeout(takeSelection));
  host.replaceChildren(bar, list);
  drawPieces();
}

// Its lines changed: another session, or a transcript that was attached or removed.
export function renewWords(): void {
  setRoom({ linesChosen: null, spoken: "" });
  anchor = null;
  part("words")?.replaceChildren();
}

function drawPieces(): void {
  const list = part("word-list");
  if (!list) return;
  const places = placesWith(room.lines, searched(room.wordsWanted));
  observer?.disconnect();
  observer = new IntersectionObserver(fillNear, { root: list, rootMargin: NEAR });
  pieces = new WeakMap();
  const made: HTMLElement[] = [];
  for (let from = 0; from < places.length; from += PIECE) {
    const piece = make("ol", "sr-piece");
    const lines = places.slice(from, from + PIECE);
    piece.style.minHeight = `${lines.length * GUESS}px`;
    pieces.set(piece, lines);
    made.push(piece);
  }
  list.replaceChildren(...made);
  for (const piece of made) observer.observe(piece);
  const counted =
    places.length === room.lines.length ? "" : `${places.length.toLocaleString()} of `;
  const total = room.lines.length;
  const count = part("word-count");
  const noun = total === 1 ? "line" : "lines";
  if (count) count.textContent = `${counted}${total.toLocaleString()} ${noun}`;
  if (!room.wordsWanted) returnToNow();
}

function fillNear(seen: readonly IntersectionObserverEntry[]): void {
  if (!part("word-list")?.clientHeight) return; // another tab is shown: all stays as it is
  for (const { target, isIntersecting } of seen) {
    if (isIntersecting) fill(target as HTMLElement);
    else if (target.firstChild) {
      (target as HTMLElement).style.minHeight = `${target.clientHeight}px`;
      target.replaceChildren();
    }
  }
}

function fill(piece: HTMLElement): void {
  if (piece.firstChild) return;
  const wanted = searched(room.wordsWanted);
  const spoken = new Set(linesAt(room.lines, room.wordsAt));
  const rows = (pieces.get(piece) ?? []).map((place) => drawLine(place, wanted, spoken.has(place)));
  piece.replaceChildren(...rows);
  piece.style.minHeight = "";
  markChosen();
}

const rowOf = (place: number) =>
  part("word-list")?.querySelector<HTMLElement>(`[data-line="${place}"]`) ?? null;

// In step with the video: the lines that are spoken stand out, and are in sight unless one looks elsewhere.
export function followWords(v: HTMLVideoElement | null): void {
  if (room.tab !== "words" || !v || !part("word-list")) return;
  const now = linesAt(room.lines, v.currentTime);
  const spoken = `${now}|${lastBegun(room.lines, v.currentTime)}`;
  setRoom({ wordsAt: v.currentTime });
  if (spoken === room.spoken) return;
  setRoom({ spoken });
  for (const row of part("word-list")?.querySelectorAll("[aria-current]") ?? []) {
    row.removeAttribute("aria-current");
  }
  for (const place of now) rowOf(place)?.setAttribute("aria-current", "true");
  if (room.wordsFollow && !room.wordsWanted) scrollToLine(lastBegun(room.lines, v.currentTime));
}

function scrollToLine(place: number): void {
  const list = part("word-list");
  if (!list) return;
  for (const piece of list.children) {
    if (pieces.get(piece)?.includes(place)) fill(piece as HTMLElement);
  }
  const row = rowOf(Math.max(0, place));
  if (!row) return;
  const top = row.offsetTop - list.scrollTop;
  if (top < list.clientHeight * 0.1 || top + row.offsetHeight > list.clientHeight * 0.8) {
    list.scrollTop = row.offsetTop - list.clientHeight * 0.25;
  }
}

function returnToNow(): void {
  setRoom({ wordsFollow: true });
  drawWordButtons();
  scrollToLine(lastBegun(room.lines, room.wordsAt));
}

// Whoever scrolls the spoken line out of sight looks elsewhere; it is followed again once it is in sight.
function minding(): void {
  const list = part("word-list");
  if (!list || performance.now() - touched > HANDS_OFF) return;
  touched = performance.now(); // a bar that is held, or a swipe that runs out
  const row = rowOf(lastBegun(room.lines, room.wordsAt));
  const top = row ? row.offsetTop - list.scrollTop : -1;
  setRoom({ wordsFollow: row !== null && top >= 0 && top < list.clientHeight });
  drawWordButtons();
}

const lineOf = (node: Node | null): number | null => {
  const element = node instanceof Element ? node : node?.parentElement;
  const row = element?.closest<HTMLElement>("[data-line]");
  return row ? Number(row.dataset.line) : null;
};

function clickLine(event: MouseEvent): void {
  const target = event.target as Element;
  const place = lineOf(target);
  if (place === null || target.closest(".sr-meanwhile")) return;
  if (event.shiftKey && anchor !== null) {
    choose(anchor, place);
    return;
  }
  if (getSelection()?.isCollapsed === false) return; // words were selected, not a line pointed at
  anchor = place;
  setRoom({ linesChosen: null });
  markChosen();
  seek(room.lines[place]?.[0] ?? 0);
}

// A selection of words chooses the lines that it touches.
function takeSelection(): void {
  const selection = getSelection();
  if (!selection || selection.isCollapsed) return;
  const [from, to] = [lineOf(selection.anchorNode), lineOf(selection.focusNode)];
  if (from !== null && to !== null) choose(from, to);
}

function choose(from: number, to: number): void {
  setRoom({ linesChosen: [Math.min(from, to), Math.max(from, to)] });
  markChosen();
}

function markChosen(): void {
  const [from, to] = room.linesChosen ?? [0, -1];
  for (const row of part("word-list")?.querySelectorAll<HTMLElement>("[data-line]") ?? []) {
    const place = Number(row.dataset.line);
    row.classList.toggle("chosen", place >= from && place <= to);
  }
  drawWordButtons();
}

function noteOnLines(): void {
  if (!room.linesChosen) return;
  const [start, end] = stretchOf(room.lines, ...room.linesChosen);
  openRange(start, end);
  part("panel")?.querySelector("textarea")?.focus();
}

function drawWordButtons(): void {
  const bar = part("word-bar");
  const note = bar?.querySelector<HTMLElement>("[data-does=lines]");
  const back = bar?.querySelector<HTMLElement>("[data-does=now]");
  if (note) note.hidden = !room.linesChosen;
  if (back) back.hidden = room.wordsFollow;
}

// The filters leave other spans: the margins show those.
export function drawMargins(): void {
  for (const row of part("word-list")?.querySelectorAll<HTMLElement>("[data-line]") ?? []) {
    row.querySelector(".sr-margin")?.replaceWith(drawMargin(Number(row.dataset.line)));
  }
}
