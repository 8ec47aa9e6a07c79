// What is chosen: a span with its rationale, its transcript, its verdicts and notes; or a moment to note.
import { button, make } from "../shared/elements";
import { clipForm } from "../shared/streamlit_page";
import { aboutKey, draft, post } from "./acts";
import { drawHidden } from "./blindness";
import { chooseNothing } from "./choice";
import { clock, clockRange } from "./clock";
import { drawProgress, GOES_ON } from "./judging_progress";
import { drawNoteForm, momentOf, showConflict } from "./note_form";
import { drawMomentNotes, drawRangeNotes, drawSpanNotes } from "./notes";
import { drawRationale } from "./rationale";
import { part, room } from "./room";
import { awaitPart } from "./scroll_target";
import { meets } from "./span_order";
import { type Span, timesOf } from "./spans";
import { drawSpoken } from "./spoken";
import { drawOtherVerdicts, drawVerdict } from "./verdicts";

const MAX_LINES = 40; // of the transcript

interface Contents {
  readonly read: readonly HTMLElement[];
  readonly write?: readonly HTMLElement[];
}

export function drawPanel(): void {
  const host = part("panel");
  if (!host) return;
  const same = host.dataset.about === aboutKey();
  const field = focusedField();
  const focus = same || field === GOES_ON ? field : undefined;
  const scrolled = same ? (part("panel-read")?.scrollTop ?? 0) : 0;
  const asking = same ? part("name-form") : null;
  const { read, write } = contents();
  host.replaceChildren(readArea(read), ...(write ? [writeArea(write)] : []));
  host.dataset.open = write ? "yes" : "no"; // on a phone the answer is a sheet over the lower half
  if (write) host.prepend(closeButton());
  host.dataset.about = aboutKey();
  if (asking) part("panel-write")?.prepend(asking);
  const area = part("panel-read");
  if (area) area.scrollTop = scrolled;
  if (focus) focusField(host, focus);
}

// The same with what others have added. A form that somebody types in stays the same element: its text, where
// one is in it and what an input method is about to write.
export function renewPanel(): void {
  const host = part("panel");
  const form = host?.querySelector<HTMLFormElement>(".sr-note-form");
  const read = part("panel-read");
  if (!form || !read || !isTypedIn(form) || host?.dataset.about !== aboutKey()) {
    drawPanel();
    return;
  }
  showConflict(form);
  const fresh = contents();
  const focus = focusedField();
  renewChildren(read, fresh.read);
  renewBefore(form, (fresh.write ?? []).slice(0, -1));
  if (focus && focusedField() !== focus) focusField(host, focus);
}

function isTypedIn(form: HTMLFormElement): boolean {
  const typed = draft();
  const isOfDraft = form.dataset.draft === typed.id;
  return isOfDraft && (typed.text !== "" || form.contains(document.activeElement));
}

// Only where they differ: a screen reader says what comes new.
function renewChildren(area: HTMLElement, children: readonly HTMLElement[]): void {
  const fresh = area.cloneNode(false);
  if (!(fresh instanceof HTMLElement)) return;
  fresh.append(...children);
  if (fresh.isEqualNode(area)) return;
  const { scrollTop } = area;
  area.replaceChildren(...children);
  area.scrollTop = scrollTop;
}

// What stands above the form, piece by piece: a choice that is open stays so.
function renewBefore(form: HTMLElement, fresh: readonly HTMLElement[]): void {
  const old = [...(form.parentElement?.querySelectorAll(":scope > :not(.sr-form)") ?? [])];
  const same = old.length === fresh.length;
  fresh.forEach((piece, place) => {
    if (!same) form.before(piece);
    else if (!old[place]?.isEqualNode(piece)) old[place]?.replaceWith(piece);
  });
  if (!same) for (const piece of old) piece.remove();
}

