import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  addFiles,
  newQueue,
  pauseAll,
  sendAll,
  stopFiles,
  type Upload,
  type UploadQueue,
} from "../../../../lib/ui/web/uploader/upload_queue";
import {
  isRefusal,
  OVERLAP,
  offsetAfterBreak,
  SLICE,
} from "../../../../lib/ui/web/uploader/upload_requests";

type Reply = { status: number; [name: string]: unknown } | null; // null: the connection breaks

// An app that answers each request as a test says, one after another; then it takes what comes.
let replies: Reply[];
let standings: Reply[];
let size: number;
let sent: number[]; // the offsets of the slices
let deleted: string[];
let waits: number[]; // ms
let asked: () => void; // what happens while a slice is on its way

class Request {
  readonly upload = {};
  status = 0;
  response: unknown = null;
  onload = () => {};
  onerror = () => {};
  offset = 0;

  open(): void {}

  setRequestHeader(_name: string, value: string): void {
    this.offset = Number(value);
  }

  abort(): void {}

  send(slice: Blob): void {
    sent.push(this.offset);
    const end = this.offset + slice.size;
    const taken = { status: 200, offset: end, finished: end === size };
    const reply = replies.length ? replies.shift() : taken;
    asked();
    queueMicrotask(() => {
      if (!reply) {
        this.onerror();
        return;
      }
      Object.assign(this, { status: reply.status, response: reply });
      this.onload();
    });
  }
}

async function fetchReply(address: URL, { method = "GET" }: RequestInit): Promise<unknown> {
  if (method === "DELETE") {
    deleted.push(address.pathname);
    return {};
  }
  const reply = standings.shift();
  if (!reply) throw new TypeError("no connection");
  return { status: reply.status, json: async () => reply };
}

beforeEach(() => {
  [replies, standings, sent, deleted, waits] = [[], [], [], [], []];
  asked = () => {};
  vi.stubGlobal("window", { __streamlit: { BACKEND_BASE_URL: "http://app.test/" } });
  vi.stubGlobal("XMLHttpRequest", Request);
  vi.stubGlobal("fetch", fetchReply);
  vi.stubGlobal("setTimeout", (act: () => void, wait: number) => {
    waits.push(wait);
    queueMicrotask(act);
  });
});

afterEach(() => vi.unstubAllGlobals());

function queueWith(bytes: number): { queue: UploadQueue; item: Upload } {
  size = bytes;
  const queue = newQueue();
  addFiles(queue, [new File([new Uint8Array(bytes)], "talk.mp4")]);
  const [item] = queue.files;
  if (!item) throw new Error("no file");
  Object.assign(item, { token: "t1", state: "ready" });
  return { queue, item };
}

test("a file goes slice by slice, from its beginning to its end", async () => {
  const { queue, item } = queueWith(2 * SLICE + 5);
  await sendAll(queue);
  expect(sent).toEqual([0, SLICE, 2 * SLICE]);
  expect(item.state).toBe("finished");
  expect(item.sent).toBe(2 * SLICE + 5);
});

test("a file without a byte is sent as well", async () => {
  const { queue, item } = queueWith(0);
  await sendAll(queue);
  expect([sent, item.state]).toEqual([[0], "finished"]);
});

test("after a break the app says how far it is, and a little is sent again", async () => {
  const { queue, item } = queueWith(2 * SLICE);
  replies = [{ status: 200, offset: SLICE, finished: false }, null];
  standings = [
    { status: 200, offset: SLICE + 7 },
    { status: 200, offset: SLICE + 7 },
  ];
  await sendAll(queue);
  const again = SLICE + 7 - OVERLAP;
  expect(sent).toEqual([0, SLICE, again, again + SLICE]);
  expect(item.state).toBe("finished");
  expect(item.note).toBe("");
});

test("while the app cannot be reached, it is tried less and less often", async () => {
  const { queue, item } = queueWith(10);
  replies = [null, null, null, null, null, null, null];
  await sendAll(queue);
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(item.state).toBe("finished");
});

test("a token that is not valid any more is asked for anew, and the file begins anew", async () => {
  const { queue, item } = queueWith(10);
  replies = [{ status: 403 }];
  await sendAll(queue);
  expect(item).toMatchObject({ state: "new", refused: "t1", token: "", sent: 0 });
});

test("a full disk pauses, says why, and goes on where it was", async () => {
  const { queue, item } = queueWith(2 * SLICE);
  replies = [
    { status: 200, offset: SLICE, finished: false },
    { status: 507, what: "There is no room.", next_step: "Make room." },
  ];
  await sendAll(queue);
  expect([queue.paused, item.note]).toEqual([true, "There is no room. Make room."]);
  standings = [{ status: 200, offset: SLICE }];
  pauseAll(queue, false);
  await vi.waitFor(() => expect(item.state).toBe("finished"));
  expect(sent).toEqual([0, SLICE, SLICE - OVERLAP, 2 * SLICE - OVERLAP]);
});

test("what the app refuses fails with its words, and the next file comes", async () => {
  const { queue, item } = queueWith(10);
  addFiles(queue, [new File([new Uint8Array(10)], "next.mp4")]);
  const next = queue.files[1];
  Object.assign(next ?? {}, { token: "t2", state: "ready" });
  replies = [{ status: 413, what: "It is too large." }];
  await sendAll(queue);
  expect(item).toMatchObject({ state: "failed", note: "It is too large. Choose the file again." });
  expect(next?.state).toBe("finished");
  expect(queue.ended).toBe(1);
});

test("a file that cannot be read any more is not sent", async () => {
  const { queue, item } = queueWith(10);
  vi.spyOn(item.file, "slice").mockReturnValue({
    arrayBuffer: () => Promise.reject(new Error("changed")),
  } as unknown as Blob);
  await sendAll(queue);
  expect(sent).toEqual([]);
  expect(item).toMatchObject({
    state: "failed",
    note: "This file has changed or is gone. Choose it again.",
  });
});

test("what is stopped is forgotten by the app, and no slice of it follows", async () => {
  const { queue, item } = queueWith(3 * SLICE);
  asked = () => stopFiles(queue, [item]);
  await sendAll(queue);
  expect(sent).toEqual([0]);
  expect(deleted).toEqual(["/recordings/upload/t1"]);
  expect(queue.files).toEqual([]);
});

test("what waits for its token was never begun, and nothing is to be forgotten", () => {
  const { queue, item } = queueWith(10);
  Object.assign(item, { token: undefined, state: "new" });
  stopFiles(queue, [item]);
  expect(deleted).toEqual([]);
});

test("one goes on a little before the break, and never before the beginning", () => {
  expect(offsetAfterBreak({ status: 200, offset: SLICE })).toBe(SLICE - OVERLAP);
  expect(offsetAfterBreak({ status: 200, offset: 3 })).toBe(0);
  expect(offsetAfterBreak(null)).toBe(0);
});

test("a refusal is what trying again cannot change", () => {
  const refused = [200, 400, 404, 408, 413, 429, 500, 503].filter(isRefusal);
  expect(refused).toEqual([400, 404, 413]);
});
