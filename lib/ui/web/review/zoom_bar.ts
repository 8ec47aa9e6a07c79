// The bar above the lanes: what is in view of the whole recording, and what to do with it.
import { make } from "../shared/elements";
import { iconButton } from "./icons";
import { offerRange } from "./note_form";
import { makeOverview } from "./overview";
import { part, room } from "./room";
import { toggleFollow, zoomOut } from "./zoom";

export function buildZoom(host: HTMLElement): void {
  const row = make("div", "sr-row", undefined, { role: "group", "aria-label": "View" });
  const filterByView = () => room.filter?.({ range: room.zoom });
  row.append(
    iconButton("whole", "Whole recording (z)", zoomOut, { "data-does": "home" }),
    iconButton("range", "Only spans in view", filterByView, { "data-does": "range" }),
    iconButton("follow", "Follow", toggleFollow, { "data-does": "follow" }),
  );
  host.replaceChildren(row, makeOverview());
  drawZoom();
}

export function drawZoom(): void {
  offerRange();
  const host = part("zoom");
  if (!host?.firstChild) return;
  const zoomed = host.querySelectorAll<HTMLButtonElement>("[data-does=home], [data-does=range]");
  for (const one of zoomed) one.disabled = !room.zoom;
  const box = host.querySelector<HTMLElement>("[data-does=follow]");
  if (box) drawFollow(box);
}

function drawFollow(box: HTMLElement): void {
  const waits = room.follow && room.away;
  box.setAttribute("aria-pressed", String(room.follow && !room.away));
  box.title = waits
    ? "Follow (f): goes on once the playhead is in view again"
    : "Follow (f): keeps the playhead in view while zoomed";
}
