// The field that recordings are dropped on, and how far each is. Python is told which files wait for a
// token and which are here; it answers with tokens, and with what it has taken or refused.
const megabytes = (bytes) => (bytes / 1e6 < 10 ? (bytes / 1e6).toFixed(1) : Math.round(bytes / 1e6));
const far = (item) => `${megabytes(item.sent)} of ${megabytes(item.file.size)} MB`;
const open = () => room.files.filter((one) => one.state !== "failed");

// What a folder holds besides recordings stays there; a file that was chosen by itself is always looked into.
const isRecording = (file, suffixes) => !file.name.startsWith(".")
  && (/^(video|audio)\//.test(file.type) || suffixes.some((one) => file.name.toLowerCase().endsWith(`.${one}`)));

async function gather(entry, files) {
  if (files.length >= MOST) return;
  if (entry.isFile) {
    await new Promise((done) => { entry.file((file) => { files.push(file); done(); }, done); });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const part = await new Promise((done) => { reader.readEntries(done, () => done([])); });
    if (!part.length) return;
    for (const one of part) await gather(one, files);
  }
}

function input(attributes) {
  return make("input", "sr-file", undefined, { type: "file", multiple: "", tabindex: "-1", "aria-label": "Recordings", ...attributes });
}

function build(host) {
  const zone = make("div", "sr-zone"), row = make("div", "sr-row");
  const files = input({}), folder = input({ webkitdirectory: "", "aria-label": "A folder of recordings" });
  files.addEventListener("change", () => { bring([...files.files]); files.value = ""; });
  folder.addEventListener("change", () => { bring([...folder.files], true); folder.value = ""; });
  row.append(button("Choose files", () => files.click()), button("Choose a folder", () => folder.click()));
  zone.append(make("span", "", "Drop recordings or a folder here"), row, files, folder);
  for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("sr-over"); });
  zone.addEventListener("dragleave", (event) => { if (!zone.contains(event.relatedTarget)) zone.classList.remove("sr-over"); });
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("sr-over");
    const entries = [...event.dataTransfer.items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean);
    const loose = [...event.dataTransfer.files], dropped = [];
    for (const entry of entries) await gather(entry, dropped);
    bring(entries.length ? dropped : loose, entries.some((one) => one.isDirectory));
  });
  const list = make("div", "sr-coming", undefined, { role: "group", "aria-label": "Uploads" });
  host.replaceChildren(zone, list);
}

function bring(files, fromFolder = false) {
  const ours = fromFolder ? files.filter((one) => isRecording(one, room.suffixes)) : files;
  room.others = files.length - ours.length;
  addFiles(ours);
}

function draw(host) {
  const list = host?.querySelector(".sr-coming");
  if (!list) return;
  const rows = room.files.filter((one) => one.state !== "finished").slice(0, 20).map((item) => {
    const row = make("div", "sr-row", undefined, { "data-upload": item.key });
    const bar = make("progress", "", undefined, { max: String(item.file.size || 1), value: String(item.sent), "aria-label": `Upload of ${item.file.name}` });
    row.append(make("span", "sr-name", item.file.name), ...(item.state === "failed" ? [] : [bar, make("span", "sr-far", far(item))]));
    if (item.note) row.append(make("span", "sr-why", item.note, { role: "status" }));
    row.append(button("Remove", () => stopFiles([item]), { "aria-label": `Remove ${item.file.name}` }));
    return row;
  });
  const more = open().filter((one) => one.state !== "finished").length;
  if (more) {
    const all = make("div", "sr-row");
    all.append(make("span", "", `Uploading recordings: ${more} to come`));
    all.append(button(room.paused ? "Continue" : "Pause", () => pauseAll(!room.paused)), button("Stop uploading", () => stopFiles([...room.files])));
    rows.unshift(all);
  }
  const focused = list.contains(document.activeElement) ? document.activeElement.textContent : null;
  list.replaceChildren(...rows);
  if (focused) [...list.querySelectorAll("button")].find((one) => one.textContent === focused)?.focus();
}

function advance(host, item) {
  const row = host.querySelector(`[data-upload="${item.key}"]`);
  if (!row?.querySelector("progress")) return;
  row.querySelector("progress").value = item.sent;
  row.querySelector(".sr-far").textContent = far(item);
}

// All that Python has to know, each time: one message may replace another on its way.
function told() {
  return {
    wanted: room.files.filter((one) => one.state === "new").map(({ key, file, refused = "" }) => ({ key, name: file.name, size: file.size, refused })),
    here: open().map((one) => one.key),
    finished: room.files.filter((one) => one.state === "finished").map(({ key, file, token }) => ({ key, name: file.name, token })),
    others: room.others ?? 0,
  };
}

export default function ({ data, parentElement, setTriggerValue }) {
  room.suffixes = data.suffixes;
  if (!parentElement.querySelector(".sr-zone")) build(parentElement);
  room.files = room.files.filter((one) => !data.settled.includes(one.key));
  for (const item of room.files) {
    const token = data.tokens[item.key];
    if (token && token !== item.refused && item.state === "new") Object.assign(item, { token, state: "ready" });
  }
  const tell = () => {
    const now = told(), text = JSON.stringify([now.wanted, now.finished, now.others, room.ended]);
    const quiet = JSON.stringify([[], [], room.toldOthers ?? 0, room.toldEnded ?? 0]); // nothing to do
    if (text === room.told || text === quiet) return;
    Object.assign(room, { told: text, toldOthers: now.others, toldEnded: room.ended });
    setTriggerValue("told", now);
  };
  room.changed = () => { draw(parentElement); tell(); };
  room.advanced = (item) => advance(parentElement, item);
  const lost = Object.keys(data.tokens).filter((key) => !room.files.some((one) => one.key === key));
  if (lost.length) room.ended += 1; // the page still waits for files that are not here any more
  room.told = ""; // what the run before has missed is told again
  room.changed();
  sendAll();
  return () => { room.changed = room.advanced = () => {}; };
}
