// What is asked of the app for one file: to take a slice, how far it is, to forget it.
import { addressInApp } from "../shared/app_address";
import type { Upload } from "./upload_queue";

export const SLICE = 8 * 1024 * 1024; // bytes
export const OVERLAP = 64 * 1024; // sent again after a break, so that a file that has changed is told

export interface UploadAnswer {
  status: number;
  offset?: number;
  finished?: boolean;
  what?: string;
  next_step?: string;
}

const addressOf = (item: Upload) => addressInApp(`recordings/upload/${item.token}`);

// One try: the answer, or null where the connection broke.
export function putSlice(item: Upload, offset: number): Promise<UploadAnswer | null> {
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
    request.onload = () => done({ status: request.status, ...(request.response ?? {}) });
    request.onerror = request.onabort = () => done(null);
    request.send(item.file.slice(offset, offset + SLICE));
  });
}

// How much of a file the app has; null where it cannot be reached.
export async function askStanding(item: Upload): Promise<UploadAnswer | null> {
  try {
    const answer = await fetch(addressOf(item), { cache: "no-store" });
    return { status: answer.status, ...(await answer.json()) };
  } catch {
    return null;
  }
}

export function dropUpload(item: Upload): void {
  fetch(addressOf(item), { method: "DELETE" }).catch(() => {});
}

export function canRead(item: Upload, offset: number): Promise<boolean> {
  return item.file
    .slice(offset, offset + 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

// Where to go on after a break, by what the app has.
export function offsetAfterBreak(answer: UploadAnswer | null): number {
  return Math.max(0, (answer?.offset ?? 0) - OVERLAP);
}

// Whether the app will not take a file however often it is sent.
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 429].includes(status);
}
