// Stands with the filters: tells the room which spans pass them (data.shown: ids, null for all), and
// asks Python for a filter that was chosen elsewhere on the page.
export default function ({ data, setTriggerValue }) {
  const room = (window.signalReview ??= {});
  room.shown = data.shown && new Set(data.shown);
  room.filter = (asked) => setTriggerValue("ask", { ...asked, at: Date.now() });
  room.redraw?.();
}