function focusField(host: HTMLElement, name: string): void {
  host.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`)?.focus();
}

function closeButton(): HTMLElement {
  return button("✕", chooseNothing, { class: "sr-button sr-close", "aria-label": "Close" });
}

function focusedField(): string | undefined {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !active.closest(".sr-panel")) return undefined;
  return active.dataset.field;
}

// What is read scrolls by itself, so that what is written with stays in sight below it.
function readArea(children: readonly HTMLElement[]): HTMLElement {
  const look = { tabindex: "0", role: "group", "aria-label": "What is chosen" };
  const area = make("div", "sr-panel-read", undefined, look);
  area.append(...children);
  return area;
}

function writeArea(children: readonly HTMLElement[]): HTMLElement {
  const area = make("div", "sr-panel-write");
  area.append(...children);
  return area;
}

function contents(): Contents {
  const { about } = room;
  const span = about?.kind === "span" ? room.byId.get(about.id) : undefined;
  if (span) {
    return {
      read: [
        ...drawSpan(span),
        ...drawHidden(span),
        ...drawOtherVerdicts(span),
        ...drawSpanNotes(span),
      ],
      write: [drawVerdict(span), ...drawProgress(), drawNoteForm(span, momentOf(span))],
    };
  }
  if (about?.kind === "moment") {
    const title = make("p", "sr-panel-title", `At ${clock(about.at, room.digits)}`);
    const read = [title, ...drawMomentNotes(about.at)];
    return { read, write: [...drawProgress(), drawNoteForm(null, about.at)] };
  }
  if (about?.kind === "range") {
    const title = make("p", "sr-panel-title", clockRange(about.start, about.end, room.digits));
    const read = [title, ...drawRangeNotes([about.start, about.end])];
    return {
      read,
      write: [...drawProgress(), drawNoteForm(null, about.start, [about.start, about.end])],
    };
  }
  return { read: [make("p", "sr-quiet", hint()), ...drawProgress()] };
}

function hint(): string {
  if (room.about?.kind === "lost") {
    return "This link names a span that this session does not have. Choose one in the list or on the chart.";
  }
  return room.spans.length
    ? "Choose a span in the list or on the chart to read its rationale."
    : "There is no span to choose. To write a note on a moment, press m.";
}

function drawSpan(span: Span): HTMLElement[] {
  const title = make("p", "sr-panel-title");
  title.append(
    make("span", `sr-type ${span.group}`, span.type),
    make("span", "sr-time", timesOf(span)),
    make("span", "sr-prob", `probability: ${span.probability}`),
    button("Cut a clip", () => cutClip(span), {
      class: "sr-button sr-cut",
      "data-field": "clip",
      "aria-label": "Cut a clip of this span",
      title: "Opens the section Clips, with this span chosen",
    }),
  );
  const hidden = room.shown && !room.shown.has(span.id);
  return [
    title,
    ...(hidden ? [make("p", "sr-source", "This span does not pass the filters.")] : []),
    ...drawRationale(span),
    make("p", "sr-source", sourceText(span)),
    ...drawCues(span),
    ...drawSpoken(span),
    ...drawLines(span),
  ];
}

function sourceText(span: Span): string {
  const told = [
    span.rationale ? `Rationale, ${room.author}` : "",
    span.modality ? `seen in: ${span.modality}` : "",
    span.flag ? `⚠ ${span.flag}` : "",
  ];
  return told.filter(Boolean).join(" · ");
}

function drawCues(span: Span): HTMLElement[] {
  if (!span.cues.length) return [];
  const cues = make("p", "sr-cues", "Mentioned: ");
  for (const cue of span.cues) {
    const filterBy = () => room.filter?.({ cue });
    const title = "Show the spans that mention it";
    cues.append(button(`${cue} (${room.counted?.[cue]})`, filterBy, { title }));
  }
  return [cues];
}

function drawLines(span: Span): HTMLElement[] {
  const lines = room.lines.filter(([start, end]) =>
    meets(start, end, [span.draw_start, span.draw_end]),
  );
  if (!lines.length) return [];
  const look = { role: "group", "aria-label": "Transcript", tabindex: "0" };
  const box = make("div", "sr-lines", undefined, look);
  for (const [start, , speaker, text] of lines.slice(0, MAX_LINES)) {
    const row = make("p");
    const name = make("b", "", speaker ? ` ${speaker}: ` : " ");
    row.append(make("span", "sr-time", clock(start, room.digits)), name, make("span", "", text));
    box.append(row);
  }
  return [box];
}

// Python opens the section with the span chosen; it is led to once it is there.
function cutClip(span: Span): void {
  post({ kind: "clip", signal: span.id, at: Date.now() });
  awaitPart(clipForm);
}
