"""Analyses in the background: each goes on without the page and the process that began it.

The state of a run is in the library. DBOS Transact queues runs and hands them out, a step at a
time, to the live processes (`dbos_queue`); `lease` tells which are live; `workflow` is the
steps of a run; `queue` is what pages call.
"""
