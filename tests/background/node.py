"""A process that follows the runs of a library, for tests that kill it.

`halt` names where it stops for good, as if it were about to be killed there: "post" before a
recording is sent, "save" before an answer is written. Or it says where the process kills itself:
"before note 2" when it is about to do what POINTS calls "note" for the second time, "after note
2" once it has. A node with such a point is the app itself, with a viewer, and waits for a word
before it begins; any other is a runner alone.
On SIGUSR1 its clock is set an hour forth, on SIGUSR2 an hour back.
"""

import itertools
import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

from dbos._sys_db import SystemDatabase
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.web import bootstrap
from websockets.sync.client import connect

import tests.disk  # noqa: F401  before any library is opened
from lib.background import dbos_queue, lease, preparer, worker
from lib.background.dbos_queue import DbosQueue
from lib.background.executions import Executions
from lib.background.preparer import Preparer
from lib.background.queue import AnalysisQueue
from lib.background.worker import Worker
from lib.background.workflow import Workflow
from lib.interhuman import ApiKey, Client
from lib.interhuman.upload import Body
from lib.library import Library, heartbeat_table
from lib.library.run_table import RunTable
from lib.recordings.store import RecordingStore
from lib.ui.shell import services, startup

ENTRY = Path(__file__).parents[2] / "streamlit_app.py"
POINTS = {
    "launch": (Worker, "_launch"),
    "beat": (heartbeat_table.HeartbeatTable, "beat"),
    "queue": (DbosQueue, "enqueue"),
    "queue preparation": (DbosQueue, "enqueue_preparation"),
    "prepare": (preparer, "prepare"),
    "add part": (Preparer, "_add"),
    "save part": (Library, "save_parts"),
    "settle part": (RunTable, "settle_part"),
    "settle parts": (RunTable, "settle_parts"),
    "queued": (RunTable, "queued"),
    "claim": (RunTable, "claim"),
    "check": (Workflow, "_check"),
    "send": (Workflow, "_send"),
    "fetch": (Workflow, "_fetch"),
    "record": (SystemDatabase, "record_operation_result"),  # DBOS writes that a step is over
    "analyze": (Client, "analyze"),
    "submit": (Client, "submit"),
    "block": (Body, "read"),
    "note": (Library, "write_job"),
    "follow": (Client, "follow"),
    "save": (Library, "save"),
    "forget": (Library, "delete_job"),
    "lend": (RecordingStore, "assign"),
    "settle": (RunTable, "settle"),
    "end": (Executions, "remove"),
    "at work": (DbosQueue, "busy_nodes"),
    "take over": (DbosQueue, "take_over"),
    "sweep": (DbosQueue, "delete_ended"),
}
PHASES = (
    "checking",
    "preparing",
    "uploading",
    "analysing",
    "saving",
)  # points as well: it is written down


def halted(name, pipe):
    def halt(*_, **__):
        pipe.send(name)
        threading.Event().wait()

    return halt


def killed(when, point, number):
    """Let this process end at a point, without warning."""
    owner, name = (RunTable, "change") if point in PHASES else POINTS[point]
    original, calls = getattr(owner, name), itertools.count(1)

    def fatal(*args, **kwargs):
        fits = point not in PHASES or args[-1].get("phase") == point
        due = fits and next(calls) == number
        if due and when == "before":
            die()
        result = original(*args, **kwargs)
        if due:
            die()
        return result

    setattr(owner, name, fatal)


def die():
    os.kill(os.getpid(), signal.SIGKILL)
    threading.Event().wait()


def adjustable(true=time.time):
    """Let signals set the clock."""
    hours = {signal.SIGUSR1: 0, signal.SIGUSR2: 0}

    def count(number, _):
        hours[number] += 1

    for number in hours:
        signal.signal(number, count)
    time.time = lambda: true() + 3600 * (hours[signal.SIGUSR1] - hours[signal.SIGUSR2])


def serve(pipe, port, url, folder, api):
    """Be the app, with somebody who looks at its first page once a word says so.

    Until then it serves and does nothing else: what it has to do begins with a page.
    """
    os.environ |= {"LIBRARY_URL": url, "INTERHUMAN_BASE_URL": api}
    os.environ |= {"INTERHUMAN_API_KEY": "ih_live_sandbox"}
    services.recordings_folder = lambda *_: Path(folder)
    services.START_DELAY_SECONDS = 0.0
    startup.CHART_MODULES = ()  # nobody looks at a chart
    options = {"server.port": port, "server.headless": True, "server.address": "127.0.0.1"}
    options |= {"server.fileWatcherType": "none"}
    threading.Thread(target=look, args=(pipe, port), daemon=True).start()
    bootstrap.load_config_options(options)
    bootstrap.run(str(ENTRY), False, [], options)


def look(pipe, port):
    """Open the app as a browser does, once a word says so, and stay."""
    pipe.recv()
    rerun = BackMsg(rerun_script=ClientState()).SerializeToString()
    while True:
        try:
            with connect(f"ws://127.0.0.1:{port}/_stcore/stream", proxy=None) as page:
                page.send(rerun)
                for _ in page:
                    pass
        except OSError:
            time.sleep(0.02)


def run_node(pipe, port, url, folder, api, halt, lease_seconds):
    """Follow the runs of the library at `url` until the other end of the pipe is closed."""
    lease.HEARTBEAT_SECONDS = worker.IDLE_POLL_SECONDS = 0.2
    lease.LEASE_SECONDS, worker.CLEANUP_SECONDS = lease_seconds, 1.0
    dbos_queue.PREPARING_POLL_SECONDS = 0.05
    if halt == "post":
        Client.analyze = Client.submit = halted("post", pipe)
    elif halt == "save":
        Library.save = halted("save", pipe)
    elif halt:
        lease.HEARTBEAT_SECONDS = worker.IDLE_POLL_SECONDS = 0.1
        worker.CANCEL_POLL_SECONDS = dbos_queue.QUEUE_POLL_SECONDS = 0.05
        when, *point, number = halt.split()
        if "never" not in point:
            killed(when, " ".join(point), int(number))
        serve(pipe, port, url, folder, api)
        return
    adjustable()
    client = Client(ApiKey("ih_live_sandbox"), base_url=api)
    AnalysisQueue(lambda: client, Library(url), RecordingStore(Path(folder), keep_for=7200)).wake()
    pipe.send("up")
    with suppress(EOFError):
        pipe.recv()
