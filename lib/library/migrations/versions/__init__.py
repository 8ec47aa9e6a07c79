"""One module a step; each stands on its own and imports no table of today."""
