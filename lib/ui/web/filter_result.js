// Stands with each group of filters: tells the room which spans pass (data.shown: ids, null for all) and
// how many that are in words; the latest telling holds. Asks Python for a filter that was chosen
// elsewhere on the page.
export default function ({ data, setTriggerValue }) {
  const room = (window.signalReview ??= {});
  if (data.asks) room.filter = (asked) => setTriggerValue("ask", { ...asked, at: Date.now() });
  if (data.at < room.told) return;
  Object.assign(room, { told: data.at, said: data.said, shown: data.shown && new Set(data.shown) });
  room.redraw?.();
}
