// Stands with each group of filters: hands the review which spans pass and how many that are in words; the
// latest result counts. One of the groups passes on to Python a filter that was chosen elsewhere on the page.
import type { Mounted } from "../shared/mount";
import type { FilterData, FilterTriggers } from "../shared/protocol";
import type { Room } from "./room";

export default function ({ data, setTriggerValue }: Mounted<FilterData, FilterTriggers>): void {
  window.signalReview ??= {};
  const room = window.signalReview;
  if (data.takes_requests) {
    Object.assign(room, {
      filter: (request) => setTriggerValue("request", { ...request, at: Date.now() }),
    } satisfies Partial<Room>);
  }
  if (room.resultAt !== undefined && data.at < room.resultAt) return;
  Object.assign(room, {
    resultAt: data.at,
    countText: data.text,
    chips: data.chips,
    folded: data.folded,
    shown: data.shown && new Set(data.shown),
  } satisfies Partial<Room>);
  room.redraw?.();
  room.wake?.();
}
