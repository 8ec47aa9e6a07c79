// Stands with the section on quality: while it is there, a click on the quality chart chooses a window.
import type { Mounted } from "../shared/mount";
import type { WindowTriggers } from "../shared/protocol";
import type { Room } from "./room";

export default function ({ setTriggerValue }: Mounted<null, WindowTriggers>): () => void {
  window.signalReview ??= {};
  const room = window.signalReview;
  Object.assign(room, {
    window: (index) => setTriggerValue("window", { index, at: Date.now() }),
  } satisfies Partial<Room>);
  return () => {
    Object.assign(room, { window: null } satisfies Partial<Room>);
  };
}
