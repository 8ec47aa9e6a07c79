// Every filter that is set as a chip that takes it off again, whether its widget is in sight or folded away.
import { button, make } from "../shared/elements";
import type { FilterChip } from "../shared/protocol";
import { moreFilters } from "../shared/streamlit_page";
import { part, room } from "./room";

interface ChipsHost extends HTMLElement {
  chips?: readonly FilterChip[]; // that are drawn
}

const NO_CHIPS: readonly FilterChip[] = [];

export function drawChips(): void {
  const host = part<ChipsHost>("chips");
  const chips = room.chips ?? NO_CHIPS;
  const label = moreFilters()?.querySelector("p");
  if (label && label.dataset.set !== setText()) label.dataset.set = setText();
  if (!host || host.chips === chips) return;
  const focused = document.activeElement;
  const held = focused ? [...host.children].indexOf(focused) : -1;
  host.chips = chips;
  const made = chips.map(makeChip);
  host.replaceChildren(...made);
  if (held >= 0) (made[Math.min(held, chips.length - 1)] ?? moreFilters())?.focus();
}

function makeChip({ name, value, label }: FilterChip): HTMLButtonElement {
  const remove = () => room.filter?.({ remove: { name, value } });
  const chip = button(label, remove, { "aria-label": `Remove filter: ${label}` });
  chip.append(make("span", "", " ×", { "aria-hidden": "true" }));
  return chip;
}

// Behind the name of the filters that are folded away, which Streamlit draws.
const setText = () => (room.folded ? ` · ${room.folded} set` : "");
