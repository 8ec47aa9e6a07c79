// All keys in one sheet above the page. The browser itself keeps the focus in it, closes it by Escape, and
// gives the focus back.
import { button, make } from "../shared/elements";
import type { KeyGroup } from "./key_press";
import { part, room, setRoom } from "./room";

export function openKeys(groups: readonly KeyGroup[]): void {
  const host = part("transport"); // light or dark as the page is, and gone with it
  if (!host || part("keys")) return;
  const look = { "aria-labelledby": "sr-keys-title" };
  const dialog = make("dialog", "sr-keys", undefined, look);
  const sheet = make("div", "sr-keys-sheet");
  sheet.append(makeHead(dialog), ...groups.map(makeGroup), makeSwitch());
  dialog.append(sheet);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "?") dialog.close();
  });
  closeBeside(dialog);
  host.append(dialog);
  dialog.showModal();
}

// A press that begins in the sheet, on a text to copy, and ends beside it is no click beside it.
function closeBeside(dialog: HTMLDialogElement): void {
  let pressed: EventTarget | null = null;
  dialog.addEventListener("pointerdown", (event) => {
    pressed = event.target;
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && pressed === dialog) dialog.close();
  });
}

function makeHead(dialog: HTMLDialogElement): HTMLElement {
  const row = make("div", "sr-keys-head");
  row.append(
    make("h2", "", "Keys", { id: "sr-keys-title" }),
    button("✕", () => dialog.close(), { "aria-label": "Close" }),
  );
  return row;
}

function makeGroup({ title, keys }: KeyGroup): HTMLElement {
  const list = make("dl");
  for (const { shown, does } of keys) {
    const names = make("dt");
    for (const name of shown.split(" ")) names.append(make("kbd", "", name), " ");
    list.append(names, make("dd", "", does));
  }
  const group = make("section");
  group.append(make("h3", "", title), list);
  return group;
}

function makeSwitch(): HTMLLabelElement {
  const label = make("label", "sr-check", " Keys are on");
  const on = make("input", "", undefined, { type: "checkbox" });
  on.checked = room.keys;
  on.addEventListener("change", () => setRoom({ keys: on.checked }));
  label.prepend(on);
  return label;
}
