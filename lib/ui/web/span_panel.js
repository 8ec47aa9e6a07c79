// What is chosen: a span with its rationale, its transcript, its verdicts and notes; or a moment to note.
const OPINIONS = [["agree", "Agree (a)"], ["disagree", "Disagree (d)"], ["unsure", "Unsure (u)"]];

function drawPanel() {
  const host = part("panel");
  if (!host) return;
  const same = host.dataset.about === aboutKey();
  const focus = same && document.activeElement?.closest(".sr-panel") ? document.activeElement.dataset.field : null;
  const scrolled = same ? (part("panel-read")?.scrollTop ?? 0) : 0, asking = same ? part("name-form") : null;
  const { read, write } = contents();
  host.replaceChildren(readArea(read), ...(write ? [writeArea(write)] : []));
  host.dataset.about = aboutKey();
  if (asking) part("panel-write")?.prepend(asking);
  part("panel-read").scrollTop = scrolled;
  if (focus) host.querySelector(`[data-field="${CSS.escape(focus)}"]`)?.focus();
}

const aboutKey = () => JSON.stringify([room.session, room.about, room.editing?.id ?? null]);

// What is typed stays with what it is about, until it is saved. The note's id is made with it, so that
// saving twice keeps one note.
function draft() {
  const key = aboutKey();
  if (!room.drafts.has(key)) room.drafts.set(key, { text: room.editing?.text ?? "", id: room.editing?.id ?? newId() });
  return room.drafts.get(key);
}

const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// What is read scrolls by itself, so that what is written with stays in sight below it.
function readArea(children) {
  const area = make("div", "sr-panel-read", undefined, { tabindex: "0", role: "group", "aria-label": "What is chosen" });
  area.append(...children);
  return area;
}

function writeArea(children) {
  const area = make("div", "sr-panel-write");
  area.append(...children);
  return area;
}

function contents() {
  const span = room.about?.kind === "span" ? room.byId.get(room.about.id) : null;
  if (span) return { read: [...aboutSpan(span), ...otherVerdicts(span), ...notes()], write: [verdict(span), noteForm(span)] };
  if (room.about?.kind === "moment") return { read: [make("p", "sr-panel-title", `At ${clock(room.about.at, room.digits)}`), ...notes()], write: [noteForm(null)] };
  const text = room.about?.kind === "lost" ? "This link names a span that this session does not have. Choose one in the list or on the chart."
    : room.spans.length ? "Choose a span in the list or on the chart to read its rationale." : "There is no span to choose. To write a note on a moment, press m.";
  return { read: [make("p", "sr-quiet", text)] };
}

function aboutSpan(span) {
  const title = make("p", "sr-panel-title");
  title.append(make("span", `sr-type ${span.group}`, span.type), make("span", "sr-time", times(span)), make("span", "sr-prob", `probability: ${span.probability}`));
  const source = [span.rationale ? `Rationale, ${room.author}` : "", span.modality ? `seen in: ${span.modality}` : "", span.flag ? `⚠ ${span.flag}` : ""];
  const hidden = room.shown && !room.shown.has(span.id) ? [make("p", "sr-source", "This span does not pass the filters.")] : [];
  const found = [title, ...hidden, ...rationale(span), make("p", "sr-source", source.filter(Boolean).join(" · "))];
  if (span.cues.length) {
    const cues = make("p", "sr-cues", "Mentioned: ");
    span.cues.forEach((cue) => cues.append(button(`${cue} (${room.counted[cue]})`, () => room.filter?.({ cue }), { title: "Show the spans that mention it" })));
    found.push(cues);
  }
  const lines = room.lines.filter(([start, end]) => start < span.draw_end && end > span.draw_start);
  if (lines.length) {
    const box = make("div", "sr-lines", undefined, { role: "group", "aria-label": "Transcript", tabindex: "0" });
    lines.slice(0, 40).forEach(([start, , speaker, text]) => {
      const row = make("p");
      row.append(make("span", "sr-time", clock(start, room.digits)), make("b", "", speaker ? ` ${speaker}: ` : " "), make("span", "", text));
      box.append(row);
    });
    found.push(box);
  }
  return found;
}

