// lib/ui/web/review/window_click.ts
function window_click_default({ setTriggerValue }) {
  window.signalReview ??= {};
  const room = window.signalReview;
  Object.assign(room, {
    window: (index) => setTriggerValue("window", { index, at: Date.now() })
  });
  return () => {
    Object.assign(room, { window: null });
  };
}
export {
  window_click_default as default
};
