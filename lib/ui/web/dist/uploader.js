// lib/ui/web/shared/elements.ts
function make(tag, css = "", text, attributes = {}) {
  const made = document.createElement(tag);
  if (css) made.className = css;
  if (text !== void 0) made.textContent = text;
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

// lib/ui/web/uploader/dropped_files.ts
var MOST = 2e3;
function isRecording(file, suffixes) {
  if (file.name.startsWith(".")) return false;
  const name = file.name.toLowerCase();
  return /^(video|audio)\//.test(file.type) || suffixes.some((one) => name.endsWith(`.${one}`));
}
async function readDrop(transfer) {
  const entries = [...transfer.items].map((one) => one.webkitGetAsEntry?.()).filter((one) => one != null);
  const loose = [...transfer.files];
  const files = [];
  for (const entry of entries) await gatherFiles(entry, files);
  return {
    files: entries.length ? files : loose,
    withFolder: entries.some((one) => one.isDirectory)
  };
}
async function gatherFiles(entry, files) {
  if (files.length >= MOST) return;
  if (entry.isFile) {
    const file = await readFile(entry);
    if (file) files.push(file);
    return;
  }
  const reader = entry.createReader();
  for (; ; ) {
    const part = await readEntries(reader);
    if (!part.length) return;
    for (const one of part) await gatherFiles(one, files);
  }
}
var readFile = (entry) => new Promise((done) => {
  entry.file(done, () => done(null));
});
var readEntries = (reader) => new Promise((done) => {
  reader.readEntries(done, () => done([]));
});

// lib/ui/web/shared/app_address.ts
function addressInApp(path) {
  return new URL(path, window.__streamlit?.BACKEND_BASE_URL ?? new URL(".", location.href));
}

// lib/ui/web/uploader/upload_requests.ts
var SLICE = 8 * 1024 * 1024;
var OVERLAP = 64 * 1024;
var addressOf = (item) => addressInApp(`recordings/upload/${item.token}`);
function putSlice(item, offset) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    item.request = request;
    request.open("PUT", addressOf(item));
    request.setRequestHeader("Upload-Offset", String(offset));
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      item.sent = Math.max(item.sent, Math.min(offset + event.loaded, item.file.size));
      item.queue.advanced(item);
    };
    request.onload = () => done({ status: request.status, ...request.response ?? {} });
    request.onerror = request.onabort = () => done(null);
    request.send(item.file.slice(offset, offset + SLICE));
  });
}
async function askStanding(item) {
  try {
    const answer = await fetch(addressOf(item), { cache: "no-store" });
    return { status: answer.status, ...await answer.json() };
  } catch {
    return null;
  }
}
function dropUpload(item) {
  fetch(addressOf(item), { method: "DELETE" }).catch(() => {
  });
}
function canRead(item, offset) {
  return item.file.slice(offset, offset + 1).arrayBuffer().then(
    () => true,
    () => false
  );
}
function offsetAfterBreak(answer) {
  return Math.max(0, (answer?.offset ?? 0) - OVERLAP);
}
function isRefusal(status) {
  return status >= 400 && status < 500 && ![408, 429].includes(status);
}

