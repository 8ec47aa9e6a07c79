"""Clips on their way: cut one request after the other, and what came out, for an hour.

They are private files beside the recordings, and go with the recording they were cut from.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from lib.errors import AppError, ClipError, ClipLimitError, PreparationCancelledError, Problem
from lib.recordings.clip import ClipRequest, check_limits
from lib.recordings.clip_cutter import cut_clips

FOLDER = "clips"  # in that of the recordings
KEEP_CLIPS_SECONDS = 60 * 60
MAX_WAITING = 5  # requests, of all viewers
MAX_FILES = 10  # that are kept: beyond that the oldest go
_LOOK_SECONDS = 30.0  # between two looks at what is too old
_CLOSE_SECONDS = 1.0

State = Literal["waiting", "cutting", "done", "failed"]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ClipOrder:
    """A request as it stands: how much of it is done, then the file, or what went wrong.

    `id` is unguessable. `at` is when it came to this state.
    """

    id: str
    session_id: str
    request: ClipRequest
    state: State = "waiting"
    share: float = 0.0
    size: int = 0
    remarks: tuple[str, ...] = ()
    problem: Problem | None = None
    at: float = 0.0

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "failed")


class ClipQueue:
    """Cuts one request at a time, in a process of its own.

    `has_recording` says of a session whether its recording is still here: once it is not, nothing
    that was cut from it is. Orders live as long as this process; files of one that was killed go
    as soon as they are too old.
    """

    def __init__(
        self,
        recordings: Path,
        has_recording: Callable[[str], bool],
        *,
        keep_for: float = KEEP_CLIPS_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder = recordings / FOLDER
        self._has_recording = has_recording
        self._keep_for = keep_for
        self._clock = clock
        self._changed = threading.Condition()
        self._orders: dict[str, ClipOrder] = {}
        self._sources: dict[str, Path] = {}
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="clips", daemon=True)
        self._thread.start()

    def add(self, session_id: str, source: Path, request: ClipRequest) -> str:
        """Take a request in; the id of its order.

        Raises:
            ClipLimitError: it is too much, or too many wait.
        """
        check_limits(request.clips)
        order = ClipOrder(secrets.token_hex(16), session_id, request, at=self._clock())
        with self._changed:
            if sum(not one.ended for one in self._orders.values()) >= MAX_WAITING:
                raise ClipLimitError(
                    "Other clips are being cut, and no more can wait.",
                    "Try again once one of them is done.",
                )
            self._orders[order.id] = order
            self._sources[order.id] = source
            self._changed.notify_all()
        return order.id

    def orders(self, session_id: str) -> tuple[ClipOrder, ...]:
        """The orders of a session, the newest first."""
        self._remove_expired()
        with self._changed:
            mine = [one for one in self._orders.values() if one.session_id == session_id]
        return tuple(reversed(mine))

    def file(self, order_id: str) -> tuple[Path, ClipOrder] | None:
        """The file of an order that is done; None once it is gone."""
        self._remove_expired()
        with self._changed:
            order = self._orders.get(order_id)
        if order is None or order.state != "done":
            return None
        path = self._path(order_id)
        return (path, order) if path.exists() else None

    def remove(self, order_id: str) -> None:
        """Cancel an order, or delete what came of it; one that is gone is no error."""
        with self._changed:
            self._orders.pop(order_id, None)
            self._sources.pop(order_id, None)
        self._delete(order_id)

    def close(self) -> None:
        """Cancel what is being cut, and delete all files."""
        with self._changed:
            self._closed = True
            ids = list(self._orders)
            self._changed.notify_all()
        self._thread.join(_CLOSE_SECONDS)
        for order_id in ids:
            self.remove(order_id)

    def _run(self) -> None:
        while True:
            with self._changed:
                order = self._next()
                if order is None and not self._closed:
                    self._changed.wait(_LOOK_SECONDS)
                    order = self._next()
                if self._closed:
                    return
                source = self._sources.get(order.id) if order else None
            self._remove_expired()
            if order and source:
                self._cut(order, source)

    def _next(self) -> ClipOrder | None:
        return next((one for one in self._orders.values() if one.state == "waiting"), None)

    def _cut(self, order: ClipOrder, source: Path) -> None:
        self._change(order.id, state="cutting")
        target = self._path(order.id)
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = cut_clips(
                source,
                target,
                order.request,
                progress=lambda share: self._change(order.id, share=share),
                cancelled=lambda: self._closed or not self._is_wanted(order),
            )
        except PreparationCancelledError:
            self.remove(order.id)
        except AppError as error:
            self._fail(order, error)
        except OSError:
            log.exception("Clips could not be written")
            self._fail(order, ClipError())
        else:
            self._change(order.id, state="done", size=made.size, remarks=made.remarks)
            if not self._is_wanted(order):  # removed at the very end
                self.remove(order.id)

    def _is_wanted(self, order: ClipOrder) -> bool:
        return order.id in self._orders and self._is_here(order)

    def _is_here(self, order: ClipOrder) -> bool:
        """Whether the recording is: the session's, and the same file as when it was ordered."""
        source = self._sources.get(order.id)
        return bool(source and source.exists() and self._has_recording(order.session_id))

    def _fail(self, order: ClipOrder, error: AppError) -> None:
        self._delete(order.id)
        self._change(order.id, state="failed", problem=error.problem)

    def _change(self, order_id: str, **values: object) -> None:
        with self._changed:
            if order := self._orders.get(order_id):
                if "state" in values:
                    values["at"] = self._clock()
                self._orders[order_id] = replace(order, **values)  # type: ignore[arg-type]

    def _path(self, order_id: str) -> Path:
        return self._folder / order_id / "file"

    def _delete(self, order_id: str) -> None:
        shutil.rmtree(self._folder / order_id, ignore_errors=True)

    def _remove_expired(self) -> None:
        """Remove what is too old, more than is kept, or cut from a recording that is gone."""
        oldest = self._clock() - self._keep_for
        with self._changed:
            ended = [one for one in self._orders.values() if one.ended]
            orders = list(self._orders.values())
        expired = {one.id for one in ended if one.at < oldest}
        expired |= {one.id for one in ended[: max(0, len(ended) - MAX_FILES)]}
        expired |= {one.id for one in orders if not self._is_here(one)}
        for order_id in expired:
            self.remove(order_id)
        for folder in self._folder.glob("*"):  # of processes that were killed
            try:
                is_old = folder.stat().st_mtime < oldest
            except OSError:
                continue
            if is_old and folder.name not in self._orders:
                self._delete(folder.name)
