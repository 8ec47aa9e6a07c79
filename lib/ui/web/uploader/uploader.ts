// The field that recordings are dropped on, and how far each is. Python is told which files wait for a
// token and which are here; it answers with tokens, and with what it has taken or refused.
import type { Mounted } from "../shared/mount";
import type { UploaderData, UploaderTriggers, UploadReport } from "../shared/upload_protocol";
import { buildField } from "./drop_zone";
import { drawProgress, drawUploads } from "./upload_list";
import { queueOf, sendAll, type UploadQueue } from "./upload_queue";

// All that Python has to know, each time: one message may replace another on its way.
function reportOf(queue: UploadQueue): UploadReport {
  const inState = (state: string) => queue.files.filter((one) => one.state === state);
  return {
    wanted: inState("new").map(({ key, file, refused = "" }) => {
      return { key, name: file.name, size: file.size, refused };
    }),
    here: queue.files.filter((one) => one.state !== "failed").map((one) => one.key),
    finished: inState("finished").map(({ key, file, token = "" }) => {
      return { key, name: file.name, token };
    }),
    others: queue.others ?? 0,
  };
}

function takeAnswer(queue: UploadQueue, data: UploaderData): void {
  queue.files = queue.files.filter((one) => !data.settled.includes(one.key));
  for (const item of queue.files) {
    const token = data.tokens[item.key];
    if (token && token !== item.refused && item.state === "new") {
      Object.assign(item, { token, state: "ready" });
    }
  }
}

export default function ({
  data,
  parentElement,
  setTriggerValue,
}: Mounted<UploaderData, UploaderTriggers>): () => void {
  const queue = queueOf(data.field);
  const zone = parentElement.querySelector<HTMLElement>(".sr-zone");
  if (zone?.dataset.field !== data.field) buildField(parentElement, data, queue);
  takeAnswer(queue, data);
  const tell = () => {
    const now = reportOf(queue);
    const text = JSON.stringify([now.wanted, now.finished, now.others, queue.ended]);
    const quiet = JSON.stringify([[], [], queue.toldOthers ?? 0, queue.toldEnded ?? 0]); // nothing to do
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
  if (lost) queue.ended += 1; // the page still waits for files that are not here any more
  queue.told = ""; // what the run before has missed is told again
  changed();
  sendAll(queue);
  return () => {
    if (queue.changed !== changed) return;
    const nothing = () => {};
    queue.changed = nothing;
    queue.advanced = nothing;
  };
}
