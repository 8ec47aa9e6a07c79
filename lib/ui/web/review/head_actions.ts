// In the head: links to what is on the page, to share, and the way to its files.
import { button, make } from "../shared/elements";
import { drawHere } from "./live_names";
import { openSection } from "./open_section";
import { currentTime } from "./playback";
import { part, room } from "./room";
import { copyLink } from "./share_link";

export function buildHeadActions(host: HTMLElement): void {
  const told = make("span", "sr-told", "", { role: "status" });
  const menu = make("div", "sr-menu", undefined, { role: "group", "aria-label": "Share" });
  menu.hidden = true;
  const moment = () => ({ t: currentTime().toFixed(room.digits) });
  const links: readonly [text: string, extra: () => Record<string, string | number>][] = [
    ["Link to this view", () => ({})],
    ["Link to this moment", moment],
    ["Link to this span", () => ({ ...moment(), span: room.picked ?? "" })],
  ];
  for (const [text, extra] of links) menu.append(button(text, () => copyLink(extra(), told)));
  menu.append(told);
  const share = button("Share", () => open(Boolean(menu.hidden)), { "aria-expanded": "false" });
  const open = (on: boolean) => {
    menu.hidden = !on;
    told.textContent = "";
    share.setAttribute("aria-expanded", String(on));
    const ofSpan = menu.querySelectorAll("button")[links.length - 1];
    if (ofSpan) ofSpan.disabled = room.picked === null;
  };
  host.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    open(false);
    share.focus();
  });
  host.addEventListener("focusout", (event) => {
    const to = event.relatedTarget;
    if (to instanceof Node && !host.contains(to)) open(false);
  });
  menu.addEventListener("sr-close", () => open(false));
  const here = make("span", "sr-here", "", { role: "status" });
  host.replaceChildren(
    here,
    share,
    button("Export", () => openSection("downloads")),
    menu,
  );
  drawHere(here);
}

// A press beside the menu closes it.
export function closeMenuBeside(event: PointerEvent): void {
  const inside = event.target instanceof Element && event.target.closest(".sr-head-acts");
  if (!inside) openMenu()?.dispatchEvent(new Event("sr-close"));
}

// The menu while it is open.
export const openMenu = (): HTMLElement | null => {
  const menu = part("menu");
  return menu && !menu.hidden ? menu : null;
};