// lib/ui/web/uploader/upload_queue.ts
var FIRST_WAIT = 1e3;
var LONGEST_WAIT = 3e4;
function queueOf(field) {
  window.signalReviewUploads ??= {};
  const queues = window.signalReviewUploads;
  queues[field] ??= newQueue();
  return queues[field];
}
function newQueue() {
  const nothing = () => {
  };
  return {
    files: [],
    paused: false,
    ended: 0,
    sending: null,
    changed: nothing,
    advanced: nothing
  };
}
function addFiles(queue, files) {
  for (const file of files) {
    const key = crypto.getRandomValues(new Uint32Array(4)).join("-");
    queue.files.push({ queue, key, file, sent: 0, state: "new" });
  }
  queue.changed();
}
var later = (wait) => new Promise((done) => {
  setTimeout(done, wait);
});
async function sendFile(item) {
  const queue = item.queue;
  let offset = item.sent ? offsetAfterBreak(await askStanding(item)) : 0;
  let wait = FIRST_WAIT;
  while (queue.files.includes(item) && !queue.paused) {
    if (!await canRead(item, offset)) {
      failUpload(item, "This file has changed or is gone.", "Choose it again.");
      return;
    }
    let answer = await putSlice(item, offset);
    if (!queue.files.includes(item) || queue.paused && !answer) return;
    if (answer?.status === 200) {
      offset = item.sent = answer.offset ?? 0;
      if (item.note) {
        item.note = "";
        queue.changed();
      }
      wait = FIRST_WAIT;
      if (answer.finished) {
        item.state = "finished";
        return;
      }
      continue;
    }
    answer = answer?.status && answer.status !== 409 ? answer : await askStanding(item);
    if (answer?.finished) {
      item.state = "finished";
      return;
    }
    if (answer?.status === 200) {
      offset = offsetAfterBreak(answer);
    } else if (answer?.status === 403) {
      Object.assign(item, { refused: item.token, token: "", state: "new", sent: 0 });
      return;
    } else if (answer?.status === 507) {
      item.note = `${answer.what} ${answer.next_step}`;
      queue.paused = true;
      return;
    } else if (answer && isRefusal(answer.status)) {
      const next = answer.next_step ?? "Choose the file again.";
      failUpload(item, answer.what ?? "It was refused.", next);
      return;
    }
    item.note = "The connection is lost. The upload continues by itself.";
    queue.changed();
    await later(wait);
    wait = Math.min(2 * wait, LONGEST_WAIT);
    const now = await askStanding(item);
    if (now?.status === 200) offset = offsetAfterBreak(now);
  }
}
function failUpload(item, what, next) {
  item.queue.ended += 1;
  Object.assign(item, { state: "failed", note: `${what} ${next}` });
}
async function sendAll(queue) {
  if (queue.sending) return;
  const next = () => queue.files.find((one) => one.token && one.state === "ready");
  for (let item = next(); !queue.paused && item; item = next()) {
    queue.sending = item;
    await sendFile(item);
    queue.sending = null;
    queue.changed();
  }
}
function pauseAll(queue, paused) {
  queue.paused = paused;
  if (paused) queue.sending?.request?.abort();
  queue.changed();
  sendAll(queue);
}
function stopFiles(queue, items) {
  queue.files = queue.files.filter((one) => !items.includes(one));
  for (const item of items) {
    item.request?.abort();
    if (item.token && item.state !== "finished") dropUpload(item);
  }
  queue.paused = false;
  queue.ended += 1;
  queue.changed();
}

// lib/ui/web/uploader/drop_zone.ts
function buildField(host, data, queue) {
  const list = make("div", "sr-coming", void 0, { role: "group", "aria-label": "Uploads" });
  host.replaceChildren(makeZone(data, queue), list);
}
function makeZone(data, queue) {
  const css = data.small ? "sr-zone sr-small" : "sr-zone";
  const zone = make("div", css, void 0, { "data-field": data.field });
  if (!data.small) zone.append(make("span", "", data.label));
  const choosers = makeChoosers(data, queue);
  const row = make("div", "sr-row");
  row.append(...choosers.map((one) => one.opener));
  zone.append(row, ...choosers.map((one) => one.input));
  if (data.hint) zone.append(make("span", "sr-hint", data.hint));
  listenForDrops(zone, data, queue);
  return zone;
}
function makeChoosers(data, queue) {
  const chooser = (text, attributes, fromFolder = false) => {
    const look = { type: "file", tabindex: "-1", ...attributes };
    const input = make("input", "sr-file", void 0, look);
    input.addEventListener("change", () => {
      takeFiles(queue, data, [...input.files ?? []], fromFolder);
      input.value = "";
    });
    return { opener: button(text, () => input.click()), input };
  };
  if (!data.several) {
    return [chooser(data.small ? data.label : "Choose the file", { "aria-label": "Recording" })];
  }
  const folder = { webkitdirectory: "", "aria-label": "A folder of recordings" };
  return [
    chooser("Choose files", { multiple: "", "aria-label": "Recordings" }),
    chooser("Choose a folder", folder, true)
  ];
}
function listenForDrops(zone, data, queue) {
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("sr-over");
    });
  }
  zone.addEventListener("dragleave", (event) => {
    const inside = event.relatedTarget instanceof Node && zone.contains(event.relatedTarget);
    if (!inside) zone.classList.remove("sr-over");
  });
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("sr-over");
    if (!event.dataTransfer) return;
    const { files, withFolder } = await readDrop(event.dataTransfer);
    takeFiles(queue, data, files, withFolder);
  });
}
function takeFiles(queue, data, files, fromFolder) {
  const ours = fromFolder ? files.filter((one) => isRecording(one, data.suffixes)) : files;
  const taken = data.several ? ours : ours.slice(0, 1);
  queue.others = files.length - ours.length;
  if (!data.several && taken.length) stopFiles(queue, [...queue.files]);
  addFiles(queue, taken);
}

