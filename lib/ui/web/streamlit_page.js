// Where the scripts find what Streamlit drew, in one place. That a key becomes a class is documented; the
// rest are names of Streamlit's own elements, which it may change. tests/browser hold them: the video
// test_sync.py, raw answer and popover test_accessibility.py, links from page to page test_journeys.py.
const keyed = (key) => `.st-key-${key}`;

const video = () => document.querySelector(`${keyed("player")} :is(video, audio)`);
const untabbedCode = () => document.querySelector(".stCode pre:not([tabindex])");
const openPopover = () => document.querySelector("[data-testid=stPopoverBody]");
const moreFilters = () => document.querySelector(`${keyed("filters_more")} summary`);
const appRoot = () => document.querySelector(".stApp");

// The link to another page that holds this element: ours, or one of Streamlit's.
const pageLinkAt = (target) => target.closest("a.sr-name, a:is([data-testid=stTopNavLink], [data-testid=stSidebarNavLink], [data-testid=stPageLink-NavLink])");
