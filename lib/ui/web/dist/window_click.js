// lib/ui/web/review/window_click.ts
function window_click_default({
  data,
  setTriggerValue
}) {
  window.signalReview ??= {};
  const room = window.signalReview;
  Object.assign(room, {
    windows: data,
    window: (index, compare) => setTriggerValue("window", { index, compare, at: Date.now() })
  });
  room.wake?.();
  return () => {
    Object.assign(room, { window: null, windows: null });
    room.wake?.();
  };
}
export {
  window_click_default as default
};
