// Sends chosen files to the app, one after another, in slices that go on where they broke off. It lives as
// long as the tab does: another page may be open meanwhile.
const SLICE = 8 * 1024 * 1024; // bytes
const OVERLAP = 64 * 1024; // sent again after a break, so that a file that has changed is told
const LONGEST_WAIT = 30_000; // ms between two tries
const MOST = 2000; // files of a drop that are looked at
const room = (window.signalReviewUploads ??= { files: [], paused: false, ended: 0, sending: null, changed: () => {}, advanced: () => {} });

// What a page of the app lies at, wherever a proxy puts it.
const address = (token) => new URL(`recordings/upload/${token}`, window.__streamlit?.BACKEND_BASE_URL ?? new URL(".", location.href));

function addFiles(files) {
  for (const file of files) room.files.push({ key: crypto.getRandomValues(new Uint32Array(4)).join("-"), file, sent: 0, state: "new" });
  room.changed();
}

// One try: "sent", or why not. An answer of the app is an object, a broken connection is null.
function put(item, offset) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    item.request = request;
    request.open("PUT", address(item.token));
    request.setRequestHeader("Upload-Offset", String(offset));
    request.responseType = "json";
    request.upload.onprogress = (event) => { item.sent = Math.max(item.sent, Math.min(offset + event.loaded, item.file.size)); room.advanced(item); };
    request.onload = () => done({ status: request.status, ...(request.response ?? {}) });
    request.onerror = request.onabort = () => done(null);
    request.send(item.file.slice(offset, offset + SLICE));
  });
}

async function standing(item) {
  try {
    const answer = await fetch(address(item.token), { cache: "no-store" });
    return { status: answer.status, ...(await answer.json()) };
  } catch { return null; }
}

const readable = (item, offset) => item.file.slice(offset, offset + 1).arrayBuffer().then(() => true, () => false);
const later = (wait) => new Promise((done) => { setTimeout(done, wait); });

async function sendFile(item) {
  let offset = 0, wait = 1000;
  while (room.files.includes(item) && !room.paused) {
    if (!(await readable(item, offset))) return fail(item, "This file has changed or is gone.", "Choose it again.");
    let answer = await put(item, offset);
    if (!room.files.includes(item)) return;
    if (answer?.status === 200) {
      offset = item.sent = answer.offset;
      if (item.note) { item.note = ""; room.changed(); }
      wait = 1000;
      if (answer.finished) { item.state = "finished"; return; }
      continue;
    }
    answer = answer?.status && answer.status !== 409 ? answer : await standing(item);
    if (answer?.finished) { item.state = "finished"; return; }
    if (answer?.status === 200) {
      offset = Math.max(0, answer.offset - OVERLAP);
    } else if (answer?.status === 403) { // the app was started anew, or it took too long
      Object.assign(item, { refused: item.token, token: "", state: "new", sent: 0 });
      return;
    } else if (answer?.status === 507) {
      item.note = `${answer.what} ${answer.next_step}`;
      room.paused = true;
      return;
    } else if (answer?.status >= 400 && answer.status < 500 && ![408, 429].includes(answer.status)) {
      return fail(item, answer.what ?? "It was refused.", answer.next_step ?? "Choose the file again.");
    }
    item.note = "The connection is lost. The upload continues by itself.";
    room.changed();
    await later(wait);
    wait = Math.min(2 * wait, LONGEST_WAIT);
    const now = await standing(item);
    if (now?.status === 200) offset = Math.max(0, now.offset - OVERLAP);
  }
}

function fail(item, what, next) { room.ended += 1; Object.assign(item, { state: "failed", note: `${what} ${next}` }); }

async function sendAll() {
  if (room.sending) return;
  let item;
  while (!room.paused && (item = room.files.find((one) => one.token && one.state === "ready"))) {
    room.sending = item;
    await sendFile(item);
    room.sending = null;
    room.changed();
  }
}

function pauseAll(paused) {
  room.paused = paused;
  if (paused) room.sending?.request?.abort();
  room.changed();
  sendAll();
}

function stopFiles(items) {
  room.files = room.files.filter((one) => !items.includes(one));
  for (const item of items) {
    item.request?.abort();
    if (item.token && item.state !== "finished") fetch(address(item.token), { method: "DELETE" }).catch(() => {});
  }
  room.paused = false;
  room.ended += 1;
  room.changed();
}
