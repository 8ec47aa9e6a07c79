"""Analyses that outlive the page and the process, each looked up by its id.

What is known of a run stands in the library. DBOS Transact queues runs and hands them out, a
step at a time, to the processes that live (`dbos_queue`); `worker` says which do; `workflow` is
what a run does; `queue` is what pages ask.
"""
