"""What the server does before the first visitor comes, and when it is told to end."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st

from lib.ui.shell import services, uvicorn_internals

LOOK_SECONDS = 0.2  # between two looks at whether the server is to end
CONNECTION_SECONDS = 1.0  # that open connections are given to end by themselves
CLOSE_SECONDS = 3.5  # that the work in the background is given to end in order
log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(_: st.App, modules: tuple[str, ...] = ()) -> AsyncIterator[None]:
    """Load `modules`, begin the work in the background, and end it in order, with limits of time.

    What does not end in time goes on in the next process, as after a crash.
    """
    services.serving().set()
    services.start(modules)
    watch = asyncio.create_task(_cut_connections_in_time())
    try:
        yield
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch
        services.serving().clear()
        await _close_services()


async def _cut_connections_in_time() -> None:
    """Cut what is open a second after the server was told to end: it would wait for all of it."""
    server = uvicorn_internals.running_server()
    if server is None:
        return
    while not server.should_exit:  # noqa: ASYNC110  uvicorn has no event for it
        await asyncio.sleep(LOOK_SECONDS)
    while True:  # a page that is open comes again by itself
        await asyncio.sleep(CONNECTION_SECONDS)
        uvicorn_internals.end_connections(server)


async def _close_services() -> None:
    loop, closed = asyncio.get_running_loop(), asyncio.Event()

    def close() -> None:
        try:
            services.close()
        except Exception:
            log.exception("Not everything could be closed")
        with suppress(RuntimeError):  # the loop has not waited
            loop.call_soon_threadsafe(closed.set)

    # No thread of a pool: those are waited for without end.
    threading.Thread(target=close, name="closing", daemon=True).start()
    try:
        await asyncio.wait_for(closed.wait(), CLOSE_SECONDS)
    except TimeoutError:
        log.warning("What was under way did not end in time; the next process goes on with it")