// A long rationale is in the page with its beginning alone; the rest is loaded when it is asked for.
function rationale(span) {
  const loaded = room.long.get(span.id), box = make("p", "sr-rationale", loaded?.text ?? (span.rationale || "No rationale was given."));
  const from = loaded?.next ?? 0, more = span.characters - from;
  if (!span.characters || more <= 0) return [box];
  const next = () => room.send?.({ kind: "text", signal: span.id, from, at: Date.now() });
  return [box, button(loaded ? `Show more (${more} characters are left)` : "Read all of it", next, { "data-field": "long" })];
}

// A part of a long rationale has come: it goes behind what is there. Where the next one begins is told
// with it: Python counts characters, and a string here the halves that some of them are made of.
function takeText(part) {
  const begun = part && (room.long.get(part.signal) ?? { text: "", next: 0 });
  if (part && begun.next === part.from) room.long.set(part.signal, { text: begun.text + part.text, next: part.next });
}

const mine = (id) => room.verdicts.find((one) => one.signal === id && one.reviewer === room.reviewer);

function verdict(span) {
  const own = room.reviewer ? mine(span.id) : null, row = make("div", "sr-row", undefined, { role: "group", "aria-label": "Your verdict on this span" });
  OPINIONS.forEach(([opinion, title]) => row.append(button(title, () => judge(opinion), { "data-field": opinion, "aria-pressed": String(own?.opinion === opinion) })));
  if (own?.opinion === "disagree") {
    const kind = make("select", "sr-select", undefined, { "aria-label": "What it is instead", "data-field": "corrected" });
    kind.append(make("option", "", "what it is instead …", { value: "" }), ...room.types.map((name) => make("option", "", name, { value: name })));
    kind.value = own.corrected;
    kind.addEventListener("change", () => act({ kind: "verdict", signal: span.id, opinion: "disagree", corrected: kind.value }));
    row.append(kind);
  }
  if (room.reviewer) row.append(button(`as ${room.reviewer}`, () => { remember(""); drawPanel(); }, { title: "Change the name" }));
  return row;
}

function otherVerdicts(span) {
  const own = room.reviewer ? mine(span.id) : null;
  return room.verdicts.filter((one) => one.signal === span.id && (one !== own || one.imported))
    .map((one) => make("p", "sr-source", `${one.byline}: ${one.opinion}${one.corrected ? `, ${one.corrected} instead` : ""}`));
}

function judge(opinion) {
  const span = room.byId.get(room.picked);
  if (!span || room.about?.kind !== "span") return;
  const own = mine(span.id);
  act(own?.opinion === opinion ? { kind: "unjudge", signal: span.id } : { kind: "verdict", signal: span.id, opinion, corrected: "" });
}

// Notes on the chosen span, and those whose time meets it.
function notes() {
  const span = room.byId.get(room.about.id);
  const [start, end] = span ? [span.draw_start, span.draw_end] : [room.about.at - 0.5, room.about.at + 0.5];
  return room.notes
    .filter((one) => (span && one.signal === span.id) || (one.signal === null && one.start <= end && one.end >= start))
    .map((one) => {
      const row = make("div", "sr-note");
      row.append(make("p", "sr-note-text", one.text));
      const foot = make("p", "sr-source", `${one.byline}, ${noteTime(one)} `);
      if (one.reviewer === room.reviewer) {
        foot.append(button("Edit", () => edit(one), { "data-field": `edit-${one.id}` }), button("Remove", () => act({ kind: "remove", id: one.id })));
      }
      row.append(foot);
      return row;
    });
}

const noteTime = (one) => (one.start === one.end ? clock(one.start, room.digits) : `${clock(one.start, room.digits)} – ${clock(one.end, room.digits)}`);

function edit(note) {
  room.editing = note;
  drawPanel();
  part("panel").querySelector("textarea")?.focus();
}

