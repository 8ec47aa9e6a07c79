// The codes beside the video: the codebook with its keys, and what was coded, to be gone to and corrected.
import type { CodeData, CodedSpanData } from "../shared/coding_protocol";
import { button, make } from "../shared/elements";
import { act, remember } from "./acts";
import { type BegunStretch, findBegun } from "./begun";
import { isBlind } from "./blindness";
import { clock } from "./clock";
import { endBegun, forgetBegun, mark, toggleCoding } from "./code_keys";
import { codedNow, codedTimes, DIGITS, moveCoded, pickCoded } from "./code_lanes";
import { isPoint, typedTimes } from "./coding";
import { openSection } from "./open_section";
import { frameRate, seek } from "./playback";
import { part, room } from "./room";

let drawnOf: readonly unknown[] = [];

export function drawCodeTab(): void {
  const host = part("code-tab");
  if (!host) return;
  const { coding, begun, outbox, codedPicked, dragged, isCoding, reviewer, mode } = room;
  const of = [coding, begun, outbox, codedPicked, dragged, isCoding, reviewer, mode];
  if (host.firstChild && of.every((one, place) => one === drawnOf[place])) return;
  if (host.querySelector("input:focus")) return; // somebody types
  drawnOf = of;
  const box = host.querySelector(".sr-note-box");
  const scrolled = box?.scrollTop ?? 0;
  host.replaceChildren(...drawHead(), drawLists());
  const drawn = host.querySelector(".sr-note-box");
  if (drawn) drawn.scrollTop = scrolled;
}

function drawHead(): HTMLElement[] {
  const { codebook } = room.coding;
  const more = button(codebook ? "Codebook…" : "Choose a codebook", () => openSection("codes"));
  if (!codebook) {
    const hint = "Code your own kinds of spans while the recording plays: choose a codebook first.";
    return [make("p", "sr-quiet", hint), more];
  }
  const row = make("div", "sr-row sr-code-head");
  row.append(make("b", "", `${codebook.name} · version ${codebook.version}`), more);
  const toggle = button(
    room.isCoding ? "Coding by keys is on (c)" : "Code by keys (c)",
    toggleCoding,
    {
      "aria-pressed": String(room.isCoding),
      "data-does": "coding",
    },
  );
  const acts = make("div", "sr-row");
  acts.append(...(room.reviewer ? [toggle] : [makeNameForm()]));
  return [row, acts];
}

function makeNameForm(): HTMLFormElement {
  const form = make("form", "sr-form sr-row sr-code-name");
  const look = { type: "text", maxlength: 80, required: "", placeholder: "Your name, to code" };
  const field = make("input", "", undefined, { ...look, "aria-label": "Your name" });
  form.append(
    field,
    button("Continue", () => form.requestSubmit()),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = field.value.trim().replace(/\s+/g, " ");
    if (!name) return;
    field.blur();
    remember(name);
    toggleCoding();
  });
  return form;
}

function drawLists(): HTMLElement {
  const box = make("div", "sr-note-box", undefined, {
    tabindex: "0",
    role: "group",
    "aria-label": "Codes, and what was coded",
  });
  const codes = make("ul", "sr-code-list");
  const known = room.coding.codebook?.codes ?? [];
  const shown = known.map(begunOf);
  const others = room.begun.filter((one) => !shown.includes(one));
  codes.append(...known.map(drawCode), ...others.map(drawOther));
  const spans = [...codedNow()].sort((a, b) => a.start - b.start || a.end - b.end);
  const list = make("ol", "sr-noted");
  list.append(...spans.map(drawSpan));
  const hidden = "Blind: what others coded is hidden.";
  box.append(
    codes,
    ...(isBlind() ? [make("p", "sr-source", hidden)] : []),
    ...(spans.length ? [list] : [make("p", "sr-quiet", "Nothing is coded yet.")]),
  );
  return box;
}

// By oneself, with the codebook that one codes by.
function begunOf({ name }: CodeData): BegunStretch | undefined {
  const { codebook } = room.coding;
  const { reviewer: coder } = room;
  return codebook ? findBegun(room.begun, { code: name, codebook: codebook.id, coder }) : undefined;
}

