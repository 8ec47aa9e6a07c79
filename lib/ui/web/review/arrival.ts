// A link to a moment or a span leads there, once: to the span at once, in the video when it is there.

import { pickSpan } from "./choice";
import { askedMoment } from "./link_target";
import { redraw } from "./redraw";
import { room, setRoom } from "./room";

const STUCK = 800; // ms after which a seek counts as left undone
const NEAR = 0.1; // s: the moment asked for, as the video tells it
const HELD = 3000; // ms: a page that is still loading may lay its video anew, which begins at 0

export function arrive(): void {
  setRoom({ arrived: true });
  const address = new URLSearchParams(location.search);
  const { span, seconds } = askedMoment(address, (id) => room.byId.get(id)?.draw_start);
  if (span === "unknown") {
    setRoom({ about: { kind: "lost" } });
    redraw("panel");
  } else if (span !== null) pickSpan(span, { go: false });
  if (seconds > 0) setRoom({ due: { seconds, until: Number.POSITIVE_INFINITY } });
}

// The link's moment holds until the page is there, or the analyst has gone elsewhere with the video's own controls.
export function holdArrival(v: HTMLVideoElement | null): void {
  if (!room.due || !v || v.readyState < 1) return;
  const { seconds } = room.due;
  const now = performance.now();
  const until = room.due.until === Number.POSITIVE_INFINITY ? now + HELD : room.due.until;
  setRoom({ due: { ...room.due, until } });
  const elsewhere = v.currentTime !== 0 && Math.abs(v.currentTime - seconds) > NEAR;
  if (now > until || !v.paused || seconds > v.duration || elsewhere) setRoom({ due: null });
  else if (v.currentTime === 0) v.currentTime = seconds;
  else if (v.seeking && now > until - HELD + STUCK && !room.due.again) {
    // Chromium leaves a seek that comes while it still loads undone, until it is asked for again.
    setRoom({ due: { seconds, until, again: true } });
    v.currentTime = seconds;
  }
}
