// Links from page to page. Streamlit clears the address of the page that is left before it writes that of
// the next one: Back would lead to a page without its session. As the browser's own Back and Forward do it,
// the address changes once. Mounted once for all pages.
import { pageLinkAt } from "../shared/streamlit_page";

declare global {
  interface Window {
    signalReviewLinks?: boolean;
  }
}

function followLink(event: MouseEvent): void {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (event.defaultPrevented) return;
  const link = event.target instanceof Element ? pageLinkAt(event.target) : null;
  if (!link || link.target === "_blank" || link.origin !== location.origin) return;
  if (link.pathname === location.pathname) return;
  event.preventDefault();
  event.stopPropagation(); // Streamlit does not follow it as well
  history.pushState(null, "", link.href);
  dispatchEvent(new PopStateEvent("popstate", { state: null }));
}

export default function (): void {
  if (window.signalReviewLinks) return;
  window.signalReviewLinks = true;
  document.addEventListener("click", followLink, true);
}
