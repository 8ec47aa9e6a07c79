// Asks the app every few seconds, while the tab is in sight, whether others have added to the review and who
// has it open as well. Where they have, Python sends what is there now.
import { addressInApp } from "../shared/app_address";
import type { LiveAnswer, LiveReport } from "../shared/live_protocol";
import { post } from "./acts";
import type { Outbox } from "./outbox";
import { redraw } from "./redraw";
import { room, setRoom } from "./room";

const EVERY = 4000; // ms
const SLOWEST = 120_000; // ms between tries that fail
const PATIENCE = 10_000; // ms for one answer
const NOT_OURS = 403; // the address is too old, or of an earlier process

export const waitAfter = (failures: number): number => Math.min(EVERY * 2 ** failures, SLOWEST);

// Whether the page has to be renewed; not where something of one's own is on its way: its answer does that.
export const isBehind = (told: string, shown: string, { letters }: Pick<Outbox, "letters">) =>
  told !== shown && letters.length === 0;

export function startLive(): void {
  document.addEventListener("visibilitychange", askIfSeen);
  window.addEventListener("pagehide", tellLeaving);
}

export function stopLive(): void {
  document.removeEventListener("visibilitychange", askIfSeen);
  window.removeEventListener("pagehide", tellLeaving);
  clearTimeout(room.asking);
  tellLeaving();
  setRoom({ live: "", viewers: [] });
}

// With each answer of Python: the address to ask at, "" for none, and the version that is shown.
export function followReview(live: string, version: string): void {
  const isNew = live !== room.live;
  if (isNew) tellLeaving(); // another review, or this one by another address
  setRoom({ live, version });
  if (!isNew) return;
  setRoom({ failures: 0, viewers: [] });
  redraw("people");
  askSoon();
}

export function askSoon(wait = 0): void {
  clearTimeout(room.asking);
  setRoom({ asking: window.setTimeout(ask, wait) });
}

function askIfSeen(): void {
  if (isSeen()) askSoon();
}

const isSeen = () => document.visibilityState === "visible";

async function ask(): Promise<void> {
  const { live } = room;
  if (!live || !isSeen()) return; // goes on once it is seen
  const answer = await fetchAnswer(live);
  if (room.live !== live) return; // another review is open by now, or none
  if (answer === NOT_OURS && !room.failures) renew(); // which brings a new address
  const isTold = typeof answer === "object";
  setRoom({ failures: isTold ? 0 : room.failures + 1 });
  if (isTold) take(answer);
  askSoon(waitAfter(room.failures));
}

// The answer, or the status of a refusal, or 0 where the app cannot be reached.
async function fetchAnswer(live: string): Promise<LiveAnswer | number> {
  try {
    const answer = await fetch(addressInApp(live), {
      method: "POST",
      body: JSON.stringify(report()),
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return answer.ok ? await answer.json() : answer.status;
  } catch {
    return 0;
  }
}

const report = (): LiveReport => ({ reviewer: room.reviewer, editing: room.editing?.id ?? "" });

function take({ version, viewers }: LiveAnswer): void {
  if (JSON.stringify(viewers) !== JSON.stringify(room.viewers)) {
    setRoom({ viewers });
    redraw("people");
  }
  if (isBehind(version, room.version, room.outbox)) renew();
}

function renew(): void {
  post({ kind: "renew", at: Date.now() });
}

// Others need not wait until one counts as gone.
function tellLeaving(): void {
  if (!room.live) return;
  navigator.sendBeacon(addressInApp(room.live), JSON.stringify({ ...report(), leaving: true }));
}
