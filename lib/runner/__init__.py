"""Analyses that outlive the page and the process, each looked up by its id.

What is known of a run stands in the library. DBOS Transact queues runs and hands them out, a
step at a time, to the processes that live (`engine`); `keeper` says which do; `analysis` is
what a run does; `service` is what pages ask.
"""

from lib.interhuman import V1Options, V2Options
from lib.runner.looking import look_into
from lib.runner.service import Runner
from lib.runs import Options, Run

__all__ = ["Options", "Run", "Runner", "V1Options", "V2Options", "look_into"]
