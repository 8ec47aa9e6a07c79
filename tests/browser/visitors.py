"""Who visits the app in a browser: at each visit somebody who was never there before."""

from contextlib import contextmanager
from urllib.parse import urlsplit

USUAL = {"width": 1440, "height": 900}
BLANK = "http://localhost/"  # of the app's site, whatever its port: nothing asks the network for it


class Visitors:
    """Contexts of a browser, lent to one visit after the other, of which none sees a former one.

    A context has a page that stays, and with it the process that shows its pages: a page in a
    context of its own begins a process, which compiles all scripts anew. What a page keeps is
    taken away after each visit; the browser's cache of files stays.
    """

    spoiled = False  # a test has failed: what it was lent may be anyhow, and is not lent again

    def __init__(self, browser):
        self._browser = browser
        self._free = {}

    @contextmanager
    def lend(self, **options):
        """A context that nobody else has; after a visit that failed it is not lent again."""
        free = self._free.setdefault(repr(sorted(options.items())), [])
        context = free.pop() if free else self._begin(options)
        try:
            yield context
        except BaseException:
            context.close()
            raise
        if Visitors.spoiled:
            context.close()
            return
        _clear(context)
        free.append(context)

    def _begin(self, options):
        context = self._browser.new_context(viewport=USUAL, **options)
        stays = context.new_page()
        stays.route(BLANK, lambda route: route.fulfill(body="", content_type="text/html"))
        stays.goto(BLANK)
        context.origins = set()
        return context


def _clear(context):
    """Take away what visits left: pages, and all that these have stored."""
    stays, *others = context.pages
    for page in others:
        page.close()
    session = context.new_cdp_session(stays)
    for origin in context.origins:
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    session.detach()
    context.clear_cookies()
    context.origins.clear()


@contextmanager
def visit(visitors, *, viewport=USUAL, color_scheme="light", **options):
    """A page that notes every request beyond loopback, and every error of a script."""
    with visitors.lend(**options) as context:
        opened = context.new_page()
        opened.set_viewport_size(viewport)
        opened.emulate_media(color_scheme=color_scheme)
        opened.set_default_timeout(30_000)
        opened.strangers, opened.faults = [], []
        opened.on("request", lambda request: _note(opened, request.url))
        opened.on("pageerror", lambda error: opened.faults.append(str(error)))
        yield opened  # closed after it: an open page asks the app on, and slows what comes next


def _note(page, url):
    if url.startswith("http"):
        page.context.origins.add("{0.scheme}://{0.netloc}".format(urlsplit(url)))
    if not url.startswith(("http://localhost:", "http://127.0.0.1:", "data:", "blob:", "ws://")):
        page.strangers.append(url)
