// lib/ui/web/review/filter_result.ts
function filter_result_default({ data, setTriggerValue }) {
  window.signalReview ??= {};
  const room = window.signalReview;
  if (data.takes_requests) {
    Object.assign(room, {
      filter: (request) => setTriggerValue("request", { ...request, at: Date.now() })
    });
  }
  if (room.resultAt !== void 0 && data.at < room.resultAt) return;
  Object.assign(room, {
    resultAt: data.at,
    countText: data.text,
    chips: data.chips,
    folded: data.folded,
    shown: data.shown && new Set(data.shown)
  });
  room.redraw?.();
  room.wake?.();
}
export {
  filter_result_default as default
};
