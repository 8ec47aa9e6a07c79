"""The lease of a process on its runs: renewed by each heartbeat, expired after ten seconds without.

DBOS recovers what a process with the same name left; which process is dead only its hosted
service could tell. Here each process writes a heartbeat to a table of the library.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from collections.abc import Set as AbstractSet

from lib.errors import LibraryError
from lib.library import Library
from lib.recordings.store import RecordingStore

HEARTBEAT_SECONDS = 2.0  # between two heartbeats
LEASE_SECONDS = 10.0  # from a heartbeat on
MAX_MISSED_HEARTBEATS = 3  # a node may miss some for another reason: its clock was set
MAX_DELAY_SECONDS = 0.5  # of a heartbeat, by whoever sends it
log = logging.getLogger(__name__)


class Lease:
    """The lease of this process (`node`); it knows which other processes still have theirs."""

    def __init__(self, library: Library, recordings: RecordingStore) -> None:
        self.node = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        self.folders: dict[str, str] = {}  # node -> folder of recordings; the live ones
        self._heartbeats = library.heartbeats
        self._recordings = recordings
        self._renewed_at = 0.0  # of the monotonic clock, as all times here
        self._steady_since: float | None = None  # this node has beaten without a gap
        self._silent_since: dict[str, float] = {}  # no heartbeat of these nodes

    @property
    def is_due(self) -> bool:
        """Whether it is time for the next heartbeat."""
        return time.monotonic() - self._renewed_at >= HEARTBEAT_SECONDS

    def renew(self) -> None:
        """Write a heartbeat, and read who else lives.

        Raises:
            LibraryError: the library cannot be written.
        """
        self.folders = self._heartbeats.beat(
            self.node, self._recordings.folder_id, dead_after=LEASE_SECONDS
        )
        now = time.monotonic()
        late = now - self._renewed_at > 2 * HEARTBEAT_SECONDS + MAX_DELAY_SECONDS
        if self._steady_since is None or late:
            self._steady_since = now  # after an outage or a sleep, others need time to beat again
        self._renewed_at = now

    def expired(self, holders: AbstractSet[str]) -> set[str] | None:
        """Of the nodes that hold runs, those whose lease has expired; None while that is unsure."""
        now = time.monotonic()
        missing = holders - self.folders.keys()
        self._silent_since = {node: self._silent_since.get(node, now) for node in missing}
        if self._steady_since is None or now - self._steady_since < LEASE_SECONDS:
            return None
        # A clock that was set makes the live look long dead, until they beat once more.
        allowed = MAX_MISSED_HEARTBEATS * HEARTBEAT_SECONDS
        return {node for node, since in self._silent_since.items() if now - since > allowed}

    def doubt(self) -> None:
        """Call nobody's lease expired for a while: the library was out of reach for all."""
        self._steady_since = None

    def release(self) -> None:
        """Give the lease back at the end of this process, if the library can be written."""
        try:
            self._heartbeats.leave(self.node)
        except LibraryError:
            log.info("The end of this process could not be noted; its lease will expire")