function drawCode(code: CodeData): HTMLLIElement {
  const entry = make("li");
  const begun = begunOf(code);
  const does = begun ? "end it here" : code.kind === "point" ? "mark it here" : "begin";
  const one = button("", () => mark(code), {
    class: "sr-code",
    title: code.definition,
    "data-code": code.name,
    "aria-label": `${code.name}: ${does}`,
  });
  one.disabled = !room.reviewer;
  one.style.setProperty("--sr-code", code.color);
  const point = code.kind === "point" ? [make("span", "sr-source", "point")] : [];
  one.append(
    make("kbd", "", code.key || "–"),
    make("span", `sr-code-sign${code.kind === "point" ? " point" : ""}`),
    make("span", "sr-code-name", code.name),
    ...point,
    make("span", "sr-source sr-code-about", code.definition),
  );
  entry.append(one);
  if (begun) entry.append(...drawBegun(begun));
  return entry;
}

// Begun under another name, or by a codebook that one does not code by any more.
function drawOther(stretch: BegunStretch): HTMLLIElement {
  const entry = make("li");
  const { code, coder } = stretch;
  const isOwn = coder === room.reviewer;
  const text = isOwn
    ? `${code}, begun by another codebook`
    : `${code}, begun by ${coder}, who alone ends it`;
  const end = button("End here", () => endBegun(stretch), { "aria-label": `End ${code} here` });
  const [since, drop] = drawBegun(stretch);
  entry.append(make("span", "sr-source", text), since, ...(isOwn ? [end] : []), drop);
  return entry;
}

function drawBegun(stretch: BegunStretch): [since: HTMLElement, drop: HTMLElement] {
  const about = { title: "Forget what was begun", "aria-label": `Drop ${stretch.code}` };
  const drop = button("Drop", () => forgetBegun(stretch), about);
  return [make("span", "sr-since", `since ${clock(stretch.start, 2)}`), drop];
}

function drawSpan(span: CodedSpanData): HTMLLIElement {
  const entry = make("li");
  const go = button("", () => choose(span), {
    class: "sr-moment sr-coded",
    "aria-expanded": String(span.id === room.codedPicked),
  });
  go.style.setProperty("--sr-code", span.color);
  go.append(
    make("span", "sr-time", codedTimes(span)),
    make("span", `sr-code-sign${isPoint(span) ? " point" : ""}`),
    make("span", "sr-note-text", span.code),
    make("span", "sr-source", span.byline),
  );
  entry.append(go);
  if (span.id === room.codedPicked) entry.append(drawDetail(span));
  return entry;
}

function choose(span: CodedSpanData): void {
  pickCoded(span.id === room.codedPicked ? null : span.id);
  seek(span.start);
}

function drawDetail(span: CodedSpanData): HTMLElement {
  const form = make("form", "sr-row sr-code-form");
  if (span.coder !== room.reviewer) {
    form.append(make("span", "sr-source", "Only who coded it changes it."));
    return form;
  }
  const hasEnd = !isPoint(span);
  const start = makeTime(hasEnd ? "Start" : "At", span.start);
  const end = makeTime("End", span.end);
  const problem = make("span", "sr-problem", "", { role: "alert" });
  form.append(start, ...(hasEnd ? [end] : []));
  form.append(button("Save times", () => form.requestSubmit()));
  form.append(
    button("Remove", () => act({ kind: "uncode", id: span.id })),
    problem,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = typedTimes(start.value, hasEnd ? end.value : null, frameRate());
    if (!typed) {
      problem.textContent = "Write times as 0:52.04, the end after the start.";
      return;
    }
    (document.activeElement as HTMLElement | null)?.blur();
    const [from, to] = typed;
    moveCoded({ ...span, start: from, end: to });
  });
  return form;
}

function makeTime(name: string, seconds: number): HTMLInputElement {
  const look = { type: "text", size: 9, autocomplete: "off", title: name, "aria-label": name };
  const field = make("input", "", undefined, look);
  field.value = clock(seconds, DIGITS);
  return field;
}
