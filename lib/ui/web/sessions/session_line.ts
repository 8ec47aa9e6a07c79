// A session of the list as one line: box, still, title, quality, signals, and what can be done with it.
import { button, make } from "../shared/elements";
import type { SessionAct, SessionLine } from "../shared/protocol";
import { drawSparkline } from "./sparkline";

const STILL_TRIES = 12; // until eight minutes have passed

export interface LineActs {
  choose(id: string, on: boolean): void;
  ask(kind: SessionAct["kind"], id: string): void;
}

export function drawLine(one: SessionLine, acts: LineActs): HTMLLIElement {
  const line = make("li", "sr-session", undefined, { "data-id": one.id });
  line.append(
    drawBox(one, acts),
    drawStill(one),
    drawAbout(one),
    drawQuality(one),
    drawSignals(one),
    drawActs(one, acts),
  );
  return line;
}

function drawBox(one: SessionLine, acts: LineActs): HTMLInputElement {
  const made = make("input", "sr-choice", undefined, {
    type: "checkbox",
    "aria-label": `Select ${one.title}`,
  });
  made.addEventListener("change", () => acts.choose(one.id, made.checked));
  return made;
}

// A still of the recording: an address, "sound" where there is no picture, or nothing. All are equally large.
function drawStill(one: SessionLine): HTMLSpanElement {
  const made = make("span", `sr-still ${one.still === "sound" ? "sound" : ""}`);
  if (one.still === "sound") {
    Object.assign(made, { role: "img", ariaLabel: "Sound alone", title: "Sound alone" });
  } else if (one.still) {
    made.append(loadPicture(one.still, `Still of ${one.title}`));
  }
  return made;
}

// The answer is empty while the picture is still made: it is asked for again, less and less often.
function loadPicture(address: string, alt: string): HTMLImageElement {
  const look = { alt, loading: "lazy", decoding: "async", width: 96, height: 54 };
  const made = make("img", "", undefined, look);
  let tries = 0;
  const again = () => {
    if (made.isConnected) made.src = `${address}?try=${tries}`;
  };
  made.addEventListener("load", () => made.classList.add("here"));
  made.addEventListener("error", () => {
    tries += 1;
    if (tries < STILL_TRIES) setTimeout(again, 1000 * 1.6 ** tries);
  });
  made.src = address;
  return made;
}

function drawAbout(one: SessionLine): HTMLDivElement {
  const made = make("div", "sr-about");
  const link = make("a", "sr-name", one.title, {
    href: `review?session=${encodeURIComponent(one.id)}`,
  });
  const facts = make("div", "sr-facts");
  facts.append(...one.facts.map((fact) => make("span", "", fact)));
  made.append(link, facts);
  if (one.label) made.append(make("span", "sr-label", one.label));
  return made;
}

function drawQuality(one: SessionLine): HTMLDivElement {
  const made = make("div", "sr-quality");
  made.append(
    one.scores ? drawSparkline(one.scores) : make("span", "sr-spark"),
    drawValue("Quality", one.quality),
    drawValue("Engaged", one.engaged),
  );
  return made;
}

function drawValue(name: string, value: string): HTMLSpanElement {
  const made = make("span", "sr-value", `${name} `);
  made.append(make("b", "", value));
  return made;
}

function drawSignals(one: SessionLine): HTMLDivElement {
  const made = make("div", "sr-signals");
  made.append(make("span", "sr-spans", one.spans));
  for (const [name, count, group] of one.types) {
    made.append(make("span", `sr-chip sr-type ${group}`, `${name} ${count}`));
  }
  if (one.more.length) {
    const title = one.more.join(", ");
    made.append(make("span", "sr-chip", `+${one.more.length}`, { title }));
  }
  return made;
}

function drawActs(one: SessionLine, acts: LineActs): HTMLDivElement {
  const made = make("div", "sr-acts");
  const act = (name: string, kind: SessionAct["kind"]) =>
    button(name, () => acts.ask(kind, one.id), { "aria-label": `${name} ${one.title}` });
  made.append(act("Rename", "rename"), act("Delete", "delete"));
  return made;
}
