// lib/ui/web/shared/elements.ts
function make(tag, css = "", text, attributes = {}) {
  const made = document.createElement(tag);
  if (css) made.className = css;
  if (text !== void 0) made.textContent = text;
  setAttributes(made, attributes);
  return made;
}
function makeSvg(tag, attributes = {}) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(made, attributes);
  return made;
}
function button(text, act, attributes = {}) {
  const made = make("button", "sr-button", text, { type: "button", ...attributes });
  made.addEventListener("click", act);
  return made;
}
function setAttributes(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
}

// lib/ui/web/sessions/sparkline.ts
var WIDE = 120;
var HIGH = 30;
var EDGE = 3;
function drawSparkline(scores) {
  const svg = makeSvg("svg", {
    class: "sr-spark",
    viewBox: `0 0 ${WIDE} ${HIGH}`,
    "aria-hidden": "true"
  });
  svg.append(makeSvg("path", { class: "sr-spark-middle", d: `M0 ${HIGH / 2}H${WIDE}` }));
  for (const path of levelPaths(scores)) {
    svg.append(makeSvg("path", { class: "sr-spark-level", d: path }));
  }
  return svg;
}
function levelPaths(scores) {
  const x = (place) => (EDGE + place * (WIDE - 2 * EDGE) / scores.length).toFixed(1);
  const y = (score) => EDGE + (HIGH - 2 * EDGE) * (1 - Math.max(0, Math.min(100, score)) / 100);
  return scoreRuns(scores).map(
    (run) => run.map(({ place, score }, at) => {
      return `${at ? "V" : `M${x(place)} `}${y(score).toFixed(1)}H${x(place + 1)}`;
    }).join("")
  );
}
function scoreRuns(scores) {
  const found = [];
  let run = null;
  scores.forEach((score, place) => {
    if (score === null) {
      run = null;
      return;
    }
    if (!run) {
      run = [];
      found.push(run);
    }
    run.push({ place, score });
  });
  return found;
}

// lib/ui/web/sessions/session_line.ts
var STILL_TRIES = 12;
function drawLine(one, acts) {
  const line = make("li", "sr-session", void 0, { "data-id": one.id });
  line.append(
    drawBox(one, acts),
    drawStill(one),
    drawAbout(one),
    drawQuality(one),
    drawSignals(one),
    drawActs(one, acts)
  );
  return line;
}
function drawBox(one, acts) {
  const made = make("input", "sr-choice", void 0, {
    type: "checkbox",
    "aria-label": `Select ${one.title}`
  });
  made.addEventListener("change", () => acts.choose(one.id, made.checked));
  return made;
}
function drawStill(one) {
  const made = make("span", `sr-still ${one.still === "sound" ? "sound" : ""}`);
  if (one.still === "sound") {
    Object.assign(made, { role: "img", ariaLabel: "Sound alone", title: "Sound alone" });
  } else if (one.still) {
    made.append(loadPicture(one.still, `Still of ${one.title}`));
  }
  return made;
}
function loadPicture(address, alt) {
  const look = { alt, loading: "lazy", decoding: "async", width: 96, height: 54 };
  const made = make("img", "", void 0, look);
  let tries = 0;
  const again = () => {
    if (made.isConnected) made.src = `${address}?try=${tries}`;
  };
  made.addEventListener("load", () => made.classList.add("here"));
  made.addEventListener("error", () => {
    tries += 1;
    if (tries < STILL_TRIES) setTimeout(again, 1e3 * 1.6 ** tries);
  });
  made.src = address;
  return made;
}
function drawAbout(one) {
  const made = make("div", "sr-about");
  const link = make("a", "sr-name", one.title, {
    href: `review?session=${encodeURIComponent(one.id)}`
  });
  const facts = make("div", "sr-facts");
  facts.append(...one.facts.map((fact) => make("span", "", fact)));
  made.append(link, facts);
  if (one.label) made.append(make("span", "sr-label", one.label));
  return made;
}
function drawQuality(one) {
  const made = make("div", "sr-quality");
  made.append(
    one.scores ? drawSparkline(one.scores) : make("span", "sr-spark"),
    drawValue("Quality", one.quality),
    drawValue("Engaged", one.engaged)
  );
  return made;
}
function drawValue(name, value) {
  const made = make("span", "sr-value", `${name} `);
  made.append(make("b", "", value));
  return made;
}
function drawSignals(one) {
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
function drawActs(one, acts) {
  const made = make("div", "sr-acts");
  const act = (name, kind) => button(name, () => acts.ask(kind, one.id), { "aria-label": `${name} ${one.title}` });
  made.append(act("Rename", "rename"), act("Delete", "delete"));
  return made;
}

// lib/ui/web/sessions/sessions.ts
var shelf = { host: null, lines: [], chosen: /* @__PURE__ */ new Set(), seen: 0, send: null };
function setShelf(change) {
  shelf = { ...shelf, ...change };
}
function drawList(host) {
  const list = make("ul", "sr-shelf", void 0, { role: "list" });
  list.classList.toggle(
    "stills",
    shelf.lines.some((one) => one.still)
  );
  const acts = {
    choose: (id, on) => choose([id], on),
    ask: (kind, id) => shelf.send?.("act", { kind, id })
  };
  list.append(...shelf.lines.map((one) => drawLine(one, acts)));
  host.replaceChildren(drawHead(), list);
}
function drawHead() {
  const head = make("div", "sr-shelf-head");
  const all = make("label", "sr-check");
  const box = make("input", "", void 0, { type: "checkbox", id: "sr-all" });
  const ids = () => shelf.lines.map((one) => one.id);
  box.addEventListener("change", () => choose(ids(), box.checked));
  all.append(box, make("span", "", "All on this page"));
  head.append(all);
  return head;
}
function choose(ids, on) {
  const chosen = new Set(shelf.chosen);
  for (const id of ids) on ? chosen.add(id) : chosen.delete(id);
  setShelf({ chosen, seen: shelf.seen + 1 });
  tickBoxes();
  const page = shelf.lines.map((one) => one.id);
  const chosenHere = page.filter((id) => chosen.has(id));
  shelf.send?.("choice", { page, on: chosenHere, seen: shelf.seen });
}
function tickBoxes() {
  const { host, chosen, lines } = shelf;
  for (const line of host?.querySelectorAll(".sr-session") ?? []) {
    const on = chosen.has(line.dataset.id ?? "");
    line.classList.toggle("chosen", on);
    const box = line.querySelector(".sr-choice");
    if (box) box.checked = on;
  }
  const all = host?.querySelector("#sr-all");
  const count = lines.filter((one) => chosen.has(one.id)).length;
  if (!all) return;
  all.checked = count > 0 && count === lines.length;
  all.indeterminate = count > 0 && count < lines.length;
}
function sessions_default({
  data,
  parentElement,
  setTriggerValue
}) {
  let host = parentElement.querySelector(".sr-shelves");
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
export {
  sessions_default as default
};
