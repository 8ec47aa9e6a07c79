"""Analyses that outlive the page and the process, each looked up by its id.

What is known of a run stands in the library. DBOS Transact queues runs and hands them out, a
step at a time, to the processes that live (`engine`); `keeper` says which do; `analysis` is
what a run does; `service` is what pages ask.
"""

from lib.interhuman import V1Options, V2Options
from lib.media import Finding, Verdict, too_large
from lib.runner.looking import content, found, look_into, verdict
from lib.runner.service import Known, Runner
from lib.runs import Options, Run

__all__ = [
    "Finding",
    "Known",
    "Options",
    "Run",
    "Runner",
    "V1Options",
    "V2Options",
    "Verdict",
    "content",
    "found",
    "look_into",
    "too_large",
    "verdict",
]
