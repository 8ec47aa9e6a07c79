// Stands with the section on quality: while it is there, a click on the quality chart chooses a window.
export default function ({ setTriggerValue }) {
  const room = (window.signalReview ??= {});
  room.window = (index) => setTriggerValue("window", { index, at: Date.now() });
  return () => { room.window = null; };
}
