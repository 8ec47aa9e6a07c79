"""The client of the Interhuman API: V1 and V2 uploads, jobs, credentials and errors.

The names below are imported at their first use, so that a caller who only parses a stored answer
(`lib.interhuman.parser`) does not import requests.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lib.interhuman.cancellation import Cancel
    from lib.interhuman.client import Client
    from lib.interhuman.credentials import ApiKey, KeyPair
    from lib.interhuman.jobs import Job
    from lib.interhuman.progress import Event, JobState, Retrying, Sending, Sent
    from lib.interhuman.retry import Retry
    from lib.interhuman.transport import Timeouts

__all__ = [
    "ApiKey",
    "Cancel",
    "Client",
    "Event",
    "Job",
    "JobState",
    "KeyPair",
    "Retry",
    "Retrying",
    "Sending",
    "Sent",
    "Timeouts",
]

_MODULES = {
    "ApiKey": "credentials",
    "Cancel": "cancellation",
    "Client": "client",
    "Event": "progress",
    "Job": "jobs",
    "JobState": "progress",
    "KeyPair": "credentials",
    "Retry": "retry",
    "Retrying": "progress",
    "Sending": "progress",
    "Sent": "progress",
    "Timeouts": "transport",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
