// The video: what it plays, and how fast.
import { video } from "../shared/streamlit_page";
import { redraw } from "./redraw";
import { part, room, setRoom } from "./room";
import { pickedSpan } from "./spans";
import { frameStart } from "./video_frames";

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
export const STEP = 5; // seconds
export const ASSUMED_RATE = 25; // frames a second, where it is not known
const SHORTEST = 0.25; // seconds of a span that is played

export const currentTime = (): number => video()?.currentTime ?? 0;

// Where it is, in seconds; null without a recording that can be played: 0:00 would be nobody's choice.
export function playhead(): number | null {
  const v = video();
  return v && !(v.error && !v.readyState) ? v.currentTime : null;
}

// In seconds; endless where it is not known.
export function recordingEnd(): number {
  const seconds = video()?.duration ?? Number.NaN;
  return Number.isFinite(seconds) ? seconds : Number.POSITIVE_INFINITY;
}

export function seek(seconds: number): void {
  const v = video();
  setRoom({ stretch: null, due: null });
  if (v) v.currentTime = Math.max(0, Math.min(seconds, v.duration || seconds));
}

export function toggle(): void {
  const v = video();
  if (v?.paused) v.play();
  else v?.pause();
}

export function back(): void {
  const v = video();
  if (v) seek(v.currentTime - STEP);
}

export function forward(): void {
  const v = video();
  if (v) seek(v.currentTime + STEP);
}

// From the start of one frame to that of another, whatever lies between.
export function stepFrame(step: number): void {
  const v = video();
  if (!v) return;
  v.pause();
  seek(frameStart(v.currentTime, frameRate() ?? ASSUMED_RATE, step));
}

// That of the recording, in frames a second; null where it is not known, or it has no picture.
export function frameRate(): number | null {
  const rate = Number(part("transport")?.dataset.frameRate);
  return rate > 0 ? rate : null;
}

export function playSpan(): void {
  const span = pickedSpan();
  const v = video();
  if (!span || !v) return;
  seek(span.draw_start);
  const end = Math.max(span.draw_end, span.draw_start + SHORTEST);
  setRoom({ stretch: { start: span.draw_start, end } });
  v.play();
  redraw("transport");
}

export function loopSpan(): void {
  setRoom({ loop: !room.loop, stretch: null }); // switched off, the video plays on
  if (room.loop) playSpan();
  redraw("transport");
}

export function keepStretch(): void {
  const v = video();
  const { stretch } = room;
  if (!v || !stretch || v.currentTime < stretch.end) return;
  if (room.loop) {
    v.currentTime = stretch.start;
    return;
  }
  setRoom({ stretch: null });
  v.pause();
  redraw("transport");
}

export function setSpeed(rate: number): void {
  const v = video();
  if (v) v.playbackRate = rate;
  redraw("transport");
}

export function changeSpeed(step: number): void {
  const at = SPEEDS.indexOf(video()?.playbackRate ?? 1);
  const place = Math.max(0, Math.min(SPEEDS.length - 1, at + step));
  setSpeed(SPEEDS[place] ?? 1);
}

export function showSubtitles(label: string): void {
  setRoom({ subtitle: label });
  for (const track of video()?.textTracks ?? []) {
    track.mode = track.label === label ? "showing" : "disabled";
  }
}