function noteForm(span) {
  const form = make("form", "sr-form"), old = room.editing, typed = draft();
  const area = make("textarea", "", undefined, { rows: "1", placeholder: "Write a note", "aria-label": "Note", "data-field": "note" }); // no limit: a paste would be cut in silence
  area.value = typed.text;
  area.addEventListener("input", () => { typed.text = area.value; });
  const row = make("div", "sr-row");
  const where = make("select", "sr-select", undefined, { "aria-label": "What the note is on", "data-field": "place" });
  const at = span ? typed.at ?? video()?.currentTime ?? span.draw_start : room.about.at;
  if (span) where.append(make("option", "", "on this span", { value: "span" }));
  where.append(make("option", "", `at ${clock(at, room.digits)}`, { value: "moment" }));
  offerRange(where);
  if (where.querySelector(`[value=${typed.place}]`)) where.value = typed.place;
  where.addEventListener("change", () => Object.assign(typed, { place: where.value, at: where.value === "moment" ? at : undefined }));
  if (!old) row.append(where);
  row.append(button(old ? "Save the change" : "Save the note", () => form.requestSubmit(), { "data-field": "save" }));
  if (old) row.append(button("Discard the change", () => { room.drafts.delete(aboutKey()); room.editing = null; drawPanel(); }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!area.value.trim()) { area.focus(); return; }
    const exact = (time) => Number(time.toFixed(Math.max(1, room.digits))); // a pointer measures no finer
    const place = old ? { signal: old.signal, start: old.start, end: old.end }
      : where.value === "span" ? { signal: span.id, start: span.draw_start, end: span.draw_end }
        : where.value === "range" ? { signal: null, start: exact(where.range[0]), end: exact(where.range[1]) } : { signal: null, start: exact(at), end: exact(at) };
    act({ kind: "note", id: typed.id, text: area.value, ...place }, aboutKey());
  });
  area.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(); });
  row.prepend(area);
  form.append(row);
  return form;
}

// The range in view, for a note. One that is chosen for it stays so when all is in view again.
function offerRange(where = part("panel")?.querySelector("[data-field=place]")) {
  if (!where) return;
  const offered = where.querySelector("[value=range]");
  if (!room.zoom) { if (where.value !== "range") offered?.remove(); return; }
  where.range = [...room.zoom];
  const one = offered ?? where.appendChild(make("option", "", "", { value: "range" }));
  one.textContent = `on ${clock(where.range[0], 0)} – ${clock(where.range[1], 0)}, the range in view`;
}

// A note at this moment; a chosen span stays so, for the verdict that may follow.
function noteHere() {
  const at = video()?.currentTime ?? 0;
  if (room.about?.kind === "span") {
    room.editing = null;
    Object.assign(draft(), { place: "moment", at });
    drawPanel();
  } else openMoment(at);
  part("panel")?.querySelector("textarea")?.focus();
}

// Escape leaves a field of the panel: what is typed stays there, and the keys work again.
function leaveField(field) {
  if (field.closest(".sr-name-form")) field.closest("form").remove();
  else field.blur();
}

// A moment is chosen instead of a span.
function openMoment(at) {
  Object.assign(room, { about: { kind: "moment", at }, picked: null, editing: null });
  drawRows();
  drawPanel();
  drawFrame();
  drawTransport();
}

// Tells Python what the analyst did. The name is asked for once.
function act(what, drafted = null) {
  if (!room.reviewer) { askName(what, drafted); return; }
  const at = Date.now();
  room.sending = { at, drafted };
  room.send?.({ ...what, reviewer: room.reviewer, at });
}

// What was asked for stands in the library: the draft of it is not needed any more.
function acted(at) {
  room.done = at;
  if (room.sending?.at !== at || !room.sending.drafted) return;
  room.drafts.delete(room.sending.drafted);
  if (room.sending.drafted !== aboutKey()) return;
  room.editing = null;
  part("panel")?.querySelector("textarea:focus")?.blur(); // the note is written: the keys work again
}

function askName(then, drafted) {
  const host = part("panel-write"), form = make("form", "sr-form sr-row sr-name-form");
  const field = make("input", "", undefined, { type: "text", maxlength: "80", required: "", "aria-label": "Your name", placeholder: "Your name, shown with what you write", "data-field": "name" });
  form.append(make("b", "", "Who is reviewing?"), field, button("Continue", () => form.requestSubmit()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = field.value.trim().replace(/\s+/g, " ");
    if (!name) return;
    remember(name);
    form.remove();
    act(then, drafted);
  });
  part("name-form")?.remove();
  host.prepend(form); // beside what was begun: a long rationale above it stays where it is
  field.focus({ preventScroll: true });
}

function remember(name) {
  room.reviewer = name;
  sessionStorage.setItem(NAME, name);
}
