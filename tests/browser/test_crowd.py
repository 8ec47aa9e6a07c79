"""Fifty sessions of a browser at once: three in a real one, the others by what a browser sends."""

import asyncio
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from tests.browser.conftest import App, visit
from tests.browser.room import PANEL, ROWS, open_session

REAL, OTHERS = 3, 47
BOUND = 120  # seconds until a session's answer is given up
WHOLE = ForwardMsg.FINISHED_SUCCESSFULLY  # and not to be begun anew at once
FIELDS = {"review": "-search", "": "-analyze_context"}  # page: end of the id of what is typed in


class Viewer:
    """One session: what it types into the page it has open, and all that it was ever sent."""

    def __init__(self, number, socket):
        self.page = ("review", "")[number % 2]
        self.secret = f"secret-{number}-"
        self.socket = socket
        self.field = self.seen = None
        self.begun = False
        self.heard = b""

    async def ask(self, typed=None):
        """Run the page with something typed; seconds until all of it was drawn."""
        message, began = BackMsg(), time.monotonic()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = "session=sample" if self.page else ""
        if self.seen:
            message.rerun_script.page_script_hash = self.seen
        if typed:
            message.rerun_script.widget_states.widgets.add(id=self.field, string_value=typed)
        self.begun = False
        await self.socket.send(message.SerializeToString())
        while not await asyncio.wait_for(self._drawn(), BOUND):
            pass
        return time.monotonic() - began

    async def _drawn(self):
        """Whether the next message says that the page with the field is drawn."""
        data = await self.socket.recv()
        self.heard += data
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        self.begun = self.begun or kind == "new_session"
        if kind == "navigation":
            self.seen = message.navigation.page_script_hash
        element = message.delta.new_element
        name = getattr(getattr(element, element.WhichOneof("type") or "empty"), "id", "")
        if name.endswith(FIELDS[self.page]):
            self.field = name
        over = kind == "script_finished"
        return over and self.begun and self.field and message.script_finished == WHOLE


async def crowd(app, memory):
    """Let all come at once and type at once, then one after the other; the seconds of each."""
    async with AsyncExitStack() as stack:
        address = app.url.replace("http", "ws") + "/_stcore/stream"
        viewers = []
        for number in range(OTHERS):
            joining = connect(address, subprotocols=["streamlit"], max_size=None)
            viewers.append(Viewer(number, await stack.enter_async_context(joining)))
        await asyncio.gather(*(viewer.ask() for viewer in viewers))
        memory.append(rss(app))
        together = await asyncio.gather(*(viewer.ask(f"{viewer.secret}a") for viewer in viewers))
        alone = [await viewer.ask(f"{viewer.secret}b") for viewer in viewers]
        return viewers, together, alone


def rss(app):
    """Memory of the app's process, in MB."""
    status = Path(f"/proc/{app._process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def said(seconds):
    return f"{statistics.median(seconds):.2f} s in the middle, {max(seconds):.2f} s at most"


def test_fifty_sessions_at_once_see_nothing_of_each_other(browser, tmp_path, capsys):
    app, memory = App(tmp_path), []
    with ExitStack() as stack, ThreadPoolExecutor(1) as apart:  # a loop runs here: Playwright's
        stack.callback(app.stop)
        memory.append(rss(app))
        pages = [stack.enter_context(visit(browser)) for _ in range(REAL)]
        for number, page in enumerate(pages):
            open_session(page, app)
            page.locator(ROWS).first.click()
            expect(page.locator(f"{PANEL} .sr-type")).to_be_visible()
            draft(page).fill(f"secret-real-{number}")
        viewers, together, alone = apart.submit(asyncio.run, crowd(app, memory)).result()
        for viewer in viewers:
            others = {one.secret for one in viewers} - {viewer.secret} | {"secret-real"}
            assert not [one for one in others if one.encode() in viewer.heard]
            if viewer.page:  # what it searches for is nowhere, so what it typed was taken in
                assert re.search(rb"\b0 of \d+ spans", viewer.heard)
        for number, page in enumerate(pages):
            expect(draft(page)).to_have_value(f"secret-real-{number}")
            assert not re.search(r"secret-\d|\b0 of \d+ spans", page.content())
            assert page.faults == []
    with capsys.disabled():
        print(
            f"\n{REAL + OTHERS} sessions: {memory[0]:.0f} MB before, {memory[1]:.0f} MB with all; "
            f"a click while all click {said(together)}, while the others rest {said(alone)}"
        )


def draft(page):
    return page.get_by_role("textbox", name="Note", exact=True)
