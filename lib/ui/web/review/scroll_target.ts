// What was asked for below the charts: brought into view once it is there, and again where the page grows
// under it; not once the analyst has gone elsewhere.
import { room, setRoom } from "./room";

const PATIENCE = 60_000; // ms that it may take to come
const GROWING = 10_000; // ms after which the page counts as whole

export function awaitPart(find: () => HTMLElement | null): void {
  const since = performance.now();
  setRoom({ awaited: { find, since, until: since + PATIENCE, height: null } });
}

export function leadToAwaited(pageHeight: number): void {
  const { awaited } = room;
  if (!awaited) return;
  const now = performance.now();
  if (now > awaited.until) {
    setRoom({ awaited: null });
    return;
  }
  const found = awaited.find();
  if (!found || pageHeight === awaited.height) return;
  found.scrollIntoView({ block: "center" });
  const until = awaited.height === null ? now + GROWING : awaited.until;
  setRoom({ awaited: { ...awaited, until, height: pageHeight } });
}

// The click or key that asked for it does not count.
export function stopAwaiting(event: Event): void {
  if (room.awaited && event.timeStamp > room.awaited.since) setRoom({ awaited: null });
}
