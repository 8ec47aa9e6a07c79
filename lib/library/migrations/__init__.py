"""How the tables of the library came to be, step by step, applied by Alembic.

A step is a module in `versions/`, named by its number: copy the last one, and write its number
into `revisions.REVISIONS`. A step that has been released is never changed.
"""
