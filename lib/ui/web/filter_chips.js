// Every filter that is set as a chip that takes it off again, whether its widget is in sight or folded away.
function drawChips() {
  const host = part("chips"), chips = room.chips ?? [], label = moreFilters()?.querySelector("p");
  if (label && label.dataset.set !== setText()) label.dataset.set = setText();
  if (!host || host.chips === chips) return;
  const held = [...host.children].indexOf(document.activeElement);
  host.chips = chips;
  host.replaceChildren(...chips.map(({ name, value, label }) => {
    const chip = button(label, () => room.filter?.({ remove: { name, value } }), { "aria-label": `Remove filter: ${label}` });
    chip.append(make("span", "", " ×", { "aria-hidden": "true" }));
    return chip;
  }));
  if (held >= 0) (host.children[Math.min(held, chips.length - 1)] ?? moreFilters())?.focus();
}

// Behind the name of the filters that are folded away, which Streamlit draws.
const setText = () => (room.folded ? ` · ${room.folded} set` : "");
