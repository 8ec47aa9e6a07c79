// lib/ui/web/shared/streamlit_page.ts
var STREAMLIT_LINKS = [
  "[data-testid=stTopNavLink]",
  "[data-testid=stSidebarNavLink]",
  "[data-testid=stPageLink-NavLink]"
].join(", ");
var pageLinkAt = (target) => target.closest(`a.sr-name, a:is(${STREAMLIT_LINKS})`);

// lib/ui/web/shell/page_links.ts
function followLink(event) {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (event.defaultPrevented) return;
  const link = event.target instanceof Element ? pageLinkAt(event.target) : null;
  if (!link || link.target === "_blank" || link.origin !== location.origin) return;
  if (link.pathname === location.pathname) return;
  event.preventDefault();
  event.stopPropagation();
  history.pushState(null, "", link.href);
  dispatchEvent(new PopStateEvent("popstate", { state: null }));
}
function page_links_default() {
  if (window.signalReviewLinks) return;
  window.signalReviewLinks = true;
  document.addEventListener("click", followLink, true);
}
export {
  page_links_default as default
};
