// Sends the chosen files of each field to the app, one after another, in slices that go on where they broke
// off. A queue lives as long as the tab does: another page may be open meanwhile.
import {
  askStanding,
  canRead,
  dropUpload,
  isRefusal,
  offsetAfterBreak,
  putSlice,
} from "./upload_requests";

const FIRST_WAIT = 1000; // ms between two tries
const LONGEST_WAIT = 30_000; // ms

export interface Upload {
  readonly queue: UploadQueue;
  readonly key: string;
  readonly file: File;
  sent: number; // bytes
  state: "new" | "ready" | "finished" | "failed"; // new: waits for its token
  token?: string;
  refused?: string; // a token that the app does not take any more
  note?: string;
  request?: XMLHttpRequest;
}

export interface UploadQueue {
  files: Upload[];
  paused: boolean;
  ended: number; // how often something ended that Python does not know of yet
  sending: Upload | null;
  changed: () => void;
  advanced: (item: Upload) => void;
  others?: number; // files that were left out, as they are no recordings
  told?: string; // what Python was told last
  toldOthers?: number;
  toldEnded?: number;
}

declare global {
  interface Window {
    signalReviewUploads?: Record<string, UploadQueue>;
  }
}

export function queueOf(field: string): UploadQueue {
  window.signalReviewUploads ??= {};
  const queues = window.signalReviewUploads;
  queues[field] ??= newQueue();
  return queues[field];
}

export function newQueue(): UploadQueue {
  const nothing = () => {};
  return {
    files: [],
    paused: false,
    ended: 0,
    sending: null,
    changed: nothing,
    advanced: nothing,
  };
}

export function addFiles(queue: UploadQueue, files: readonly File[]): void {
  for (const file of files) {
    const key = crypto.getRandomValues(new Uint32Array(4)).join("-");
    queue.files.push({ queue, key, file, sent: 0, state: "new" });
  }
  queue.changed();
}

const later = (wait: number) =>
  new Promise<void>((done) => {
    setTimeout(done, wait);
  });

async function sendFile(item: Upload): Promise<void> {
  const queue = item.queue;
  let offset = item.sent ? offsetAfterBreak(await askStanding(item)) : 0;
  let wait = FIRST_WAIT;
  while (queue.files.includes(item) && !queue.paused) {
    if (!(await canRead(item, offset))) {
      failUpload(item, "This file has changed or is gone.", "Choose it again.");
      return;
    }
    let answer = await putSlice(item, offset);
    if (!queue.files.includes(item) || (queue.paused && !answer)) return;
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
      // the app was started anew, or it took too long
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

function failUpload(item: Upload, what: string, next: string): void {
  item.queue.ended += 1;
  Object.assign(item, { state: "failed", note: `${what} ${next}` });
}

export async function sendAll(queue: UploadQueue): Promise<void> {
  if (queue.sending) return;
  const next = () => queue.files.find((one) => one.token && one.state === "ready");
  for (let item = next(); !queue.paused && item; item = next()) {
    queue.sending = item;
    await sendFile(item);
    queue.sending = null;
    queue.changed();
  }
}

export function pauseAll(queue: UploadQueue, paused: boolean): void {
  queue.paused = paused;
  if (paused) queue.sending?.request?.abort();
  queue.changed();
  sendAll(queue);
}

export function stopFiles(queue: UploadQueue, items: readonly Upload[]): void {
  queue.files = queue.files.filter((one) => !items.includes(one));
  for (const item of items) {
    item.request?.abort();
    if (item.token && item.state !== "finished") dropUpload(item);
  }
  queue.paused = false;
  queue.ended += 1;
  queue.changed();
}
