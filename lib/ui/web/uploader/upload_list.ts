// How far each upload is, and how to pause or stop it.
import { button, make } from "../shared/elements";
import { pauseAll, stopFiles, type Upload, type UploadQueue } from "./upload_queue";

const MOST_ROWS = 20;

const megabytes = (bytes: number) =>
  bytes / 1e6 < 10 ? (bytes / 1e6).toFixed(1) : Math.round(bytes / 1e6);

const progressText = (item: Upload) => `${megabytes(item.sent)} of ${megabytes(item.file.size)} MB`;

export function drawUploads(host: HTMLElement, queue: UploadQueue, several: boolean): void {
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

function drawTotal(queue: UploadQueue, more: number): HTMLDivElement {
  const row = make("div", "sr-row");
  row.append(
    make("span", "", `Uploading recordings: ${more} to come`),
    pauseButton(queue),
    button("Stop uploading", () => stopFiles(queue, [...queue.files])),
  );
  return row;
}

function drawRow(item: Upload, several: boolean): HTMLDivElement {
  const { queue, file } = item;
  const row = make("div", "sr-row", undefined, { "data-upload": item.key });
  row.append(make("span", "sr-name", file.name));
  if (item.state !== "failed") {
    const bar = make("progress", "", undefined, {
      max: file.size || 1,
      value: item.sent,
      "aria-label": `Upload of ${file.name}`,
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

const pauseButton = (queue: UploadQueue) =>
  button(queue.paused ? "Continue" : "Pause", () => pauseAll(queue, !queue.paused));

export function drawProgress(host: HTMLElement, item: Upload): void {
  const row = host.querySelector(`[data-upload="${item.key}"]`);
  const bar = row?.querySelector("progress");
  const text = row?.querySelector(".sr-far");
  if (!bar || !text) return;
  bar.value = item.sent;
  text.textContent = progressText(item);
}
