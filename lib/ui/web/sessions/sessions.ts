// The list of sessions. Mounted on the Sessions page: a line is drawn once, and choosing only ticks its
// box. What is chosen counts `seen` up, so that an answer of Python's that is behind a later click does
// not take it back.
import { make } from "../shared/elements";
import type { Mounted, SetTrigger } from "../shared/mount";
import type { SessionLine, SessionsData, SessionsTriggers } from "../shared/protocol";
import { drawLine } from "./session_line";

interface ListHost extends HTMLElement {
  drawn?: string; // the lines that it shows, as JSON
}

interface Shelf {
  readonly host: ListHost | null;
  readonly lines: readonly SessionLine[];
  readonly chosen: ReadonlySet<string>;
  readonly seen: number;
  readonly send: SetTrigger<SessionsTriggers> | null;
}

let shelf: Shelf = { host: null, lines: [], chosen: new Set(), seen: 0, send: null };

function setShelf(change: Partial<Shelf>): void {
  shelf = { ...shelf, ...change };
}

function drawList(host: ListHost): void {
  const list = make("ul", "sr-shelf", undefined, { role: "list" });
  list.classList.toggle(
    "stills",
    shelf.lines.some((one) => one.still),
  );
  const acts = {
    choose: (id: string, on: boolean) => choose([id], on),
    ask: (kind: "rename" | "delete", id: string) => shelf.send?.("act", { kind, id }),
  };
  list.append(...shelf.lines.map((one) => drawLine(one, acts)));
  host.replaceChildren(drawHead(), list);
}

function drawHead(): HTMLDivElement {
  const head = make("div", "sr-shelf-head");
  const all = make("label", "sr-check");
  const box = make("input", "", undefined, { type: "checkbox", id: "sr-all" });
  const ids = () => shelf.lines.map((one) => one.id);
  box.addEventListener("change", () => choose(ids(), box.checked));
  all.append(box, make("span", "", "All on this page"));
  head.append(all);
  return head;
}

function choose(ids: readonly string[], on: boolean): void {
  const chosen = new Set(shelf.chosen);
  for (const id of ids) on ? chosen.add(id) : chosen.delete(id);
  setShelf({ chosen, seen: shelf.seen + 1 });
  tickBoxes();
  const page = shelf.lines.map((one) => one.id);
  const chosenHere = page.filter((id) => chosen.has(id));
  shelf.send?.("choice", { page, on: chosenHere, seen: shelf.seen });
}

function tickBoxes(): void {
  const { host, chosen, lines } = shelf;
  for (const line of host?.querySelectorAll<HTMLElement>(".sr-session") ?? []) {
    const on = chosen.has(line.dataset.id ?? "");
    line.classList.toggle("chosen", on);
    const box = line.querySelector<HTMLInputElement>(".sr-choice");
    if (box) box.checked = on;
  }
  const all = host?.querySelector<HTMLInputElement>("#sr-all");
  const count = lines.filter((one) => chosen.has(one.id)).length;
  if (!all) return;
  all.checked = count > 0 && count === lines.length;
  all.indeterminate = count > 0 && count < lines.length;
}

export default function ({
  data,
  parentElement,
  setTriggerValue,
}: Mounted<SessionsData, SessionsTriggers>): void {
  let host = parentElement.querySelector<ListHost>(".sr-shelves");
  if (!host) {
    host = make("div", "sr-shelves");
    parentElement.append(host);
  }
  setShelf({ host, send: setTriggerValue, lines: data.lines });
  const now = JSON.stringify(data.lines);
  const fresh = host.drawn !== now;
  if (fresh) {
    host.drawn = now;
    drawList(host);
  }
  if (fresh || data.seen >= shelf.seen) {
    setShelf({ chosen: new Set(data.chosen), seen: Math.max(shelf.seen, data.seen) });
  }
  tickBoxes();
}
