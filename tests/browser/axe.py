"""What axe-core finds on a page: all of it at first, and then what came to it or changed."""

from axe_playwright_python.base import AXE_SCRIPT

# The app's own style is there; it comes in a piece of code that a page can be ahead of.
STYLED = "getComputedStyle(document.documentElement).getPropertyValue('--sr-other') !== ''"
STILL = """document.getAnimations().every((one) => one.playState !== "running"
  || one.effect.getTiming().iterations === Infinity)"""
# Notes from now on what comes to the page, and what each attribute was before it changed.
WATCH = """() => {
  const added = new Set(), before = new Map();
  const note = ({type, target, addedNodes, attributeName, oldValue}) => {
    if (type === "attributes") {
      if (!before.has(target)) before.set(target, new Map());
      const values = before.get(target);
      if (!values.has(attributeName)) values.set(attributeName, oldValue);
    } else if (target.nodeName === "DIV" && !target.role)
      for (const one of addedNodes) added.add(one);
    else added.add(target);  // what has a meaning is judged with what it holds
  };
  window.unjudged = {added, before, seen: new WeakSet()};
  new MutationObserver((all) => all.forEach(note)).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true,
  });
}"""
# The parts of the page that are others than when this was last asked, or were out of sight then.
CHANGED = """() => {
  const {added, before, seen} = window.unjudged;
  const inSight = [...document.body.querySelectorAll("*")].filter((one) =>
    one.checkVisibility({visibilityProperty: true}));
  const isOther = ([one, values]) =>
    [...values].some(([name, old]) => one.getAttribute(name) !== old);
  const changed = [...before].filter(isOther).map(([one]) => one);
  const found = [...added, ...changed, ...inSight.filter((one) => !seen.has(one))]
    .filter((one) => one.isConnected)
    .map((one) => one.nodeType === Node.ELEMENT_NODE ? one : one.parentElement)
    .map((one) => document.body.contains(one) && !one.matches("link, script, style")
      ? one : document.documentElement);  // a style is of the whole page
  added.clear();
  before.clear();
  window.unjudged.seen = new WeakSet(inSight);
  const parts = new Set(found);
  const isWithin = (one) => one && (parts.has(one) || isWithin(one.parentElement));
  return [...parts].filter((one) => !isWithin(one.parentElement));
}"""
FAULTS = f"""async (whole) => {{
  const all = whole || !window.unjudged;
  if (!window.unjudged) ({WATCH})();
  const include = ({CHANGED})();
  if (!all && !include.length) return [];
  const parts = all ? document : {{include}};
  const {{violations}} = await axe.run(parts, {{resultTypes: ["violations"]}});
  return violations
    .filter(({{impact}}) => impact === "serious" || impact === "critical")
    .flatMap(({{id, nodes}}) =>
      nodes.map(({{html, failureSummary}}) => [id, html, failureSummary]));
}}"""


def faults(page, *, whole=False):
    """The serious and critical findings in what was not yet judged as it is now.

    That is the whole page at first. `whole` asks for all of it again, as is due at the end, and
    once something went that covered the rest.
    """
    return ask(page, FAULTS, whole)


def ask(page, what, *about):
    """What axe-core answers, once the page has its style and nothing on it fades or slides."""
    wait_until_still(page)
    page.evaluate(f"window.axe || eval({AXE_SCRIPT!r})")
    return page.evaluate(what, *about)


def wait_until_still(page):
    page.mouse.move(0, 0)  # a hint that the mouse calls up would fade in while it is judged
    page.wait_for_function(STYLED)
    page.wait_for_function(STILL)
