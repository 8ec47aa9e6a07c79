// Stands below the uploader. Several files at once, or a folder, are held here and given to the uploader
// one after another, each time Python has taken the one before and drawn a new uploader: so the app
// never holds more than one in memory. Python is told how many are to come, and what is left out.
const MOST = 2000; // files of a drop that are looked at
const own = new WeakSet(); // events that give a file to the uploader
const feeder = (window.signalReviewFeeder ??= { files: [], fed: null, data: {}, tell: () => {} });

// What a folder holds besides recordings stays there; a file that was chosen by itself is always looked into.
const isRecording = (file) => !file.name.startsWith(".")
  && (/^(video|audio)\//.test(file.type) || feeder.data.suffixes.some((one) => file.name.toLowerCase().endsWith(`.${one}`)));

function bring(files, { folder = false } = {}) {
  const ours = folder ? files.filter(isRecording) : files;
  const wanted = ours.filter((file) => file.size <= feeder.data.most);
  const large = ours.filter((file) => file.size > feeder.data.most);
  feeder.files.push(...wanted);
  say({ large: large.map(({ name, size }) => ({ name, size })), others: files.length - ours.length });
  feeder.later = setTimeout(feed, 1500); // at once when Python answers: not while it is being told
}

function say(more = {}) {
  const under = feeder.fed === feeder.data.uploader ? feeder.under : 0;
  feeder.tell({ coming: feeder.files.length + under, ...more, at: Date.now() });
}

function feed() {
  clearTimeout(feeder.later);
  if (!feeder.files.length || feeder.fed === feeder.data.uploader) return;
  const input = uploadInput(feeder.data.uploader);
  if (!input) { feeder.later = setTimeout(feed, 50); return; }
  const box = new DataTransfer();
  let size = 0;
  while (feeder.files.length && (!size || size + feeder.files[0].size <= feeder.data.batch)) {
    size += feeder.files[0].size || 1;
    box.items.add(feeder.files.shift());
  }
  Object.assign(feeder, { fed: feeder.data.uploader, under: box.files.length });
  input.files = box.files;
  const event = new Event("change", { bubbles: true });
  own.add(event);
  input.dispatchEvent(event);
}

function chosen(event) {
  if (own.has(event) || !isUploadInput(event.target)) return;
  const files = [...event.target.files];
  if (files.length < 2 && !feeder.files.length) return; // one alone goes its usual way
  event.stopImmediatePropagation();
  event.target.value = "";
  bring(files);
}

async function dropped(event) {
  const zone = dropZoneAt(event.target);
  if (!zone || own.has(event)) return;
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length < 2 && !entries.some((one) => one.isDirectory) && !feeder.files.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  zone.dispatchEvent(new DragEvent("dragleave", { bubbles: true, dataTransfer: event.dataTransfer }));
  const files = [];
  for (const entry of entries) await gather(entry, files);
  bring(files, { folder: entries.some((one) => one.isDirectory) });
}

async function gather(entry, files) {
  if (files.length >= MOST) return;
  if (entry.isFile) {
    files.push(await new Promise((done, fail) => entry.file(done, fail)));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const part = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!part.length) return;
    for (const one of part) await gather(one, files);
  }
}

// A file that the uploader refused, or that broke off, must not hold up the others.
function look() {
  if (feeder.fed !== feeder.data.uploader) return;
  const wrong = refusedFiles(feeder.fed);
  if (wrong && wrong >= feeder.under) { feeder.fed = null; say({ lost: wrong }); feed(); }
}

function button(label, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "sr-button", textContent: label, onclick: act });
  return made;
}

function chooseFolder() {
  const input = document.createElement("input");
  Object.assign(input, { type: "file", webkitdirectory: true, multiple: true });
  input.onchange = () => bring([...input.files], { folder: true });
  input.click();
}

function stop() {
  feeder.files = [];
  say();
}

export default function ({ data, parentElement, setTriggerValue }) {
  Object.assign(feeder, { data, tell: (told) => setTriggerValue("told", told) });
  const line = (parentElement.querySelector(".sr-row") ?? parentElement.appendChild(document.createElement("div")));
  line.className = "sr-row";
  line.replaceChildren(data.coming ? button("Stop uploading", stop) : button("Choose a folder", chooseFolder));
  if (!parentElement.feeding) {
    document.addEventListener("change", chosen, true);
    document.addEventListener("drop", dropped, true);
    parentElement.feeding = setInterval(look, 500);
  }
  // Another page was open meanwhile: what was still to come is gone with it.
  if (data.coming && !feeder.files.length && feeder.fed !== data.uploader) say();
  feed();
  return () => {
    clearInterval(parentElement.feeding);
    parentElement.feeding = null;
    document.removeEventListener("change", chosen, true);
    document.removeEventListener("drop", dropped, true);
    setTimeout(() => { if (!parentElement.isConnected) Object.assign(feeder, { files: [], fed: null }); }, 1000);
  };
}
