// Stands with the section on quality: while it is there, a click on the quality chart chooses a window, and the
// chart shows which ones are chosen.
import type { Mounted } from "../shared/mount";
import type { WindowData, WindowTriggers } from "../shared/protocol";
import type { Room } from "./room";

export default function ({
  data,
  setTriggerValue,
}: Mounted<WindowData, WindowTriggers>): () => void {
  window.signalReview ??= {};
  const room = window.signalReview;
  Object.assign(room, {
    windows: data,
    window: (index, compare) => setTriggerValue("window", { index, compare, at: Date.now() }),
  } satisfies Partial<Room>);
  room.wake?.();
  return () => {
    Object.assign(room, { window: null, windows: null } satisfies Partial<Room>);
    room.wake?.();
  };
}
