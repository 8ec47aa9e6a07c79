// Where the scripts find what Streamlit drew, in one place. That a key becomes a class is documented; the
// rest are names of Streamlit's own elements, which it may change. tests/browser hold them: the video
// test_sync.py, form of clips, height of the page and its scrolling (test_review_layout.py), sections and field of the search test_review_page.py, the column beside
// test_side_tabs.py, raw answer and popover test_accessibility.py, links from
// page to page test_journeys.py.
export const keyed = (key: string): string => `.st-key-${key}`;

export const video = (): HTMLVideoElement | null =>
  document.querySelector(`${keyed("player")} :is(video, audio)`);
export const untabbedCode = (): HTMLElement | null =>
  document.querySelector(".stCode pre:not([tabindex])");
export const openPopover = (): HTMLElement | null =>
  document.querySelector("[data-testid=stPopoverBody]");
export const searchField = (): HTMLInputElement | null =>
  document.querySelector(`${keyed("search")} input`);
// Something stands above the page, ours or Streamlit's, and has the keyboard.
export const isOverlayOpen = (): boolean =>
  document.querySelector("[role=dialog], dialog[open]") !== null;
export const moreFilters = (): HTMLElement | null =>
  document.querySelector(`${keyed("filters_more")} summary`);
export const clipForm = (): HTMLElement | null => document.querySelector(keyed("clip_what"));
export const pageHeight = (): number =>
  document.querySelector(".stMainBlockContainer")?.scrollHeight ?? 0;
export const scrollPage = (by: number): void => document.querySelector(".stMain")?.scrollBy(0, by);
export const sideColumn = (): HTMLElement | null => document.querySelector(keyed("side"));
export const spansBeside = (): HTMLElement | null => document.querySelector(keyed("side_spans"));
// The choice of sections, once this one is chosen.
export function chosenSection(title: string): HTMLElement | null {
  const choice = document.querySelector<HTMLElement>(keyed("section"));
  const chosen = choice?.querySelector("[role=radio][aria-checked=true]");
  return chosen?.textContent?.trim() === title ? choice : null;
}
export const appRoot = (): HTMLElement | null => document.querySelector(".stApp");

const STREAMLIT_LINKS = [
  "[data-testid=stTopNavLink]",
  "[data-testid=stSidebarNavLink]",
  "[data-testid=stPageLink-NavLink]",
].join(", ");

// The link to another page that holds this element: ours, or one of Streamlit's.
export const pageLinkAt = (target: Element): HTMLAnchorElement | null =>
  target.closest<HTMLAnchorElement>(`a.sr-name, a:is(${STREAMLIT_LINKS})`);
