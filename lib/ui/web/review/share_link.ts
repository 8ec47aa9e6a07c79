// Links to the view, a moment or a span: they go to the clipboard, or where that is not allowed into a field.
import { make } from "../shared/elements";
import { room } from "./room";

const OF_MOMENTS = ["t", "span"]; // names in the address

export async function copyLink(
  extra: Record<string, string | number>,
  told: HTMLElement,
): Promise<void> {
  const link = new URL(location.href);
  for (const name of OF_MOMENTS) link.searchParams.delete(name);
  link.searchParams.set("session", String(room.session));
  for (const [name, value] of Object.entries(extra)) link.searchParams.set(name, String(value));
  try {
    await navigator.clipboard.writeText(link.href);
    told.textContent = "Copied";
  } catch {
    const look = { readonly: "", value: link.href, "aria-label": "Link" };
    const field = make("input", "sr-link", undefined, look);
    told.replaceChildren(field);
    field.select();
  }
}
