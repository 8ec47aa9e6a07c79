// The field that recordings are dropped on. A small one is a button among others; one for several
// recordings takes a folder as well.
import { type Attributes, button, make } from "../shared/elements";
import type { UploaderData } from "../shared/upload_protocol";
import { isRecording, readDrop } from "./dropped_files";
import { addFiles, stopFiles, type UploadQueue } from "./upload_queue";

export function buildField(host: HTMLElement, data: UploaderData, queue: UploadQueue): void {
  const list = make("div", "sr-coming", undefined, { role: "group", "aria-label": "Uploads" });
  host.replaceChildren(makeZone(data, queue), list);
}

function makeZone(data: UploaderData, queue: UploadQueue): HTMLDivElement {
  const css = data.small ? "sr-zone sr-small" : "sr-zone";
  const zone = make("div", css, undefined, { "data-field": data.field });
  if (!data.small) zone.append(make("span", "", data.label));
  const choosers = makeChoosers(data, queue);
  const row = make("div", "sr-row");
  row.append(...choosers.map((one) => one.opener));
  zone.append(row, ...choosers.map((one) => one.input));
  if (data.hint) zone.append(make("span", "sr-hint", data.hint));
  listenForDrops(zone, data, queue);
  return zone;
}

interface Chooser {
  opener: HTMLButtonElement;
  input: HTMLInputElement;
}

function makeChoosers(data: UploaderData, queue: UploadQueue): Chooser[] {
  const chooser = (text: string, attributes: Attributes, fromFolder = false): Chooser => {
    const look = { type: "file", tabindex: "-1", ...attributes };
    const input = make("input", "sr-file", undefined, look);
    input.addEventListener("change", () => {
      takeFiles(queue, data, [...(input.files ?? [])], fromFolder);
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
    chooser("Choose a folder", folder, true),
  ];
}

function listenForDrops(zone: HTMLElement, data: UploaderData, queue: UploadQueue): void {
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

function takeFiles(
  queue: UploadQueue,
  data: UploaderData,
  files: readonly File[],
  fromFolder: boolean,
): void {
  const ours = fromFolder ? files.filter((one) => isRecording(one, data.suffixes)) : files;
  const taken = data.several ? ours : ours.slice(0, 1);
  queue.others = files.length - ours.length;
  if (!data.several && taken.length) stopFiles(queue, [...queue.files]); // the one that was chosen last counts
  addFiles(queue, taken);
}
