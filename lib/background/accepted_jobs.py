"""Jobs that the API accepted: written down, waited for, and deleted once nothing is left of them.

A job is paid for. It is written to the library before the API is asked for it, so that any
process can wait for its answer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from lib.background import run_writer
from lib.background.executions import Execution
from lib.background.run_writer import RunWriter
from lib.errors import JobFailed, JobGone, LibraryError
from lib.interhuman import Client
from lib.interhuman.jobs import Job
from lib.library import AcceptedJob, Library
from lib.model import Analysis, Phase

WRITE_JOB_SECONDS = 60.0  # an accepted job is tried to be written, before it is waited for
log = logging.getLogger(__name__)


class AcceptedJobs:
    """Writes the accepted jobs of runs, and waits for their answers."""

    def __init__(self, library: Library, writer: RunWriter) -> None:
        self._library = library
        self._writer = writer

    def write_job(self, execution: Execution, job: Job) -> None:
        """Write down that the API accepted a job; a library that fails is tried for a while."""
        run = self._writer.read(execution)
        accepted = AcceptedJob(
            run_id=run.id,
            job_id=job.job_id,
            model=job.model,
            recording_name=run.name,
            duration=run.duration,
            created_at=datetime.now(UTC),
            expires_at=job.expires_at,
        )
        execution.accepted_job = accepted
        deadline = time.monotonic() + WRITE_JOB_SECONDS
        while True:
            try:
                self._library.write_job(accepted)  # before the first poll: the job is paid for
            except LibraryError:
                pause = run_writer.LIBRARY_RETRY_SECONDS
                if time.monotonic() < deadline and not execution.cancel.wait(pause):
                    continue
                log.warning("An accepted job could not be noted; it is waited for all the same")
            return

    def wait_for_answer(
        self, execution: Execution, job: AcceptedJob, connect: Callable[[], Client]
    ) -> Analysis:
        """The answer of an accepted job, once the API has it.

        Raises:
            ApiError: the job failed, is gone, or could not be asked for.
        """
        began = job.created_at.timestamp()
        with suppress(LibraryError):  # the API answers all the same, and keeps it only for so long
            self._writer.write_now(execution, phase=Phase.ANALYSING, since=began, notice="")
        try:
            return connect().follow(
                job.job_id, watch=self._writer.watcher(execution), cancel=execution.cancel
            )
        except JobFailed:
            self._delete_job(execution)
            raise
        except JobGone:
            # Another account or address says so too: the job stays noted while it may live.
            if job.expires_at and job.expires_at < datetime.now(UTC):
                self._delete_job(execution)
            raise

    def _delete_job(self, execution: Execution) -> None:
        """Delete the job of a run; nothing is left to wait for."""
        execution.accepted_job, execution.run = None, replace(execution.run, job=None)
        with suppress(LibraryError):  # what became of the job is the error that must be shown
            self._library.delete_job(execution.run.id)
