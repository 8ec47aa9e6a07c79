// The keyboard. Keys never fire while typing, nor where the control in focus has its own use of them.
const KEYS = [
  [" ", "space", "play or pause", toggle],
  ["ArrowLeft", "←", `back ${STEP} s`, back],
  ["ArrowRight", "→", `forward ${STEP} s`, forward],
  ["p", "p", "previous span", () => neighbour(-1)],
  ["n", "n", "next span", () => neighbour(1)],
  ["s", "s", "play the chosen span", () => playSpan()],
  ["l", "l", "loop the chosen span", loopSpan],
  ["-", "−", "slower", () => faster(-1)],
  ["+", "+", "faster", () => faster(1)],
  ["f", "f", "follow the playhead", () => follow(!room.follow)],
  ["z", "z", "whole recording", () => home()],
  ["m", "m", "note at this moment", () => noteHere()],
  ["a", "a", "agree", () => judge("agree")],
  ["d", "d", "disagree", () => judge("disagree")],
  ["u", "u", "unsure", () => judge("unsure")],
];
const IN_NOTE = [["Ctrl Enter", "save the note"], ["Esc", "leave the note, keep its text"]];
const FIELD = ".sr-panel :is(textarea, input, select)";
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]";
const OWN_USE = "button, a, summary, input, .sr-sheet, [role=grid], [role=slider], [role=tab], [role=radio], [role=option], [role=combobox], video";

function press(event) {
  const field = event.key === "Escape" && !event.isComposing && event.target instanceof Element && event.target.closest(FIELD);
  if (field) { leaveField(field); return; }
  if (!room.keys || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const at = event.target instanceof Element ? event.target : document.body;
  if (at.closest(TYPING) || document.querySelector("[role=dialog]")) return;
  if ((event.key === " " || event.key.startsWith("Arrow")) && at.closest(OWN_USE)) return;
  const found = KEYS.find(([key]) => key === event.key);
  if (!found || !part("transport")) return;
  event.preventDefault();
  event.stopPropagation();
  found[3]();
}

function keyList() {
  const box = make("details", "sr-keys");
  const list = make("dl");
  [...KEYS.map(([, shown, does]) => [shown, does]), ...IN_NOTE].forEach(([shown, does]) => { list.append(make("dt", "", shown), make("dd", "", does)); });
  const label = make("label", "", " Keys are on");
  const on = make("input", "", undefined, { type: "checkbox" });
  on.checked = room.keys;
  on.addEventListener("change", () => { room.keys = on.checked; });
  label.prepend(on);
  box.append(make("summary", "", "Keys"), list, label);
  return box;
}
