// The page is brought up to date frame by frame while its video plays or something changes, and rests while
// nothing does: an open page that is only read costs nothing.
const LINGERING = 250; // ms: what has begun to change often goes on

// All that the page, its elements and its video tell of a change. Media events reach the document by capture.
const CHANGES = [
  ..."pointerdown pointermove pointerup click wheel keydown keyup input change focusin focusout".split(
    " ",
  ),
  ..."scroll transitionend visibilitychange fullscreenchange load".split(" "),
  ..."play playing pause seeking seeked timeupdate ratechange".split(" "),
  ..."loadedmetadata loadeddata durationchange emptied error".split(" "),
];

export interface FrameLoop {
  readonly wake: () => void;
  readonly stop: () => void;
}

// `isBusy`: whether the next frame is needed though nothing changes.
export function startFrames(draw: () => void, isBusy: () => boolean): FrameLoop {
  let frame = 0;
  let until = 0;
  let stopped = false;
  const step = () => {
    frame = 0;
    try {
      draw();
    } finally {
      // Nothing odd on the page ends the loop.
      if (isBusy() || performance.now() < until) frame ||= requestAnimationFrame(step);
    }
  };
  const wake = () => {
    if (stopped) return;
    until = performance.now() + LINGERING;
    frame ||= requestAnimationFrame(step);
  };
  const observer = new MutationObserver(wake);
  observer.observe(document.body, {
    attributes: true,
    characterData: true,
    childList: true,
    subtree: true,
  });
  const heard = { capture: true, passive: true };
  for (const change of CHANGES) document.addEventListener(change, wake, heard);
  window.addEventListener("resize", wake);
  const stop = () => {
    stopped = true;
    cancelAnimationFrame(frame);
    observer.disconnect();
    for (const change of CHANGES) document.removeEventListener(change, wake, heard);
    window.removeEventListener("resize", wake);
  };
  wake();
  return { wake, stop };
}
