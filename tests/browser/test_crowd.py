"""Fifty sessions of a browser at once: three in a real one, the others by what a browser sends."""

import asyncio
import io
import json
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import requests
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect

from lib.background import run
from lib.library import Library
from lib.model import V1Options
from lib.recordings.store import sha256_of
from tests import answers
from tests.browser.conftest import App
from tests.browser.review_page import PANEL, ROWS, open_session
from tests.browser.visitors import visit

REAL, OTHERS = 3, 47
BOUND = 120  # seconds until a session's answer is given up
WHOLE = ForwardMsg.FINISHED_SUCCESSFULLY  # and not to be begun anew at once
FIELDS = {"review": "-search", "": "-analyze_context"}  # page: end of the id of what is typed in
UPLOADER = "-upload"
KEY = "1-2-3-4"  # of the one file


class Viewer:
    """One session: what it types into the page it has open, and all that it was ever sent."""

    def __init__(self, number, socket):
        self.page = ("review", "")[number % 2]
        self.secret = f"secret-{number}-"
        self.socket = socket
        self.number = number
        self.field = self.uploader = self.token = self.seen = None
        self.begun = False
        self.heard = b""

    async def bring(self, app, recording):
        """On Analyze: choose a recording, as a browser does it."""
        data = await asyncio.to_thread(recording.read_bytes)
        await self.tell(wanted=[{"key": KEY, "name": recording.name, "size": len(data)}])
        await asyncio.to_thread(_put, f"{app.url}/recordings/upload/{self.token}", data)
        await self.tell(finished=[{"key": KEY}])

    async def tell(self, **told):
        """Tell the page what the browser has, as its script does."""
        events = [{"event": "told", "value": {"here": [KEY], **told}}]
        state = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{self.uploader}__events")
        state.json_trigger_value = json.dumps(events)
        await self.ask(state)

    async def type(self, text):
        """Type into the field of the page; seconds until all of it was drawn."""
        return await self.ask(WidgetState(id=self.field, string_value=text))

    async def ask(self, *states):
        """Run the page with these widgets changed; seconds until all of it was drawn."""
        message, began = BackMsg(), time.monotonic()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = "session=sample" if self.page else ""
        if self.seen:
            message.rerun_script.page_script_hash = self.seen
        message.rerun_script.widget_states.widgets.extend(states)
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
        if name.endswith(UPLOADER):
            self.uploader = name
            tokens = json.loads(element.bidi_component.json)["tokens"]
            self.token = tokens.get(KEY, self.token)
        finished = kind == "script_finished"
        return finished and self.begun and self.field and message.script_finished == WHOLE


def _put(url, data):
    sent = requests.put(url, data=data, headers={"Upload-Offset": "0"}, timeout=BOUND)
    sent.raise_for_status()


def analyzed_at(number, sign):
    """When the recording was analysed with what this viewer types: nothing else says so."""
    return datetime(2026, 1, 1, "ab".index(sign), number, tzinfo=UTC)


def fill(app, recording):
    """Results of the recording, one for each text that is typed on Analyze."""
    library = Library(app.library)
    digest = sha256_of(io.BytesIO(recording.read_bytes()))
    for number in range(1, OTHERS, 2):
        for sign in "ab":
            mark = run.analysis_fingerprint(digest, V1Options(context=f"secret-{number}-{sign}"))
            session = answers.session(session_id=f"{number}-{sign}", title="Talk")
            created_at = analyzed_at(number, sign)
            library.save(replace(session, created_at=created_at, fingerprint=mark))
    library.close()


async def crowd(app, recording, memory):
    """Let all come at once and type at once, then one after the other; the seconds of each."""
    async with AsyncExitStack() as stack:
        address = app.url.replace("http", "ws") + "/_stcore/stream"
        viewers = []
        for number in range(OTHERS):
            joining = connect(address, subprotocols=["streamlit"], max_size=None)
            viewers.append(Viewer(number, await stack.enter_async_context(joining)))
        await asyncio.gather(*(viewer.ask() for viewer in viewers))
        await asyncio.gather(
            *(viewer.bring(app, recording) for viewer in viewers if not viewer.page)
        )
        memory.append(rss(app))
        together = await asyncio.gather(*(viewer.type(f"{viewer.secret}a") for viewer in viewers))
        alone = [await viewer.type(f"{viewer.secret}b") for viewer in viewers]
        return viewers, together, alone


def rss(app):
    """Memory of the app's process, in MB."""
    status = Path(f"/proc/{app._process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def summary_text(seconds):
    return f"{statistics.median(seconds):.2f} s in the middle, {max(seconds):.2f} s at most"


def results(viewer):
    """When the results were made that this viewer was offered, in order."""
    return sorted(set(re.findall(rb"on (2026-01-01 \d\d:\d\d) UTC", viewer.heard)))


def test_fifty_sessions_at_once_see_nothing_of_each_other(
    browser, tmp_path, recording, record_property
):
    app, memory = App(tmp_path), []
    with ExitStack() as stack, ThreadPoolExecutor(1) as apart:  # a loop runs here: Playwright's
        stack.callback(app.stop)
        fill(app, recording)
        memory.append(rss(app))
        pages = [stack.enter_context(visit(browser)) for _ in range(REAL)]
        for number, page in enumerate(pages):
            open_session(page, app)
            page.locator(ROWS).first.click()
            expect(page.locator(f"{PANEL} .sr-type")).to_be_visible()
            draft(page).fill(f"secret-real-{number}")
        viewers, together, alone = apart.submit(asyncio.run, crowd(app, recording, memory)).result()
        for viewer in viewers:
            others = {other.secret for other in viewers} - {viewer.secret} | {"secret-real"}
            assert not [secret for secret in others if secret.encode() in viewer.heard]
            if viewer.page:  # what it searches for is nowhere, so what it typed was taken in
                assert re.search(rb"\b0 of \d+ spans", viewer.heard)
            else:  # what its context leads to, and what no other one's does
                times = (analyzed_at(viewer.number, sign) for sign in "ab")
                assert results(viewer) == [f"{moment:%Y-%m-%d %H:%M}".encode() for moment in times]
        for number, page in enumerate(pages):
            expect(draft(page)).to_have_value(f"secret-real-{number}")
            assert not re.search(r"secret-\d|\b0 of \d+ spans", page.content())
            assert page.faults == []
    record_property(
        "found",
        f"{REAL + OTHERS} sessions: {memory[0]:.0f} MB before, {memory[1]:.0f} MB with all; "
        f"a click while all click {summary_text(together)}, "
        f"while the others rest {summary_text(alone)}",
    )


def draft(page):
    return page.get_by_role("textbox", name="Note", exact=True)
