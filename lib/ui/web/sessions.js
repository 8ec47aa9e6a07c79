// The list of sessions. Mounted on the Sessions page with data = {lines, chosen, seen}: a line is drawn
// once, and choosing only ticks its box. What is chosen counts `seen` up, so that an answer of Python's
// that is behind a later click does not take it back.
const shelf = { host: null, lines: [], chosen: new Set(), seen: 0, send: null };

function drawList(host) {
  const list = make("ul", "sr-shelf", undefined, { role: "list" });
  list.append(...shelf.lines.map(drawLine));
  host.replaceChildren(headline(), list);
}

function headline() {
  const head = make("div", "sr-shelf-head");
  const all = make("label", "sr-check");
  const box = make("input", "", undefined, { type: "checkbox", id: "sr-all" });
  box.addEventListener("change", () => choose(shelf.lines.map((one) => one.id), box.checked));
  all.append(box, make("span", "", "All on this page"));
  head.append(all);
  return head;
}

function drawLine(one) {
  const line = make("li", "sr-session", undefined, { "data-id": one.id });
  line.append(box(one), about(one), quality(one), signals(one), acts(one));
  return line;
}

function box(one) {
  const made = make("input", "sr-choice", undefined, { type: "checkbox", "aria-label": `Select ${one.title}` });
  made.addEventListener("change", () => choose([one.id], made.checked));
  return made;
}

function about(one) {
  const made = make("div", "sr-about");
  const link = make("a", "sr-name", one.title, { href: `review?session=${encodeURIComponent(one.id)}` });
  const facts = make("div", "sr-facts");
  facts.append(...one.facts.map((fact) => make("span", "", fact)));
  made.append(link, facts);
  if (one.label) made.append(make("span", "sr-label", one.label));
  return made;
}

function quality(one) {
  const made = make("div", "sr-quality");
  made.append(one.scores ? spark(one.scores) : make("span", "sr-spark"), named("Quality", one.quality), named("Engaged", one.engaged));
  return made;
}

function named(name, value) {
  const made = make("span", "sr-value", `${name} `);
  made.append(make("b", "", value));
  return made;
}

function signals(one) {
  const made = make("div", "sr-signals");
  made.append(make("span", "sr-spans", one.spans));
  one.types.forEach(([name, count, group]) => made.append(make("span", `sr-chip sr-type ${group}`, `${name} ${count}`)));
  if (one.more.length) made.append(make("span", "sr-chip", `+${one.more.length}`, { title: one.more.join(", ") }));
  return made;
}

function acts(one) {
  const made = make("div", "sr-acts");
  [["Rename", "rename"], ["Delete", "delete"]].forEach(([name, kind]) => {
    made.append(button(name, () => ask(kind, one.id), { "aria-label": `${name} ${one.title}` }));
  });
  return made;
}

function choose(ids, on) {
  ids.forEach((id) => (on ? shelf.chosen.add(id) : shelf.chosen.delete(id)));
  shelf.seen += 1;
  tick();
  const page = shelf.lines.map((one) => one.id);
  shelf.send("choice", { page, on: page.filter((id) => shelf.chosen.has(id)), seen: shelf.seen });
}

function ask(kind, id) {
  shelf.send("act", { kind, id });
}

function tick() {
  shelf.host.querySelectorAll(".sr-session").forEach((line) => {
    const on = shelf.chosen.has(line.dataset.id);
    line.classList.toggle("chosen", on);
    line.querySelector(".sr-choice").checked = on;
  });
  const all = shelf.host.querySelector("#sr-all"), count = shelf.lines.filter((one) => shelf.chosen.has(one.id)).length;
  all.checked = count > 0 && count === shelf.lines.length;
  all.indeterminate = count > 0 && count < shelf.lines.length;
}

export default function ({ data, parentElement, setTriggerValue }) {
  let host = parentElement.querySelector(".sr-shelves");
  if (!host) parentElement.append((host = make("div", "sr-shelves")));
  Object.assign(shelf, { host, send: setTriggerValue, lines: data.lines });
  const now = JSON.stringify(data.lines), fresh = host.drawn !== now;
  if (fresh) { host.drawn = now; drawList(host); }
  if (fresh || data.seen >= shelf.seen) { shelf.chosen = new Set(data.chosen); shelf.seen = Math.max(shelf.seen, data.seen); }
  tick();
}
