// Stands with each group of filters: hands the review which spans pass (data.shown: ids, null for all) and
// how many that are in words; the latest result counts. One of the groups passes on to Python a filter that
// was chosen elsewhere on the page.
export default function ({ data, setTriggerValue }) {
  const room = (window.signalReview ??= {});
  if (data.takes_requests) room.filter = (request) => setTriggerValue("request", { ...request, at: Date.now() });
  if (data.at < room.resultAt) return;
  Object.assign(room, { resultAt: data.at, countText: data.text, chips: data.chips, folded: data.folded, shown: data.shown && new Set(data.shown) });
  room.redraw?.();
}