// lib/ui/web/uploader/upload_list.ts
var MOST_ROWS = 20;
var megabytes = (bytes) => bytes / 1e6 < 10 ? (bytes / 1e6).toFixed(1) : Math.round(bytes / 1e6);
var progressText = (item) => `${megabytes(item.sent)} of ${megabytes(item.file.size)} MB`;
function drawUploads(host, queue, several) {
  const list = host.querySelector(".sr-coming");
  if (!list) return;
  const coming = queue.files.filter((one) => one.state !== "finished");
  const rows = coming.slice(0, MOST_ROWS).map((item) => drawRow(item, several));
  const more = coming.filter((one) => one.state !== "failed").length;
  if (more && several) rows.unshift(drawTotal(queue, more));
  const active = document.activeElement;
  const focused = list.contains(active) ? active?.textContent : null;
  list.replaceChildren(...rows);
  if (!focused) return;
  [...list.querySelectorAll("button")].find((one) => one.textContent === focused)?.focus();
}
function drawTotal(queue, more) {
  const row = make("div", "sr-row");
  row.append(
    make("span", "", `Uploading recordings: ${more} to come`),
    pauseButton(queue),
    button("Stop uploading", () => stopFiles(queue, [...queue.files]))
  );
  return row;
}
function drawRow(item, several) {
  const { queue, file } = item;
  const row = make("div", "sr-row", void 0, { "data-upload": item.key });
  row.append(make("span", "sr-name", file.name));
  if (item.state !== "failed") {
    const bar = make("progress", "", void 0, {
      max: file.size || 1,
      value: item.sent,
      "aria-label": `Upload of ${file.name}`
    });
    row.append(bar, make("span", "sr-far", progressText(item)));
  }
  if (item.note) row.append(make("span", "sr-why", item.note, { role: "status" }));
  const alone = !several && item.state !== "failed";
  const act = alone ? "Stop uploading" : "Remove";
  if (alone) row.append(pauseButton(queue));
  const label = { "aria-label": `${act} ${file.name}` };
  row.append(button(act, () => stopFiles(queue, [item]), label));
  return row;
}
var pauseButton = (queue) => button(queue.paused ? "Continue" : "Pause", () => pauseAll(queue, !queue.paused));
function drawProgress(host, item) {
  const row = host.querySelector(`[data-upload="${item.key}"]`);
  const bar = row?.querySelector("progress");
  const text = row?.querySelector(".sr-far");
  if (!bar || !text) return;
  bar.value = item.sent;
  text.textContent = progressText(item);
}

// lib/ui/web/uploader/uploader.ts
function reportOf(queue) {
  const inState = (state) => queue.files.filter((one) => one.state === state);
  return {
    wanted: inState("new").map(({ key, file, refused = "" }) => {
      return { key, name: file.name, size: file.size, refused };
    }),
    here: queue.files.filter((one) => one.state !== "failed").map((one) => one.key),
    finished: inState("finished").map(({ key, file, token = "" }) => {
      return { key, name: file.name, token };
    }),
    others: queue.others ?? 0
  };
}
function takeAnswer(queue, data) {
  queue.files = queue.files.filter((one) => !data.settled.includes(one.key));
  for (const item of queue.files) {
    const token = data.tokens[item.key];
    if (token && token !== item.refused && item.state === "new") {
      Object.assign(item, { token, state: "ready" });
    }
  }
}
function uploader_default({
  data,
  parentElement,
  setTriggerValue
}) {
  const queue = queueOf(data.field);
  const zone = parentElement.querySelector(".sr-zone");
  if (zone?.dataset.field !== data.field) buildField(parentElement, data, queue);
  takeAnswer(queue, data);
  const tell = () => {
    const now = reportOf(queue);
    const text = JSON.stringify([now.wanted, now.finished, now.others, queue.ended]);
    const quiet = JSON.stringify([[], [], queue.toldOthers ?? 0, queue.toldEnded ?? 0]);
    if (text === queue.told || text === quiet) return;
    Object.assign(queue, { told: text, toldOthers: now.others, toldEnded: queue.ended });
    setTriggerValue("told", now);
  };
  const changed = () => {
    drawUploads(parentElement, queue, data.several);
    tell();
  };
  queue.changed = changed;
  queue.advanced = (item) => drawProgress(parentElement, item);
  const lost = Object.keys(data.tokens).some((key) => !queue.files.some((one) => one.key === key));
  if (lost) queue.ended += 1;
  queue.told = "";
  changed();
  sendAll(queue);
  return () => {
    if (queue.changed !== changed) return;
    const nothing = () => {
    };
    queue.changed = nothing;
    queue.advanced = nothing;
  };
}
export {
  uploader_default as default
};
