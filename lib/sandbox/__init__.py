"""The stand-in for the Interhuman API: real checks, generated answers, faults on request.

Starlette served by uvicorn on 127.0.0.1. Imports nothing of lib.interhuman: a client and a server
that share code prove nothing.
"""

from lib.sandbox.call_log import Call
from lib.sandbox.checks import Limits
from lib.sandbox.faults import Fault
from lib.sandbox.server import Sandbox
from lib.sandbox.tokens import KEY, KEY_ID, KEY_SECRET, KEY_WITHOUT_SCOPE

__all__ = [
    "KEY",
    "KEY_ID",
    "KEY_SECRET",
    "KEY_WITHOUT_SCOPE",
    "Call",
    "Fault",
    "Limits",
    "Sandbox",
]
